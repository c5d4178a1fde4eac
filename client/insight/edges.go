package insight

import (
	"maps"
	"slices"
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
	// endpoint is where it asked.
	endpoint string
	// changed is when the newest change happened.
	changed time.Time
	// checked is when the check ended that was looked at last, and sure when it was last
	// sure how the profile stands.
	checked, sure time.Time
	// concluded is set once the service could be asked; incident while the profile
	// is part of one, and toldIncident where that was told.
	concluded, incident, toldIncident bool
}

// News is what happened to a profile, which is named by its index.
type News struct {
	Profile int
	// Edges are what others are told. There are none where the profile only stands
	// otherwise: at its first answer, or while nobody is to be told of it.
	Edges []Edge
	// Urgency is how the profile stands now; empty where it stands as before.
	Urgency Urgency
	// At is when that was learned, by a check or since time alone has changed it. Since
	// is when it was last known to be otherwise; zero for a first answer.
	At, Since time.Time
	// Changes are those since the last look.
	Changes []account.Change
	// Incident is set where the profile has become part of one, to what all that are part
	// of it have alike, and Origin is then where the profile asks. Who joins those that
	// others were told of is no edge: an outage is told once.
	Incident, Origin string
}

// Look finds what is new of the profiles, of which all are given. A check that is
// under way, and an answer of an earlier run, say nothing yet.
func (e *Edges) Look(snapshots []account.Snapshot, now time.Time, warning time.Duration) []News {
	if e.told == nil {
		e.told = make(map[string]*toldOf)
	}
	e.prune(snapshots)
	incidents := Incidents(snapshots)
	under, known := Under(incidents), make([]bool, len(incidents))
	for i, incident := range incidents {
		known[i] = slices.ContainsFunc(incident.Profiles, func(name string) bool {
			was := e.told[name]
			return was != nil && was.toldIncident
		})
	}
	var all []News
	for i := range snapshots {
		s := &snapshots[i]
		n := News{Profile: i}
		switch {
		case s.Health.State == account.Disabled:
			e.lookAway(s, &n, now)
		case concludes(s):
			at, incident := under[s.Profile]
			was := e.look(s, &n, UrgencyOf(s, now, warning), now)
			if incident && !was.incident && was.concluded {
				n.Incident, n.Origin, was.toldIncident = incidents[at].Over, newSite(s.Endpoint).origin, true
				if !known[at] {
					n.Edges = append(n.Edges, EdgeIncident)
				}
			}
			was.incident, was.toldIncident = incident, incident && was.toldIncident
			was.concluded = was.concluded || !s.Health.State.Inconclusive()
		}
		if len(n.Edges) > 0 || n.Urgency != "" || n.Incident != "" {
			all = append(all, n)
		}
	}
	return all
}

// prune forgets profiles that are gone, or ask elsewhere by now: what they say is a first
// answer.
func (e *Edges) prune(snapshots []account.Snapshot) {
	endpoints := make(map[string]string, len(snapshots))
	for i := range snapshots {
		endpoints[snapshots[i].Profile] = snapshots[i].Endpoint
	}
	maps.DeleteFunc(e.told, func(name string, was *toldOf) bool {
		endpoint, there := endpoints[name]
		return !there || endpoint != "" && was.endpoint != "" && endpoint != was.endpoint
	})
}

// newestChange is the time of the change that came last, also where a clock was set back
// before that; zero without any.
func newestChange(s *account.Snapshot) time.Time {
	if len(s.Changes) == 0 {
		return time.Time{}
	}
	return s.Changes[len(s.Changes)-1].At
}

// lastChangeAt is the place of the last of the changes that was found at a time; negative
// for none.
func lastChangeAt(changes []account.Change, at time.Time) int {
	for i, c := range slices.Backward(changes) {
		if c.At.Equal(at) {
			return i
		}
	}
	return -1
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

// lookAway notes that a profile is switched off. What it says when it is on again is a
// first answer.
func (e *Edges) lookAway(s *account.Snapshot, n *News, now time.Time) {
	was := e.told[s.Profile]
	if was == nil {
		was = &toldOf{}
	}
	if was.urgency == UrgencyOff {
		return
	}
	n.Urgency, n.At, n.Since = UrgencyOff, now, was.sure
	e.told[s.Profile] = &toldOf{endpoint: s.Endpoint, urgency: UrgencyOff, sure: now}
}

// look notes what is new of a profile, but for incidents.
func (e *Edges) look(s *account.Snapshot, n *News, is Urgency, now time.Time) *toldOf {
	was := e.told[s.Profile]
	if was == nil || was.urgency == UrgencyOff {
		first := &toldOf{endpoint: s.Endpoint, changed: newestChange(s)}
		if was != nil {
			first.sure = was.sure
		}
		was = first
		e.told[s.Profile] = was
	}
	if s.Endpoint != "" {
		was.endpoint = s.Endpoint
	}
	n.At, n.Since = now, was.sure
	if at := s.Health.CheckedAt; !at.IsZero() && !at.Equal(was.checked) {
		was.checked, n.At = at, at
		if !s.Health.State.Inconclusive() {
			was.sure = at
		}
	}
	// Who waits is as before until the wait is over.
	if is != UrgencyWaiting && is != was.urgency {
		n.Urgency, was.sure = is, n.At
		switch is {
		case UrgencyNow, UrgencySoon:
			n.Edges = append(n.Edges, Edge(is))
		case UrgencyFine:
			if was.urgency != "" {
				n.Edges = append(n.Edges, EdgeFine)
			}
		}
		was.urgency = is
	}
	if at := newestChange(s); !at.IsZero() && !at.Equal(was.changed) {
		n.Changes = s.Changes[1+lastChangeAt(s.Changes, was.changed):]
		was.changed = at
		n.Edges = append(n.Edges, EdgeChanged)
	}
	return was
}
