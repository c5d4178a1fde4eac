package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/ui/theme"
)

// sorting is the order of the profiles.
type sorting int

const (
	byConfig sorting = iota
	bySeverity
	byName
	sortings
)

func (s sorting) String() string {
	return [...]string{"as configured", "by severity", "by name"}[s]
}

// selection is what all views share: the profiles in an order, the filter with
// those of them that it leaves, and the selected profile.
type selection struct {
	roster *roster
	filter filter
	by     sorting
	// now is the clock of the machine, which queries compare with.
	now func() time.Time
	// sorted are all rows in that order; visible are those that the filter
	// leaves.
	sorted, visible []*row
	// selected stays the selected row while the filter hides it; at is its index
	// in visible, or that of the row which keys are about meanwhile.
	selected *row
	at       int
	// arranged counts the changes of visible.
	arranged int
	// touched counts what brings the selected row into sight.
	touched int
	// sought is the profile to select once it is there; empty for none.
	sought string
}

func newSelection(t *roster, now func() time.Time) *selection {
	s := &selection{roster: t, now: now}
	s.sort()
	return s
}

// current is the row that keys are about: the selected one, or another one
// while the filter hides that; nil where none is visible.
func (s *selection) current() *row {
	if s.at < len(s.visible) {
		return s.visible[s.at]
	}
	return nil
}

// sortBy sorts the rows anew.
func (s *selection) sortBy(by sorting) {
	s.by = by
	s.sort()
}

func (s *selection) sort() {
	s.sorted = slices.Clone(s.roster.rows)
	switch s.by {
	case bySeverity:
		slices.SortStableFunc(s.sorted, func(a, b *row) int { return urgency(a.severity()) - urgency(b.severity()) })
	case byName:
		slices.SortStableFunc(s.sorted, func(a, b *row) int { return strings.Compare(a.sortName(), b.sortName()) })
	}
	s.arrange()
}

// arrange makes visible out of sorted, the best matches first; names that have the
// letters of a word in order count only where nothing else is found. The
// selected row stays the selected one where it is still there.
func (s *selection) arrange() {
	s.arranged++
	s.touched++
	if s.filter.asked.Empty() {
		s.visible = s.sorted
	} else {
		var found [noMatch][]*row
		now := s.now()
		for _, r := range s.sorted {
			if m := r.answers(&s.filter, now); m < noMatch {
				found[m] = append(found[m], r)
			}
		}
		if s.visible = slices.Concat(found[:matchFuzzy]...); len(s.visible) == 0 {
			s.visible = found[matchFuzzy]
		}
	}
	s.at = max(0, slices.Index(s.visible, s.selected))
}

// search takes the best match of a changed query. What was found before stays while
// something is wrong with the query.
func (s *selection) search() {
	s.arrange()
	if s.filter.query() != "" && s.filter.wrong == nil {
		s.moveTo(0)
	}
}

// write begins to write the filter, or ends that.
func (s *selection) write(on bool) {
	s.filter.editing = on
	s.offer()
	s.touched++
}

func (s *selection) clearFilter() {
	s.filter = filter{}
	s.arrange()
}

// moveTo selects the visible row with an index, or the one that is nearest to
// that.
func (s *selection) moveTo(i int) {
	if len(s.visible) == 0 {
		return
	}
	s.at = clamp(i, 0, len(s.visible)-1)
	s.selected = s.visible[s.at]
	s.touched++
}

// choose selects a row, also one that the filter hides.
func (s *selection) choose(r *row) {
	s.selected = r
	if i := slices.Index(s.visible, r); i >= 0 {
		s.at = i
		s.touched++
	}
}

// chooseName selects a visible profile by its name.
func (s *selection) chooseName(name string) {
	if i := slices.IndexFunc(s.visible, func(r *row) bool { return r.name == name }); i >= 0 {
		s.moveTo(i)
	}
}

// seek selects a profile by its name, at the latest when it is there. A filter
// that hides it is cleared.
func (s *selection) seek(name string) {
	r := s.roster.byName[name]
	if s.sought = name; r == nil {
		return
	}
	s.sought = ""
	if s.filter.query() != "" && !slices.Contains(s.visible, r) {
		s.clearFilter()
	}
	s.choose(r)
}

// reload brings the rows in line with profiles that changed.
func (s *selection) reload() {
	at := s.at
	s.sort()
	if !s.roster.has(s.selected) {
		s.moveTo(at)
	}
	if s.sought != "" {
		s.seek(s.sought)
		s.sought = ""
	}
}

// note is how many profiles there are, how many of them the filter leaves, and
// their order.
func (s *selection) note(g *theme.Glyphs) string {
	note := strconv.Itoa(len(s.sorted))
	if s.filter.query() != "" {
		note = fmt.Sprintf("%d/%d", len(s.visible), len(s.sorted))
	}
	if s.by != byConfig {
		note += " " + g.Dot + " " + s.by.String()
	}
	return note
}
