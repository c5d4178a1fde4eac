package ui

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// show has the table show columns by their names, in that order; those that fit best
// where it is given none. The profile is always one of them, and what is no column is
// left out.
func (o *overview) show(names []string) {
	var shown []string
	for _, name := range names {
		if !slices.Contains(shown, name) && o.named(name) != nil {
			shown = append(shown, name)
		}
	}
	if len(shown) > 0 && !slices.Contains(shown, insight.ColumnProfile) {
		shown = slices.Insert(shown, 0, insight.ColumnProfile)
	}
	o.shown = shown
	o.remake()
}

// named is the column of a name; nil for none.
func (o *overview) named(name string) *column {
	for i := range o.columns {
		if o.columns[i].name == name {
			return &o.columns[i]
		}
	}
	return nil
}

// shownText are the chosen columns as they are kept; empty for none.
func (o *overview) shownText() string { return strings.Join(o.shown, ",") }

// seen are the columns that are there in a view whose lines are w cells wide. left is
// how many of the chosen ones have no room.
func (o *overview) seen(w int) (columns []fitted, left int) {
	w -= beforeColumns + 1
	if len(o.shown) == 0 {
		return fit(o.columns, w), 0
	}
	chosen := make([]column, 0, len(o.shown))
	for _, name := range o.shown {
		chosen = append(chosen, *o.named(name))
	}
	return fitChosen(chosen, w, leftWidth, o.roster.widths.brief)
}

// leftWidth is that of the sign that columns have no room, with the gap before it.
const leftWidth = 4

// fitChosen is as many of the chosen columns as w cells have room for, in their order.
// What is left over makes whole what is cut, and then the note longer. sign is the room
// for a sign that some have none, reason the width of the longest word that says what a
// due is about.
func fitChosen(chosen []column, w, sign, reason int) (columns []fitted, left int) {
	stated := slices.ContainsFunc(chosen, func(c column) bool { return c.name == insight.ColumnState })
	for i := range chosen {
		c := &chosen[i]
		if c.name == insight.ColumnDue && !stated {
			c.whole = c.width + reason + 1
		}
		columns = append(columns, fitted{c, max(c.width, draw.Width(c.title)+1)})
	}
	room := func() int {
		if left > 0 {
			return w - sign
		}
		return w
	}
	for len(columns) > 1 && taken(columns) > room() {
		last := len(columns) - 1
		if columns[last].name == insight.ColumnProfile {
			last--
		}
		columns = slices.Delete(columns, last, last+1)
		left++
	}
	free := room() - taken(columns)
	if free < 0 {
		columns[0].room += free
		free = 0
	}
	free = widen(columns, free, func(c *column) int { return cmp.Or(c.whole, c.most) }, true)
	for i := range columns {
		if c := &columns[i]; c.name == insight.ColumnNote {
			c.room += free
		}
	}
	tellReasons(columns)
	return columns, left
}

// leftSign is behind the headings how many chosen columns have no room.
func leftSign(s *theme.Styles, line string, left, w int) string {
	if left == 0 {
		return draw.Pad(line, w, "")
	}
	sign := "+" + strconv.Itoa(left)
	return draw.Pad(line, w-draw.Width(sign), "") + s.Warn.Render(sign)
}

// shownWords are the chosen columns in words, with how many of them have no room on
// lines of w cells.
func (o *overview) shownWords(w int) string {
	if len(o.shown) == 0 {
		return "columns as they fit"
	}
	words := text.Plural(len(o.shown), "column")
	if _, left := o.seen(w); left > 0 {
		words += ", " + noRoomFor(left)
	}
	return words
}

// noRoomFor says that so many columns are not there.
func noRoomFor(n int) string {
	if n == 1 {
		return "1 has no room"
	}
	return strconv.Itoa(n) + " have no room"
}
