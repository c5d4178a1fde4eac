package draw

import (
	"slices"
	"strings"
	"time"

	"rollcall/ui/theme"
)

// EndAxis is a line of w cells that stands for the time from now on. The first
// and the last of its marks bound it; between two of them time runs evenly, and
// each part is as wide as any other, so that days can be seen beside years.
type EndAxis struct {
	marks []mark
	w     int
}

// mark is a mark of an axis: so long from now.
type mark struct {
	name string
	at   time.Duration
}

// NewEndAxis is an axis of w cells on which both the next moment and the last one
// have a place. It has no more marks than can be named.
func NewEndAxis(next, last time.Duration, w int) EndAxis {
	const day = 24 * time.Hour
	all := []mark{
		{"now", 0}, {"1 h", time.Hour}, {"1 day", day}, {"1 week", 7 * day}, {"1 month", 30 * day},
		{"3 months", 91 * day}, {"1 year", 365 * day}, {"3 years", 3 * 365 * day}, {"10 years", 3652 * day},
	}
	if next > day {
		all = slices.Delete(all, 1, 2)
	}
	end := slices.IndexFunc(all, func(t mark) bool { return t.at >= last })
	if end < 0 {
		end = len(all) - 1
	}
	// At least a month is shown.
	all = all[:max(end, slices.IndexFunc(all, func(t mark) bool { return t.at == 30*day }))+1]
	for _, least := range []string{"3 years", "3 months", "1 h", "1 day", "1 week", "1 month", "1 year"} {
		if w >= (len(all)-1)*markWidth || len(all) == 2 {
			break
		}
		if i := slices.IndexFunc(all, func(t mark) bool { return t.name == least }); i >= 0 && i < len(all)-1 {
			all = slices.Delete(all, i, i+1)
		}
	}
	return EndAxis{all, w}
}

// markWidth is the room for the name of a mark and for its date.
const markWidth = 9

// Place is the cell of what lies so long ahead.
func (a EndAxis) Place(left time.Duration) int {
	parts := len(a.marks) - 1
	for i := range parts {
		from, to := a.marks[i].at, a.marks[i+1].at
		if left <= to {
			share := (float64(i) + float64(max(0, left-from))/float64(to-from)) / float64(parts)
			return min(int(share*float64(a.w-1)+0.5), max(0, a.w-1))
		}
	}
	return max(0, a.w-1)
}

// Lines are the axis itself with its marks, and the names and the dates of
// these. The last name and date can go on beyond the axis.
func (a EndAxis) Lines(g *theme.Glyphs, now time.Time) (names, dates, rule string) {
	cells := []rune(strings.Repeat(g.Horizontal, a.w))
	for _, t := range a.marks {
		x := a.Place(t.at)
		cells[x] = []rune(g.Tick)[0]
		names = Pad(names, x, "") + t.name
		dates = Pad(dates, x, "") + t.date(now)
	}
	return names, dates, string(cells)
}

// date is when the time of a mark comes, as exactly as it has to be told.
func (t mark) date(now time.Time) string {
	at := now.Add(t.at)
	switch {
	case t.at < 24*time.Hour:
		return at.Format("15:04")
	case t.at < 8*24*time.Hour:
		return at.Format("Mon 2")
	case t.at < 300*24*time.Hour:
		return at.Format("2 Jan")
	default:
		return at.Format("Jan 2006")
	}
}
