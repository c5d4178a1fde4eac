package draw

import (
	"math"
	"strings"
	"time"

	"rollcall/ui/theme"
)

// Axis is a line of cells that stands for time. Its cells are equally long, and
// one between those behind and those ahead stands for now. What lies beyond them
// has its place in the last cells, where a wide axis has such: the further
// ahead, the closer together.
type Axis struct {
	now time.Time
	// warning is how long from now on an end is near.
	warning time.Duration
	// step is how long a cell is.
	step time.Duration
	// present is the cell of now, which can lie outside of the axis.
	present int
	// even is how many cells are equally long, w how many there are.
	even, w int
}

const (
	day = 24 * time.Hour
	// farEnd is as far as the last cells reach.
	farEnd = 10 * 365 * day
	// farLeast is the width from which an axis has cells for what lies far ahead,
	// a farShare of all, up to farMost.
	farLeast, farShare, farMost = 36, 7, 22
)

// NewAxis is an axis of w cells from one moment to another. An end is near within
// warning from now.
func NewAxis(now, from, to time.Time, warning time.Duration, w int) Axis {
	w = max(0, w)
	if w >= farLeast {
		a := evenAxis(now, from, to, warning, w-min(w/farShare, farMost))
		// Beyond an end that is not ahead, or is far ahead, nothing is left to tell.
		if begun := a.starts(a.even).Sub(now); begun >= day && begun < farEnd/2 {
			a.w = w
			return a
		}
	}
	return evenAxis(now, from, to, warning, w)
}

// evenAxis is an axis whose cells are all equally long.
func evenAxis(now, from, to time.Time, warning time.Duration, w int) Axis {
	a := Axis{now: now, warning: warning, even: w, w: w}
	a.step = max(time.Minute, to.Sub(from)/time.Duration(max(1, w-1)))
	a.present = int(math.Round(float64(now.Sub(from)) / float64(a.step)))
	return a
}

// starts is when a cell begins that is not that of now.
func (a Axis) starts(cell int) time.Time {
	if cell > a.present {
		cell--
	}
	return a.now.Add(time.Duration(cell-a.present) * a.step)
}

// ends is when a cell is over.
func (a Axis) ends(cell int) time.Time { return a.starts(cell).Add(a.step) }

// Cell is the cell of a moment; it is negative before the axis and w beyond it.
func (a Axis) Cell(at time.Time) int {
	from := at.Sub(a.now)
	cell := a.present + int(math.Floor(float64(from)/float64(a.step)))
	if from >= 0 {
		cell++
	}
	switch {
	case cell < 0:
		return -1
	case cell < a.even:
		return cell
	case a.even == a.w:
		return a.w
	}
	return a.far(from)
}

// far is the cell of what lies so long ahead, beyond the even cells.
func (a Axis) far(from time.Duration) int {
	begun := float64(a.starts(a.even).Sub(a.now))
	share := math.Log(float64(from)/begun) / math.Log(float64(farEnd)/begun)
	return a.even + min(a.w-a.even, int(share*float64(a.w-a.even)))
}

// tick is a named moment of an axis.
type tick struct {
	cell int
	name string
}

// axisCell is one cell of a drawn axis.
type axisCell struct {
	sign string
	ink  theme.Ink
}

// Line is the axis with the names of its months and years, and of now.
func (a Axis) Line(s *theme.Styles) string {
	g := s.Glyphs
	cells := make([]axisCell, a.w)
	for i := range cells {
		cells[i] = axisCell{g.Horizontal, s.Border}
		if i >= a.even {
			cells[i].sign = g.Dot
		}
	}
	taken := make([]bool, a.w+1)
	put := func(t tick, k, name theme.Ink, room int) {
		for i := t.cell; i < t.cell+room; i++ {
			if t.cell < 0 || i >= a.w || taken[i] {
				return
			}
		}
		cells[t.cell] = axisCell{g.Tick, k}
		for i := range len(t.name) {
			cells[t.cell+1+i] = axisCell{t.name[i : i+1], name}
		}
		for i := t.cell; i <= min(a.w, t.cell+room); i++ {
			taken[i] = true
		}
	}
	if a.present >= 0 && a.present < a.even {
		put(tick{a.present, "now"}, s.Accent, s.Accent, 4)
		put(tick{a.present, ""}, s.Accent, s.Accent, 1)
	}
	for _, t := range append(a.months(), a.years()...) {
		put(t, s.Border, s.Muted, 1+Width(t.name))
	}
	return written(cells)
}

// written are cells one after the other, with one code for those of one ink.
func written(cells []axisCell) string {
	var line, run strings.Builder
	for i, c := range cells {
		run.WriteString(c.sign)
		if i == len(cells)-1 || cells[i+1].ink != c.ink {
			line.WriteString(c.ink.Render(run.String()))
			run.Reset()
		}
	}
	return line.String()
}

// months are the first days of the months in the even cells, and where these are
// wide, days between them. A year is named where it begins.
func (a Axis) months() (all []tick) {
	if a.even == 0 {
		return nil
	}
	zone := a.now.Location()
	first := a.starts(0).In(zone)
	last := a.ends(a.even - 1)
	month := int(30 * day / a.step)
	var days []tick
	for at := time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, zone); at.Before(last); at = at.AddDate(0, 1, 0) {
		name := at.Format("Jan")
		if at.Month() == time.January {
			name = at.Format("2006")
		}
		all = append(all, tick{a.Cell(at), name})
		for _, d := range daysBetween(month) {
			on := at.AddDate(0, 0, d-1)
			if c := a.Cell(on); c < a.even {
				days = append(days, tick{c, on.Format("2")})
			}
		}
	}
	return append(all, days...)
}

// daysBetween are the days that are named within a month of so many cells.
func daysBetween(cells int) []int {
	switch {
	case cells >= 48:
		return []int{6, 11, 16, 21, 26}
	case cells >= 32:
		return []int{8, 15, 22}
	case cells >= 16:
		return []int{15}
	}
	return nil
}

// years are spans from now in the cells of what lies far ahead.
func (a Axis) years() (all []tick) {
	for _, t := range []struct {
		name string
		at   time.Duration
	}{{"1y", 365 * day}, {"3y", 3 * 365 * day}, {"2y", 2 * 365 * day}, {"5y", 5 * 365 * day}, {"9y", 9 * 365 * day}} {
		if c := a.Cell(a.now.Add(t.at)); c >= a.even && a.even < a.w {
			all = append(all, tick{c, t.name})
		}
	}
	return all
}
