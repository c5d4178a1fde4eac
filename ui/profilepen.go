package ui

import (
	"time"
)

// profilePen writes into a pane what is known of one profile.
type profilePen struct {
	pen
	now     time.Time
	row     *row
	avatars *avatars
}

// newProfilePen is a pen for a pane with w by h cells inside. Values of an
// earlier answer are written in a tone of their own.
func newProfilePen(s *Styles, w, h int, now time.Time, r *row) *profilePen {
	p := &profilePen{pen: pen{Styles: s, w: w, h: h, tone: s.text}, now: now, row: r}
	if r != nil && r.snap.Stale() {
		p.tone = s.stale
	}
	return p
}
