package ui

import (
	"cmp"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// secretForm is the overlay in which a profile gets another secret. While that
// is written, no button is chosen.
type secretForm struct {
	trial
	// draft is the profile as the file has it.
	draft   config.Draft
	service account.ServiceInfo
	secret  draw.Field
	// page is where the service gives out tokens; empty where that is not
	// known, or not shown. source is where the secret is kept.
	page, source string
	// stays tells of a second secret, which is not replaced; empty where there is none.
	stays string
	// offers are the buttons behind the one that tests.
	offers []button
	// way is how the secret gets to its place.
	way credential.Replacement
	// compared is the new secret beside the old one.
	compared []insight.Comparison
	// missing is set where the person has not stored the new secret, as a look at its
	// place has shown.
	missing bool
	// pending is set where the new secret was proved before, and waits for rollcall to be
	// started anew with it.
	pending bool
	// oldRefused is set where the service refuses the old one already.
	oldRefused bool
	// already is the new secret where it has turned out to be the one that the profile
	// has; flaw is what is wrong with a text that was pasted and not taken.
	already, flaw string
	// final is set where the person was told that there is no way back.
	final bool
	// stores is set where the profile takes its secret from the keyring from then
	// on, whether or not it has one now.
	stores bool
	// leaves says what becomes of a secret that is left in its former place; empty
	// where there is nothing to say.
	leaves string
}

func newSecretForm(title string, d config.Draft, at account.ServiceInfo, page, source string, s *theme.Styles) *secretForm {
	f := &secretForm{trial: newTrial(title, s), draft: d, service: at, page: page, source: source, way: d.Replacement()}
	if f.page != "" {
		f.offers = append(f.offers, button{"Browse", f.browse})
	}
	f.offers = append(f.offers, button{"Cancel", f.escape})
	f.secret = draw.Field{Key: "secret", Line: draw.LineOf(""), Hidden: true}
	f.offerTest()
	return f
}

func (f *secretForm) tested() (d config.Draft, secret string) { return f.draft, f.secret.Trimmed() }

// forget drops what was written.
func (f *secretForm) forget() {
	f.secret.Forget()
	f.already, f.flaw = "", ""
}

// wrong is what is wrong with the secret.
func (f *secretForm) wrong() string {
	if why := unusable(f.secret.Value()); why != "" {
		return why
	}
	switch {
	case f.flaw != "":
		return f.flaw
	case f.secret.Trimmed() == "":
		return "paste the new secret here"
	case f.secret.Trimmed() == f.already:
		return "this is the secret that the profile has already"
	}
	return ""
}

// writing reports whether the secret is written.
func (f *secretForm) writing() bool { return f.stage == filling && f.chosen < 0 }

// dirty reports whether something was written.
func (f *secretForm) dirty() bool { return f.secret.Value() != "" }

// HandleKey writes the secret, or presses a button. As in the form of a
// profile, its keys cannot be rebound.
func (f *secretForm) HandleKey(msg tea.KeyPressMsg, _ *KeyMap) reply {
	f.changed++
	writing := f.writing()
	switch {
	case msg.Code == tea.KeyEscape:
		return f.escape()
	case msg.Code == tea.KeyTab && msg.Mod == 0, msg.Code == tea.KeyDown:
		f.step(1)
	case msg.Code == tea.KeyTab, msg.Code == tea.KeyUp:
		f.step(-1)
	case writing && msg.Code == tea.KeyEnter:
		return f.submit()
	case writing:
		f.flaw = ""
		f.secret.Press(msg)
	case msg.Code == tea.KeyEnter, msg.Code == tea.KeySpace:
		return f.pressed(-1)
	case msg.Code == tea.KeyLeft:
		f.choose(-1)
	case msg.Code == tea.KeyRight:
		f.choose(1)
	}
	return reply{}
}

// step goes to the next button, or to the secret, round and round.
func (f *secretForm) step(by int) {
	if f.stage != filling {
		f.choose(by)
		return
	}
	n := 1 + len(f.buttons)
	f.goTo((f.chosen+1+by+n)%n - 1)
}

// goTo goes to a button, or to the secret.
func (f *secretForm) goTo(button int) {
	f.secret.Left = f.secret.Left || f.chosen < 0
	f.chosen = button
	f.follow()
}

// Paste writes a text into the secret. Several lines are none.
func (f *secretForm) Paste(text string) {
	if !f.writing() {
		return
	}
	f.changed++
	f.flaw = ""
	if strings.ContainsAny(strings.TrimSpace(text), "\r\n") {
		f.flaw, f.secret.Left = "what you pasted has a line break in it, so that it is no secret", true
		return
	}
	f.secret.Paste(text)
}

// escape goes back from an answer to the secret, and from there out of the form.
func (f *secretForm) escape() reply {
	switch {
	case f.stage == trying || f.stage == tried:
		f.fill()
		return reply{}
	case f.stage == filling && f.dirty():
		return askToDrop(f, f.title, f.styles)
	}
	return reply{close: true}
}

// fill goes back to the secret.
func (f *secretForm) fill() {
	f.stop()
	f.offerTest()
	f.follow()
}

// offerTest has the buttons that are there while the secret is written.
func (f *secretForm) offerTest() {
	f.foot, f.chosen = "tab goes on, esc closes", -1
	f.buttons = append([]button{{"Test", f.submit}}, f.offers...)
}

// browse shows the page where the service gives out tokens.
func (f *secretForm) browse() reply {
	return reply{wish: pageWish{f.page}}
}

// submit tries the secret, where nothing is wrong with it.
func (f *secretForm) submit() reply {
	f.secret.Left = true
	if f.wrong() != "" {
		f.goTo(-1)
		return reply{}
	}
	f.startTrying(f.escape)
	return reply{wish: tryWish{f}}
}

// answered shows the new secret beside the old one.
func (f *secretForm) answered(fresh, known account.Snapshot, now time.Time) {
	f.take(fresh, now)
	f.compared, f.missing = nil, false
	f.oldRefused = known.Health.State == account.InvalidToken
	if known.Profile != "" {
		f.compared = insight.Compare(known, f.result, now)
	}
	f.offerReplacing()
}

// hasAlready goes back to the secret, which is the one that the profile has.
func (f *secretForm) hasAlready() {
	f.fill()
	f.already, f.secret.Left = f.secret.Trimmed(), true
	f.changed++
}

// offerReplacing has the buttons of an answer: a secret that is worse than the old one
// is replaced on purpose only, one that is not good never.
func (f *secretForm) offerReplacing() {
	does := "Replace"
	switch {
	case f.stores:
		does = "Store"
	case f.way.By != credential.ByRollcall:
		does = "Compare"
	}
	replace := does
	if f.worst(account.SeverityWarn) {
		replace += " anyway"
	}
	back := button{"Back", f.escape}
	f.buttons, f.chosen = []button{{replace, f.save}, back}, 0
	switch {
	case !f.replaceable():
		f.buttons = []button{back}
	case replace != does:
		f.chosen = 1
	}
}

// worst reports whether the new secret is so much worse in a respect.
func (f *secretForm) worst(sev account.Severity) bool {
	return slices.ContainsFunc(f.compared, func(c insight.Comparison) bool { return c.Severity == sev })
}

// replaceable reports whether the new secret is good, and of the same user.
func (f *secretForm) replaceable() bool {
	return f.result.Health.State.Accepted() && !f.worst(account.SeverityFail)
}

func (f *secretForm) save() reply {
	f.startSaving()
	return reply{wish: replaceWish{f}}
}

// replaceWish is to replace the secret of a profile by that of a form.
type replaceWish struct{ form *secretForm }

// pageWish is to show a page in the browser.
type pageWish struct{ url string }

func (replaceWish) wished() {}
func (pageWish) wished()    {}

// notKept offers to replace the secret without a way back.
func (f *secretForm) notKept() {
	f.final = true
	f.compared = append(f.compared, insight.Comparison{
		About: "way back", Severity: account.SeverityWarn, Text: "the old one cannot be kept",
	})
	f.stage = tried
	f.changed++
	f.offerReplacing()
}

// notStored goes back to the answer: the person has not stored the new secret yet.
func (f *secretForm) notStored() {
	f.stage = tried
	f.changed++
	f.offerReplacing()
	f.missing = true
}

// Click writes the secret, or presses a button.
func (f *secretForm) Click(x, y int) reply {
	f.changed++
	lines, at := f.lines(f.styles)
	_, h := f.body()
	switch {
	case f.onButtons(y, len(lines)):
		if f.stage == filling {
			f.goTo(0)
		}
		return f.pressed(x)
	case f.stage == filling && y-1 < h && y-1+f.window.offset >= at:
		f.goTo(-1)
	}
	return reply{}
}

// Leave closes a form in which nothing was written.
func (f *secretForm) Leave() reply { return reply{close: f.stage == filling && !f.dirty()} }

// Scroll moves what is seen.
func (f *secretForm) Scroll(n int) {
	lines, _ := f.lines(f.styles)
	f.over(len(lines)).scroll(n)
}

// SetSize tells how large the screen is.
func (f *secretForm) SetSize(w, h int) {
	f.dialog.SetSize(w, h)
	f.follow()
}

// follow brings the secret or the buttons into sight.
func (f *secretForm) follow() {
	lines, at := f.lines(f.styles)
	if n := len(lines); f.writing() {
		f.over(n).reveal(at, n-1)
	} else {
		f.over(n).reveal(n-1, n)
	}
}

// caret is where the secret is written.
func (f *secretForm) caret() (x, y int) {
	if !f.writing() {
		return -1, -1
	}
	_, at := f.lines(f.styles)
	return f.caretIn(&f.secret, at)
}

// View draws the secret, or what the service said.
func (f *secretForm) View(s *theme.Styles) []string {
	return f.draw(s, func() []string {
		lines, _ := f.lines(s)
		return lines
	})
}

// comparesAnew says what to do once rollcall was started with the new secret.
func (f *secretForm) comparesAnew() string {
	return "Then paste the new one here again, and rollcall compares."
}

// lines are the text of the form, and in which of them the secret is.
func (f *secretForm) lines(s *theme.Styles) (lines []string, at int) {
	switch {
	case f.stage == trying, f.stage == saving:
		return f.waitingLines(s, f.draft, f.service), 0
	case f.stage == tried && f.result.Health.State.Accepted():
		return f.comparedLines(s), 0
	case f.stage == tried:
		return f.answerLines(s, f.service), 0
	}
	w := f.textWidth()
	fact := func(label, value string, k theme.Ink, link string) {
		for _, l := range draw.Wrap(value, w-draw.LabelWidth-2) {
			lines = append(lines, "  "+s.Muted.Render(draw.Pad(label, draw.LabelWidth, ""))+k.Render(linked(s, l, link)))
			label = ""
		}
	}
	fact("made at", cmp.Or(f.page, "the service"), s.Accent, f.page)
	fact("kept in", f.source, s.Text, "")
	switch {
	case f.pending:
		fact("pending", text.Capitalized(f.way.Todo)+". "+f.comparesAnew(), s.Warn, "")
	case !f.stores:
		fact("first", f.way.First, s.Warn, "")
	}
	fact("second", f.stays, s.Text, "")
	at = len(lines)
	notes := draw.Notes{Label: "secret", Advice: cmp.Or(doubt(f.secret.Trimmed(), f.draft), "paste the new one here; it is not shown"), Wrong: f.wrong()}
	lines = append(lines, f.secret.Lines(s, w, f.writing(), notes)...)
	return append(lines, ""), at
}
