package ui

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/ui/theme"
)

// grouping is what the overview groups by.
type grouping int

const (
	byNothing grouping = iota
	byService
	byTag
	byUrgency
	byPerson
	groupings
)

func (g grouping) String() string {
	return [...]string{"by nothing", "by service", "by tag", "by urgency", "by person"}[g]
}

// key is the grouping in one word; empty for none.
func (g grouping) key() string {
	if g == byNothing {
		return ""
	}
	return strings.TrimPrefix(g.String(), "by ")
}

// groupID tells groups apart. Groups are in the order of their ranks, and those
// of the same rank in the order of their names.
type groupID struct {
	rank int
	name string
}

// group is the rows under one heading.
type group struct {
	groupID
	rows []*row
}

// groupLines appends the rows under headings. A profile with several tags is
// under each of them.
func groupLines(lines []sheetLine, rows []*row, by grouping, all []person, g *theme.Glyphs) []sheetLine {
	byName := make(map[groupID]*group)
	var groups []*group
	var ids []groupID
	for _, r := range rows {
		ids = groupsOf(r, by, all, ids[:0])
		for _, id := range ids {
			known := byName[id]
			if known == nil {
				known = &group{groupID: id}
				byName[id], groups = known, append(groups, known)
			}
			known.rows = append(known.rows, r)
		}
	}
	slices.SortStableFunc(groups, func(a, b *group) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.name, b.name))
	})
	for i, one := range groups {
		lines = append(lines, sheetLine{text: one.name + "\n" + counts(g, one.rows)})
		for _, r := range one.rows {
			lines = append(lines, sheetLine{row: r, group: i})
		}
	}
	return lines
}

// groupsOf appends the groups that a row belongs to.
func groupsOf(r *row, by grouping, all []person, ids []groupID) []groupID {
	switch by {
	case byTag:
		for i, t := range r.config.Tags {
			if !slices.Contains(r.config.Tags[:i], t) {
				ids = append(ids, groupID{name: t})
			}
		}
		if len(ids) == 0 {
			return append(ids, groupID{name: "no tag", rank: 1})
		}
		return ids
	case byUrgency:
		u := r.standing.Urgency
		return append(ids, groupID{name: text.Capitalized(string(u)), rank: slices.Index(insight.Urgencies(), u)})
	case byPerson:
		if i := r.person - 1; i >= 0 {
			return append(ids, groupID{rank: i, name: all[i].Name})
		}
		return append(ids, groupID{name: "nobody known from elsewhere", rank: math.MaxInt})
	default:
		return append(ids, groupID{name: r.service})
	}
}

// counts is how many there are of each severity, with their marks.
func counts(g *theme.Glyphs, rows []*row) string {
	n := make(map[account.Severity]int)
	for _, r := range rows {
		n[r.stands()]++
	}
	var parts []string
	for _, sev := range severities() {
		if n[sev] > 0 {
			parts = append(parts, g.Mark(sev)+" "+strconv.Itoa(n[sev]))
		}
	}
	return strings.Join(parts, "  ")
}
