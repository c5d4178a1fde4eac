package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// snoozeForm is the overlay in which a person says until when profiles are not to
// call them, and why.
type snoozeForm struct {
	lineForm
	// profiles are the keys of the profiles.
	profiles []string
}

// snoozeOff ends a snooze where a time would begin one.
const snoozeOff = "off"

// newSnoozeForm is the form for profiles with the snooze that they have, which is the
// zero one where not all of them have the same.
func newSnoozeForm(profiles []string, title, intro string, has account.Snooze, s *theme.Styles) *snoozeForm {
	f := &snoozeForm{lineForm{trial: newTrial(title, s), intro: intro}, profiles}
	until := "7d"
	if !has.Until.IsZero() {
		until = snoozeOff
	}
	f.fields = []draw.Field{
		{Key: "until", Label: "until", Line: draw.LineOf(until)}, {Key: "note", Label: "note", Line: draw.LineOf(has.Note)},
	}
	f.advice = []string{"a span such as 12h or 7d, a date such as 2026-12-24, or " + snoozeOff + " to end it", "why, for whoever reads it later"}
	f.saves = snoozeWish{f}
	f.fill()
	return f
}

// snoozeWish is to keep the snooze that a form holds.
type snoozeWish struct{ form *snoozeForm }

func (snoozeWish) wished() {}

// snoozeProfile asks until when the profiles that it is for are not to call anybody.
func (m *Model) snoozeProfile() tea.Cmd {
	if why := m.cannotKeep(); why != "" {
		return m.say(why)
	}
	rows := m.targets()
	has, intro := rows[0].snap.Snooze, ""
	for _, r := range rows {
		if z := r.snap.Snooze; z.Until != has.Until || z.Note != has.Note || !z.Until.After(m.clock.now) {
			has = account.Snooze{}
		}
	}
	if len(rows) > 1 {
		intro = listed(namesOf(rows), mostNamed)
	}
	m.overlays.push(newSnoozeForm(keysOf(rows), "Snooze "+calledTogether(rows), intro, has, m.styles))
	return nil
}

func (m *Model) snooze(f *snoozeForm) tea.Cmd {
	names, until, note := f.profiles, f.fields[0].Trimmed(), f.fields[1].Trimmed()
	return m.manage(func(ctx context.Context, manage Manager) tea.Msg {
		said, err := manage.Snooze(ctx, names, until, note)
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
