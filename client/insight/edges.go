package insight

import (
	"time"

	"rollcall/client/account"
)

// Edge is what others are told of a profile when it happens.
type Edge string

// The edges: to an urgency, to another account or token than before, and to a
// fault that several profiles have in common.
const (
	EdgeNow      Edge = "now"
	EdgeSoon     Edge = "soon"
	EdgeFine     Edge = "fine"
	EdgeChanged  Edge = "changed"
	EdgeIncident Edge = "incident"
)

// Edges finds what is new of profiles from one look at them to the next. The zero
// value has looked at none. The first answer of a profile is an edge only to now
// and soon: whoever begins to look knows nothing that could have changed.
type Edges struct {
	told map[string]*toldOf
}

// toldOf is what was known of a profile at the last look.
type toldOf struct {
	urgency Urgency
	// changed is when the newest change happened.
	changed time.Time
	// concluded is set once the service could be asked; incident while the profile
	// is part of one.
	concluded, incident bool
}

// News is what happened to a profile, which is named by its index.
type News struct {
	Profile int
	Edges   []Edge
}

// Look finds what is new of the profiles, of which all are given. A check that is
// under way, and an answer of an earlier run, say nothing yet.
func (e *Edges) Look(snapshots []account.Snapshot, now time.Time, warning time.Duration) []News {
	if e.told == nil {
		e.told = make(map[string]*toldOf)
	}
	under := Under(Incidents(snapshots))
	var all []News
	for i := range snapshots {
		s := &snapshots[i]
		if s.Health.State == account.Disabled {
			delete(e.told, s.Profile)
			continue
		}
		if !concludes(s) {
			continue
		}
		_, incident := under[s.Profile]
		if edges := e.look(s, UrgencyOf(s, now, warning), incident); len(edges) > 0 {
			all = append(all, News{Profile: i, Edges: edges})
		}
	}
	return all
}

// concludes reports whether a check of this run has ended, or none is to come.
func concludes(s *account.Snapshot) bool {
	switch s.Health.State {
	case "", account.Checking:
		return false
	case account.Misconfigured:
		return true
	}
	return !s.Restored && !s.Busy && !s.Details.Busy
}

func (e *Edges) look(s *account.Snapshot, is Urgency, incident bool) (edges []Edge) {
	was, known := e.told[s.Profile]
	if !known {
		was = &toldOf{changed: LastChange(s), urgency: UrgencyFine}
		e.told[s.Profile] = was
	}
	// Who waits is as before until the wait is over.
	if is != UrgencyWaiting && is != was.urgency {
		was.urgency = is
		switch is {
		case UrgencyNow, UrgencySoon, UrgencyFine:
			edges = append(edges, Edge(is))
		}
	}
	if at := LastChange(s); at.After(was.changed) {
		was.changed = at
		edges = append(edges, EdgeChanged)
	}
	if incident && !was.incident && was.concluded {
		edges = append(edges, EdgeIncident)
	}
	was.incident = incident
	was.concluded = was.concluded || !s.Health.State.Inconclusive()
	return edges
}
