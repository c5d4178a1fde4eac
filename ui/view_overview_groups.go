package ui

import (
	"cmp"
	"math"
	"slices"
)

// grouping is what the overview groups by.
type grouping int

const (
	byNothing grouping = iota
	byService
	byTag
	bySeverityGroup
	byPerson
	groupings
)

func (g grouping) String() string {
	return [...]string{"by nothing", "by service", "by tag", "by severity", "by person"}[g]
}

// groupID tells groups apart. They are in the order of their places, those of
// one place in that of their names.
type groupID struct {
	place int
	name  string
}

// group is the rows under one heading.
type group struct {
	groupID
	rows []*row
}

// groups are the rows under headings. A profile with several tags is under
// each of them.
func (o *overview) groups(g *glyphs) []sheetLine {
	byName := make(map[groupID]*group)
	var all []*group
	var ids []groupID
	for _, r := range o.order {
		ids = o.groupsOf(r, ids[:0])
		for _, id := range ids {
			known := byName[id]
			if known == nil {
				known = &group{groupID: id}
				byName[id], all = known, append(all, known)
			}
			known.rows = append(known.rows, r)
		}
	}
	slices.SortStableFunc(all, func(a, b *group) int {
		return cmp.Or(cmp.Compare(a.place, b.place), cmp.Compare(a.name, b.name))
	})
	lines := o.lines[:0]
	for i, one := range all {
		lines = append(lines, sheetLine{text: one.name + "\n" + counts(g, one.rows)})
		for _, r := range one.rows {
			lines = append(lines, sheetLine{row: r, place: i})
		}
	}
	return lines
}

// groupsOf appends the groups that a row belongs to.
func (o *overview) groupsOf(r *row, ids []groupID) []groupID {
	switch o.grouped {
	case byTag:
		for i, t := range r.config.Tags {
			if !slices.Contains(r.config.Tags[:i], t) {
				ids = append(ids, groupID{name: t})
			}
		}
		if len(ids) == 0 {
			return append(ids, groupID{name: "no tag", place: 1})
		}
		return ids
	case bySeverityGroup:
		sev := r.severity()
		return append(ids, groupID{name: severityWord(sev), place: urgency(sev)})
	case byPerson:
		if i := r.person - 1; i >= 0 {
			return append(ids, groupID{place: i, name: o.roster.people.all[i].Name})
		}
		return append(ids, groupID{name: "nobody known from elsewhere", place: math.MaxInt})
	default:
		return append(ids, groupID{name: r.service})
	}
}
