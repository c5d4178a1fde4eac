package ui

import (
	"reflect"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
)

// troubles says when to look for incidents, which are what failing profiles have
// in common: a look goes through all profiles.
type troubles struct {
	// troubled counts the profiles that an incident could concern.
	troubled int
	// due is set where a look may find something else than the last one. newest
	// is the time of the latest check, seen what that was at the last look.
	due          bool
	newest, seen time.Time
	// looks counts the looks since the clock of the screen said at.
	looks int
	at    time.Time
	// incidents are what the last look found; found counts their changes.
	incidents []insight.Incident
	found     int
	outages   outages
}

// restart begins to note anew. What was found holds until the next look.
func (t *troubles) restart() {
	*t = troubles{due: true, incidents: t.incidents, found: t.found, outages: t.outages}
}

// withhold leaves out of what was found what tells of others, until it is found anew
// with stand-ins.
func (t *troubles) withhold() {
	for i := range t.incidents {
		one := &t.incidents[i]
		one.Title, one.Over, one.Explanation, one.Remedy, one.Profiles = withheld, withheld, withheld, "", []string{withheld}
	}
	t.outages.withhold()
}

// maxLooks bounds the looks between two ticks of the clock: in an outage all
// profiles begin to fail one after the other, and each would cause a look.
const maxLooks = 10

// incidentPause is how far the times of checks go on from the last look until
// another one is due although no state has changed.
const incidentPause = 30 * time.Second

// concerns reports whether a profile could be concerned by an incident.
func concerns(s *account.Snapshot) bool {
	switch s.Health.State {
	case account.Unreachable, account.Unavailable, account.ServerError, account.BadResponse:
		return true
	}
	return false
}

// note takes in that a snapshot took the place of another.
func (t *troubles) note(was, is *account.Snapshot) {
	if concerns(was) {
		t.troubled--
	}
	if concerns(is) {
		t.troubled++
	}
	a, b := &was.Health, &is.Health
	if a.State != b.State || a.Code != b.Code || a.HTTPStatus != b.HTTPStatus || was.Restored != is.Restored {
		t.due = true
	}
	if b.CheckedAt.After(t.newest) {
		t.newest = b.CheckedAt
	}
	if t.newest.Sub(t.seen) > incidentPause {
		t.due = true
	}
}

// investigate looks for incidents where that is due. It reports whether there
// are some where there were none, or the other way round.
func (t *troubles) investigate(rows []*row, now time.Time) (turned bool) {
	if !now.Equal(t.at) {
		t.at, t.looks = now, 0
	}
	if !t.due || t.looks == maxLooks {
		return false
	}
	t.looks++
	was := t.incidents
	t.due, t.seen = false, t.newest
	t.incidents = nil
	if t.troubled >= 2 {
		t.incidents = insight.IncidentsOf(len(rows), func(i int) (string, *account.Snapshot) { return rows[i].config.Name, rows[i].snap })
	}
	if !reflect.DeepEqual(was, t.incidents) {
		t.found++
		t.join(rows)
	}
	t.outages.look(rows, t.incidents)
	return (len(was) > 0) != (len(t.incidents) > 0)
}

// join says of each row which incident it is part of.
func (t *troubles) join(rows []*row) {
	under := insight.Under(t.incidents)
	for _, r := range rows {
		r.incident = -1
		if at, ok := under[r.config.Name]; ok {
			r.incident = at
		}
	}
}
