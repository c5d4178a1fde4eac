package export

import (
	"rollcall/client/account"
	"rollcall/client/insight"
)

// Report is what metrics are made of: how the profiles are at a moment. Names and texts
// in it are as they can be shown.
type Report struct {
	// Profiles are in the order of the configuration.
	Profiles []Profile
	// ConfigErrors counts what is wrong with the configuration.
	ConfigErrors int
	// Unanswered is how many profiles are still to be asked for the first time in this
	// run, those among them that are not told of.
	Unanswered int
	Build      Build
}

// Profile is one profile and what is known of it.
type Profile struct {
	// Provider is the service as the configuration names it, Service as people do, and
	// Host where it is asked; empty where that is not known.
	Provider, Service, Host string
	Tags                    []string
	Snapshot                account.Snapshot
	Urgency                 insight.Urgency
	// Checks counts those that ended in a state since rollcall began; nil where nobody
	// counts.
	Checks map[account.State]uint64
}

// Build is which rollcall tells this.
type Build struct{ Version, Revision, GoVersion string }
