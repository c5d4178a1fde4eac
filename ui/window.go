package ui

// window is the part of many lines that is in sight, and the line among them
// that is selected. Every list on the screen moves, scrolls and is clicked
// through one.
type window struct {
	// cursor is the selected line, negative for none; offset is the first line
	// in sight.
	cursor, offset int
	// total is how many lines there are, height how many there is room for.
	total, height int
}

// motion is a step within a list that a key asks for.
type motion int

// The motions.
const (
	noMotion motion = iota
	oneUp
	oneDown
	pageUp
	pageDown
	toTop
	toBottom
)

// fit takes in how many lines there are, and how many there is room for.
func (w *window) fit(total, height int) { w.total, w.height = total, max(0, height) }

// scroll moves what is in sight, and leaves the selected line as it is.
func (w *window) scroll(by int) { w.offset = clamp(w.offset+by, 0, max(0, w.total-w.height)) }

// page is how far a page goes: a line of the one before stays in sight.
func (w *window) page() int { return max(1, w.height-1) }

// turn is a motion that scrolls.
func (w *window) turn(to motion) {
	switch to {
	case oneUp:
		w.scroll(-1)
	case oneDown:
		w.scroll(1)
	case pageUp:
		w.scroll(-w.page())
	case pageDown:
		w.scroll(w.page())
	case toTop:
		w.scroll(-w.total)
	case toBottom:
		w.scroll(w.total)
	}
}

// reveal brings the lines from one to before another into sight; the first of
// them, where there is no room for all.
func (w *window) reveal(from, to int) {
	w.offset = min(max(w.offset, to-w.height), from)
	w.scroll(0)
}

// follow brings the selected line into sight.
func (w *window) follow() {
	if w.cursor >= 0 {
		w.reveal(w.cursor, w.cursor+1)
	}
}

// move is a motion that selects one of the lines that can be selected. It
// reports whether there was one in that direction.
func (w *window) move(to motion, selectable func(line int) bool) bool {
	last := w.total - 1
	switch to {
	case oneUp:
		return w.selectFrom(w.cursor-1, -1, selectable)
	case oneDown:
		return w.selectFrom(w.cursor+1, 1, selectable)
	case pageUp:
		return w.selectFrom(clamp(w.cursor-w.page(), w.first(selectable), max(0, last)), -1, selectable)
	case pageDown:
		return w.selectFrom(min(w.cursor+w.page(), last), 1, selectable) || w.selectFrom(last, -1, selectable)
	case toTop:
		found := w.selectFrom(0, 1, selectable)
		w.offset = 0
		return found
	case toBottom:
		return w.selectFrom(last, -1, selectable)
	}
	return false
}

// selectFrom selects the next line that can be selected, by steps from a line.
func (w *window) selectFrom(line, by int, selectable func(line int) bool) bool {
	for ; line >= 0 && line < w.total; line += by {
		if !selectable(line) {
			continue
		}
		w.cursor = line
		w.follow()
		if by < 0 && w.first(selectable) == line {
			// What stands above the first one comes into sight with it.
			w.offset = 0
		}
		return true
	}
	return false
}

// first is the first line that can be selected; negative for none.
func (w *window) first(selectable func(line int) bool) int {
	for line := range w.total {
		if selectable(line) {
			return line
		}
	}
	return -1
}

// inSight are the lines that are seen: from one to before another.
func (w *window) inSight() (from, to int) {
	from = clamp(w.offset, 0, max(0, w.total-w.height))
	return from, min(w.total, from+w.height)
}

// sees reports whether a line is in sight.
func (w *window) sees(line int) bool { return line >= w.offset && line < w.offset+w.height }

// lineAt is the line that is seen y lines below the first one in sight; ok is
// false where there is none.
func (w *window) lineAt(y int) (line int, ok bool) {
	line = w.offset + y
	return line, y >= 0 && y < w.height && line < w.total
}

// anyLine is for lists whose lines can all be selected.
func anyLine(int) bool { return true }

// wheelLines is how far one turn of the wheel goes, and a step among lines that are only
// read.
const wheelLines = 3
