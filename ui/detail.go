package ui

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// item is one thing in a detail pane that can be pointed at and copied.
type item struct {
	lines []string
	// value is what copying gives, and what its name; both are empty where
	// there is nothing to copy.
	value, what string
	// url is its page; empty for none.
	url string
}

// content is what a detail pane holds for one profile.
type content struct {
	items []item
	// count follows the title; empty for none.
	count string
}

// detailPane shows one side of the selected profile. The panes differ in what
// they hold, which fill says.
type detailPane struct {
	box
	fill func(*page)
	// live is set where the content has running seconds in it.
	live bool
	// avatars are the pictures of the pane that shows them; nil elsewhere.
	avatars *avatars
	row     *row
	// cursor is the item pointed at, offset the first line seen.
	cursor, offset int
	filled         content
	prepared       memo[contentKey]
	memo           memo[detailKey]
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
	d.prepared.get(k, func() []string {
		p := &page{Styles: s, w: k.w, h: k.h, now: now, row: d.row, avatars: d.avatars}
		if d.row == nil {
			p.note("no profile selected")
		} else {
			d.fill(p)
		}
		d.filled = p.content
		return nil
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

// labelWidth is the column of names in a detail pane.
const labelWidth = 10

// page gathers the content of a detail pane. Each line begins with a space,
// where the marker goes.
type page struct {
	*Styles
	w, h int
	now  time.Time
	row  *row
	content
	avatars *avatars
	// aside stands left of the lines to come.
	aside aside
	// plain leaves the names of fields out.
	plain bool
}

// roomy reports whether there is height for blank lines.
func (p *page) roomy() bool { return p.h >= 16 }

// add appends an item of styled lines, each at most w-1 cells wide.
func (p *page) add(what, value string, lines ...string) {
	for i, l := range lines {
		l = cut(l, max(0, p.w-1), p.glyphs.tail)
		lines[i] = pad(" "+l, p.w, "")
	}
	p.putBeside(lines)
	p.items = append(p.items, item{lines: lines, what: what, value: value})
}

// aside is a block of lines that stands left of others and takes w cells.
type aside struct {
	lines []string
	w     int
}

// putBeside puts the aside's next lines before the given ones. When it ends,
// the page has its width back.
func (p *page) putBeside(lines []string) {
	if p.aside.lines == nil {
		return
	}
	for i, l := range lines {
		left := spaces(p.aside.w - 2)
		if len(p.aside.lines) > 0 {
			left, p.aside.lines = p.aside.lines[0], p.aside.lines[1:]
		}
		lines[i] = " " + left + " " + l
	}
	if len(p.aside.lines) == 0 {
		p.w += p.aside.w
		p.aside, p.plain = aside{}, false
	}
}

// endAside lets the aside stand alone to its end.
func (p *page) endAside() {
	for p.aside.lines != nil {
		p.add("", "", "")
	}
}

// gap is a blank line, where there is room and something above it.
func (p *page) gap() {
	if p.roomy() && len(p.items) > 0 {
		p.items = append(p.items, item{lines: []string{spaces(p.w)}})
	}
}

// note says that there is nothing to show, and why.
func (p *page) note(s string) { p.sentence(p.muted, s) }

// sentence is a text broken at words.
func (p *page) sentence(k ink, s string) {
	var lines []string
	for _, l := range wrap(s, p.w-2) {
		lines = append(lines, k.write(l))
	}
	if lines != nil {
		p.add("", "", lines...)
	}
}

// field is a named value on one line; a value which is not known is left out.
func (p *page) field(label, value string) { p.fieldIn(p.tone(), label, value) }

func (p *page) fieldIn(k ink, label, value string) {
	if value != "" {
		shown := cut(value, p.valueWidth(), p.glyphs.tail)
		p.add(label, value, p.label(label)+k.write(shown))
	}
}

// list is a named list, one value a line.
func (p *page) list(label string, values []string) {
	beside := p.aside.lines != nil
	for i, v := range values {
		name := label
		if i > 0 && beside == (p.aside.lines != nil) {
			name = ""
		}
		beside = p.aside.lines != nil
		line := p.label(name) + p.tone().write(cut(v, p.valueWidth(), p.glyphs.tail))
		p.add(label, v, line)
	}
}

// paragraph is a named text broken at words.
func (p *page) paragraph(k ink, label, text string) {
	var lines []string
	for i, l := range wrap(text, p.valueWidth()) {
		name := label
		if i > 0 {
			name = ""
		}
		lines = append(lines, p.label(name)+k.write(l))
	}
	if lines != nil {
		p.add(label, text, lines...)
	}
}

// valueWidth is the room beside the name of a field.
func (p *page) valueWidth() int {
	if p.plain {
		return p.w - 2
	}
	return p.w - labelWidth - 2
}

func (p *page) label(s string) string {
	if p.plain {
		return ""
	}
	return p.muted.write(pad(cut(s, labelWidth-1, p.glyphs.tail), labelWidth, ""))
}

// tone is the ink of values: another where they come from an earlier answer.
func (p *page) tone() ink {
	if p.row != nil && p.row.snap.Stale() {
		return p.stale
	}
	return p.inks.text
}

// columns lays cells side by side, each padded to its width.
func (p *page) columns(widths []int, cells []string, tones []ink) string {
	var b strings.Builder
	for i, c := range cells {
		c = cut(c, widths[i], p.glyphs.tail)
		b.WriteString(tones[i].write(c))
		if i < len(cells)-1 {
			b.WriteString(spaces(widths[i] - ansi.StringWidth(c) + 2))
		}
	}
	return b.String()
}
