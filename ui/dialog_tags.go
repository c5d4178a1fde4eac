package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"rollcall/config"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// tagDialog is the overlay in which the tags of profiles are added and removed: those
// that there are already are chosen from, others are written.
type tagDialog struct {
	dialog
	line draw.Line
	// of are the profiles.
	of   []tagged
	tags []tagChoice
	// found are the places of the tags that have in them what is written. Behind them
	// a tag of these letters is offered where there is none; fresh is set then.
	found []int
	fresh bool
}

// tagged is a profile with the tags that it has in the file.
type tagged struct {
	profile string
	tags    []string
}

// tagChoice is a tag, and what a person has done about it.
type tagChoice struct {
	// tag is what stands in the file, shown what is shown of it.
	tag, shown string
	// had is how many of the profiles have it.
	had  int
	want tagWant
}

// tagWant is what is to become of a tag.
type tagWant int

// A tag stays as it is, is given to all, or taken from all.
const (
	tagStays tagWant = iota
	tagForAll
	tagForNone
)

func newTagDialog(title string, of []tagged, tags []tagChoice) *tagDialog {
	d := &tagDialog{dialog: dialog{title: title, chosen: -1, width: tagWidth, most: tagWidth}, of: of, tags: tags}
	d.search()
	return d
}

// tagWidth is the width of the dialog where there is room for it.
const tagWidth = 44

// written is the tag that is being written.
func (d *tagDialog) written() string { return strings.TrimSpace(d.line.Value()) }

// search finds the tags that have in them what is written, the one that is it first.
func (d *tagDialog) search() {
	word := strings.ToLower(strings.TrimPrefix(d.written(), "#"))
	d.found, d.fresh = d.found[:0], word != ""
	for i, t := range d.tags {
		switch name := strings.ToLower(t.shown); {
		case word != "" && name == word:
			d.found, d.fresh = slices.Insert(d.found, 0, i), false
		case strings.Contains(name, word):
			d.found = append(d.found, i)
		}
	}
	d.window.cursor, d.window.offset = 0, 0
	d.changed++
}

// turn gives the tag at the cursor to all, takes it from all, or leaves it as it is.
// One that was being written is taken among the others.
func (d *tagDialog) turn() {
	at := d.window.cursor
	switch {
	case at < len(d.found):
		d.tags[d.found[at]].turn(len(d.of))
	case d.fresh:
		for _, tag := range config.SplitTags(strings.TrimPrefix(d.written(), "#")) {
			d.tags = slices.Insert(d.tags, 0, tagChoice{tag: tag, shown: tag, want: tagForAll})
		}
	}
	if d.line.Value() != "" {
		d.line = draw.Line{}
		d.search()
	}
	d.changed++
}

// turn goes to the next thing that can become of a tag of n profiles.
func (t *tagChoice) turn(n int) {
	switch {
	case t.want == tagForNone, t.want == tagForAll && t.had == 0:
		t.want = tagStays
	case t.want == tagForAll, t.had == n:
		t.want = tagForNone
	default:
		t.want = tagForAll
	}
}

// changes are the edits that bring about what is wanted, one for each profile whose
// tags become other ones.
func (d *tagDialog) changes() (all []config.Edit) {
	for _, p := range d.of {
		e := config.Edit{Kind: config.EditTag, Profile: p.profile}
		for _, t := range d.tags {
			switch has := slices.Contains(p.tags, t.tag); {
			case t.want == tagForAll && !has:
				e.Tags = append(e.Tags, t.tag)
			case t.want == tagForNone && has:
				e.Untag = append(e.Untag, t.tag)
			}
		}
		if len(e.Tags)+len(e.Untag) > 0 {
			all = append(all, e)
		}
	}
	return all
}

// HandleKey writes, moves, turns a tag, or saves.
func (d *tagDialog) HandleKey(msg tea.KeyPressMsg, _ *KeyMap) reply {
	d.changed++
	lines, none := d.list(), d.line.Value() == ""
	switch {
	case msg.Code == tea.KeyEscape && none:
		return reply{close: true}
	case msg.Code == tea.KeyEscape:
		d.line = draw.Line{}
		d.search()
	case msg.Code == tea.KeyEnter && none:
		return reply{close: true, wish: changesWish{d.changes()}}
	case msg.Code == tea.KeyEnter, msg.Code == tea.KeyTab, msg.Code == tea.KeySpace && (none || len(d.found) > 0):
		d.turn()
	case msg.Code == tea.KeyUp:
		lines.move(oneUp, anyLine)
	case msg.Code == tea.KeyDown:
		lines.move(oneDown, anyLine)
	case msg.Code == tea.KeyPgUp:
		lines.move(pageUp, anyLine)
	case msg.Code == tea.KeyPgDown:
		lines.move(pageDown, anyLine)
	default:
		before := d.line.Value()
		if d.line.Press(msg); d.line.Value() != before {
			d.search()
		}
	}
	return reply{}
}

// list is the window over what is found, below the line.
func (d *tagDialog) list() *window {
	_, h := d.body()
	n := len(d.found)
	if d.fresh {
		n++
	}
	d.window.fit(n, max(1, h-1))
	return &d.window
}

// Click turns the tag at line y.
func (d *tagDialog) Click(_, y int) reply {
	if i, ok := d.list().lineAt(y - 2); ok {
		d.window.cursor = i
		d.turn()
	}
	return reply{}
}

// Leave closes it where nothing was done yet.
func (d *tagDialog) Leave() reply { return reply{close: len(d.changes()) == 0} }

// Scroll moves what is seen.
func (d *tagDialog) Scroll(n int) { d.list().scroll(n) }

// Paste writes a text into the line.
func (d *tagDialog) Paste(text string) {
	d.line.Insert(strings.TrimSpace(text))
	d.search()
}

// caret is where a tag is written.
func (d *tagDialog) caret() (x, y int) {
	_, at := d.line.Window(d.lineWidth()-len(tagPrompt), "")
	return 2 + len(tagPrompt) + at, 1
}

// tagPrompt stands before what is written.
const tagPrompt = "#"

func (d *tagDialog) lineWidth() int {
	w, _ := d.body()
	return min(w, tagWidth)
}

// View draws the line and the tags.
func (d *tagDialog) View(s *theme.Styles) []string {
	list := d.list()
	d.foot = d.keys()
	k := dialogKey{d.screen.w, d.screen.h, d.chosen, d.changed, d.window, s}
	return d.memo.get(k, func() []string {
		w := d.lineWidth()
		text, _ := d.line.Window(w-len(tagPrompt), s.Glyphs.Tail)
		lines := []string{s.Accent.Render(tagPrompt) + s.Text.Render(text)}
		from, to := list.inSight()
		for i := from; i < to; i++ {
			lines = append(lines, d.tag(s, i, w))
		}
		if to == 0 {
			lines = append(lines, s.Muted.Render("there are no tags yet: write one"))
		}
		all := d.dialog
		all.window = window{}
		return all.frame(s, lines)
	})
}

// keys name what the keys do now.
func (d *tagDialog) keys() string {
	n, enter, more := len(d.changes()), "enter saves", "space turns, "
	if d.lineWidth() < tagWidth {
		more = ""
	}
	switch {
	case d.line.Value() != "":
		return "enter takes it, esc clears"
	case n == 0 && more != "":
		return "space turns, letters write, esc closes"
	case n == 0:
		return "space turns, letters write"
	case len(d.of) > 1:
		enter = fmt.Sprintf("enter changes %d", n)
	}
	return enter + ", " + more + "esc closes"
}

// tag is a line of what is found: whether all of the profiles will have the tag, some
// or none, and how many have it.
func (d *tagDialog) tag(s *theme.Styles, i, w int) string {
	in := &s.Inks
	if i == d.window.cursor {
		in = &s.Selected
	}
	box, name, note := "[ ]", "#"+strings.TrimPrefix(d.written(), "#"), "a new tag"
	if i < len(d.found) {
		t := d.tags[d.found[i]]
		box, name, note = t.box(len(d.of)), "#"+t.shown, t.note(len(d.of))
	}
	room := w - 4 - draw.Width(note) - 1
	return in.Accent.Render(box) + in.Text.Render(" ") + in.Strong.Render(draw.Pad(name, room, s.Glyphs.Tail)) +
		in.Muted.Render(" "+note)
}

// box tells whether all of n profiles will have the tag, some or none.
func (t *tagChoice) box(n int) string {
	switch {
	case t.want == tagForAll, t.want == tagStays && t.had == n:
		return "[x]"
	case t.want == tagForNone, t.had == 0:
		return "[ ]"
	}
	return "[-]"
}

// note is what is to be done, else how many of n profiles have the tag.
func (t *tagChoice) note(n int) string {
	switch {
	case t.want == tagForAll && n > 1:
		return fmt.Sprintf("add to %d", n-t.had)
	case t.want == tagForAll:
		return "add"
	case t.want == tagForNone && n > 1:
		return fmt.Sprintf("remove from %d", t.had)
	case t.want == tagForNone:
		return "remove"
	case n > 1 && t.had > 0 && t.had < n:
		return fmt.Sprintf("%d of %d", t.had, n)
	}
	return ""
}
