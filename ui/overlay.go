package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// overlay is what lies over the dashboard. The top one of the stack gets the
// keys.
type overlay interface {
	// HandleKey reports whether the overlay is done.
	HandleKey(msg tea.KeyPressMsg, k *KeyMap) (done bool)
	// Scroll moves its text by lines.
	Scroll(n int)
	// SetSize tells how large the screen is.
	SetSize(w, h int)
	// View is the overlay alone: lines of one width.
	View(s *Styles) []string
	// drawn counts the drawings.
	drawn() int
}

// textOverlay is a framed text that scrolls.
type textOverlay struct {
	title string
	// write makes the lines for a width: text of at most w cells each.
	write func(s *Styles, w int) []string
	// toggle closes it again, besides back.
	toggle func(k *KeyMap) key.Binding
	// screen is the size of the screen.
	screen box
	styles *Styles
	offset int
	memo   memo[overlayKey]
}

type overlayKey struct {
	w, h, offset int
	styles       *Styles
}

func (o *textOverlay) drawn() int { return o.memo.drawn }

// maxOverlay is the width beyond which a text is hard to read.
const maxOverlay = 96

func (o *textOverlay) SetSize(w, h int) { o.screen.w, o.screen.h = w, h }

// body is the room for text.
func (o *textOverlay) body() (w, h int) {
	return max(0, min(o.screen.w-4, maxOverlay)-4), max(0, o.screen.h-4)
}

func (o *textOverlay) HandleKey(msg tea.KeyPressMsg, k *KeyMap) bool {
	_, h := o.body()
	switch {
	case key.Matches(msg, k.Back, o.toggle(k)):
		return true
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
	return false
}

func (o *textOverlay) lines() []string {
	w, _ := o.body()
	return o.write(o.styles, w)
}

func (o *textOverlay) Scroll(n int) {
	_, h := o.body()
	o.offset = clamp(o.offset+n, 0, max(0, len(o.lines())-h))
}

func (o *textOverlay) View(s *Styles) []string {
	return o.memo.get(overlayKey{o.screen.w, o.screen.h, o.offset, s}, func() []string {
		w, h := o.body()
		lines := o.write(s, w)
		wide := 0
		for _, l := range lines {
			wide = max(wide, ansi.StringWidth(l))
		}
		w, h = min(w, max(wide, 30)), min(h, len(lines))
		from := clamp(o.offset, 0, len(lines)-h)
		var shown []string
		for _, l := range lines[from : from+h] {
			shown = append(shown, " "+pad(l, w, s.glyphs.tail)+" ")
		}
		f := frame{
			titles: []string{o.title}, focused: true, foot: "esc closes",
			total: len(lines), offset: from, shown: h,
		}
		return f.draw(s, w+4, h+2, shown)
	})
}

// place lays over on the middle of the lines of a screen w cells wide.
func place(screen, over []string, w int) []string {
	out := append([]string(nil), screen...)
	if len(over) == 0 {
		return out
	}
	wide := ansi.StringWidth(over[0])
	x, y := max(0, (w-wide)/2), max(0, (len(screen)-len(over))/2)
	for i, l := range over {
		if y+i >= len(out) {
			break
		}
		below := out[y+i]
		right, room := "", max(0, w-x-wide)
		// Half of a wide character at the edge is a space.
		for from := x + wide; from < w; from++ {
			if right = ansi.TruncateLeft(below, from, ""); ansi.StringWidth(right) <= room {
				break
			}
		}
		right = spaces(room-ansi.StringWidth(right)) + right
		out[y+i] = pad(below, x, "") + l + right
	}
	return out
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
