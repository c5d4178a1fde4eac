package ui

import (
	"cmp"
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"rollcall/client"
	"rollcall/config"
)

// ErrNotKept says that a secret was not replaced since the one before would
// have been lost.
var ErrNotKept = errors.New("the keyring cannot keep the present secret for a return, so that it was not replaced")

// rotation is what a form needs to replace a secret.
type rotation struct {
	// page is where the service gives out tokens; empty where that is not
	// known, or not shown. source is where the secret is kept.
	page, source string
	// compared is the new secret beside the old one.
	compared []Comparison
	// lose is set where the person was told that there is no way back.
	lose bool
}

// rotateSecret opens the form for a new secret, or says what to do where the
// secret cannot be replaced from here.
func (m *Model) rotateSecret() tea.Cmd {
	if why := m.cannotKeep(); why != "" {
		return m.say(why)
	}
	r := m.current()
	p, ok := m.config.Profile(r.name)
	if !ok {
		return m.say(r.config.Name + " is not in the configuration any more")
	}
	d, title := config.DraftOf(p), "New secret of "+r.config.Name
	if why, instead := d.CannotReplace(); why != "" {
		m.push(newText(title, m.styles, nil, func(s *Styles, w int) []string {
			return remedied(s, m.told(client.Printable(why)), m.told(client.Printable(instead)), w)
		}))
		return nil
	}
	rotate := rotation{source: r.source}
	if d.Username == "" && !m.private() {
		rotate.page = client.Printable(client.TokenPage(d.Provider, d.BaseURL))
	}
	f := newForm(title, config.ActionUpdate, d, m.config, m.styles)
	f.rotation = &rotate
	f.showFields()
	f.check()
	m.push(f)
	return nil
}

// rotate replaces the secret of a profile by that of a form.
func (m *Model) rotate(f *form) tea.Cmd {
	draft, secret, lose := f.draft, f.secret(), f.rotation.lose
	return m.manage(func(ctx context.Context, manage Manager) tea.Msg {
		said, err := manage.Rotate(ctx, draft, secret, lose)
		return secretReplacedMsg{f, lose, said, err}
	})
}

// handleReplaced takes in what came of replacing a secret. After a failure, the
// form has the new one still.
func (m *Model) handleReplaced(msg secretReplacedMsg) tea.Cmd {
	switch {
	case errors.Is(msg.err, ErrNotKept):
		msg.form.notKept()
	case msg.err != nil:
		msg.form.fill()
	default:
		m.drop(msg.form)
	}
	if msg.final {
		return m.managed(msg.said, msg.err)
	}
	return m.managed(m.undoable(msg.said), msg.err)
}

// missing says that there is no secret yet.
func (f *form) missing() string {
	if f.secret() == "" {
		return "paste the new secret here"
	}
	return ""
}

// browse shows the page where the service gives out tokens.
func (f *form) browse() outcome {
	page := f.rotation.page
	return outcome{then: func(m *Model) tea.Cmd {
		return m.openPage(page)
	}}
}

// offerReplacing has the buttons of an answer: a secret that is worse than the
// old one is replaced on purpose only, one that is not good never.
func (f *form) offerReplacing() {
	replace := "Replace"
	for _, c := range f.rotation.compared {
		if c.Severity == client.SeverityWarn {
			replace = "Replace anyway"
		}
	}
	back := button{"Back", f.escape}
	f.buttons, f.chosen = []button{{replace, f.save}, back}, 0
	switch {
	case !f.replaceable():
		f.buttons = []button{back}
	case replace != "Replace":
		f.chosen = 1
	}
}

// replaceable reports whether the new secret is good, and of the same user.
func (f *form) replaceable() bool {
	return f.result.Health.State.Accepted() &&
		!slices.ContainsFunc(f.rotation.compared, func(c Comparison) bool { return c.Severity == client.SeverityFail })
}

// notKept offers to replace the secret without a way back.
func (f *form) notKept() {
	f.rotation.lose = true
	f.rotation.compared = append(f.rotation.compared, Comparison{
		"way back", client.SeverityWarn, "the keyring cannot keep the old one",
	})
	f.stage = tried
	f.changed++
	f.offerReplacing()
}

// rotationLines say where the new secret is made, and where it goes.
func (f *form) rotationLines(s *Styles, w int) []string {
	var lines []string
	fact := func(label, value string, k ink, link string) {
		for _, l := range wrap(value, w-labelWidth-2) {
			lines = append(lines, "  "+s.muted.write(pad(label, labelWidth, ""))+k.write(linked(s, l, link)))
			label = ""
		}
	}
	fact("made at", cmp.Or(f.rotation.page, "the service"), s.accent, f.rotation.page)
	fact("kept in", f.rotation.source, s.text, "")
	return lines
}

// comparedLines are the new secret beside the old one, the worst first, each
// with its mark.
func (f *form) comparedLines(r *report) []string {
	all := slices.SortedStableFunc(slices.Values(f.rotation.compared), func(a, b Comparison) int {
		return min(urgency(a.Severity), 2) - min(urgency(b.Severity), 2)
	})
	for _, c := range all {
		look := r.bold(c.Severity)
		if c.Severity == client.SeverityNone {
			look = r.muted
		}
		r.field(look, c.About, r.glyphs.mark(c.Severity)+" "+c.Text)
	}
	r.out = append(r.out, "")
	if f.replaceable() {
		r.note("The old one stays good at the service until you delete it there.")
	}
	return r.out
}
