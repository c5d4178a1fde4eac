package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// menu is an overlay with a few things to choose from, each by a letter.
type menu struct {
	dialog
	entries []menuEntry
	// again is the key that opened the menu, and that chooses the entry on which the
	// person stands; nil where it does not.
	again func(k *KeyMap) key.Binding
	// look is the letter that looks at that entry; empty for none.
	look string
}

// menuEntry is one of what a menu offers.
type menuEntry struct {
	// letter chooses it; name and does say what it is.
	letter, name, does string
	wish               wish
	// looked is what looking at it does.
	looked wish
}

// newMenu is a menu on whose entry number at the person stands.
func newMenu(title string, at int, entries ...menuEntry) *menu {
	m := &menu{dialog: dialog{title: title, foot: "a letter chooses, esc closes", chosen: -1}, entries: entries}
	m.window.cursor = at
	return m
}

// HandleKey chooses an entry by its letter, or moves and chooses.
func (m *menu) HandleKey(msg tea.KeyPressMsg, k *KeyMap) reply {
	for i, e := range m.entries {
		if e.letter != "" && msg.Text == e.letter {
			return m.choose(i)
		}
	}
	switch to := k.motion(msg); {
	case m.look != "" && msg.Text == m.look:
		return reply{wish: m.entries[m.window.cursor].looked}
	case m.again != nil && key.Matches(msg, m.again(k)):
		return m.choose(m.window.cursor)
	case msg.Code == tea.KeyEscape, key.Matches(msg, k.Back):
		return reply{close: true}
	case msg.Code == tea.KeyEnter, key.Matches(msg, k.Open):
		return m.choose(m.window.cursor)
	case to != noMotion:
		m.list().move(to, anyLine)
		m.window.follow()
		m.changed++
	}
	return reply{}
}

func (m *menu) choose(i int) reply {
	if i < 0 || i >= len(m.entries) {
		return reply{}
	}
	return reply{close: true, wish: m.entries[i].wish}
}

func (m *menu) list() *window { return m.over(len(m.entries)) }

// Click chooses the entry at line y.
func (m *menu) Click(_, y int) reply {
	if i, ok := m.list().lineAt(y - 1); ok {
		return m.choose(i)
	}
	return reply{}
}

// Leave closes it: nothing was chosen yet.
func (m *menu) Leave() reply { return reply{close: true} }

// Scroll moves what is seen.
func (m *menu) Scroll(n int) { m.list().scroll(n) }

// View draws the entries.
func (m *menu) View(s *theme.Styles) []string {
	m.list()
	return m.draw(s, func() []string {
		w, _ := m.body()
		names, all := 0, 0
		for _, e := range m.entries {
			names = max(names, draw.Width(e.name))
			all = max(all, draw.Width(e.does))
		}
		names = min(names, w/2)
		w = min(w, 2+names+2+all)
		lines := make([]string, len(m.entries))
		for i, e := range m.entries {
			in := &s.Inks
			if i == m.window.cursor {
				in = &s.Selected
			}
			line := in.Accent.Render(draw.Pad(e.letter, 1, "")) + in.Text.Render(" ") + in.Strong.Render(draw.Pad(e.name, names, s.Glyphs.Tail)) + in.Muted.Render("  "+e.does)
			line = draw.Cut(line, w, s.Glyphs.Tail)
			lines[i] = line + in.Text.Render(draw.Spaces(w-draw.Width(line)))
		}
		return lines
	})
}
