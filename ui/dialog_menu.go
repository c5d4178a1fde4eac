package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// menu is the overlay in which one of a few things is chosen, by its letter or by
// going there.
type menu struct {
	dialog
	entries []menuEntry
	// again is the key that opened the menu; it chooses the selected entry, too.
	again func(k *KeyMap) key.Binding
	// look is the letter that does something else with the selected entry; empty for
	// none.
	look string
}

// menuEntry is one thing that can be chosen.
type menuEntry struct {
	// letter chooses it; empty where none is left.
	letter string
	// name and value are what is shown of it.
	name, value string
	// wish is what choosing it does, looked what the other key does with it.
	wish, looked wish
}

// menuKeys are the letters that move in a menu unless they are rebound.
const menuKeys = "jkgGhl"

// newMenu offers entries, of which one is selected. Each gets a letter of its name.
func newMenu(title, foot, look string, entries []menuEntry, selected int, again func(*KeyMap) key.Binding) *menu {
	m := &menu{dialog: dialog{title: title, foot: foot, chosen: -1}, entries: entries, look: look, again: again}
	taken := menuKeys + "yq" + look
	for i := range m.entries {
		e := &m.entries[i]
		for _, r := range e.name + "abcdefimnoprtuvwxz" {
			if letter := strings.ToLower(string(r)); letter >= "a" && letter <= "z" && !strings.Contains(taken, letter) {
				e.letter, taken = letter, taken+letter
				break
			}
		}
	}
	m.window.cursor = selected
	return m
}

// SetSize tells how large the screen is.
func (m *menu) SetSize(w, h int) {
	m.dialog.SetSize(w, h)
	m.list().follow()
}

// list is the window over the entries.
func (m *menu) list() *window { return m.over(len(m.entries)) }

// HandleKey chooses an entry, or moves to another one.
func (m *menu) HandleKey(msg tea.KeyPressMsg, k *KeyMap) reply {
	i := slices.IndexFunc(m.entries, func(e menuEntry) bool { return e.letter != "" && msg.Text == e.letter })
	switch {
	case msg.Code == tea.KeyEscape:
		return reply{close: true}
	case m.look != "" && msg.Text == m.look:
		return reply{wish: m.entries[m.window.cursor].looked}
	case i >= 0:
		return m.choose(i)
	case msg.Code == tea.KeyEnter, key.Matches(msg, k.Open, m.again(k)):
		return m.choose(m.window.cursor)
	case key.Matches(msg, k.Back):
		return reply{close: true}
	}
	if to := k.motion(msg); to != noMotion {
		m.list().move(to, anyLine)
		m.window.follow()
	}
	return reply{}
}

func (m *menu) choose(i int) reply {
	m.window.cursor = i
	return reply{close: true, wish: m.entries[i].wish}
}

// Click chooses the entry at line y.
func (m *menu) Click(_, y int) reply {
	if i, ok := m.list().lineAt(y - 1); ok {
		return m.choose(i)
	}
	return reply{}
}

// Leave closes it.
func (m *menu) Leave() reply { return reply{close: true} }

// Scroll moves what is seen.
func (m *menu) Scroll(n int) { m.list().scroll(n) }

// View draws the entries.
func (m *menu) View(s *theme.Styles) []string {
	return m.draw(s, func() []string {
		w, _ := m.body()
		name := 0
		for _, e := range m.entries {
			name = max(name, ansi.StringWidth(e.name))
		}
		name = min(name, w/2)
		wide := 0
		for _, e := range m.entries {
			wide = max(wide, min(w, 3+name+2+ansi.StringWidth(e.value)))
		}
		wide = max(wide, min(w, 30))
		lines := make([]string, len(m.entries))
		for i, e := range m.entries {
			in, plain := &s.Inks, s.Text
			if i == m.window.cursor {
				in, plain = &s.Selected, s.Selected.Strong
			}
			lines[i] = in.Accent.Render(draw.Pad(e.letter, 3, "")) + in.Muted.Render(draw.Pad(e.name, name+2, s.Glyphs.Tail)) +
				plain.Render(draw.Pad(e.value, wide-3-name-2, s.Glyphs.Tail))
		}
		return lines
	})
}
