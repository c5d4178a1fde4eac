package ui

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// detailPane shows one side of the selected profile. The panes differ in what
// they hold, which fill says.
type detailPane struct {
	box
	fill func(*profilePen)
	// live is set where the content has running seconds in it.
	live bool
	// avatars are the pictures of the pane that shows them; nil elsewhere.
	avatars *avatars
	row     *row
	// cursor is the item pointed at, offset the first line seen.
	cursor, offset int
	filled         content
	prepared       memo[contentKey, content]
	memo           memo[detailKey, []string]
}

// contentKey is all that the content depends on.
type contentKey struct {
	row           *row
	version, w, h int
	at            int64
	avatars       int
	styles        *Styles
	zone          *time.Location
}

// detailKey is all that the drawn pane depends on.
type detailKey struct {
	contentKey
	box
	cursor, offset int
	titles, foot   string
}

// SetSize gives the pane its size, border included.
func (d *detailPane) SetSize(w, h int) { d.w, d.h = w, h }

// setRow shows another profile, from the top.
func (d *detailPane) setRow(r *row) {
	if d.row != r {
		d.row, d.cursor, d.offset = r, 0, 0
	}
}

// prepare brings the content up to date, so that keys and View see the same.
func (d *detailPane) prepare(s *Styles, now time.Time) {
	k := contentKey{row: d.row, w: max(0, d.w-2), h: max(0, d.h-2), styles: s, zone: now.Location()}
	k.at = now.Unix()
	if !d.live {
		k.at /= 60
	}
	if d.row != nil {
		k.version = d.row.version
	}
	if d.avatars != nil {
		k.avatars = d.avatars.version
	}
	d.filled = d.prepared.get(k, func() content {
		p := newProfilePen(s, k.w, k.h, now, d.row)
		p.avatars = d.avatars
		if d.row == nil {
			p.note("no profile selected")
		} else {
			d.fill(p)
		}
		return p.content
	})
	d.cursor = clamp(d.cursor, 0, max(0, len(d.filled.items)-1))
	d.offset = clamp(d.offset, 0, max(0, d.total()-k.h))
}

func (d *detailPane) total() int {
	n := 0
	for _, i := range d.filled.items {
		n += len(i.lines)
	}
	return n
}

// span is where the item at the cursor is: its first line and the one after
// its last.
func (d *detailPane) span() (from, to int) {
	for i, it := range d.filled.items {
		to = from + len(it.lines)
		if i == d.cursor {
			return from, to
		}
		from = to
	}
	return from, from
}

// HandleKey moves within the pane.
func (d *detailPane) HandleKey(msg tea.KeyPressMsg, k *KeyMap) bool {
	page := max(1, d.h-3)
	switch {
	case key.Matches(msg, k.Up):
		d.step(-1)
	case key.Matches(msg, k.Down):
		d.step(1)
	case key.Matches(msg, k.PageUp):
		d.scroll(-page)
		d.catchUp()
	case key.Matches(msg, k.PageDown):
		d.scroll(page)
		d.catchUp()
	case key.Matches(msg, k.Top):
		d.cursor, d.offset = 0, 0
	case key.Matches(msg, k.Bottom):
		d.cursor = max(0, len(d.filled.items)-1)
		d.offset = max(0, d.total()-(d.h-2))
	default:
		return false
	}
	return true
}

// step goes to the next item that has something to point at. One taller than
// the pane is scrolled through line by line first.
func (d *detailPane) step(by int) {
	h := d.h - 2
	from, to := d.span()
	switch {
	case by > 0 && to > d.offset+h && from <= d.offset, by < 0 && from < d.offset && to >= d.offset+h:
		d.scroll(by)
		return
	}
	for i := d.cursor + by; i >= 0 && i < len(d.filled.items); i += by {
		if d.filled.items[i].what != "" {
			d.cursor = i
			from, to = d.span()
			d.offset = max(d.offset, to-h)
			d.offset = min(d.offset, from)
			return
		}
	}
	d.scroll(by)
}

func (d *detailPane) scroll(n int) {
	d.offset = clamp(d.offset+n, 0, max(0, d.total()-(d.h-2)))
}

// catchUp points at the first item that is seen whole.
func (d *detailPane) catchUp() {
	line := 0
	for i, it := range d.filled.items {
		if line >= d.offset && it.what != "" {
			d.cursor = i
			return
		}
		line += len(it.lines)
	}
}

// click points at the item at line y of the pane.
func (d *detailPane) click(y int) {
	line, want := 0, d.offset+y-1
	for i, it := range d.filled.items {
		if want >= line && want < line+len(it.lines) && it.what != "" {
			d.cursor = i
			return
		}
		line += len(it.lines)
	}
}

// copied is what the person points at.
func (d *detailPane) copied() (value, what string) {
	if d.cursor < len(d.filled.items) {
		it := d.filled.items[d.cursor]
		return it.value, it.what
	}
	return "", ""
}

// View draws the pane as it was prepared.
func (d *detailPane) View(s *Styles, titles []string, active int, foot string) []string {
	k := detailKey{
		contentKey: d.prepared.key, box: d.box, cursor: d.cursor, offset: d.offset,
		titles: strings.Join(titles, "\n"), foot: foot,
	}
	return d.memo.get(k, func() []string {
		h := max(0, d.h-2)
		f := frame{
			titles: titles, active: active, note: d.filled.count, focused: d.focused, foot: foot,
			total: d.total(), offset: d.offset, shown: h,
		}
		return f.draw(s, d.w, d.h, d.window(s, h))
	})
}

// window is the h lines that are seen, with the marker before the item that
// is pointed at.
func (d *detailPane) window(s *Styles, h int) []string {
	lines := make([]string, 0, h)
	n := 0
	for i, it := range d.filled.items {
		for _, l := range it.lines {
			if n >= d.offset && len(lines) < h {
				if d.focused && i == d.cursor && it.what != "" {
					l = s.accent.write(s.glyphs.marker) + strings.TrimPrefix(l, " ")
				}
				lines = append(lines, l)
			}
			n++
		}
	}
	return lines
}
