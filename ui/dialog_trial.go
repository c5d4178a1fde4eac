package ui

import (
	"context"
	"strings"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"rollcall/client"
	"rollcall/config"
)

// trial is what the forms have in common: a dialog that asks the service about
// what was written in it before that is saved.
type trial struct {
	dialog
	stage stage
	// result is the answer of the service, and cancel ends the asking.
	result client.Snapshot
	cancel context.CancelFunc
	// attempt counts the askings: the answer to an older one is dropped.
	attempt int
	styles  *Styles
}

// stage is how far a form has come.
type stage int

const (
	// filling: the fields are written. The form that needs no test ends here.
	filling stage = iota
	// trying: the service is asked.
	trying
	// tried: it has answered.
	tried
	// saving: the change is on its way.
	saving
)

// testedForm is a form with a trial.
type testedForm interface {
	overlay
	asking() *trial
	// tested is what is tried, with a secret that is not stored yet.
	tested() (d config.Draft, secret string)
	// answered shows what the service said.
	answered(m *Model, s client.Snapshot)
	// forget drops the secret.
	forget()
}

// draftTriedMsg is the answer of a service to what a form holds.
type draftTriedMsg struct {
	form     testedForm
	attempt  int
	snapshot client.Snapshot
}

// formWidth is the width of a form where there is room for it.
const formWidth = 64

func newTrial(title string, s *Styles) trial {
	return trial{dialog: dialog{title: title, width: formWidth}, styles: s}
}

func (t *trial) asking() *trial { return t }

// textWidth is the room for a line.
func (t *trial) textWidth() int {
	w, _ := t.body()
	return min(w, formWidth)
}

// startTrying shows that the service is asked, until that is escaped from.
func (t *trial) startTrying(escape func() outcome) {
	t.stage, t.offset, t.chosen = trying, 0, 0
	t.attempt++
	t.changed++
	t.buttons, t.foot = []button{{"Cancel", escape}}, "esc goes back"
}

// take takes in the answer.
func (t *trial) take(s client.Snapshot) {
	t.stage, t.result, t.cancel = tried, s.Printable(), nil
	t.changed++
}

// startSaving shows that the change is on its way.
func (t *trial) startSaving() {
	t.stage, t.buttons = saving, nil
	t.changed++
}

// stop goes back to what is written.
func (t *trial) stop() {
	if t.cancel != nil {
		t.cancel()
	}
	t.cancel, t.stage, t.offset = nil, filling, 0
	t.attempt++
	t.changed++
}

// try asks the service what a form holds.
func (m *Model) try(f testedForm) tea.Cmd {
	manage, t := m.options.Manage, f.asking()
	draft, secret := f.tested()
	attempt := t.attempt
	ctx, cancel := context.WithTimeout(context.Background(), tryTime)
	t.cancel = cancel
	return func() tea.Msg {
		defer cancel()
		return draftTriedMsg{f, attempt, manage.Try(ctx, draft, secret)}
	}
}

func (m *Model) handleTried(msg draftTriedMsg) {
	if t := msg.form.asking(); t.stage == trying && t.attempt == msg.attempt {
		msg.form.answered(m, m.shown(msg.snapshot))
	}
}

// askToDrop asks before a form is thrown away with what was written in it.
func askToDrop(f overlay, title string) outcome {
	return outcome{then: func(m *Model) tea.Cmd {
		m.push(newConfirm(title, "Throw away what you wrote?", "Throw away", "Keep writing", m.styles,
			func(m *Model) tea.Cmd { m.drop(f); return nil }))
		return nil
	}}
}

// waitingLines say what goes on.
func (t *trial) waitingLines(s *Styles, d config.Draft) []string {
	text := "Asking " + service(d.Provider).Title + " who you would be"
	if t.stage == saving {
		text = "Saving " + client.Printable(d.Name)
	}
	return append(sentence(s, s.text, text+s.glyphs.tail, t.textWidth()), "")
}

// answerLines are what the service said.
func (t *trial) answerLines(s *Styles) []string {
	h, r := t.result.Health, &report{Styles: s, w: t.textWidth()}
	sev := h.State.Severity()
	if a := t.result.Account; a != nil && (h.State.Answered() || h.State == client.WrongAccount) {
		r.out = append(r.out, sentence(s, s.strong, "You would be "+a.User.Label(), r.w)...)
		r.out = append(r.out, "")
	}
	r.field(s.bold(sev), "state", s.glyphs.mark(sev)+" "+h.State.Word())
	r.field(s.text, "means", h.Explanation)
	r.field(s.text, "to do", h.Remedy)
	if a := t.result.Account; a != nil && len(a.Organizations) > 0 {
		r.field(s.text, "member of", plural(len(a.Organizations), "organization"))
	}
	switch end := ending(&t.result); end.Kind {
	case client.ExpiryDate:
		r.field(s.text, "token ends", end.At.Format(time.DateOnly))
	case client.ExpiryNever:
		r.field(s.text, "token ends", "never")
	}
	for _, warning := range t.result.Warnings {
		r.field(s.warn, "warning", warning)
	}
	return append(r.out, "")
}

// unusable says why a text cannot be a secret; empty where it can.
func unusable(secret string) string {
	bad := func(r rune) bool { return unicode.IsControl(r) || r == unicode.ReplacementChar }
	if strings.ContainsFunc(secret, bad) {
		return "a secret must not have line breaks or control characters in it"
	}
	return ""
}

// caretIn is where a field is written that begins at a line.
func (t *trial) caretIn(fd *field, line int) (x, y int) {
	_, h := t.body()
	if y = line - t.offset; y < 0 || y >= h {
		return -1, -1
	}
	return 2 + fd.cursor(t.textWidth(), t.styles.glyphs.tail), 1 + y
}
