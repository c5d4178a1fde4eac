package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// palette is the overlay in which every action and every profile can be found
// by a few letters of it.
type palette struct {
	dialog
	line    draw.Line
	entries paletteEntries
	// listed are those that are looked through now: the entries, or what can stand behind
	// a verb. found are the places of those that match written, the best first.
	listed  paletteEntries
	found   []fuzzy.Match
	written string
	arguments
}

// paletteEntry is one of what the palette offers.
type paletteEntry struct {
	// text is what is shown and looked through; name is that of the action.
	text, name string
	keys       []string
	wish       wish
	// verb is set where an argument is wanted, argument where the entry is one.
	verb     *verbForm
	argument *offer
}

// actionWish is to do an action, wherever the person is.
type actionWish struct{ action action }

// goWish is to go to a profile.
type goWish struct{ row *row }

func (actionWish) wished() {}
func (goWish) wished()     {}

// paletteEntries can be looked through.
type paletteEntries []paletteEntry

// String is what an entry is found by: its name counts more than what it does.
func (c paletteEntries) String(i int) string { return c[i].name + " " + c[i].text }

// Len is how many there are.
func (c paletteEntries) Len() int { return len(c) }

// paletteWidth is as wide as the longest action needs it.
const paletteWidth = 64

// newPalette offers actions, those of the first group last, then what there is
// more, and then profiles.
func newPalette(groups []actionGroup, rows []*row, ascii bool, more ...paletteEntry) *palette {
	p := &palette{dialog: dialog{title: "Commands", foot: "enter runs it, tab completes, esc closes", chosen: -1}}
	// Getting about is what people look for least.
	for _, g := range append(groups[1:len(groups):len(groups)], groups[0]) {
		for _, a := range g.actions {
			p.entries = append(p.entries, paletteEntry{
				text: a.keys.Help().Desc, name: a.name, keys: draw.KeyNames(*a.keys, ascii), wish: actionWish{a},
			})
		}
	}
	p.entries = append(p.entries, more...)
	for _, r := range rows {
		p.entries = append(p.entries, paletteEntry{text: "go to " + r.config.Name, wish: goWish{r}})
	}
	p.search()
	return p
}

func (p *palette) search() {
	p.window = window{}
	p.changed++
	p.wrong, p.moved = nil, false
	if p.searchArgument() {
		p.list()
		return
	}
	p.listed = p.entries
	p.written = strings.ToLower(strings.TrimSpace(p.line.Value()))
	if query := strings.ReplaceAll(p.written, " ", ""); query != "" {
		p.found = p.entries.search(query, p.written)
		if p.verb != nil {
			// Only what has each word as it is written can be meant.
			words := strings.Fields(p.written)
			p.found = slices.DeleteFunc(p.found, func(m fuzzy.Match) bool {
				return slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(strings.ToLower(m.Str), word) })
			})
		}
	} else {
		p.found = make([]fuzzy.Match, len(p.entries))
		for i := range p.entries {
			p.found[i].Index = i
		}
	}
	p.list()
}

// search finds the entries with the letters of a query. An entry that is called
// as it is written comes before one that has the words as they are written, and
// that before what has their letters. An action comes before the verb of that name.
func (c paletteEntries) search(query, written string) []fuzzy.Match {
	found := fuzzy.FindFrom(query, c)
	rank := func(m fuzzy.Match) int {
		switch {
		case strings.HasPrefix(strings.ReplaceAll(c[m.Index].name, "_", " "), written):
			if c[m.Index].verb != nil {
				return 1
			}
			return 0
		case strings.Contains(strings.ToLower(m.Str), written):
			return 2
		}
		return 3
	}
	slices.SortStableFunc(found, func(a, b fuzzy.Match) int { return rank(a) - rank(b) })
	return found
}

// SetSize tells how large the screen is.
func (p *palette) SetSize(w, h int) {
	p.dialog.SetSize(w, h)
	p.list()
}

// list is the window over the entries that are found, below the line.
func (p *palette) list() *window {
	_, h := p.body()
	p.window.fit(len(p.found), max(1, h-1-len(p.wrongLines())))
	return &p.window
}

// HandleKey writes the line, moves, or runs the chosen entry.
func (p *palette) HandleKey(msg tea.KeyPressMsg, k *KeyMap) reply {
	if msg.Text != "" && !p.waits {
		p.write(func() { p.line.Press(msg) })
		return reply{}
	}
	switch {
	case msg.Code == tea.KeyEscape, key.Matches(msg, k.Palette):
		return reply{close: true}
	case p.waits:
	case msg.Code == tea.KeyEnter:
		return p.entered()
	case msg.Code == tea.KeyTab && msg.Mod == 0 && p.complete():
	case msg.Code == tea.KeyUp, msg.Code == tea.KeyTab && msg.Mod != 0:
		p.move(oneUp)
	case msg.Code == tea.KeyDown, msg.Code == tea.KeyTab:
		p.move(oneDown)
	case msg.Code == tea.KeyPgUp:
		p.move(pageUp)
	case msg.Code == tea.KeyPgDown:
		p.move(pageDown)
	default:
		p.write(func() { p.line.Press(msg) })
	}
	return reply{}
}

func (p *palette) write(do func()) {
	before := p.line.Value()
	do()
	p.changed++
	if p.line.Value() != before {
		p.search()
	}
}

func (p *palette) chosenEntry() reply {
	if p.window.cursor >= len(p.found) {
		return reply{}
	}
	e := p.listed[p.found[p.window.cursor].Index]
	switch {
	case e.verb != nil:
		p.put(e.verb.name + " ")
		return reply{}
	case e.argument != nil:
		return p.take(e.argument.argument)
	}
	return reply{close: true, wish: e.wish}
}

func (p *palette) move(to motion) {
	p.list().move(to, anyLine)
	p.window.follow()
	p.changed++
	p.moved = true
}

// Click runs the entry at line y.
func (p *palette) Click(_, y int) reply {
	i, ok := p.list().lineAt(y - 2 - len(p.wrongLines()))
	if !ok {
		return reply{}
	}
	p.window.cursor = i
	return p.chosenEntry()
}

// Leave closes it: what was looked for is quickly written again.
func (p *palette) Leave() reply { return reply{close: true} }

// Scroll moves what is seen.
func (p *palette) Scroll(n int) { p.list().scroll(n) }

// Paste writes a text into the line.
func (p *palette) Paste(text string) { p.write(func() { p.line.Insert(text) }) }

// caret is where the line is written.
func (p *palette) caret() (x, y int) {
	w, _ := p.body()
	_, at := p.line.Window(min(w, paletteWidth)-2, "")
	return 4 + at, 1
}

// View draws the entries that are seen.
func (p *palette) View(s *theme.Styles) []string {
	return p.memo.get(dialogKey{p.screen.w, p.screen.h, p.chosen, p.changed, p.window, s}, func() []string {
		w, _ := p.body()
		w = min(w, paletteWidth)
		const lead = ": "
		text, _ := p.line.Window(w-len(lead), s.Glyphs.Tail)
		lines := []string{s.Accent.Render(lead) + s.Text.Render(text)}
		for _, l := range p.wrongLines() {
			lines = append(lines, s.Warn.Render(draw.Pad(l, w, s.Glyphs.Tail)))
		}
		from, to := p.window.inSight()
		for i := from; i < to; i++ {
			lines = append(lines, p.entry(s, i, w))
		}
		if none := p.none(); none != "" {
			lines = append(lines, s.Muted.Render(draw.Pad(none, w, s.Glyphs.Tail)))
		}
		for i := range lines {
			lines[i] = " " + lines[i] + " "
		}
		f := draw.Frame{
			Titles: []string{p.title}, Note: draw.Position(p.window.cursor, p.window.total, p.window.height), Focused: true,
			Foot: p.foot, Total: p.window.total, Offset: from, Shown: p.window.height,
		}
		return f.Draw(s, w+4, len(lines)+2, lines)
	})
}

// entry is one line: what it does, and its keys.
func (p *palette) entry(s *theme.Styles, i, w int) string {
	c := p.listed[p.found[i].Index]
	in, plain := &s.Inks, s.Text
	if i == p.window.cursor {
		in, plain = &s.Selected, s.Selected.Strong
	}
	keys := strings.Join(c.keys, " ")
	if len(c.keys) > 0 && draw.Width(keys) > w/3 {
		keys = draw.Cut(c.keys[0], w/2, s.Glyphs.Tail)
	}
	room := w - draw.Width(keys) - 2
	text := draw.Cut(c.text, room, s.Glyphs.Tail)
	rest := draw.Spaces(room - draw.Width(text) + 2)
	return p.brought(in, text, plain, i) + plain.Render(rest) + in.Muted.Render(keys)
}

// brought is the text of an entry with what was found of it brought out: the
// words as they are written, or their letters.
func (p *palette) brought(in *theme.Inks, text string, plain theme.Ink, i int) string {
	if p.written != "" && strings.Contains(strings.ToLower(text), p.written) {
		return draw.Highlight(in, text, plain, []string{p.written})
	}
	before := len(p.listed[p.found[i].Index].name) + 1
	var at []int
	for _, place := range p.found[i].MatchedIndexes {
		if place >= before {
			at = append(at, place-before)
		}
	}
	return draw.HighlightAt(in, text, plain, at)
}
