package ui

import (
	"time"

	"rollcall/client/insight"
	"rollcall/ui/theme"
)

// dueInk is the ink of a due: what presses stands out.
func dueInk(in *theme.Inks, st *insight.Standing) theme.Ink {
	switch st.Urgency {
	case insight.UrgencyNow:
		return in.Fail
	case insight.UrgencySoon:
		return in.Warn
	case insight.UrgencyFine:
		if st.Due.Kind == insight.DueEnd {
			return in.Text
		}
	}
	return in.Muted
}

// stateInk is the ink of the state that lists show: a verdict that may not hold any
// more is dimmed.
func stateInk(in *theme.Inks, st *insight.Standing) theme.Ink {
	if st.Stale {
		return in.Stale
	}
	return in.Severity(st.State.Severity())
}

// pace is how often a line about the row changes with time alone.
func (r *row) pace(now time.Time) time.Duration {
	return pace(now, r.standing.Due.At, r.standing.Since, r.changedAt(), r.ending().At)
}

// moment is the time as far as a line about the row depends on it: in seconds while
// it shows seconds, else in minutes, which are negative so that they are never the
// same number.
func (r *row) moment(now time.Time) int64 {
	if r.pace(now) == everySecond {
		return now.Unix()
	}
	return -now.Unix() / 60
}

// mark is the mark of the state that lists show.
func (r *row) mark(g *theme.Glyphs, in *theme.Inks) string {
	return stateInk(in, &r.standing).Render(g.Mark(r.stands()))
}
