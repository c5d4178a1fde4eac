package ui

import (
	"slices"

	"rollcall/client/insight"
)

// sortWish is to sort the profiles by something.
type sortWish struct{ by insight.Order }

func (sortWish) wished() {}

// againTurns tells of the present order what to choose it once more does.
const againTurns = "now; again to reverse"

// newSortMenu offers what the profiles can be sorted by. The same again turns the
// order round.
func newSortMenu(now sorting) *menu {
	var entries []menuEntry
	for _, k := range sortings() {
		e := menuEntry{letter: k.letter, name: string(k.by), does: k.does, wish: sortWish{k.by}}
		if k.by == now.by {
			e.does = againTurns
		}
		entries = append(entries, e)
	}
	at := slices.IndexFunc(sortings(), func(k sortingKind) bool { return k.by == now.by })
	return newMenu("Sort by", at, entries...)
}

// columnWish is to sort the overview by a column.
type columnWish struct{ name string }

func (columnWish) wished() {}

// newColumnMenu offers the columns of the overview to sort it by.
func newColumnMenu(o *overview) *menu {
	entries := []menuEntry{{letter: "f", name: "as listed", does: "as the list of profiles has them", wish: columnWish{asListed}}}
	at := 0
	for i, c := range o.columns {
		e := menuEntry{letter: c.letter, name: c.name, does: c.first, wish: columnWish{c.name}}
		if c.name == o.by {
			at, e.does = i+1, againTurns
		}
		entries = append(entries, e)
	}
	return newMenu("Sort by", at, entries...)
}

// sortEntries are the same in the palette.
func sortEntries() []paletteEntry {
	var entries []paletteEntry
	for _, k := range sortings() {
		entries = append(entries, paletteEntry{text: "sort the profiles by " + string(k.by), name: "sort", wish: sortWish{k.by}})
	}
	return entries
}
