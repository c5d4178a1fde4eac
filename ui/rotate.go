package ui

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/text"
	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// rotateSecret opens the form for a new secret, or says what to do where the
// secret cannot be replaced from here.
func (m *Model) rotateSecret() tea.Cmd {
	p, wrong := m.selectedProfile()
	if wrong != "" {
		return m.say(wrong)
	}
	r := m.current()
	d, title := config.DraftOf(p), "New secret of "+r.config.Name
	why, instead := d.CannotReplace()
	if by := d.Replacement(); by.By != credential.ByRollcall {
		why, instead = by.First, text.Capitalized(by.Todo)
	}
	if why != "" {
		m.overlays.push(newText(title, m.styles, nil, func(s *theme.Styles, w int) []string {
			return draw.Advice(s, m.told(text.Printable(why)), m.told(text.Printable(instead)), w)
		}))
		return nil
	}
	m.overlays.push(newSecretForm(title, d, m.roster.services.named(d.Provider), m.tokenPage(p), r.source, m.styles))
	return nil
}

// rotate replaces the secret of a profile by that of a form.
func (m *Model) rotate(f *secretForm) tea.Cmd {
	draft, secret, final := f.draft, f.secret.Trimmed(), f.final
	return m.manage(func(ctx context.Context, manage Manager) tea.Msg {
		said, err := manage.Rotate(ctx, draft, secret, final)
		return secretReplacedMsg{f, final, said, err}
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
		m.overlays.drop(msg.form)
	}
	if msg.final {
		return m.managed(msg.said, msg.err)
	}
	return m.managed(m.undoable(msg.said), msg.err)
}
