package ui

import (
	"cmp"
	"slices"
	"strings"

	"rollcall/client/insight"
	"rollcall/ui/theme"
)

// sorting is the order of the profiles.
type sorting struct {
	by       insight.Order
	reversed bool
}

// sortings are all that profiles can be sorted by in the list, with the letter of
// each.
func sortings() []sortingKind {
	return []sortingKind{
		{insight.OrderUrgency, "u", "who needs you first"},
		{insight.OrderDue, "d", "the earliest first"},
		{insight.OrderName, "n", ""},
		{insight.OrderService, "s", ""},
		{insight.OrderState, "t", "the worst first"},
		{insight.OrderUser, "e", ""},
		{insight.OrderFile, "f", "J K move a profile"},
	}
}

// sortingKind is one of the orders, as it is offered.
type sortingKind struct {
	by           insight.Order
	letter, does string
}

// sectioned reports whether the profiles stand in sections.
func (s sorting) sectioned() bool { return s.by == insight.OrderUrgency && !s.reversed }

// filed reports whether they stand in the order of the file.
func (s sorting) filed() bool { return s.by == insight.OrderFile && !s.reversed }

// String is the order in words.
func (s sorting) String() string {
	if s.reversed {
		return "by " + string(s.by) + ", reversed"
	}
	return "by " + string(s.by)
}

// key is the order in one word, with a "-" before it where it is turned round;
// empty for the usual one.
func (s sorting) key() string {
	switch {
	case s.sectioned():
		return ""
	case s.reversed:
		return "-" + string(s.by)
	}
	return string(s.by)
}

// sortingOf is the order with a key.
func sortingOf(key string) (s sorting, ok bool) {
	by, reversed := strings.CutPrefix(key, "-")
	s = sorting{insight.Order(by), reversed}
	return s, slices.Contains(insight.Orders(), s.by)
}

// note names the order, with an arrow in its direction; empty for the usual one.
func (s sorting) note(g *theme.Glyphs) string {
	switch {
	case s.sectioned():
		return ""
	case s.reversed:
		return string(s.by) + " " + g.Down
	}
	return string(s.by) + " " + g.Up
}

// placed is where a row stands: as long as that is the same, it stands where it
// belongs. Unasked decides whether it stands under an incident.
type placed struct {
	insight.Place
	unasked bool
}

// place is where a row belongs now.
func (s sorting) place(r *row) placed {
	is := insight.Sortable{Standing: &r.standing, Service: r.service}
	switch s.by {
	case insight.OrderName:
		is.Name = r.sortName()
	case insight.OrderUser:
		is.User = r.user()
	}
	return placed{s.by.Place(&is), r.standing.Unasked}
}

// compare compares two rows as they were sorted. No two rows are alike.
func (s sorting) compare(a, b *row) int {
	if s.by == insight.OrderFile && s.reversed {
		return cmp.Compare(b.index, a.index)
	}
	return cmp.Or(a.placed.Compare(&b.placed.Place, s.reversed), cmp.Compare(a.index, b.index))
}

// misplaces reports whether a row does not belong where it stands any more.
func (s sorting) misplaces(r *row) bool { return s.place(r) != r.placed }

// sort sorts rows. What is compared lies together meanwhile: to look it up in rows that
// lie apart is what costs most of sorting many.
func (s sorting) sort(rows []*row) {
	if s.by == insight.OrderFile && s.reversed {
		for _, r := range rows {
			r.placed = s.place(r)
		}
		slices.SortFunc(rows, s.compare)
		return
	}
	places, ties, of := make([]insight.Place, len(rows)), make([]int, len(rows)), slices.Clone(rows)
	for i, r := range rows {
		r.placed = s.place(r)
		places[i], ties[i] = r.placed.Place, r.index
	}
	for i, at := range insight.SortPlaces(places, ties, s.reversed) {
		rows[i] = of[at]
	}
}

// replace puts rows that are misplaced among sorted ones where they belong.
func (s sorting) replace(rows, misplaced []*row) []*row {
	if len(misplaced) > manyChanged {
		s.sort(rows)
		return rows
	}
	for _, r := range misplaced {
		if i, ok := slices.BinarySearchFunc(rows, r, s.compare); ok {
			rows = slices.Delete(rows, i, i+1)
		}
		r.placed = s.place(r)
		i, _ := slices.BinarySearchFunc(rows, r, s.compare)
		rows = slices.Insert(rows, i, r)
	}
	return rows
}
