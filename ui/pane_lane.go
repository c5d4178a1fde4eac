package ui

import (
	"time"

	"rollcall/client/account"
	"rollcall/ui/draw"
)

// laneBack is how far back the lane of a profile goes, as does what is kept of its
// checks. laneAhead is how far ahead it goes where it has the width.
const (
	laneBack, laneAhead = 90 * 24 * time.Hour, 30 * 24 * time.Hour
	wideLane            = 56
)

// fillLane draws what the checks of the last days found, and when the token ends.
func fillLane(p *profilePen) {
	ahead := laneAhead
	if p.W < wideLane {
		ahead /= 3
	}
	axis := draw.NewAxis(p.now, p.now.Add(-laneBack), p.now.Add(ahead), p.row.warning, p.W-2)
	p.Add("", "", axis.Lane(p.Glyphs, &p.Inks, draw.Lane{Spells: account.Spells(p.row.checks(), p.now), Expiry: p.row.ending()}))
	if p.H > 1 {
		p.Add("", "", axis.Line(p.Styles))
	}
}
