package ui

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// Opening is what is seen while a large configuration is read: how the profiles stood
// when they were last asked. A key does nothing here but leave, and none waits for the
// dashboard: it would act on a profile that nobody has seen selected.
type Opening struct {
	standings     []Standing
	counts        map[account.Severity]int
	styles        *theme.Styles
	width, height int
	// held is what the terminal said of itself, in its order.
	held []tea.Msg
}

// Standing is the name of a profile with the state that it was last found in.
type Standing struct {
	Name  string
	State account.State
}

// OpenedMsg puts the dashboard in the place of an [Opening]. Command is what the
// dashboard wants done by then; nil for nothing.
type OpenedMsg struct {
	Model   *Model
	Command tea.Cmd
}

// NewOpening makes one of the standings, on a terminal as the options describe it. The
// colours of the person are not known yet, so that it has none.
func NewOpening(all []Standing, o Options) *Opening {
	v := &Opening{
		counts: map[account.Severity]int{},
		styles: theme.NewStyles(theme.Look{Theme: "mono", NoColor: o.NoColor, FewColors: o.FewColors, ASCII: o.ASCII, Console: o.Console}),
	}
	alike := map[int][]Standing{}
	for _, s := range all {
		severity := s.State.Severity()
		v.counts[severity]++
		alike[urgency(severity)] = append(alike[urgency(severity)], s)
	}
	for _, urgency := range slices.Sorted(maps.Keys(alike)) {
		v.standings = append(v.standings, alike[urgency]...)
	}
	return v
}

// Init does nothing.
func (v *Opening) Init() tea.Cmd { return nil }

// Update holds what the terminal says of itself for the dashboard, which gets all of that
// when it is there.
func (v *Opening) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case OpenedMsg:
		// Its own beginning comes first, as it would without this one.
		cmds := []tea.Cmd{msg.Model.Init(), msg.Command}
		for _, held := range v.held {
			_, cmd := msg.Model.Update(held)
			cmds = append(cmds, cmd)
		}
		return msg.Model, tea.Batch(cmds...)
	case tea.KeyPressMsg:
		if msg.Text == "q" || msg.Code == 'c' && msg.Mod.Contains(tea.ModCtrl) {
			return v, tea.Quit
		}
		return v, nil
	case tea.KeyMsg, tea.MouseMsg, tea.PasteMsg, tea.PasteStartMsg, tea.PasteEndMsg:
		return v, nil
	case tea.WindowSizeMsg:
		v.width, v.height = msg.Width, msg.Height
	}
	v.held = append(v.held, msg)
	return v, nil
}

// View draws the list.
func (v *Opening) View() tea.View {
	screen := tea.NewView(strings.Join(v.lines(), "\n"))
	screen.AltScreen, screen.ReportFocus, screen.WindowTitle = true, true, "rollcall"
	return screen
}

// lines are the screen: how many profiles there are of each kind, those that need
// somebody first, and what is waited for.
func (v *Opening) lines() []string {
	if v.width <= 0 || v.height < 2 {
		return nil
	}
	s := v.styles
	line := func(text string) string { return draw.Pad(text, v.width, s.Glyphs.Tail) }
	head := []string{"rollcall", text.Plural(len(v.standings), "profile")}
	for _, severity := range []account.Severity{account.SeverityFail, account.SeverityWarn, account.SeverityOK} {
		if n := v.counts[severity]; n > 0 {
			head = append(head, fmt.Sprintf("%s %d", s.Glyphs.Mark(severity), n))
		}
	}
	out := []string{s.Strong.Render(line(" " + strings.Join(head, "  ")))}
	for _, one := range v.standings[:min(len(v.standings), v.height-2)] {
		out = append(out, line(fmt.Sprintf(" %s %s %s", s.Glyphs.Mark(one.State.Severity()), draw.Pad(one.State.Word(), stateWidth, ""), text.Printable(one.Name))))
	}
	for len(out) < v.height-1 {
		out = append(out, line(""))
	}
	return append(out, s.Muted.Render(line(" As it was when rollcall last asked. The configuration is being read "+s.Glyphs.Tail+" q quits")))
}
