package ui

import (
	"time"

	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// profilePen writes into a pane what is known of one profile.
type profilePen struct {
	draw.Pen
	now     time.Time
	row     *row
	avatars *avatars
}

// newProfilePen is a pen for a pane with w by h cells inside. Values of an
// earlier answer are written in a tone of their own.
func newProfilePen(s *theme.Styles, w, h int, now time.Time, r *row) *profilePen {
	p := &profilePen{Pen: draw.Pen{Styles: s, W: w, H: h, Tone: s.Text}, now: now, row: r}
	if r != nil && r.snap.Stale() {
		p.Tone = s.Stale
	}
	return p
}
