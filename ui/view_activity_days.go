package ui

import "time"

// days are the headings of the days on which entries lie. Where nearly every entry
// would have a heading of its own, each tells its day by itself.
type days struct {
	// last is the moment of the entry before.
	last  time.Time
	dated bool
}

// leastOfDay is how many entries a day has on average to be worth a heading.
const leastOfDay = 3

// newDays are those of n entries in their order, which begin today.
func newDays(now time.Time, n int, at func(i int) time.Time) *days {
	before, headings, entries := now, 0, 0
	for i := range n {
		when := at(i).In(now.Location())
		if !sameDay(before, when) {
			headings++
		}
		if !sameDay(now, when) {
			entries++
		}
		before = when
	}
	return &days{last: now, dated: entries < leastOfDay*headings}
}

// append appends the heading of an entry that lies on another day than the one
// before it.
func (d *days) append(lines []sheetLine, at time.Time) []sheetLine {
	before := d.last
	d.last = at.In(before.Location())
	if d.dated || sameDay(before, d.last) {
		return lines
	}
	return append(lines, sheetLine{text: "\n" + d.last.Format("Monday, 2 January 2006")})
}

func sameDay(a, b time.Time) bool {
	y, m, d := a.Date()
	year, month, day := b.Date()
	return y == year && m == month && d == day
}

// datedWidth is that of a moment with its day, and the one on a narrow screen.
const datedWidth, narrowDated = len("20 Nov 10:00"), len("20 Nov")

// datedClock is a moment with its day where that is not today: the time of day goes
// where there is no room for both, and with it goes what is said of another year.
func datedClock(at, now time.Time, narrow bool) string {
	at = at.In(now.Location())
	switch {
	case sameDay(at, now) && narrow:
		return at.Format("15:04")
	case sameDay(at, now):
		return at.Format(time.TimeOnly)
	case narrow && at.Year() == now.Year():
		return at.Format("_2 Jan")
	case narrow:
		return at.Format("Jan 06")
	case at.Year() == now.Year():
		return at.Format("_2 Jan 15:04")
	}
	return at.Format("_2 Jan 2006")
}
