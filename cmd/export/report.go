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
	Build        Build
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

// unanswered is how many profiles nobody has an answer of yet.
func (r *Report) unanswered() (n int) {
	for i := range r.Profiles {
		if r.Profiles[i].Snapshot.Health.State == account.Checking {
			n++
		}
	}
	return n
}
