package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/text"
	"rollcall/config"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// changesWish is to save changes in one go.
type changesWish struct{ changes []config.Edit }

func (changesWish) wished() {}

// changesSavedMsg is what came of changes that were saved in one go. Those that could
// not be made are refused; the others were.
type changesSavedMsg struct {
	changes []config.Edit
	refused []config.Refusal
	said    string
	err     error
}

// applyAll saves changes in one go. Where some cannot be made, the others are.
func (m *Model) applyAll(changes []config.Edit) tea.Cmd {
	if len(changes) == 0 {
		return nil
	}
	return m.manage(func(ctx context.Context, manage Manager) tea.Msg {
		msg := changesSavedMsg{changes: changes}
		msg.said, msg.err = manage.ApplyAll(ctx, changes)
		var some *config.RefusedError
		if !errors.As(msg.err, &some) || len(some.Refused) >= len(changes) {
			return msg
		}
		msg.refused = some.Refused
		rest := slices.DeleteFunc(slices.Clone(changes), func(c config.Edit) bool {
			return slices.ContainsFunc(some.Refused, func(r config.Refusal) bool { return r.Profile == c.Profile })
		})
		msg.said, msg.err = manage.ApplyAll(ctx, rest)
		return msg
	})
}

// handleSavedAll takes in what came of changes that were saved in one go.
func (m *Model) handleSavedAll(msg changesSavedMsg) tea.Cmd {
	again := m.settleSwitched(msg)
	said := m.managed(m.undoable(msg.said), msg.err)
	if msg.err == nil && len(msg.refused) > 0 {
		m.overlays.push(m.newRefusals(msg))
		said = nil
	}
	return tea.Batch(again, said)
}

// newRefusals tells which of several changes could not be made, after what was done.
func (m *Model) newRefusals(msg changesSavedMsg) *textOverlay {
	var left leftOut
	for _, r := range msg.refused {
		left.add(m.shownName(r.Profile), m.toldForGood(text.Printable(r.Err.Error())))
	}
	done := m.toldForGood(text.Printable(m.undoable(msg.said)))
	return newText(fmt.Sprintf("%d left out", left.n), m.styles, nil, func(s *theme.Styles, w int) []string {
		lines := draw.WrapIn(s.Text, done+".", w)
		for _, r := range left.reasons {
			lines = append(append(lines, ""), draw.WrapIn(s.Strong, listed(r.names, mostNamed), w)...)
			lines = append(lines, draw.WrapIn(s.Text, r.why, w)...)
		}
		return append(lines, "")
	})
}

// mostNamed is how many profiles a question names that is about many.
const mostNamed = 8

// removeProfile asks whether the profiles that it is for are to be removed, which it
// names, so that nobody removes more than they have in mind.
func (m *Model) removeProfile() tea.Cmd {
	if why := m.cannotKeep(); why != "" {
		return m.say(why)
	}
	rows := m.targets()
	called := calledTogether(rows)
	question := "Remove " + called + " from the configuration? The token itself is left alone."
	if len(rows) == 1 {
		remove := changeWish{config.Edit{Kind: config.EditRemove, Profile: rows[0].name}}
		m.overlays.push(newConfirm("Remove "+called, question, "Remove", "Keep", m.styles, remove))
		return nil
	}
	var all changesWish
	for _, r := range rows {
		all.changes = append(all.changes, config.Edit{Kind: config.EditRemove, Profile: r.name})
	}
	question = "Remove " + called + " from the configuration? They are " + listed(namesOf(rows), mostNamed) +
		". The tokens themselves are left alone."
	m.overlays.push(newConfirm("Remove "+called, question, fmt.Sprintf("Remove %d", len(rows)), "Keep", m.styles, all))
	return nil
}
