package ui

// rowLines are the lines of a list in which ranges are marked.
type rowLines interface {
	// cursorLine is the selected line, and lineCount how many there are.
	cursorLine() int
	lineCount() int
	// rowAt is the profile of a line; nil where the line is about none.
	rowAt(line int) *row
	// arrangement counts how often the lines became other ones.
	arrangement() int
}

// span is a range of lines that is being marked: from where it began to the line that
// is selected. The zero value is none.
type span struct {
	in rowLines
	// from and to are the ends, as of an arrangement of the lines; first is the profile
	// at which the range began.
	from, to, arranged int
	first              *row
}

// beginSpan begins a range at the selected line of a list. It reports whether a
// profile is there.
func (s *selection) beginSpan(in rowLines) bool {
	at := in.cursorLine()
	if at < 0 || at >= in.lineCount() || in.rowAt(at) == nil {
		return false
	}
	s.marks.span = span{in: in, from: at, to: at, arranged: in.arrangement(), first: in.rowAt(at)}
	s.cover(at, 1)
	return true
}

// cover takes a line into the range, or out of it again where by is negative. A
// profile with several lines is marked as long as one of them is in the range.
func (s *selection) cover(line, by int) {
	r := s.marks.span.in.rowAt(line)
	if r == nil {
		return
	}
	was := r.isMarked()
	r.spanned += by
	s.recount(r, was)
}

// extend has the range end at the line that is selected by now. Only the lines in
// between are looked at, unless the lines are other ones.
func (s *selection) extend() {
	p := &s.marks.span
	if p.in == nil {
		return
	}
	if p.arranged != p.in.arrangement() && !s.findSpan() {
		s.endSpan(true)
		return
	}
	to := p.in.cursorLine()
	for p.to < to {
		if p.to < p.from {
			s.cover(p.to, -1)
			p.to++
			continue
		}
		p.to++
		s.cover(p.to, 1)
	}
	for p.to > to && p.to > 0 {
		if p.to > p.from {
			s.cover(p.to, -1)
			p.to--
			continue
		}
		p.to--
		s.cover(p.to, 1)
	}
}

// findSpan begins the range anew among lines that are other ones, at the line of the
// profile where it began that is nearest to where it was. It reports whether there
// is one.
func (s *selection) findSpan() bool {
	p := &s.marks.span
	at := -1
	for i := range p.in.lineCount() {
		if p.in.rowAt(i) == p.first && (at < 0 || max(i-p.from, p.from-i) < max(at-p.from, p.from-at)) {
			at = i
		}
	}
	if at < 0 {
		return false
	}
	for _, r := range s.roster.rows {
		r.spanned = 0
	}
	s.countMarks()
	p.from, p.to, p.arranged = at, at, p.in.arrangement()
	s.cover(at, 1)
	return true
}

// endSpan ends the range. What is in it stays marked, or is marked no more than
// before.
func (s *selection) endSpan(keep bool) {
	for _, r := range s.roster.rows {
		if r.spanned > 0 {
			was := r.isMarked()
			r.marked, r.spanned = r.marked || keep, 0
			s.recount(r, was)
		}
	}
	s.marks.span = span{}
	s.marks.version++
}

func (l *listPane) cursorLine() int     { return l.selection.at }
func (l *listPane) lineCount() int      { return len(l.selection.lines) }
func (l *listPane) rowAt(line int) *row { return l.selection.lines[line].row }
func (l *listPane) arrangement() int    { return l.selection.laid }

func (v *sheet) cursorLine() int     { return v.window.cursor }
func (v *sheet) lineCount() int      { return len(v.lines) }
func (v *sheet) rowAt(line int) *row { return v.lines[line].row }
func (v *sheet) arrangement() int    { return v.arranged }
