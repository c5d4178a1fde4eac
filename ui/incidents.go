package ui

import (
	"time"

	"rollcall/client"
)

// troubles says when to look for what failing profiles have in common.
type troubles struct {
	// troubled counts the profiles that could be concerned.
	troubled int
	// due is set where the answer may have changed. Newest is the latest
	// check, seen the one at the last look.
	due          bool
	newest, seen time.Time
	// looks are those since the clock last told the time, which was at.
	looks int
	at    time.Time
	// incidents are what the last look found.
	incidents []client.Incident
}

// restart begins to note anew. What was found holds until the next look.
func (t *troubles) restart() { *t = troubles{due: true, incidents: t.incidents} }

// maxLooks bounds the looks between two ticks of the clock: each goes through
// all profiles, which may all begin to fail one after the other.
const maxLooks = 10

// incidentPause is how long, in time between checks, one look holds while no
// state changes.
const incidentPause = 30 * time.Second

// concerns reports whether a profile could be concerned by an incident.
func concerns(s client.Snapshot) bool {
	switch s.Health.State {
	case client.Unreachable, client.Unavailable, client.ServerError, client.BadResponse:
		return true
	}
	return false
}

// note takes in that a snapshot took the place of another.
func (t *troubles) note(was, is client.Snapshot) {
	if concerns(was) {
		t.troubled--
	}
	if concerns(is) {
		t.troubled++
	}
	a, b := was.Health, is.Health
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
	had := len(t.incidents) > 0
	t.due, t.seen = false, t.newest
	t.incidents = nil
	if t.troubled >= 2 {
		snaps := make([]client.Snapshot, len(rows))
		for i, r := range rows {
			snaps[i] = client.Snapshot{
				Profile: r.config.Name, Endpoint: r.snap.Endpoint, Health: r.snap.Health, Restored: r.snap.Restored,
			}
		}
		t.incidents = client.Incidents(snaps)
	}
	return had != (len(t.incidents) > 0)
}
