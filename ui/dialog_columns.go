package ui

import (
	"fmt"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"rollcall/client/insight"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// columnsDialog is the overlay in which the columns of the overview are chosen, and
// put into an order.
type columnsDialog struct {
	dialog
	all []columnChoice
	// turned is set once something was chosen, left out or moved.
	turned bool
	// left says how many of the columns of some names have no room now, and which.
	left func(names []string) []string
}

// columnChoice is a column that can be chosen.
type columnChoice struct {
	name   string
	chosen bool
}

// showColumnsWish is to have the overview show columns; those that fit best where
// there are none.
type showColumnsWish struct{ names []string }

func (showColumnsWish) wished() {}

// newColumnsDialog offers the columns of the overview: first those that it shows on
// lines of w cells.
func newColumnsDialog(o *overview, w int) *columnsDialog {
	d := &columnsDialog{
		dialog: dialog{title: "Columns of the overview", chosen: -1},
		left: func(names []string) []string {
			tried := overview{roster: o.roster, columns: o.columns}
			tried.shown = names
			seen, _ := tried.seen(w)
			return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return has(seen, name) })
		},
	}
	if len(o.shown) == 0 {
		seen, _ := o.seen(w)
		for _, c := range o.columns {
			d.all = append(d.all, columnChoice{c.name, has(seen, c.name)})
		}
		return d
	}
	for _, name := range o.shown {
		d.all = append(d.all, columnChoice{name, true})
	}
	for _, c := range o.columns {
		if !slices.Contains(o.shown, c.name) {
			d.all = append(d.all, columnChoice{name: c.name})
		}
	}
	return d
}

// names are the chosen columns in their order.
func (d *columnsDialog) names() (names []string) {
	for _, c := range d.all {
		if c.chosen {
			names = append(names, c.name)
		}
	}
	return names
}

// HandleKey switches a column, moves it, or takes what is chosen.
func (d *columnsDialog) HandleKey(msg tea.KeyPressMsg, k *KeyMap) reply {
	d.changed++
	switch to := k.motion(msg); {
	case msg.Code == tea.KeySpace:
		d.turn(d.window.cursor)
	case key.Matches(msg, k.MoveDown):
		d.move(1)
	case key.Matches(msg, k.MoveUp):
		d.move(-1)
	case msg.Text == "f":
		return reply{close: true, wish: showColumnsWish{}}
	case msg.Code == tea.KeyEscape, key.Matches(msg, k.Back):
		return reply{close: true}
	case msg.Code == tea.KeyEnter:
		if !d.turned {
			return reply{close: true}
		}
		return reply{close: true, wish: showColumnsWish{d.names()}}
	case to != noMotion:
		d.list().move(to, anyLine)
		d.window.follow()
	}
	return reply{}
}

// turn chooses a column, or leaves it out. That of the profiles stays: no line would
// say whose it is.
func (d *columnsDialog) turn(i int) {
	if i >= 0 && i < len(d.all) && d.all[i].name != insight.ColumnProfile {
		d.all[i].chosen, d.turned = !d.all[i].chosen, true
	}
}

// move moves the column at the cursor, which stays with it.
func (d *columnsDialog) move(by int) {
	from := d.window.cursor
	if to := from + by; to >= 0 && to < len(d.all) {
		d.all[from], d.all[to], d.turned = d.all[to], d.all[from], true
		d.window.cursor = to
		d.list()
		d.window.follow()
	}
}

// list is the window over the columns, above the line that says what has no room.
func (d *columnsDialog) list() *window {
	_, h := d.body()
	d.window.fit(len(d.all), max(1, h-1))
	return &d.window
}

// Click switches the column at line y.
func (d *columnsDialog) Click(_, y int) reply {
	if i, ok := d.list().lineAt(y - 1); ok {
		d.window.cursor = i
		d.turn(i)
		d.changed++
	}
	return reply{}
}

// Leave closes it: nothing was changed yet.
func (d *columnsDialog) Leave() reply { return reply{close: true} }

// Scroll moves what is seen.
func (d *columnsDialog) Scroll(n int) {
	d.list().scroll(n)
	d.changed++
}

// View draws the columns, and says what has no room.
func (d *columnsDialog) View(s *theme.Styles) []string {
	from, to := d.list().inSight()
	k := dialogKey{d.screen.w, d.screen.h, d.chosen, d.changed, d.window, s}
	return d.memo.get(k, func() []string {
		w, _ := d.body()
		left := d.left(d.names())
		var lines []string
		for i := from; i < to; i++ {
			lines = append(lines, d.line(s, i, left, w))
		}
		says := fmt.Sprintf("%d chosen", len(d.names()))
		if len(left) > 0 {
			says += ", " + noRoomFor(len(left)) + " now"
		}
		all := d.dialog
		all.window, all.foot = window{}, d.keys(w)
		if to-from < len(d.all) {
			all.title = fmt.Sprintf("Columns %d-%d of %d", from+1, to, len(d.all))
		}
		return all.frame(s, append(lines, s.Muted.Render(draw.Cut(says, w, s.Glyphs.Tail))))
	})
}

// keys name what the keys do, as far as there is room.
func (d *columnsDialog) keys(w int) string {
	for _, words := range []string{
		"space shows or hides, J K move it, f as it fits, enter takes, esc leaves",
		"space, J K move, f as it fits, enter takes, esc",
	} {
		if draw.Width(words)+4 <= w {
			return words
		}
	}
	return "space, J K, f fits, enter, esc"
}

// line is one column: whether it is chosen, and what there is to say of it.
func (d *columnsDialog) line(s *theme.Styles, i int, left []string, w int) string {
	in, c := &s.Inks, d.all[i]
	if i == d.window.cursor {
		in = &s.Selected
	}
	box, name, says := "[ ]", in.Muted, ""
	if c.chosen {
		box, name = "[x]", in.Strong
	}
	switch {
	case c.name == insight.ColumnProfile:
		says = "always there"
	case slices.Contains(left, c.name):
		says = "no room for it now"
	}
	width := 0
	for _, c := range d.all {
		width = max(width, len(c.name))
	}
	line := in.Accent.Render(box) + in.Text.Render(" ") + name.Render(draw.Pad(c.name, width, "")) + in.Text.Render("  ") +
		in.Warn.Render(says)
	if c.name == insight.ColumnProfile {
		line = in.Accent.Render(box) + in.Text.Render(" ") + name.Render(draw.Pad(c.name, width, "")) + in.Muted.Render("  "+says)
	}
	w = min(w, width+4+2+len("no room for it now"))
	return draw.Cut(line, w, s.Glyphs.Tail) + in.Text.Render(draw.Spaces(w-draw.Width(line)))
}
