package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// snoozeForm is the overlay in which a person says until when a profile is not to
// call them, and why. No service is asked about that.
type snoozeForm struct {
	trial
	// profile is the key of the profile.
	profile string
	fields  [2]draw.Field
	// at is the field that is written; past them are the buttons.
	at int
	// wrong is why the last attempt to save it was in vain.
	wrong string
}

// snoozeOff ends a snooze where a time would begin one.
const snoozeOff = "off"

// newSnoozeForm is the form for a profile with the snooze that it has, which is the
// zero one where it has none.
func newSnoozeForm(profile, title string, has account.Snooze, s *theme.Styles) *snoozeForm {
	f := &snoozeForm{trial: newTrial(title, s), profile: profile}
	until := "7d"
	if !has.Until.IsZero() {
		until = snoozeOff
	}
	f.fields = [2]draw.Field{
		{Key: "until", Label: "until", Line: draw.LineOf(until)}, {Key: "note", Label: "note", Line: draw.LineOf(has.Note)},
	}
	f.fill()
	return f
}

// fill goes back to what is written.
func (f *snoozeForm) fill() {
	f.stop()
	f.at, f.chosen, f.foot = 0, -1, "enter saves, tab goes on, esc closes"
	f.buttons = []button{{"Save", f.save}, {"Cancel", func() reply { return reply{close: true} }}}
}

// refused goes back to what is written, with what is wrong with it.
func (f *snoozeForm) refused(why string) {
	f.fill()
	f.wrong, f.fields[0].Left = why, true
}

// snoozeWish is to keep the snooze that a form holds.
type snoozeWish struct{ form *snoozeForm }

func (snoozeWish) wished() {}

func (f *snoozeForm) save() reply {
	f.startSaving()
	return reply{wish: snoozeWish{f}}
}

// current is the field that is written; nil for the buttons.
func (f *snoozeForm) current() *draw.Field {
	if f.stage == filling && f.at < len(f.fields) {
		return &f.fields[f.at]
	}
	return nil
}

// step goes to the next field or button, round and round.
func (f *snoozeForm) step(by int) {
	n := len(f.fields)
	all := n + len(f.buttons)
	at := (f.at + max(0, f.chosen) + by + all) % all
	f.at, f.chosen = min(at, n), at-n
	f.chosen = max(-1, f.chosen)
	f.follow()
}

// HandleKey writes into a field, goes to another one, or saves.
func (f *snoozeForm) HandleKey(msg tea.KeyPressMsg, _ *KeyMap) reply {
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
func (f *snoozeForm) Paste(text string) {
	if fd := f.current(); fd != nil {
		fd.Paste(text)
		f.changed++
	}
}

// Click writes the field at line y, or presses a button.
func (f *snoozeForm) Click(x, y int) reply {
	f.changed++
	lines, starts := f.lines(f.styles)
	switch {
	case f.stage != filling:
	case f.onButtons(y, len(lines)):
		return f.pressed(x)
	case y-1+f.window.offset >= starts[1]:
		f.at, f.chosen = 1, -1
	default:
		f.at, f.chosen = 0, -1
	}
	return reply{}
}

// Leave closes it: what was written is quickly written again.
func (f *snoozeForm) Leave() reply { return reply{close: f.stage == filling} }

// Scroll moves what is seen.
func (f *snoozeForm) Scroll(n int) {
	lines, _ := f.lines(f.styles)
	f.over(len(lines)).scroll(n)
}

// SetSize tells how large the screen is.
func (f *snoozeForm) SetSize(w, h int) {
	f.dialog.SetSize(w, h)
	f.follow()
}

// follow brings the field that is written into sight.
func (f *snoozeForm) follow() {
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
func (f *snoozeForm) View(s *theme.Styles) []string {
	return f.draw(s, func() []string {
		lines, _ := f.lines(s)
		return lines
	})
}

// lines are the text of the form, and in which of them each field begins.
func (f *snoozeForm) lines(s *theme.Styles) (lines []string, starts []int) {
	if f.stage == saving {
		return append(draw.WrapIn(s.Text, "Saving"+s.Glyphs.Tail, f.textWidth()), ""), nil
	}
	advice := []string{"a span such as 12h or 7d, a date such as 2026-12-24, or " + snoozeOff + " to end it", "why, for whoever reads it later"}
	for i := range f.fields {
		notes := draw.Notes{Label: f.fields[i].Label, Advice: advice[i]}
		if i == 0 {
			notes.Wrong = f.wrong
		}
		starts = append(starts, len(lines))
		lines = append(lines, f.fields[i].Lines(s, f.textWidth(), i == f.at, notes)...)
	}
	return append(lines, ""), starts
}

// caret is where the field is written.
func (f *snoozeForm) caret() (x, y int) {
	fd := f.current()
	if fd == nil {
		return -1, -1
	}
	_, starts := f.lines(f.styles)
	return f.caretIn(fd, starts[f.at])
}

// snoozeProfile asks until when the selected profile is not to call anybody.
func (m *Model) snoozeProfile() tea.Cmd {
	if _, why := m.selectedProfile(); why != "" {
		return m.say(why)
	}
	r := m.current()
	has := r.snap.Snooze
	if !has.Until.After(m.clock.now) {
		has = account.Snooze{}
	}
	m.overlays.push(newSnoozeForm(r.name, "Snooze "+r.config.Name, has, m.styles))
	return nil
}

func (m *Model) snooze(f *snoozeForm) tea.Cmd {
	name, until, note := f.profile, f.fields[0].Trimmed(), f.fields[1].Trimmed()
	return m.manage(func(ctx context.Context, manage Manager) tea.Msg {
		said, err := manage.Snooze(ctx, []string{name}, until, note)
		return decisionKeptMsg{form: f, said: said, err: err}
	})
}

// handleDecided takes in what came of a pin or a snooze. What is wrong with a time
// is said where it was written.
func (m *Model) handleDecided(msg decisionKeptMsg) tea.Cmd {
	switch {
	case msg.form == nil:
	case msg.err != nil:
		msg.form.refused(text.Printable(msg.err.Error()))
		return nil
	default:
		m.overlays.drop(msg.form)
	}
	return m.managed(m.undoable(msg.said), msg.err)
}
