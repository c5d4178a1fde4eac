package ui

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/config"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// ChooserOptions are what a list of finds needs from outside.
type ChooserOptions struct {
	Finds    []Find
	Services []account.ServiceInfo
	// Told is a text as it can be shown.
	Told func(string) string
	// Ask asks the service of a draft whose account it is.
	Ask func(context.Context, config.Draft) account.Snapshot
	// Check has the services be asked at once.
	Check bool
	Look  theme.Look
	Mouse bool
}

// Chooser is the list of the accounts that a machine has, alone on the terminal: what
// the command import shows.
type Chooser struct {
	options ChooserOptions
	keys    KeyMap
	styles  *theme.Styles
	dialog  *findsDialog
	w, h    int
	chosen  []config.Draft
}

// NewChooser makes a list of finds.
func NewChooser(o ChooserOptions) *Chooser {
	return &Chooser{
		options: o, keys: DefaultKeyMap(), styles: theme.NewStyles(o.Look),
		dialog: newFindsDialog(o.Finds, o.Services, o.Told, o.Ask != nil),
	}
}

// Chosen are the profiles that the person wants; none where the list was left.
func (c *Chooser) Chosen() []config.Draft { return c.chosen }

// Init asks for the background colour, and the services where that is wanted.
func (c *Chooser) Init() tea.Cmd {
	if c.options.Check && c.options.Ask != nil {
		return tea.Batch(tea.RequestBackgroundColor, c.follow(c.dialog.ask()))
	}
	return tea.RequestBackgroundColor
}

// Update takes in a message.
func (c *Chooser) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		c.w, c.h = msg.Width, msg.Height
		c.dialog.SetSize(msg.Width, msg.Height)
	case tea.BackgroundColorMsg:
		c.options.Look.Dark = msg.IsDark()
		c.styles = theme.NewStyles(c.options.Look)
	case findCheckedMsg:
		c.dialog.answered(msg.find, msg.answer)
	case tea.MouseClickMsg:
		x, y := draw.Corner(c.dialog.View(c.styles), c.w, c.h)
		return c, c.follow(c.dialog.Click(msg.X-x, msg.Y-y))
	case tea.MouseWheelMsg:
		c.dialog.Scroll(map[tea.MouseButton]int{tea.MouseWheelUp: -1, tea.MouseWheelDown: 1}[msg.Button])
	case tea.KeyPressMsg:
		if key.Matches(msg, c.keys.Quit) {
			return c, tea.Quit
		}
		return c, c.follow(c.dialog.HandleKey(msg, &c.keys))
	}
	return c, nil
}

// follow does what the list wants done.
func (c *Chooser) follow(r reply) tea.Cmd {
	switch w := r.wish.(type) {
	case addFindsWish:
		c.chosen = w.drafts
	case checkFindsWish:
		return checkFinds(w, c.options.Ask)
	}
	if r.close {
		return tea.Quit
	}
	return nil
}

// View draws the list on the middle of the screen.
func (c *Chooser) View() tea.View {
	v := tea.NewView(c.draw())
	v.AltScreen, v.WindowTitle = true, "rollcall import"
	if c.options.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}

func (c *Chooser) draw() string {
	switch {
	case c.w <= 0 || c.h <= 0:
		return ""
	case c.w < minWidth || c.h < minHeight:
		return strings.Join(tooSmall(c.w, c.h), "\n")
	}
	return draw.Overlaid(draw.Blank(c.w, c.h), [][]string{c.dialog.View(c.styles)}, c.w, c.styles.Dimmed)
}
