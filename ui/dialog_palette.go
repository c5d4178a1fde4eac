package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/sahilm/fuzzy"
)

// palette is the overlay in which every action and every profile can be found
// by a few letters of it.
type palette struct {
	dialog
	line    line
	entries commands
	// found are the places of those that match written, the best first.
	found   []fuzzy.Match
	written string
	cursor  int
	styles  *Styles
}

// command is an entry of the palette.
type command struct {
	// text is what is shown and looked through; name is that of the action.
	text, name string
	keys       []string
	run        func(*Model) tea.Cmd
}

// commands can be looked through.
type commands []command

// String is what an entry is found by: its name counts more than what it does.
func (c commands) String(i int) string { return c[i].name + " " + c[i].text }

// Len is how many there are.
func (c commands) Len() int { return len(c) }

// paletteWidth is as wide as the longest action needs it.
const paletteWidth = 64

func newPalette(m *Model) *palette {
	p := &palette{dialog: dialog{title: "Commands", foot: "enter runs it, esc closes", chosen: -1}, styles: m.styles}
	// Getting about is what people look for least.
	groups := m.keys.groups()
	for _, g := range append(groups[1:], groups[0]) {
		for _, a := range g.actions {
			if !m.offered(a) {
				continue
			}
			p.entries = append(p.entries, command{
				text: a.binding.Help().Desc, name: a.name, keys: keyNames(*a.binding, m.styles.ascii),
				run: func(m *Model) tea.Cmd { return m.perform(a) },
			})
		}
	}
	for _, r := range m.roster.rows {
		p.entries = append(p.entries, command{text: "go to " + r.config.Name, run: func(m *Model) tea.Cmd {
			if !m.roster.has(r) {
				return m.say(r.config.Name + " is not in the configuration any more")
			}
			m.open(r)
			return nil
		}})
	}
	p.search()
	return p
}

// offered reports whether the palette has an action: all but moving, and what
// has nothing to act on.
func (m *Model) offered(a action) bool {
	switch {
	case a.run == nil, a.name == "palette", !m.enabled(a):
		return false
	case m.place() == onWelcome:
		return a.places&onWelcome != 0
	}
	return a.places&anywhere != 0
}

func (p *palette) search() {
	p.cursor, p.offset = 0, 0
	p.changed++
	p.written = strings.ToLower(strings.TrimSpace(p.line.value()))
	if query := strings.ReplaceAll(p.written, " ", ""); query != "" {
		p.found = fuzzy.FindFrom(query, p.entries)
		// An action that is called so comes before what has the words as they
		// are written, and that before what has their letters.
		rank := func(m fuzzy.Match) int {
			switch {
			case strings.HasPrefix(strings.ReplaceAll(p.entries[m.Index].name, "_", " "), p.written):
				return 0
			case strings.Contains(strings.ToLower(m.Str), p.written):
				return 1
			}
			return 2
		}
		slices.SortStableFunc(p.found, func(a, b fuzzy.Match) int { return rank(a) - rank(b) })
		return
	}
	p.found = make([]fuzzy.Match, len(p.entries))
	for i := range p.entries {
		p.found[i].Index = i
	}
}

// rows is how many entries there is room for.
func (p *palette) rows() int {
	_, h := p.body()
	return max(0, h-1)
}

// HandleKey writes the line, moves, or runs the chosen entry.
func (p *palette) HandleKey(msg tea.KeyPressMsg, k *KeyMap) outcome {
	if msg.Text != "" {
		p.write(func() { p.line.press(msg) })
		return outcome{}
	}
	switch {
	case msg.Code == tea.KeyEscape, key.Matches(msg, k.Palette):
		return outcome{close: true}
	case msg.Code == tea.KeyEnter:
		return p.chosenEntry()
	case msg.Code == tea.KeyUp, msg.Code == tea.KeyTab && msg.Mod != 0:
		p.move(-1)
	case msg.Code == tea.KeyDown, msg.Code == tea.KeyTab:
		p.move(1)
	case msg.Code == tea.KeyPgUp:
		p.move(-max(1, p.rows()-1))
	case msg.Code == tea.KeyPgDown:
		p.move(max(1, p.rows()-1))
	default:
		p.write(func() { p.line.press(msg) })
	}
	return outcome{}
}

func (p *palette) write(do func()) {
	before := p.line.value()
	do()
	p.changed++
	if p.line.value() != before {
		p.search()
	}
}

func (p *palette) chosenEntry() outcome {
	if p.cursor >= len(p.found) {
		return outcome{}
	}
	return outcome{close: true, then: p.entries[p.found[p.cursor].Index].run}
}

func (p *palette) move(by int) {
	p.cursor = clamp(p.cursor+by, 0, max(0, len(p.found)-1))
	p.offset = max(0, min(p.offset, p.cursor), p.cursor-p.rows()+1)
	p.changed++
}

// Click runs the entry at line y.
func (p *palette) Click(_, y int) outcome {
	i := y - 2 + p.offset
	if y < 2 || y-2 >= p.rows() || i >= len(p.found) {
		return outcome{}
	}
	p.cursor = i
	return p.chosenEntry()
}

// Leave closes it: what was looked for is quickly written again.
func (p *palette) Leave() outcome { return outcome{close: true} }

// Scroll moves what is seen.
func (p *palette) Scroll(n int) {
	p.offset = clamp(p.offset+n, 0, max(0, len(p.found)-p.rows()))
}

// Paste writes a text into the line.
func (p *palette) Paste(text string) { p.write(func() { p.line.insert(text) }) }

// caret is where the line is written.
func (p *palette) caret() (x, y int) {
	w, _ := p.body()
	_, at := p.line.window(min(w, paletteWidth)-2, "")
	return 4 + at, 1
}

// View draws the entries that are seen.
func (p *palette) View(s *Styles) []string {
	k := dialogKey{p.screen.w, p.screen.h, p.offset, p.cursor, p.changed, s}
	return p.memo.get(k, func() []string {
		w, _ := p.body()
		w = min(w, paletteWidth)
		const lead = ": "
		text, _ := p.line.window(w-len(lead), s.glyphs.tail)
		lines := []string{s.accent.write(lead) + s.text.write(text)}
		offset := clamp(p.offset, 0, max(0, len(p.found)-p.rows()))
		for i := offset; i < min(len(p.found), offset+p.rows()); i++ {
			lines = append(lines, p.entry(s, i, w))
		}
		if len(p.found) == 0 {
			lines = append(lines, s.muted.write(pad("nothing is called so", w, s.glyphs.tail)))
		}
		for i := range lines {
			lines[i] = " " + lines[i] + " "
		}
		f := frame{
			titles: []string{p.title}, note: position(p.cursor, len(p.found), p.rows()), focused: true, foot: p.foot,
			total: len(p.found), offset: offset, shown: p.rows(),
		}
		return f.draw(s, w+4, len(lines)+2, lines)
	})
}

// entry is one line: what it does, and its keys.
func (p *palette) entry(s *Styles, i, w int) string {
	c := p.entries[p.found[i].Index]
	in, plain := &s.inks, s.text
	if i == p.cursor {
		in, plain = &s.selected, s.selected.strong
	}
	keys := strings.Join(c.keys, " ")
	if len(c.keys) > 0 && ansi.StringWidth(keys) > w/3 {
		keys = c.keys[0]
	}
	room := w - ansi.StringWidth(keys) - 2
	text := cut(c.text, room, s.glyphs.tail)
	rest := spaces(room - ansi.StringWidth(text) + 2)
	return p.brought(in, text, plain, i) + plain.write(rest) + in.muted.write(keys)
}

// brought is the text of an entry with what was found of it brought out: the
// words as they are written, or their letters.
func (p *palette) brought(in *inks, text string, plain ink, i int) string {
	if p.written != "" && strings.Contains(strings.ToLower(text), p.written) {
		return highlight(in, text, plain, []string{p.written})
	}
	before := len(p.entries[p.found[i].Index].name) + 1
	var at []int
	for _, place := range p.found[i].MatchedIndexes {
		if place >= before {
			at = append(at, place-before)
		}
	}
	return highlightAt(in, text, plain, at)
}
