package draw

import (
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/ui/theme"
)

// Lane is the time of one token: what its checks found until now, and when it
// ends.
type Lane struct {
	// Spells are in the order of their times.
	Spells []account.Spell
	Expiry account.Expiry
}

// LaneKind is what a cell of a lane stands for.
type LaneKind uint8

// The kinds of cells. The zero value stands for nothing that is known.
const (
	LaneEmpty LaneKind = iota
	// LaneFound is what was found then, by its severity; none where the service
	// could not be asked.
	LaneFound
	// LaneNow is between what was and what will be.
	LaneNow
	// LaneValid is ahead of the end.
	LaneValid
	// LaneNear is the time in which an end is near; its severity is warn where
	// that of the lane is.
	LaneNear
	// LaneEnd is the end itself, LaneOn says that the token does not end within
	// the axis.
	LaneEnd
	LaneOn
)

// LaneCell is one cell of a lane.
type LaneCell struct {
	Kind     LaneKind
	Severity account.Severity
}

// Cells are the cells of a lane on an axis.
func (a Axis) Cells(l Lane) []LaneCell {
	cells := make([]LaneCell, a.w)
	a.behind(cells, l.Spells)
	a.ahead(cells, l.Expiry)
	return cells
}

// behind fills in what was found. A cell shows that the token was refused at any
// time of it; else what was found for the longest part of it.
func (a Axis) behind(cells []LaneCell, spells []account.Spell) {
	for i := range min(max(0, a.present), a.even) {
		from, to := a.starts(i), a.ends(i)
		if i == a.present-1 {
			// The check that has just ended belongs to what was.
			to = to.Add(1)
		}
		for len(spells) > 0 && overBy(spells[0], from) {
			spells = spells[1:]
		}
		var lasted [4]time.Duration
		for _, s := range spells {
			if !s.From.Before(to) {
				break
			}
			if found, ok := foundIn(s.State); ok {
				// Even what lasted no time at all was found.
				lasted[found] += max(1, earlier(s.To, to).Sub(later(s.From, from)))
			}
		}
		if best := most(lasted); lasted[best] > 0 {
			cells[i] = LaneCell{LaneFound, foundAs()[best]}
		}
	}
}

// overBy reports whether a spell has no part of what begins at a moment.
func overBy(s account.Spell, at time.Time) bool {
	return s.To.Before(at) || s.To.Equal(at) && s.From.Before(at)
}

// foundAs are the severities of what checks found, as foundIn counts them.
func foundAs() [4]account.Severity {
	return [4]account.Severity{account.SeverityFail, account.SeverityWarn, account.SeverityOK, account.SeverityNone}
}

// foundIn is the place among foundAs of a state; ok is false where it tells
// nothing.
func foundIn(s account.State) (place int, ok bool) {
	if s.Inconclusive() {
		return 3, true
	}
	for i, sev := range foundAs() {
		if sev == s.Severity() && sev != account.SeverityNone {
			return i, true
		}
	}
	return 0, false
}

// most is what a cell shows.
func most(lasted [4]time.Duration) int {
	best := 0
	for i := range lasted {
		if lasted[0] == 0 && lasted[i] > lasted[best] {
			best = i
		}
	}
	return best
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// ahead fills in now, and what comes.
func (a Axis) ahead(cells []LaneCell, e account.Expiry) {
	end, ends := -1, e.KindOrUnknown() == account.ExpiryDate
	left := e.At.Sub(a.now)
	switch {
	case ends:
		end = a.Cell(e.At)
	case e.KindOrUnknown() == account.ExpiryNever:
		end = a.w
	}
	near := ends && left > 0 && left <= a.warning
	for i := max(0, a.present); i < a.w; i++ {
		switch {
		case i == a.present && i < a.even:
			cells[i].Kind = LaneNow
		case i < a.even && a.starts(i).Sub(a.now) < a.warning:
			cells[i].Kind = LaneNear
			if near && i < end {
				cells[i].Severity = account.SeverityWarn
			}
		case i < end:
			cells[i].Kind = LaneValid
		}
	}
	switch {
	case a.w == 0:
	case end >= a.w:
		cells[a.w-1] = LaneCell{Kind: LaneOn}
	case ends && end >= 0:
		cells[end] = LaneCell{LaneEnd, endSeverity(left, near)}
	}
}

func endSeverity(left time.Duration, near bool) account.Severity {
	switch {
	case left <= 0:
		return account.SeverityFail
	case near:
		return account.SeverityWarn
	}
	return account.SeverityOK
}

// Lane draws a lane, in the inks of the line that it stands in.
func (a Axis) Lane(g *theme.Glyphs, in *theme.Inks, l Lane) string {
	var b strings.Builder
	cells := a.Cells(l)
	for from := 0; from < len(cells); {
		to := from + 1
		for to < len(cells) && cells[to] == cells[from] {
			to++
		}
		glyph, ink := cells[from].look(g, in)
		b.WriteString(ink.Render(strings.Repeat(glyph, to-from)))
		from = to
	}
	return b.String()
}

// look is how a cell is drawn.
func (c LaneCell) look(g *theme.Glyphs, in *theme.Inks) (glyph string, ink theme.Ink) {
	switch c.Kind {
	case LaneFound:
		return g.Mark(c.Severity), in.Severity(c.Severity)
	case LaneEnd:
		return g.Mark(c.Severity), in.Bold(c.Severity)
	case LaneNow:
		return g.Vertical, in.Accent
	case LaneValid:
		return g.Horizontal, in.Muted
	case LaneNear:
		return g.Empty, in.Severity(c.Severity)
	case LaneOn:
		return g.Arrow, in.Muted
	}
	return " ", in.Text
}
