package ui

// step moves the selection.
func (v *sheet) step(to motion) {
	v.fit()
	w := &v.window
	stood := w.cursor
	if (to == oneUp || to == oneDown) && w.cursor >= 0 && !w.sees(w.cursor) {
		// A step begins in what is seen.
		from, before := w.inSight()
		w.cursor = map[motion]int{oneUp: before, oneDown: from - 1}[to]
	}
	if v.passes(to) || !w.move(to, v.selectable) {
		w.cursor = stood
		return
	}
	v.withHeading()
	v.selection.choose(v.current().row)
}

// passed is a content with lines that cannot be selected but are to be read: a step
// does not jump over them.
type passed interface {
	// stays is the line that stays above the others while what it is for goes on; ok is
	// false for none.
	stays(lines []sheetLine, first int) (l sheetLine, ok bool)
}

// passes scrolls in place of a step where the next profile is out of sight and there are
// lines to be read before it. It reports whether it has.
func (v *sheet) passes(to motion) bool {
	if _, ok := v.content.(passed); !ok || to != oneUp && to != oneDown {
		return false
	}
	w, by := &v.window, 1
	if to == oneUp {
		by = -1
	}
	next := w.cursor + by
	for next >= 0 && next < w.total && !v.selectable(next) {
		next += by
	}
	if w.sees(next) || next < 0 {
		return false
	}
	before := w.offset
	w.scroll(by * wheelLines)
	return w.offset != before && !w.sees(next)
}
