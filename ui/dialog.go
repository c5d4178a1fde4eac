package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// overlay is what lies over the dashboard. The top one of the stack gets the
// keys, the clicks and the wheel.
type overlay interface {
	// HandleKey takes a key.
	HandleKey(msg tea.KeyPressMsg, k *KeyMap) reply
	// Click takes a click at a cell of the overlay.
	Click(x, y int) reply
	// Leave is what a click beside the overlay does.
	Leave() reply
	// Scroll moves its lines.
	Scroll(n int)
	// SetSize tells how large the screen is.
	SetSize(w, h int)
	// View is the overlay alone: lines of one width.
	View(s *theme.Styles) []string
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

// reply is what an overlay makes of a key or a click; the zero value is nothing.
type reply struct {
	// close takes the overlay away.
	close bool
	// wish is what is to be done then; nil for nothing.
	wish wish
}

// wish is what an overlay wants done that is not its own to do.
type wish interface{ wished() }

// dialog is what the overlays have in common: a framed text that scrolls, with
// buttons below it.
type dialog struct {
	title string
	// screen is the size of the screen.
	screen box
	// window is the part of the text that is in sight.
	window window
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
	w, h, chosen, changed int
	window                window
	styles                *theme.Styles
}

// button is a word in brackets and what it does.
type button struct {
	label string
	press func() reply
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

// over is the window over so many lines of text.
func (d *dialog) over(lines int) *window {
	_, h := d.body()
	d.window.fit(lines, h)
	return &d.window
}

// onButtons reports whether line y of the overlay is that of the buttons.
func (d *dialog) onButtons(y, lines int) bool {
	_, h := d.body()
	return len(d.buttons) > 0 && y == 1+min(h, lines)
}

// draw is the dialog with the lines in it, which are made where something has
// changed.
func (d *dialog) draw(s *theme.Styles, lines func() []string) []string {
	k := dialogKey{d.screen.w, d.screen.h, d.chosen, d.changed, d.window, s}
	return d.memo.get(k, func() []string { return d.frame(s, lines()) })
}

// frame puts lines into the frame.
func (d *dialog) frame(s *theme.Styles, lines []string) []string {
	w, h := d.body()
	wide := d.width
	for _, l := range lines {
		wide = max(wide, draw.Width(l))
	}
	row := d.buttonRow(s)
	wide = max(wide, draw.Width(row), draw.Width(d.foot)+4, draw.Width(d.title)+2)
	w, h = min(w, max(wide, 30)), min(h, len(lines))
	from := clamp(d.window.offset, 0, len(lines)-h)
	var shown []string
	for _, l := range lines[from : from+h] {
		shown = append(shown, " "+draw.Pad(l, w, s.Glyphs.Tail)+" ")
	}
	f := draw.Frame{Titles: []string{d.title}, Focused: true, Foot: d.foot, Total: len(lines), Offset: from, Shown: h}
	if row != "" {
		shown = append(shown, " "+draw.Pad(row, w, s.Glyphs.Tail)+" ")
		h++
	}
	return f.Draw(s, w+4, h+2, shown)
}

// buttonRow is the line of buttons; empty where there are none.
func (d *dialog) buttonRow(s *theme.Styles) string {
	var parts []string
	for i, b := range d.buttons {
		k := s.Text
		if i == d.chosen {
			k = s.Selected.Strong
		}
		parts = append(parts, k.Render(b.text()))
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
func (d *dialog) pressed(x int) reply {
	at := 2
	for i, b := range d.buttons {
		end := at + draw.Width(b.text())
		if x < 0 && i == d.chosen || x >= at && x < end {
			d.chosen = i
			return b.press()
		}
		at = end + 2
	}
	return reply{}
}
