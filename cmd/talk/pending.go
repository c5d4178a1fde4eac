package talk

import (
	"time"

	"rollcall/client/insight"
)

// news are what is still to be told, and what of it was told before.
type news struct {
	// notices are of the program, changes of the accounts.
	notices, changes []string
	// checked are the profiles that the person had checked, by their indexes; all is
	// set where they are to be told of together.
	checked []int
	all     bool
	// edges know what was said of each profile, incidents those that were told.
	edges     insight.Edges
	incidents []insight.Incident
	// turns is when time alone makes the next news; zero for never.
	turns time.Time
}

// wishes are the checks that the person asked for and waits for.
type wishes struct {
	// at is when the latest check was asked for.
	at time.Time
	// each is set where the outcome of every check is to be told, and not their
	// sum.
	each bool
	// open are the profiles, by their index, whose check is still to end.
	open []int
}
