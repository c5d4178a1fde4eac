package ui

import (
	"strconv"
	"time"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/client/insight"
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
}

// maxLooks bounds the looks between two ticks of the clock: each goes through
// all profiles, which may all begin to fail one after the other.
const maxLooks = 10

// incidentPause is how long, in time between checks, one look holds while no
// state changes.
const incidentPause = 30 * time.Second

// concerns reports whether a profile could be concerned by an incident.
func concerns(s account.Snapshot) bool {
	switch s.Health.State {
	case account.Unreachable, account.Unavailable, account.ServerError, account.BadResponse:
		return true
	}
	return false
}

// note takes in that a snapshot took the place of another.
func (t *troubles) note(was, is account.Snapshot) {
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
func (t *roster) investigate(now time.Time) (turned bool) {
	if !now.Equal(t.troubles.at) {
		t.troubles.at, t.troubles.looks = now, 0
	}
	if !t.troubles.due || t.troubles.looks == maxLooks {
		return false
	}
	t.troubles.looks++
	had := len(t.incidents) > 0
	t.troubles.due, t.troubles.seen = false, t.troubles.newest
	t.incidents = nil
	if t.troubles.troubled >= 2 {
		snaps := make([]account.Snapshot, len(t.rows))
		for i, r := range t.rows {
			snaps[i] = account.Snapshot{
				Profile: r.config.Name, Endpoint: r.snap.Endpoint, Health: r.snap.Health, Restored: r.snap.Restored,
			}
		}
		t.incidents = insight.Incidents(snaps)
	}
	return had != (len(t.incidents) > 0)
}

// banner is the line below the header that tells of a broken configuration, or
// of incidents; empty where there is neither.
func (m *Model) banner() string {
	all, more := m.roster.incidents, m.keys.Incidents
	sev, title, text := account.SeverityWarn, m.told(m.broken), ": the last good one is used"
	switch {
	case m.broken != "":
		more = m.keys.Problems
	case len(all) == 0:
		return ""
	default:
		sev, title, text = all[0].State.Severity(), all[0].Title, ": "+all[0].Explanation
	}
	s, end := m.styles, ""
	if m.broken == "" && len(all) > 1 {
		end += "  +" + strconv.Itoa(len(all)-1) + " more"
	}
	if name := firstKey(more, s.ascii); name != "" {
		end += "  " + name + " details "
	}
	lead := " " + s.glyphs.mark(sev) + " "
	room := m.width - ansi.StringWidth(lead+end)
	if m.broken != "" {
		// That the old one is used must be seen, however long the reason.
		title = cut(title, room-len(text), s.glyphs.tail)
	}
	title = cut(title, room, s.glyphs.tail)
	room -= ansi.StringWidth(title)
	return s.bold(sev).write(lead+title) + s.inks.text.write(pad(text, room, s.glyphs.tail)) + s.muted.write(end)
}
