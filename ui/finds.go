package ui

import (
	"context"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// Find is an account that this machine has.
type Find struct {
	// Where says in which variable or file it is, Also which other finds have the same
	// secret.
	Where string
	Also  []string
	// Draft is the profile that would refer to it.
	Draft config.Draft
	// Known is the profile that has it already; empty for none.
	Known string
	// Problem says why no profile can; empty where one can.
	Problem string
}

// firstRun is what somebody without profiles is offered.
type firstRun struct {
	wantsDemo bool
	// finds are the accounts that were found, offered how many of them can be added.
	finds   []Find
	offered int
	// adding is set while finds are being added.
	adding bool
}

// findsReadMsg brings the accounts that this machine has; offer is set where somebody
// waits to choose from them.
type findsReadMsg struct {
	finds []Find
	offer bool
}

// findCheckedMsg brings what the service of a find said.
type findCheckedMsg struct {
	dialog *findsDialog
	find   int
	answer account.Snapshot
}

// findsAddedMsg is what came of adding them.
type findsAddedMsg struct {
	said string
	err  error
}

// importWish is to choose from the accounts that this machine has.
type importWish struct{}

func (importWish) wished() {}

// findAccounts looks for accounts that this machine has, where there are no profiles
// yet.
func (m *Model) findAccounts() tea.Cmd {
	if m.options.Finds == nil || !m.welcomes() {
		return nil
	}
	return m.lookForAccounts(false)
}

// lookForAccounts looks for accounts that this machine has.
func (m *Model) lookForAccounts(offer bool) tea.Cmd {
	finds := m.options.Finds
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), saveTime)
		defer cancel()
		return findsReadMsg{finds(ctx), offer}
	}
}

// handleFinds takes in what was found, what its services say, and what came of adding
// it.
func (m *Model) handleFinds(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case findsReadMsg:
		m.first.finds, m.first.offered = msg.finds, 0
		for _, f := range msg.finds {
			if f.usable() {
				m.first.offered++
			}
		}
		if msg.offer {
			return m.offerFinds()
		}
	case findCheckedMsg:
		msg.dialog.answered(msg.find, *m.roster.cover.snapshot(&msg.answer))
	case findsAddedMsg:
		m.first.adding = false
		return m.managed(m.undoable(msg.said), msg.err)
	}
	return nil
}

// importFinds has the person choose from the accounts that this machine has. Where there
// are profiles, they are looked for anew.
func (m *Model) importFinds() tea.Cmd {
	switch {
	case m.options.Finds == nil || m.options.Import == nil:
		return m.say("the accounts of this machine are not looked for here")
	case m.first.adding:
		return nil
	case m.welcomes():
		return m.offerFinds()
	}
	return m.lookForAccounts(true)
}

// offerFinds shows what was found.
func (m *Model) offerFinds() tea.Cmd {
	if len(m.first.finds) == 0 {
		return m.say("no account was found on this machine")
	}
	told := func(s string) string { return m.told(text.Printable(s)) }
	m.overlays.push(newFindsDialog(m.first.finds, m.roster.services, told, m.options.AskFind != nil))
	return nil
}

// checkFinds asks the services of finds whose accounts they are.
func (m *Model) checkFinds(w checkFindsWish) tea.Cmd { return checkFinds(w, m.options.AskFind) }

// checkFinds asks the services of finds, all at once: what asks them bounds that.
func checkFinds(w checkFindsWish, ask func(context.Context, config.Draft) account.Snapshot) tea.Cmd {
	var all []tea.Cmd
	for _, i := range w.finds {
		draft := w.dialog.finds[i].Draft
		all = append(all, func() tea.Msg {
			ctx, cancel := context.WithTimeout(context.Background(), tryTime)
			defer cancel()
			return findCheckedMsg{w.dialog, i, ask(ctx, draft)}
		})
	}
	return tea.Batch(all...)
}

// addFinds makes profiles of accounts, all of them or none.
func (m *Model) addFinds(drafts []config.Draft) tea.Cmd {
	add := m.options.Import
	m.first.adding = true
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), saveTime)
		defer cancel()
		said, err := add(ctx, drafts)
		return findsAddedMsg{said, err}
	}
}

// foundWords say how many accounts there are, in words that fit into w cells.
func foundWords(finds, w int) string {
	verb := " were found on this machine:"
	if finds == 1 {
		verb = " was found on this machine:"
	}
	if w < 40 {
		verb = " found here"
	}
	return text.Plural(finds, "account") + verb
}

// foundLines tell of the finds in lines of w cells, room at most.
func (v *welcome) foundLines(s *theme.Styles, w, room int) []string {
	var offered []Find
	for _, f := range v.finds {
		if f.usable() {
			offered = append(offered, f)
		}
	}
	out := draw.WrapIn(s.Strong, foundWords(len(offered), w), w)
	if left := room - len(out); left < min(len(offered), 2) {
		return out
	}
	names, titles := 0, 0
	for _, f := range offered {
		names = max(names, draw.Width(v.told(f.Draft.Name)))
		titles = max(titles, draw.Width(v.services.named(f.Draft.Provider).Title))
	}
	names, titles = min(names, w/3), min(titles, w/4)
	column := func(t string, w int) string { return draw.Pad(draw.Cut(t, w, s.Glyphs.Tail), w, "") }
	for i, f := range offered {
		if len(out)+1 == room && i+1 < len(offered) {
			return append(out, s.Muted.Render("  and "+strconv.Itoa(len(offered)-i)+" more"))
		}
		where := draw.Cut(v.told(f.Where), w-names-titles-6, s.Glyphs.Tail)
		out = append(out, "  "+s.Accent.Render(column(v.told(f.Draft.Name), names))+"  "+
			s.Text.Render(column(v.services.named(f.Draft.Provider).Title, titles))+"  "+s.Muted.Render(where))
	}
	if unusable := len(v.finds) - len(offered); unusable > 0 && len(out) < room {
		more := strconv.Itoa(unusable) + " more cannot be used: the list says why"
		out = append(out, s.Muted.Render(draw.Cut(more, w, s.Glyphs.Tail)))
	}
	return out
}
