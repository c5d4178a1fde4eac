package ui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// findsDialog is the overlay with the accounts that this machine has, to choose from.
// All that can be added are marked at first.
type findsDialog struct {
	dialog
	finds    []Find
	choices  []findChoice
	services services
	// told is a text as it can be shown.
	told func(string) string
	// checks is set where the services can be asked.
	checks bool
}

// findChoice is what a person has done about a find.
type findChoice struct {
	marked bool
	// asking is set while its service is asked; who is what that said in a word or two,
	// said is all of it.
	asking    bool
	who, said string
	health    account.Severity
}

// addFindsWish is to make profiles of finds.
type addFindsWish struct{ drafts []config.Draft }

// checkFindsWish is to ask the services of finds, by their places in the dialog, whose
// accounts they are.
type checkFindsWish struct {
	dialog *findsDialog
	finds  []int
}

func (addFindsWish) wished()   {}
func (checkFindsWish) wished() {}

// usable reports whether a profile can be made of a find.
func (f Find) usable() bool { return f.Problem == "" && f.Known == "" }

// newFindsDialog offers finds: those that can be added first.
func newFindsDialog(finds []Find, all services, told func(string) string, checks bool) *findsDialog {
	d := &findsDialog{dialog: dialog{title: "Accounts on this machine", chosen: -1}, services: all, told: told, checks: checks}
	for _, usable := range []bool{true, false} {
		for _, f := range finds {
			if f.usable() == usable {
				d.finds = append(d.finds, f)
				d.choices = append(d.choices, findChoice{marked: usable})
			}
		}
	}
	return d
}

// drafts are the profiles of what is marked.
func (d *findsDialog) drafts() (all []config.Draft) {
	for i, f := range d.finds {
		if d.choices[i].marked {
			all = append(all, f.Draft)
		}
	}
	return all
}

// mark marks all that can be added, or none.
func (d *findsDialog) mark(yes bool) {
	for i, f := range d.finds {
		d.choices[i].marked = yes && f.usable()
	}
}

// turn marks the find at a place, or takes its mark away.
func (d *findsDialog) turn(i int) {
	if i >= 0 && i < len(d.finds) && d.finds[i].usable() {
		d.choices[i].marked = !d.choices[i].marked
	}
}

// HandleKey marks, moves, asks the services, or adds what is marked.
func (d *findsDialog) HandleKey(msg tea.KeyPressMsg, k *KeyMap) reply {
	d.changed++
	switch to := k.motion(msg); {
	case msg.Code == tea.KeySpace:
		d.turn(d.window.cursor)
	case msg.Text == "a":
		d.mark(true)
	case msg.Text == "n":
		d.mark(false)
	case msg.Text == "c" && d.checks:
		return d.ask()
	case msg.Code == tea.KeyEscape, key.Matches(msg, k.Back):
		return reply{close: true}
	case msg.Code == tea.KeyEnter:
		if drafts := d.drafts(); len(drafts) > 0 {
			return reply{close: true, wish: addFindsWish{drafts}}
		}
	case to != noMotion:
		d.list().move(to, anyLine)
		d.window.follow()
	}
	return reply{}
}

// ask has the services of all that can be added be asked, once at a time.
func (d *findsDialog) ask() reply {
	var all []int
	for i, f := range d.finds {
		if f.usable() && !d.choices[i].asking {
			d.choices[i].asking = true
			all = append(all, i)
		}
	}
	return reply{wish: checkFindsWish{d, all}}
}

// answered takes in what the service of a find said.
func (d *findsDialog) answered(i int, s account.Snapshot) {
	c := &d.choices[i]
	c.asking, c.health = false, s.Health.State.Severity()
	switch {
	case s.Health.State.Answered() && s.Account != nil && s.Account.User.ID != "":
		c.who, c.said = text.Printable(s.Account.User.Name()), text.Printable("it is "+s.Account.User.Label())
	default:
		c.who, c.said = s.Health.State.Word(), text.Printable(cmp.Or(s.Health.Explanation, s.Health.State.Word()))
	}
	d.changed++
}

// list is the window over the finds, above what is told of the selected one.
func (d *findsDialog) list() *window {
	_, h := d.body()
	d.window.fit(len(d.finds), max(1, min(len(d.finds), h-d.telling())))
	return &d.window
}

// telling is how many lines tell of the selected find.
func (d *findsDialog) telling() int {
	switch _, h := d.body(); {
	case h < 8:
		return 2
	case h < 14:
		return 3
	}
	return 4
}

// Click marks the find at line y, or takes its mark away.
func (d *findsDialog) Click(_, y int) reply {
	if i, ok := d.list().lineAt(y - 1); ok {
		d.window.cursor = i
		d.turn(i)
		d.changed++
	}
	return reply{}
}

// Leave closes it: nothing was added yet.
func (d *findsDialog) Leave() reply { return reply{close: true} }

// Scroll moves what is seen.
func (d *findsDialog) Scroll(n int) {
	d.list().scroll(n)
	d.changed++
}

// View draws the finds, and what there is to tell of the selected one.
func (d *findsDialog) View(s *theme.Styles) []string {
	list := d.list()
	marked := len(d.drafts())
	from, to := list.inSight()
	d.title, d.foot = "Accounts on this machine", d.keys(marked)
	if w, _ := d.body(); w < narrowFinds {
		d.title = "Accounts here"
	}
	if to-from < len(d.finds) {
		d.title += fmt.Sprintf(" %d-%d of", from+1, to)
	}
	d.title += fmt.Sprintf(" %d", len(d.finds))
	return d.draw(s, func() []string {
		w, _ := d.body()
		all := findColumns(d, w)
		var lines []string
		for i := from; i < to; i++ {
			lines = append(lines, d.line(s, i, all, w))
		}
		return append(lines, d.detail(s, w)...)
	})
}

// draw is that of the dialog, whose lines are all in sight.
func (d *findsDialog) draw(s *theme.Styles, lines func() []string) []string {
	k := dialogKey{d.screen.w, d.screen.h, d.chosen, d.changed, d.window, s}
	return d.memo.get(k, func() []string {
		all := d.dialog
		all.window = window{}
		return all.frame(s, lines())
	})
}

// keys name what the keys do, as far as there is room.
func (d *findsDialog) keys(marked int) string {
	check := ""
	if d.checks {
		check = ", c checks"
	}
	adds := fmt.Sprintf("enter adds %d", marked)
	if marked == 0 {
		adds = "nothing is marked"
	}
	w, _ := d.body()
	for _, words := range []string{"space marks, a all, n none" + check + ", " + adds + ", esc closes", "space marks, a all, n none, " + adds} {
		if draw.Width(words)+4 <= w {
			return words
		}
	}
	return "space, a, n, " + adds
}

// narrowFinds is the width from which the list has the services, and words of the usual
// length.
const narrowFinds = 50

// findWidths are the columns of the list: the profile, its service, and where it is.
type findWidths struct{ names, titles, who int }

func findColumns(d *findsDialog, w int) (c findWidths) {
	for i, f := range d.finds {
		c.names = max(c.names, draw.Width(d.called(f)))
		c.titles = max(c.titles, draw.Width(d.titled(f)))
		c.who = max(c.who, draw.Width(d.choices[i].who))
		if d.choices[i].asking {
			c.who = max(c.who, len("asking"))
		}
	}
	c.names, c.titles, c.who = min(c.names, w*2/5), min(c.titles, w/5), min(c.who, w/4)
	if w < narrowFinds {
		c.titles = 0
		if c.who > 0 {
			c.who = w - c.names - 6
		}
	}
	return c
}

// called is what the list calls a find.
func (d *findsDialog) called(f Find) string {
	switch {
	case f.Known != "":
		return f.Known
	case f.Draft.Name != "":
		return f.Draft.Name
	}
	return d.told(f.Where)
}

// titled is the service of a find.
func (d *findsDialog) titled(f Find) string {
	if t := d.services.named(f.Draft.Provider).Title; t != "" {
		return t
	}
	return f.Draft.Provider
}

// line is a find in the list.
func (d *findsDialog) line(s *theme.Styles, i int, c findWidths, w int) string {
	in, f, choice := &s.Inks, d.finds[i], d.choices[i]
	if i == d.window.cursor {
		in = &s.Selected
	}
	box, name, where := "[ ]", in.Strong, d.told(f.Where)
	switch {
	case choice.marked:
		box = "[x]"
	case f.Known != "":
		box, name, where = "   ", in.Muted, "is a profile already"
	case !f.usable():
		box, name, where = "   ", in.Muted, d.told(f.Problem)
	}
	cell := func(k theme.Ink, t string, w int) string {
		return k.Render(draw.Pad(draw.Cut(t, w, s.Glyphs.Tail), w, ""))
	}
	line := in.Accent.Render(box) + in.Text.Render(" ") + cell(name, d.called(f), c.names)
	if c.titles > 0 {
		line += in.Text.Render("  ") + cell(in.Text, d.titled(f), c.titles)
	}
	if c.who > 0 {
		who, ink := choice.who, in.Text
		if choice.asking {
			who, ink = "asking", in.Muted
		} else if who != "" && choice.health == account.SeverityFail {
			ink = in.Fail
		}
		line += in.Text.Render("  ") + cell(ink, who, c.who)
	}
	if rest := w - draw.Width(line) - 2; rest > 3 {
		line += in.Text.Render("  ") + in.Muted.Render(draw.Cut(where, rest, s.Glyphs.Tail))
	}
	return line + in.Text.Render(draw.Spaces(w-draw.Width(line)))
}

// detail tells of the selected find, in as many lines as there always are.
func (d *findsDialog) detail(s *theme.Styles, w int) []string {
	room := d.telling()
	out := make([]string, 0, room)
	if room > 2 {
		out = append(out, s.Border.Render(strings.Repeat(s.Glyphs.Horizontal, w)))
	}
	if i := d.window.cursor; i < len(d.finds) {
		lines := draw.Wrap(d.words(d.finds[i], d.choices[i]), w)
		if left := room - len(out); len(lines) > left {
			lines = append(lines[:left-1], draw.Cut(lines[left-1]+s.Glyphs.Tail, w, s.Glyphs.Tail))
		}
		for _, l := range lines {
			out = append(out, s.Muted.Render(l))
		}
	}
	for len(out) < room {
		out = append(out, "")
	}
	return out
}

// words tell of a find what the list has no room for.
func (d *findsDialog) words(f Find, c findChoice) string {
	where := d.told(f.Where)
	switch {
	case f.Known != "":
		return where + ": it is the profile " + f.Known + " already"
	case f.Problem != "":
		return where + ": " + d.told(f.Problem)
	}
	all := []string{d.titled(f), where}
	if f.Draft.BaseURL != "" {
		all = append(all, "at "+d.told(f.Draft.BaseURL))
	}
	if p := f.Draft.Within.Path; p != "" {
		all = append(all, f.Draft.Within.Format+" "+d.told(p))
	}
	if len(f.Also) > 0 {
		all = append(all, "the same as "+d.told(strings.Join(f.Also, ", ")))
	}
	if c.said != "" {
		all = slices.Insert(all, 1, c.said)
	}
	return strings.Join(all, "; ")
}
