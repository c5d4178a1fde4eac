package ui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// detailPane shows one side of the selected profile. The panes differ in what
// they hold, which fill says.
type detailPane struct {
	box
	fill func(*profilePen)
	// live is set where the content has running seconds in it.
	live bool
	// column is the least width of a column.
	column int
	// avatars are the pictures of the pane that shows them; nil elsewhere.
	avatars *avatars
	// apart is set where the changes have a pane of their own.
	apart bool
	// sum stands in the place of what there is to tell of one profile; empty for
	// nothing.
	sum string
	// keys are those that the pane tells of.
	keys *KeyMap
	row  *row
	// pointed is the item that is pointed at, window the part of the lines that
	// is in sight.
	pointed  int
	window   window
	filled   paneContent
	prepared memo[contentKey, paneContent]
	memo     memo[detailKey, []string]
}

// contentKey is all that the content depends on.
type contentKey struct {
	row           *row
	version, w, h int
	apart         bool
	sum           string
	at            int64
	avatars       int
	styles        *theme.Styles
	zone          *time.Location
}

// detailKey is all that the drawn pane depends on.
type detailKey struct {
	contentKey
	box
	window       window
	pointed      int
	titles, foot string
}

// SetSize gives the pane its size, border included.
func (d *detailPane) SetSize(w, h int) { d.w, d.h = w, h }

// setRow shows another profile, from the top.
func (d *detailPane) setRow(r *row) {
	if d.row != r {
		d.row, d.pointed, d.window.offset = r, 0, 0
	}
}

// prepare brings the content up to date, so that keys and View see the same.
func (d *detailPane) prepare(s *theme.Styles, now time.Time) {
	k := contentKey{row: d.row, w: max(0, d.w-2), h: max(0, d.h-2), styles: s, zone: now.Location()}
	k.apart, k.sum, k.at = d.apart, d.sum, now.Unix()
	if !d.live {
		k.at /= 60
	}
	if d.row != nil {
		k.version = d.row.version
	}
	if d.avatars != nil {
		k.avatars = d.avatars.version
	}
	d.filled = d.prepared.get(k, func() paneContent {
		return writeFitting(k.w, k.h, d.column, func(w int) *profilePen { return d.write(s, w, k.h, now) })
	})
	d.pointed = clamp(d.pointed, 0, max(0, len(d.filled.Items)-1))
	d.fit()
	d.window.scroll(0)
}

// write is the content in a column w cells wide.
func (d *detailPane) write(s *theme.Styles, w, h int, now time.Time) *profilePen {
	p := newProfilePen(s, w, h, now, d.row)
	p.avatars, p.keys, p.apart = d.avatars, d.keys, d.apart
	switch {
	case d.row != nil:
		d.fill(p)
	case d.sum != "":
		for line := range strings.SplitSeq(d.sum, "\n") {
			p.Write(s.Text, line)
		}
	default:
		p.Note("no profile selected")
	}
	return p
}

// fit takes in how many lines there are, and how many there is room for.
func (d *detailPane) fit() { d.window.fit(d.filled.lines(), d.h-2) }

// span is where the item that is pointed at is: its first line and the one
// after its last.
func (d *detailPane) span() (from, to int) { return d.filled.span(d.pointed) }

// HandleKey moves within the pane.
func (d *detailPane) HandleKey(msg tea.KeyPressMsg, k *KeyMap) bool {
	d.fit()
	switch to := k.motion(msg); to {
	case noMotion:
		return false
	case oneUp:
		d.step(-1, to)
	case oneDown:
		d.step(1, to)
	case pageUp, pageDown:
		d.window.turn(to)
		d.catchUp()
	case toTop:
		d.pointed = 0
		d.window.turn(to)
	case toBottom:
		d.pointed = max(0, len(d.filled.Items)-1)
		d.window.turn(to)
	}
	return true
}

// step points at the next item that has something to copy. An item that is
// taller than the pane is scrolled through line by line before it is left.
func (d *detailPane) step(by int, to motion) {
	w := &d.window
	from, end := d.span()
	below, above := end > w.offset+w.height, from < w.offset
	if by > 0 && below && from <= w.offset || by < 0 && above && end >= w.offset+w.height {
		w.turn(to)
		return
	}
	for i := d.pointed + by; i >= 0 && i < len(d.filled.Items); i += by {
		if d.filled.Items[i].What != "" {
			d.pointed = i
			w.reveal(d.span())
			return
		}
	}
	w.turn(to)
}

func (d *detailPane) scroll(n int) {
	d.fit()
	d.window.scroll(n)
}

// catchUp points at the first item that is seen whole.
func (d *detailPane) catchUp() {
	line := 0
	for i, it := range d.filled.Items {
		if slices.Contains(d.filled.columns, i) {
			line = 0
		}
		if line >= d.window.offset && it.What != "" {
			d.pointed = i
			return
		}
		line += it.Height()
	}
}

// click points at the item at a cell of the pane.
func (d *detailPane) click(x, y int) {
	if i := d.filled.at(x-1, d.window.offset+y-1); i >= 0 && d.filled.Items[i].What != "" {
		d.pointed = i
	}
}

// opened is what lies behind the item that is pointed at; nil for nothing.
func (d *detailPane) opened() *entry { return d.filled.opens[d.pointed] }

// position says which of the items is pointed at, where not all are in sight.
func (d *detailPane) position() string {
	if at, n := d.filled.place(d.pointed); n > 1 && d.window.total > d.window.height {
		return draw.Position(at-1, n, 0)
	}
	return ""
}

// copied is what the person points at.
func (d *detailPane) copied() (value, what string) {
	if d.pointed < len(d.filled.Items) {
		it := d.filled.Items[d.pointed]
		return it.Value, it.What
	}
	return "", ""
}

// View draws the pane as it was prepared.
func (d *detailPane) View(s *theme.Styles, titles []string, active int, foot string) []string {
	k := detailKey{
		contentKey: d.prepared.key, box: d.box, window: d.window, pointed: d.pointed,
		titles: strings.Join(titles, "\n"), foot: foot,
	}
	return d.memo.get(k, func() []string {
		h := max(0, d.h-2)
		f := draw.Frame{
			Titles: titles, Active: active, Note: d.filled.Count, Focused: d.focused, Foot: foot,
			Total: d.window.total, Offset: d.window.offset, Shown: h,
		}
		return f.Draw(s, d.w, d.h, d.inSight(s, h))
	})
}

// inSight are the h lines that are seen, with the marker before the item that
// is pointed at.
func (d *detailPane) inSight(s *theme.Styles, h int) []string {
	c := &d.filled
	lines := make([]string, 0, h)
	column, n := 0, 0
	for i, it := range c.Items {
		if column < len(c.columns) && i == c.columns[column] {
			lines = filledUp(lines, h, column*c.w, c.w)
			column, n = column+1, 0
		}
		if n >= d.window.offset+h || n+it.Height() <= d.window.offset {
			n += it.Height()
			continue
		}
		for _, l := range it.Lines() {
			at := n - d.window.offset
			n++
			if at < 0 || at >= h {
				continue
			}
			if d.focused && i == d.pointed && it.What != "" {
				l = s.Accent.Render(s.Glyphs.Marker) + strings.TrimPrefix(l, " ")
			}
			if column == 0 {
				lines = append(lines, l)
			} else {
				lines[at] += l
			}
		}
	}
	if column == 0 {
		return lines
	}
	return filledUp(lines, h, column*c.w, max(0, d.w-2)-column*c.w)
}

// filledUp makes lines, of which some have only the columns before cell x, ones that
// go on for w cells more.
func filledUp(lines []string, h, x, w int) []string {
	for len(lines) < h {
		lines = append(lines, draw.Spaces(x))
	}
	for i, l := range lines {
		lines[i] = l + draw.Spaces(x+w-draw.Width(l))
	}
	return lines
}

// link is the page of what the person points at; empty where it has none.
func (d *detailPane) link() string {
	if d.pointed < len(d.filled.Items) {
		return d.filled.Items[d.pointed].URL
	}
	return ""
}
