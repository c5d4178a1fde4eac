package ui

import (
	tea "charm.land/bubbletea/v2"

	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// lineForm is the overlay of a few lines that a person writes, where no service is
// asked about them.
type lineForm struct {
	trial
	// intro is what stands above the lines; empty for nothing.
	intro  string
	fields []draw.Field
	// advice is what stands below each line.
	advice []string
	// at is the field that is written; past them are the buttons.
	at int
	// wrong is why the last attempt to save the first line was in vain.
	wrong string
	// saves is what is wanted of the one that the form is part of.
	saves wish
}

// fill goes back to what is written.
func (f *lineForm) fill() {
	f.stop()
	f.at, f.chosen, f.foot = 0, -1, "enter saves, tab goes on, esc closes"
	f.buttons = []button{{"Save", f.save}, {"Cancel", func() reply { return reply{close: true} }}}
}

// refused goes back to what is written, with what is wrong with it.
func (f *lineForm) refused(why string) {
	f.fill()
	f.wrong, f.fields[0].Left = why, true
}

func (f *lineForm) save() reply {
	f.startSaving()
	return reply{wish: f.saves}
}

// current is the field that is written; nil for the buttons.
func (f *lineForm) current() *draw.Field {
	if f.stage == filling && f.at < len(f.fields) {
		return &f.fields[f.at]
	}
	return nil
}

// step goes to the next field or button, round and round.
func (f *lineForm) step(by int) {
	n := len(f.fields)
	all := n + len(f.buttons)
	at := (f.at + max(0, f.chosen) + by + all) % all
	f.at, f.chosen = min(at, n), at-n
	f.chosen = max(-1, f.chosen)
	f.follow()
}

// HandleKey writes into a field, goes to another one, or saves.
func (f *lineForm) HandleKey(msg tea.KeyPressMsg, _ *KeyMap) reply {
	f.changed++
	fd := f.current()
	switch {
	case msg.Code == tea.KeyEscape:
		return reply{close: true}
	case f.stage != filling:
	case msg.Code == tea.KeyTab && msg.Mod == 0, msg.Code == tea.KeyDown:
		f.step(1)
	case msg.Code == tea.KeyTab, msg.Code == tea.KeyUp:
		f.step(-1)
	case fd == nil && (msg.Code == tea.KeyEnter || msg.Code == tea.KeySpace):
		return f.pressed(-1)
	case msg.Code == tea.KeyEnter:
		return f.save()
	case fd == nil && (msg.Code == tea.KeyLeft || msg.Code == tea.KeyRight):
		f.choose(map[rune]int{tea.KeyLeft: -1, tea.KeyRight: 1}[msg.Code])
	case fd != nil:
		fd.Press(msg)
		f.wrong = ""
	}
	return reply{}
}

// Paste writes a text into the field.
func (f *lineForm) Paste(text string) {
	if fd := f.current(); fd != nil {
		fd.Paste(text)
		f.changed++
	}
}

// Click writes the field at line y, or presses a button.
func (f *lineForm) Click(x, y int) reply {
	f.changed++
	lines, starts := f.lines(f.styles)
	switch {
	case f.stage != filling:
	case f.onButtons(y, len(lines)):
		return f.pressed(x)
	default:
		f.at, f.chosen = 0, -1
		for i, start := range starts {
			if y-1+f.window.offset >= start {
				f.at = i
			}
		}
	}
	return reply{}
}

// Leave closes it: what was written is quickly written again.
func (f *lineForm) Leave() reply { return reply{close: f.stage == filling} }

// Scroll moves what is seen.
func (f *lineForm) Scroll(n int) {
	lines, _ := f.lines(f.styles)
	f.over(len(lines)).scroll(n)
}

// SetSize tells how large the screen is.
func (f *lineForm) SetSize(w, h int) {
	f.dialog.SetSize(w, h)
	f.follow()
}

// follow brings the field that is written into sight.
func (f *lineForm) follow() {
	lines, starts := f.lines(f.styles)
	from, to := len(lines)-1, len(lines)
	if f.at < len(starts) {
		from = starts[f.at]
		if f.at+1 < len(starts) {
			to = starts[f.at+1]
		}
	}
	f.over(len(lines)).reveal(from, to)
}

// View draws the fields.
func (f *lineForm) View(s *theme.Styles) []string {
	return f.draw(s, func() []string {
		lines, _ := f.lines(s)
		return lines
	})
}

// lines are the text of the form, and in which of them each field begins.
func (f *lineForm) lines(s *theme.Styles) (lines []string, starts []int) {
	if f.stage == saving {
		return append(draw.WrapIn(s.Text, "Saving"+s.Glyphs.Tail, f.textWidth()), ""), nil
	}
	if f.intro != "" {
		lines = append(draw.WrapIn(s.Text, f.intro, f.textWidth()), "")
	}
	for i := range f.fields {
		notes := draw.Notes{Label: f.fields[i].Label, Advice: f.advice[i]}
		if i == 0 {
			notes.Wrong = f.wrong
		}
		starts = append(starts, len(lines))
		lines = append(lines, f.fields[i].Lines(s, f.textWidth(), i == f.at, notes)...)
	}
	return append(lines, ""), starts
}

// caret is where the field is written.
func (f *lineForm) caret() (x, y int) {
	fd := f.current()
	if fd == nil {
		return -1, -1
	}
	_, starts := f.lines(f.styles)
	return f.caretIn(fd, starts[f.at])
}
