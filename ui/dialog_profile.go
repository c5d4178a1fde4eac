package ui

import (
	"cmp"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// profileForm is the overlay in which a profile is written. What it holds
// becomes a change when it is saved.
type profileForm struct {
	trial
	profileFields
	// at is the field that is written, of those that are shown; the one after
	// them is the buttons.
	at int
	// wrong says what is wrong with fields, by their key.
	wrong map[string]string
}

// newProfileForm is the form for a change of the profile that the draft is of.
func newProfileForm(title string, action config.EditKind, d config.Draft, c *config.Config, all services, here storage, s *theme.Styles) *profileForm {
	f := &profileForm{trial: newTrial(title, s), profileFields: newProfileFields(action, d, c, all, here)}
	f.showFields()
	f.check()
	return f
}

// current is the field that is written; nil for the buttons.
func (f *profileForm) current() *draw.Field {
	if all := f.shown(); f.stage == filling && f.at < len(all) {
		return all[f.at]
	}
	return nil
}

// goTo leaves the field for another one.
func (f *profileForm) goTo(i int) {
	if fd := f.current(); fd != nil {
		fd.Left = true
	}
	n := len(f.shown())
	f.at = clamp(i, 0, n)
	f.chosen = -1
	if f.at == n {
		f.chosen = 0
	}
	f.check()
	f.follow()
}

// check finds out what is wrong.
func (f *profileForm) check() {
	f.changed++
	f.offer()
	f.wrong = make(map[string]string)
	for k, sentence := range f.written().Check(f.config) {
		f.wrong[f.keyOf(k)] = text.Printable(sentence)
	}
	if f.action == config.EditRename || f.action == config.EditDuplicate {
		f.wrong = map[string]string{"name": f.wrong["name"]}
		if f.value("name") == f.profile {
			f.wrong["name"] = "this is its name already"
		}
	}
	if fd := f.field("secret"); fd != nil && f.matters("secret") {
		f.wrong["secret"] = cmp.Or(unusable(fd.Value()), f.wrong["secret"])
	}
	for k, sentence := range f.wrong {
		if sentence == "" {
			delete(f.wrong, k)
		}
	}
	if f.stage == filling && len(f.buttons) > 0 {
		f.buttons[0].label = f.submitLabel()
	}
}

// HandleKey writes into a field, goes to another one, or presses a button. Its
// keys are those of every form and cannot be rebound, since most of them write.
func (f *profileForm) HandleKey(msg tea.KeyPressMsg, _ *KeyMap) reply {
	fd := f.current()
	switch {
	case msg.Code == tea.KeyEscape:
		return f.escape()
	case msg.Code == tea.KeyTab && msg.Mod == 0, fd == nil && f.stage != filling && msg.Code == tea.KeyRight:
		f.step(1)
	case msg.Code == tea.KeyTab, fd == nil && f.stage != filling && msg.Code == tea.KeyLeft:
		f.step(-1)
	case msg.Code == tea.KeyDown:
		f.step(1)
	case msg.Code == tea.KeyUp:
		f.step(-1)
	case fd == nil && (msg.Code == tea.KeyEnter || msg.Code == tea.KeySpace):
		return f.pressed(-1)
	case fd == nil && (msg.Code == tea.KeyLeft || msg.Code == tea.KeyRight):
		f.choose(map[rune]int{tea.KeyLeft: -1, tea.KeyRight: 1}[msg.Code])
	case fd == nil:
	case msg.Code == tea.KeyEnter && f.at == len(f.shown())-1:
		f.goTo(f.at + 1)
		return f.submit()
	case msg.Code == tea.KeyEnter:
		f.step(1)
	default:
		f.write(fd, func() { fd.Press(msg) })
	}
	f.changed++
	return reply{}
}

// step goes to the next field or button, round and round.
func (f *profileForm) step(by int) {
	if f.stage != filling {
		f.choose(by)
		return
	}
	n := len(f.shown())
	at := f.at + max(0, f.chosen)
	at = (at + by + n + len(f.buttons)) % (n + len(f.buttons))
	f.goTo(at)
	if at >= n {
		f.chosen = at - n
	}
}

// write changes a field, and tells at once where that mends it.
func (f *profileForm) write(fd *draw.Field, do func()) {
	do()
	if f.at >= len(f.shown()) {
		f.at = len(f.shown()) - 1
	}
	f.check()
}

// Paste writes a text into the field.
func (f *profileForm) Paste(text string) {
	if fd := f.current(); fd != nil {
		f.write(fd, func() { fd.Paste(text) })
	}
}

// escape goes back from an answer to the fields, and from the fields out of
// the form.
func (f *profileForm) escape() reply {
	switch {
	case f.stage == trying || f.stage == tried:
		f.fill()
		return reply{}
	case f.stage == filling && f.dirty():
		return askToDrop(f, f.title, f.styles)
	}
	return reply{close: true}
}

// fill goes back to the fields.
func (f *profileForm) fill() {
	f.stop()
	f.showFields()
	f.goTo(0)
}

// showFields has the buttons of the fields.
func (f *profileForm) showFields() {
	f.foot = "tab goes on, esc closes"
	f.chosen = -1
	f.buttons = []button{{f.submitLabel(), f.submit}, {"Cancel", f.escape}}
}

func (f *profileForm) submitLabel() string {
	switch {
	case f.action == config.EditRename:
		return "Rename"
	case f.action == config.EditDuplicate:
		return "Duplicate"
	case !f.needsTest():
		return "Save"
	}
	return "Test"
}

// submit tries what was written, where nothing is wrong with it. What no service
// is asked about is saved at once.
func (f *profileForm) submit() reply {
	f.check()
	for i, fd := range f.shown() {
		fd.Left = true
		if f.wrong[fd.Key] != "" {
			f.goTo(i)
			return reply{}
		}
	}
	if len(f.wrong) > 0 {
		return reply{}
	}
	if !f.needsTest() {
		return f.save()
	}
	f.startTrying(f.escape)
	return reply{wish: tryWish{f}}
}

// answered shows what the service said.
func (f *profileForm) answered(s, _ account.Snapshot, now time.Time) {
	f.take(s, now)
	save := "Save"
	if s.Health.State.Severity() == account.SeverityFail {
		save = "Save anyway"
	}
	f.buttons = []button{
		{save, f.save},
		{"Change", f.escape},
		{"Cancel", func() reply { f.fill(); return f.escape() }},
	}
	f.chosen = 0
	if save != "Save" {
		f.chosen = 1
	}
}

func (f *profileForm) save() reply {
	f.startSaving()
	return reply{wish: saveWish{f}}
}

// saveWish is to save the change that a form holds.
type saveWish struct{ form *profileForm }

func (saveWish) wished() {}

// reload takes in another configuration.
func (f *profileForm) reload(c *config.Config) {
	f.config = c
	f.check()
}

// Click writes the field at line y, or presses a button.
func (f *profileForm) Click(x, y int) reply {
	f.changed++
	lines, starts := f.lines(f.styles)
	_, h := f.body()
	if f.onButtons(y, len(lines)) {
		if f.stage == filling {
			f.goTo(len(f.shown()))
		}
		return f.pressed(x)
	}
	for i := len(starts) - 1; i >= 0 && f.stage == filling; i-- {
		if y-1+f.window.offset >= starts[i] && y-1 < h {
			again := i == f.at
			f.goTo(i)
			if fd := f.current(); again && fd.Choices != nil {
				f.write(fd, func() { fd.Turn(1) })
			}
			break
		}
	}
	return reply{}
}

// Leave closes a form in which nothing was written.
func (f *profileForm) Leave() reply { return reply{close: f.stage == filling && !f.dirty()} }

// Scroll moves what is seen.
func (f *profileForm) Scroll(n int) {
	lines, _ := f.lines(f.styles)
	f.over(len(lines)).scroll(n)
}

// View draws the fields, or what the service said.
func (f *profileForm) View(s *theme.Styles) []string {
	return f.draw(s, func() []string {
		lines, _ := f.lines(s)
		return lines
	})
}

// lines are the text of the form, and in which of them each field begins.
func (f *profileForm) lines(s *theme.Styles) (lines []string, starts []int) {
	w := f.textWidth()
	switch f.stage {
	case trying, saving:
		return f.waitingLines(s, f.written(), f.service()), nil
	case tried:
		return f.answerLines(s, f.service()), nil
	}
	for i, fd := range f.shown() {
		starts = append(starts, len(lines))
		notes := draw.Notes{Label: f.label(fd), Otherwise: f.otherwise(fd), Advice: f.advice(fd), Wrong: f.wrong[fd.Key]}
		lines = append(lines, fd.Lines(s, w, i == f.at, notes)...)
	}
	for _, key := range []string{"", "username"} {
		if f.wrong[key] != "" && (key == "" || !f.matters(key)) && f.fields[0].Left {
			lines = append(lines, draw.WrapIn(s.Fail, f.wrong[key], w)...)
		}
	}
	return append(lines, ""), starts
}

// follow brings the field that is written into sight, with what is below it.
func (f *profileForm) follow() {
	lines, starts := f.lines(f.styles)
	from, to := len(lines)-1, len(lines)
	if f.at < len(starts) {
		from, to = starts[f.at], len(lines)-1
		if f.at+1 < len(starts) {
			to = starts[f.at+1]
		}
	}
	f.over(len(lines)).reveal(from, to)
}

// SetSize tells how large the screen is.
func (f *profileForm) SetSize(w, h int) {
	f.dialog.SetSize(w, h)
	f.follow()
}

// caret is where the field is written.
func (f *profileForm) caret() (x, y int) {
	fd := f.current()
	if fd == nil || fd.Choices != nil {
		return -1, -1
	}
	_, starts := f.lines(f.styles)
	return f.caretIn(fd, starts[f.at])
}
