package ui

import (
	"context"
	"strings"
	"time"
	"unicode"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// trial is the dialog that all forms have: before what is written in a form is
// saved, the service is asked what it makes of that.
type trial struct {
	dialog
	stage stage
	// result is the answer of the service, at is when it came, and cancel ends
	// the asking.
	result account.Snapshot
	at     time.Time
	cancel context.CancelFunc
	// attempt numbers the requests to the service: the answer to an older one is
	// dropped.
	attempt int
	styles  *theme.Styles
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
	// answered shows what the service said, beside what is known of the profile
	// so far.
	answered(fresh, known account.Snapshot, now time.Time)
	// forget drops the secret.
	forget()
}

// formWidth is the width of a form where there is room for it.
const formWidth = 64

func newTrial(title string, s *theme.Styles) trial {
	return trial{dialog: dialog{title: title, width: formWidth}, styles: s}
}

func (t *trial) asking() *trial { return t }

// textWidth is the room for a line.
func (t *trial) textWidth() int {
	w, _ := t.body()
	return min(w, max(formWidth, t.most))
}

// startTrying shows that the service is asked, until that is escaped from.
func (t *trial) startTrying(escape func() reply) {
	t.stage, t.window.offset, t.chosen = trying, 0, 0
	t.attempt++
	t.changed++
	t.buttons, t.foot = []button{{"Cancel", escape}}, "esc goes back"
}

// take takes in the answer.
func (t *trial) take(s account.Snapshot, now time.Time) {
	t.stage, t.result, t.at, t.cancel = tried, s, now, nil
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
	t.cancel, t.stage, t.window.offset = nil, filling, 0
	t.attempt++
	t.changed++
}

// begin notes that the service is asked for no longer than a time. The answer
// is one to attempt.
func (t *trial) begin(limit time.Duration) (ctx context.Context, cancel context.CancelFunc, attempt int) {
	ctx, cancel = context.WithTimeout(context.Background(), limit)
	t.cancel = cancel
	return ctx, cancel, t.attempt
}

// waits reports whether an answer is the one that is waited for.
func (t *trial) waits(attempt int) bool { return t.stage == trying && t.attempt == attempt }

// tryWish is to ask the service about what a form holds.
type tryWish struct{ form testedForm }

// dropWish is to throw an overlay away.
type dropWish struct{ overlay overlay }

// askWish is to ask something first.
type askWish struct{ question overlay }

func (tryWish) wished()  {}
func (dropWish) wished() {}
func (askWish) wished()  {}

// askToDrop asks before a form is thrown away with what was written in it.
func askToDrop(f overlay, title string, s *theme.Styles) reply {
	ask := newConfirm(title, "Throw away what you wrote?", "Throw away", "Keep writing", s, dropWish{f})
	return reply{wish: askWish{ask}}
}

// waitingLines say what goes on with a draft for a service.
func (t *trial) waitingLines(s *theme.Styles, d config.Draft, at account.ServiceInfo) []string {
	words := "Asking " + at.Title + " who you would be"
	if t.stage == saving {
		words = "Saving " + text.Printable(d.Name)
	}
	return append(draw.WrapIn(s.Text, words+s.Glyphs.Tail, t.textWidth()), "")
}

// answerLines are what a service said.
func (t *trial) answerLines(s *theme.Styles, at account.ServiceInfo) []string {
	h, advice, r := t.result.Health, t.result.Advice(t.at), &draw.Report{Styles: s, W: t.textWidth()}
	sev := h.State.Severity()
	if a := t.result.Account; a != nil && (h.State.Answered() || h.State == account.WrongAccount) {
		who := "You would be " + a.User.Label()
		if a.User.ID == "" {
			who = at.Title + " takes the token, and names no user"
		}
		r.Lines = append(r.Lines, draw.WrapIn(s.Strong, who, r.W)...)
		r.Lines = append(r.Lines, "")
	}
	r.Fact(s.Bold(sev), "state", s.Glyphs.Mark(sev)+" "+h.State.Word())
	r.Fact(s.Text, "means", advice.Explanation)
	r.Fact(s.Text, "to do", advice.Remedy)
	if a := t.result.Account; a != nil && len(a.Organizations) > 0 {
		r.Fact(s.Text, "member of", at.CountGroups(a.CountOrganizations()))
	}
	switch end := ending(&t.result); end.Kind {
	case account.ExpiryDate:
		r.Fact(s.Text, "token ends", end.At.Format(time.DateOnly))
	case account.ExpiryNever:
		r.Fact(s.Text, "token ends", "never")
	}
	for _, n := range t.result.Notes {
		r.Fact(s.Warn, "warning", n.String())
	}
	return append(r.Lines, "")
}

// unusable says why a text cannot be a secret; empty where it can.
func unusable(secret string) string {
	bad := func(r rune) bool { return unicode.IsControl(r) || r == unicode.ReplacementChar }
	if strings.ContainsFunc(secret, bad) {
		return "a secret must not have line breaks or control characters in it"
	}
	return ""
}

// doubt says what is wrong with the text of a secret, and what to do; empty where
// nothing is. It may be right all the same.
func doubt(secret string, d config.Draft) string {
	flaw := credential.Examine(secret, d.Username != "")
	if secret == "" || flaw == "" {
		return ""
	}
	return "this " + flaw.Cause() + ": " + flaw.Remedy()
}

// caretIn is where a field is written that begins at a line.
func (t *trial) caretIn(fd *draw.Field, line int) (x, y int) {
	_, h := t.body()
	if y = line - t.window.offset; y < 0 || y >= h {
		return -1, -1
	}
	return 2 + fd.Cursor(t.textWidth(), t.styles.Glyphs.Tail), 1 + y
}
