package account

import "time"

// Verdict is the last state in which the service itself judged the credential.
// A check that could not be made does not take it away. The zero value stands
// for none yet.
type Verdict struct {
	State State
	// At is when the service last judged so, Since when it first did in a row.
	At, Since time.Time
}

// Judges reports whether in this state the service itself has judged the
// credential.
func (s State) Judges() bool {
	switch s {
	case Healthy, Expiring, NoUser, InvalidToken, NetworkDenied, ScopeMissing, Forbidden, WrongAccount:
		return true
	}
	return false
}

// Inconclusive reports whether a check that ends in this state could not be
// made: it says nothing about the credential, and the verdict from before it
// still holds.
func (s State) Inconclusive() bool {
	switch s {
	case Unreachable, Unavailable, ServerError, BadResponse, RateLimited:
		return true
	}
	return false
}

// Snooze is the wish of a person not to be told of a profile for a while. The
// zero value is none.
type Snooze struct {
	// Until is when it ends by itself.
	Until time.Time
	// Note is the person's own reason; it may be empty.
	Note string
	// Verdict is the verdict's state when the person said so; empty where there
	// was none. Under another verdict the snooze is over.
	Verdict State
}
