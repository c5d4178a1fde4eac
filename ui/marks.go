package ui

import (
	"fmt"

	"rollcall/ui/theme"
)

// marks are the profiles that the person has marked, for what is done to all of
// them. Each row has its own mark, which stays however the rows are sorted, filtered
// and folded, and goes with a profile that is removed.
type marks struct {
	// all is how many there are, shown how many of them the filter leaves, and folded
	// how many of those stand in the list under a folded heading.
	all, shown, folded int
	// version counts the changes, since what is drawn depends on them.
	version int
	span    span
	// narrowed is set while something is done only with those that are to be seen.
	narrowed bool
}

// sum is how many are marked, in words, and how many of them are not to be seen: those
// that the filter hides, and with folds those that are folded away. It is empty for
// none.
func (k *marks) sum(folds bool) string {
	if k.all == 0 {
		return ""
	}
	sum := fmt.Sprintf("%d marked", k.all)
	if k.shown < k.all {
		sum += fmt.Sprintf(", %d hidden", k.all-k.shown)
	}
	if folds && k.folded > 0 {
		sum += fmt.Sprintf(", %d folded", k.folded)
	}
	return sum
}

// foot is the sum before the position in a list.
func (k *marks) foot(g *theme.Glyphs, folds bool, position string) string {
	sum := k.sum(folds)
	if sum != "" && position != "" {
		sum += " " + g.Dot + " "
	}
	return sum + position
}

// isMarked reports whether a row is marked, also by a range that goes on.
func (r *row) isMarked() bool { return r.marked || r.spanned > 0 }

// markCell is the cell before the name of a row, which tells whether it is marked.
func markCell(g *theme.Glyphs, in *theme.Inks, marked bool) string {
	if marked {
		return in.Accent.Render(g.Marked)
	}
	return in.Text.Render(" ")
}

// setMark marks a row, or takes its mark away.
func (s *selection) setMark(r *row, on bool) {
	was := r.isMarked()
	r.marked = on
	s.recount(r, was)
}

// recount takes in that a row may be marked where it was not, or the other way round.
func (s *selection) recount(r *row, was bool) {
	by := 1
	switch is := r.isMarked(); {
	case is == was:
		return
	case was:
		by = -1
	}
	s.marks.all += by
	switch s.lineOf(r) {
	case filteredOut:
	case foldedAway:
		s.marks.folded += by
		fallthrough
	default:
		s.marks.shown += by
	}
	s.marks.version++
}

// turnMarks marks rows; where all of them are marked, it takes their marks away.
func (s *selection) turnMarks(rows []*row) {
	on := false
	for _, r := range rows {
		on = on || !r.isMarked()
	}
	for _, r := range rows {
		s.setMark(r, on)
	}
}

// unmark takes all marks away.
func (s *selection) unmark() {
	for _, r := range s.roster.rows {
		r.marked, r.spanned = false, 0
	}
	s.marks = marks{version: s.marks.version + 1}
}

// countMarks counts the marks among rows that are other ones, are found by another
// filter, or are laid in other lines.
func (s *selection) countMarks() {
	k := &s.marks
	if k.all == 0 {
		return
	}
	k.all, k.shown, k.folded = 0, 0, 0
	for _, r := range s.roster.rows {
		if r.isMarked() {
			k.all++
		}
	}
	for _, r := range s.visible {
		if r.isMarked() {
			k.shown++
		}
		if r.isMarked() && s.lineOf(r) == foldedAway {
			k.folded++
		}
	}
	k.version++
}

// markedRows are the marked rows in the order of the list, those last that the
// filter hides, unless only those are meant that are to be seen.
func (s *selection) markedRows() []*row {
	rows := make([]*row, 0, s.marks.all)
	for _, r := range s.visible {
		if r.isMarked() {
			rows = append(rows, r)
		}
	}
	if s.marks.narrowed {
		return rows
	}
	for _, r := range s.sorted {
		if r.isMarked() && s.lineOf(r) == filteredOut {
			rows = append(rows, r)
		}
	}
	return rows
}

// under are the profiles that a heading holds.
func (s *selection) under(line listLine) (rows []*row) {
	for _, r := range s.visible {
		if r.standing.Urgency == line.urgency && (line.incident < 0 || r.incident == line.incident && r.standing.Unasked) {
			rows = append(rows, r)
		}
	}
	return rows
}
