package ui

import (
	"context"
	"strconv"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client/text"
	"rollcall/config"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// Find is an account that this machine has.
type Find struct {
	// Where says in which variable or file it is.
	Where string
	// Draft is the profile that would refer to it.
	Draft config.Draft
	// Problem says why no profile can; empty where one can.
	Problem string
}

// firstRun is what somebody without profiles is offered.
type firstRun struct {
	wantsDemo bool
	// finds are the accounts that can be added, unusable is how many others were
	// found.
	finds    []Find
	unusable int
	// adding is set while the finds are being added.
	adding bool
}

// findsReadMsg brings the accounts that this machine has.
type findsReadMsg struct{ finds []Find }

// findsAddedMsg is what came of adding them.
type findsAddedMsg struct {
	said string
	err  error
}

// findAccounts looks for accounts that this machine has, where there are no profiles
// yet.
func (m *Model) findAccounts() tea.Cmd {
	finds := m.options.Finds
	if finds == nil || !m.welcomes() {
		return nil
	}
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), saveTime)
		defer cancel()
		return findsReadMsg{finds(ctx)}
	}
}

// handleFinds takes in what was found, and what came of adding it.
func (m *Model) handleFinds(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case findsReadMsg:
		m.first.finds, m.first.unusable = nil, 0
		for _, f := range msg.finds {
			if f.Problem != "" {
				m.first.unusable++
				continue
			}
			m.first.finds = append(m.first.finds, f)
		}
	case findsAddedMsg:
		m.first.adding = false
		return m.managed(m.undoable(msg.said), msg.err)
	}
	return nil
}

// addFinds makes profiles of all accounts that were found.
func (m *Model) addFinds() tea.Cmd {
	add := m.options.Import
	switch {
	case add == nil || len(m.first.finds) == 0:
		return m.say("no account was found on this machine that could be added")
	case m.first.adding:
		return nil
	}
	m.first.adding = true
	var drafts []config.Draft
	for _, f := range m.first.finds {
		drafts = append(drafts, f.Draft)
	}
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
	out := draw.WrapIn(s.Strong, foundWords(len(v.finds), w), w)
	if left := room - len(out); left < min(len(v.finds), 2) {
		return out
	}
	names, titles := 0, 0
	for _, f := range v.finds {
		names = max(names, ansi.StringWidth(v.told(f.Draft.Name)))
		titles = max(titles, ansi.StringWidth(v.services.named(f.Draft.Provider).Title))
	}
	names, titles = min(names, w/3), min(titles, w/4)
	column := func(t string, w int) string { return draw.Pad(draw.Cut(t, w, s.Glyphs.Tail), w, "") }
	for i, f := range v.finds {
		if len(out)+1 == room && i+1 < len(v.finds) {
			return append(out, s.Muted.Render("  and "+strconv.Itoa(len(v.finds)-i)+" more"))
		}
		where := draw.Cut(v.told(f.Where), w-names-titles-6, s.Glyphs.Tail)
		out = append(out, "  "+s.Accent.Render(column(v.told(f.Draft.Name), names))+"  "+
			s.Text.Render(column(v.services.named(f.Draft.Provider).Title, titles))+"  "+s.Muted.Render(where))
	}
	if v.unusable > 0 && len(out) < room {
		more := strconv.Itoa(v.unusable) + " more cannot be used as it is: rollcall import says why"
		if v.unusable > 1 {
			more = strconv.Itoa(v.unusable) + " more cannot be used as they are: rollcall import says why"
		}
		out = append(out, s.Muted.Render(draw.Cut(more, w, s.Glyphs.Tail)))
	}
	return out
}
