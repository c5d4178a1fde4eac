package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/text"
	"rollcall/config"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// viewForm is the overlay in which a person names a saved view.
type viewForm struct {
	trial
	field draw.Field
	// view is what gets the name, and edit what does that.
	view config.View
	edit func(name string) config.Edit
	// taken are the names of the views that there are. Where the view may replace one,
	// the person is asked first.
	taken    []string
	replaces bool
	// wrong is what is wrong with the name.
	wrong string
}

// newViewForm is the form for a view, with a name to begin with.
func newViewForm(title, name string, v config.View, taken []string, s *theme.Styles) *viewForm {
	f := &viewForm{trial: newTrial(title, s), view: v, taken: taken}
	f.field = draw.Field{Key: "name", Label: "name", Line: draw.LineOf(name)}
	f.foot, f.chosen = "enter keeps it, tab goes on, esc closes", -1
	f.buttons = []button{{"Keep", f.keep}, {"Cancel", func() reply { return reply{close: true} }}}
	return f
}

// keep does the edit, unless something is wrong with the name.
func (f *viewForm) keep() reply {
	name := f.field.Trimmed()
	edit, there := changeWish{f.edit(name)}, slices.Contains(f.taken, name)
	switch wrong := config.WrongViewName(name); {
	case wrong != "":
		f.wrong = "a view's name " + wrong
	case there && !f.replaces:
		f.wrong = "there is a view " + name + " already"
	case there:
		question := "There is a view " + text.Printable(name) + " already. Replace it by what is shown now?"
		return reply{close: true, wish: askWish{newConfirm("Replace "+text.Printable(name), question, "Replace", "Leave it", f.styles, edit)}}
	default:
		return reply{close: true, wish: edit}
	}
	f.changed++
	f.field.Left, f.chosen = true, -1
	return reply{}
}

// HandleKey writes the name, goes to a button, or keeps the view.
func (f *viewForm) HandleKey(msg tea.KeyPressMsg, _ *KeyMap) reply {
	f.changed++
	switch {
	case msg.Code == tea.KeyEscape:
		return reply{close: true}
	case msg.Code == tea.KeyTab && msg.Mod == 0, msg.Code == tea.KeyDown:
		f.step(1)
	case msg.Code == tea.KeyTab, msg.Code == tea.KeyUp:
		f.step(-1)
	case f.chosen >= 0 && (msg.Code == tea.KeyEnter || msg.Code == tea.KeySpace):
		return f.pressed(-1)
	case msg.Code == tea.KeyEnter:
		return f.keep()
	case f.chosen >= 0 && (msg.Code == tea.KeyLeft || msg.Code == tea.KeyRight):
		f.choose(map[rune]int{tea.KeyLeft: -1, tea.KeyRight: 1}[msg.Code])
	case f.chosen < 0:
		f.field.Press(msg)
		f.wrong = ""
	}
	return reply{}
}

// step goes to the next of the field and the buttons, round and round.
func (f *viewForm) step(by int) {
	all := 1 + len(f.buttons)
	f.chosen = (f.chosen+1+by+all)%all - 1
}

// Paste writes a text into the field.
func (f *viewForm) Paste(text string) {
	if f.chosen < 0 {
		f.field.Paste(text)
		f.changed++
	}
}

// Click presses a button, or goes to the field.
func (f *viewForm) Click(x, y int) reply {
	f.changed++
	if f.onButtons(y, len(f.lines(f.styles))) {
		return f.pressed(x)
	}
	f.chosen = -1
	return reply{}
}

// Leave closes it: a name is quickly written again.
func (f *viewForm) Leave() reply { return reply{close: true} }

// Scroll moves what is seen.
func (f *viewForm) Scroll(n int) { f.over(len(f.lines(f.styles))).scroll(n) }

// View draws the field and what gets the name.
func (f *viewForm) View(s *theme.Styles) []string {
	return f.draw(s, func() []string { return f.lines(s) })
}

func (f *viewForm) lines(s *theme.Styles) []string {
	notes := draw.Notes{Label: f.field.Label, Wrong: f.wrong, Advice: "its tab is called so, and --view NAME shows it"}
	lines := append(f.field.Lines(s, f.textWidth(), f.chosen < 0, notes), "")
	r := &draw.Report{Styles: s, W: f.textWidth(), Lines: lines}
	for _, fact := range viewFacts(f.view) {
		r.Fact(s.Text, fact[0], fact[1])
	}
	return append(r.Lines, "")
}

// viewFacts say what a saved view shows.
func viewFacts(v config.View) [][2]string {
	which := text.Printable(v.Query)
	if which == "" {
		which = "all profiles"
	}
	order, columns := v.Sort, strings.Join(v.Columns, ", ")
	if order == "" {
		order = "urgency"
	}
	if columns == "" {
		columns = "as they fit"
	}
	return [][2]string{{"query", which}, {"sort", order}, {"columns", columns}}
}

// caret is where the name is written.
func (f *viewForm) caret() (x, y int) {
	if f.chosen >= 0 {
		return -1, -1
	}
	return f.caretIn(&f.field, 0)
}
