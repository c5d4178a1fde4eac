package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// overlay is what lies over the dashboard. The top one of the stack gets the
// keys, the clicks and the wheel.
type overlay interface {
	// HandleKey takes a key.
	HandleKey(msg tea.KeyPressMsg, k *KeyMap) outcome
	// Click takes a click at a cell of the overlay.
	Click(x, y int) outcome
	// Leave is what a click beside the overlay does.
	Leave() outcome
	// Scroll moves its lines.
	Scroll(n int)
	// SetSize tells how large the screen is.
	SetSize(w, h int)
	// View is the overlay alone: lines of one width.
	View(s *Styles) []string
	// drawn counts the drawings.
	drawn() int
	// reloaded has it drawn anew, since the configuration is another.
	reloaded()
}

// writer is an overlay in which text is written: as long as it is there, a key
// that is text is not for quitting.
type writer interface {
	// Paste takes in a text.
	Paste(text string)
	// caret is where the line is written, in cells of the overlay; negative
	// for nowhere.
	caret() (x, y int)
}

// outcome is what a key or a click in an overlay leads to; the zero value is
// nothing. Only this package can make one.
type outcome struct {
	// close takes the overlay away.
	close bool
	// then is done afterwards.
	then func(*Model) tea.Cmd
}

// dialog is what the overlays have in common: a framed text that scrolls, with
// buttons below it.
type dialog struct {
	title string
	// screen is the size of the screen.
	screen box
	offset int
	// buttons are below the text; chosen is the one that enter presses,
	// negative for none of them.
	buttons []button
	chosen  int
	// width is the least width of the text, most the greatest where that is
	// not maxOverlay.
	width, most int
	foot        string
	// changed counts what the drawing depends on besides.
	changed int
	memo    memo[dialogKey, []string]
}

// dialogKey is all that a drawn dialog depends on.
type dialogKey struct {
	w, h, offset, chosen, changed int
	styles                        *Styles
}

// button is a word in brackets and what it does.
type button struct {
	label string
	press func() outcome
}

// maxOverlay is the width beyond which a text is hard to read.
const maxOverlay = 96

func (d *dialog) drawn() int { return d.memo.made }
func (d *dialog) reloaded()  { d.changed++ }

// SetSize tells how large the screen is.
func (d *dialog) SetSize(w, h int) { d.screen.w, d.screen.h = w, h }

// body is the room for text.
func (d *dialog) body() (w, h int) {
	h = d.screen.h - 4
	if len(d.buttons) > 0 {
		h--
	}
	return max(0, min(d.screen.w-4, max(maxOverlay, d.most))-4), max(0, h)
}

// scrollIn moves the text, which has so many lines.
func (d *dialog) scrollIn(by, lines int) {
	_, h := d.body()
	d.offset = clamp(d.offset+by, 0, max(0, lines-h))
}

// bring moves the text, which has so many lines, until those from one to
// before another are in sight.
func (d *dialog) bring(from, to, lines int) {
	_, h := d.body()
	d.offset = clamp(min(max(d.offset, to-h), from), 0, max(0, lines-h))
}

// onButtons reports whether line y of the overlay is that of the buttons.
func (d *dialog) onButtons(y, lines int) bool {
	_, h := d.body()
	return len(d.buttons) > 0 && y == 1+min(h, lines)
}

// draw is the dialog with the lines in it, which are made where something has
// changed.
func (d *dialog) draw(s *Styles, lines func() []string) []string {
	k := dialogKey{d.screen.w, d.screen.h, d.offset, d.chosen, d.changed, s}
	return d.memo.get(k, func() []string { return d.frame(s, lines()) })
}

// frame puts lines into the frame.
func (d *dialog) frame(s *Styles, lines []string) []string {
	w, h := d.body()
	wide := d.width
	for _, l := range lines {
		wide = max(wide, ansi.StringWidth(l))
	}
	row := d.buttonRow(s)
	wide = max(wide, ansi.StringWidth(row), ansi.StringWidth(d.foot)+4, ansi.StringWidth(d.title)+2)
	w, h = min(w, max(wide, 30)), min(h, len(lines))
	from := clamp(d.offset, 0, len(lines)-h)
	var shown []string
	for _, l := range lines[from : from+h] {
		shown = append(shown, " "+pad(l, w, s.glyphs.tail)+" ")
	}
	f := frame{titles: []string{d.title}, focused: true, foot: d.foot, total: len(lines), offset: from, shown: h}
	if row != "" {
		shown = append(shown, " "+pad(row, w, s.glyphs.tail)+" ")
		h++
	}
	return f.draw(s, w+4, h+2, shown)
}

// buttonRow is the line of buttons; empty where there are none.
func (d *dialog) buttonRow(s *Styles) string {
	var parts []string
	for i, b := range d.buttons {
		k := s.text
		if i == d.chosen {
			k = s.selected.strong
		}
		parts = append(parts, k.write(b.text()))
	}
	return strings.Join(parts, "  ")
}

func (b button) text() string { return "[ " + b.label + " ]" }

// choose goes to another button.
func (d *dialog) choose(by int) {
	if n := len(d.buttons); n > 0 {
		d.chosen = (max(0, d.chosen) + by + n) % n
	}
}

// pressed is what the button at cell x of their row does, or the chosen one
// where x is negative.
func (d *dialog) pressed(x int) outcome {
	at := 2
	for i, b := range d.buttons {
		end := at + ansi.StringWidth(b.text())
		if x < 0 && i == d.chosen || x >= at && x < end {
			d.chosen = i
			return b.press()
		}
		at = end + 2
	}
	return outcome{}
}

// textOverlay is a text, which can ask something by its buttons.
type textOverlay struct {
	dialog
	// write makes the lines for a width: text of at most w cells each.
	write func(s *Styles, w int) []string
	// toggle closes it again, besides back; nil for none.
	toggle func(k *KeyMap) key.Binding
	styles *Styles
}

// newText is an overlay with a text to read.
func newText(title string, s *Styles, toggle func(*KeyMap) key.Binding, write func(*Styles, int) []string) *textOverlay {
	return &textOverlay{
		dialog: dialog{title: title, foot: "esc closes", chosen: -1}, write: write, toggle: toggle, styles: s,
	}
}

// HandleKey scrolls the text, chooses and presses a button, or closes it.
func (o *textOverlay) HandleKey(msg tea.KeyPressMsg, k *KeyMap) outcome {
	_, h := o.body()
	switch {
	case msg.Code == tea.KeyEscape, key.Matches(msg, k.Back), o.toggle != nil && key.Matches(msg, o.toggle(k)):
		return outcome{close: true}
	case len(o.buttons) > 0 && key.Matches(msg, k.NextPane):
		o.choose(1)
	case len(o.buttons) > 0 && key.Matches(msg, k.PrevPane):
		o.choose(-1)
	case len(o.buttons) > 0 && (msg.Code == tea.KeyEnter || key.Matches(msg, k.Open)):
		return o.pressed(-1)
	case key.Matches(msg, k.Up):
		o.Scroll(-1)
	case key.Matches(msg, k.Down):
		o.Scroll(1)
	case key.Matches(msg, k.PageUp):
		o.Scroll(-max(1, h-1))
	case key.Matches(msg, k.PageDown):
		o.Scroll(max(1, h-1))
	case key.Matches(msg, k.Top):
		o.offset = 0
	case key.Matches(msg, k.Bottom):
		o.Scroll(len(o.lines()))
	}
	return outcome{}
}

func (o *textOverlay) lines() []string {
	w, _ := o.body()
	return o.write(o.styles, w)
}

// Click presses a button.
func (o *textOverlay) Click(x, y int) outcome {
	if o.onButtons(y, len(o.lines())) {
		return o.pressed(x)
	}
	return outcome{}
}

// Leave closes it: a text loses nothing.
func (o *textOverlay) Leave() outcome { return outcome{close: true} }

// Scroll moves the text by lines.
func (o *textOverlay) Scroll(n int) { o.scrollIn(n, len(o.lines())) }

// View draws the text in its frame.
func (o *textOverlay) View(s *Styles) []string {
	return o.draw(s, func() []string {
		w, _ := o.body()
		return o.write(s, w)
	})
}

// corner is where an overlay of so many lines goes on a screen.
func corner(over []string, w, h int) (x, y int) {
	if len(over) == 0 {
		return 0, 0
	}
	return max(0, (w-ansi.StringWidth(over[0]))/2), max(0, (h-len(over))/2)
}

// overlaid lays the overlays on the middle of the lines of a screen, the last
// on top.
func overlaid(screen []string, over [][]string, w int) string {
	h := len(screen)
	layers := []*lipgloss.Layer{lipgloss.NewLayer(strings.Join(screen, "\n"))}
	for i, lines := range over {
		x, y := corner(lines, w, h)
		layers = append(layers, lipgloss.NewLayer(strings.Join(lines, "\n")).X(x).Y(y).Z(i+1))
	}
	drawn := strings.Split(lipgloss.NewCanvas(w, h).Compose(lipgloss.NewCompositor(layers...)).Render(), "\n")
	for i, l := range drawn {
		drawn[i] = pad(l, w, "")
	}
	return strings.Join(drawn, "\n")
}

// section is a heading in an overlay.
func section(s *Styles, title string) string { return s.accent.write(title) }

func sentence(s *Styles, k ink, text string, w int) []string {
	var out []string
	for _, l := range wrap(text, w) {
		out = append(out, k.write(strings.TrimRight(l, " ")))
	}
	return out
}
