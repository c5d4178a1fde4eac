package theme

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"

	"rollcall/client/account"
)

// Ink is one style of text. It keeps the style's codes, since the screen is
// drawn far more often than the theme changes.
type Ink struct{ on, off string }

func newInk(s lipgloss.Style) Ink {
	on, off, _ := strings.Cut(s.Render("x"), "x")
	return Ink{on, off}
}

// Render is the text in the ink's style.
func (i Ink) Render(s string) string {
	if s == "" || i.on == "" {
		return s
	}
	return i.on + s + i.off
}

// Inks are the styles of text on one background.
type Inks struct {
	// Plain text, what stands out of it, what matters less, and what leads the
	// eye.
	Text, Strong, Muted, Accent Ink
	// Match is for what a query found in a text.
	Match Ink
	// Stale is for values of an earlier answer.
	Stale Ink
	// What is well, what should be looked at, and what is wrong.
	OK, Warn, Fail             Ink
	okBold, warnBold, failBold Ink
}

// Severity is the ink of a severity.
func (i *Inks) Severity(s account.Severity) Ink {
	switch s {
	case account.SeverityOK:
		return i.OK
	case account.SeverityWarn:
		return i.Warn
	case account.SeverityFail:
		return i.Fail
	default:
		return i.Muted
	}
}

// Bold is the ink of a severity for the word that names a state.
func (i *Inks) Bold(s account.Severity) Ink {
	switch s {
	case account.SeverityOK:
		return i.okBold
	case account.SeverityWarn:
		return i.warnBold
	case account.SeverityFail:
		return i.failBold
	default:
		return i.Strong
	}
}

// Styles is how everything looks.
type Styles struct {
	// The inks on the terminal's background, and those on a selected row.
	Inks
	Selected Inks
	// The frame of a pane and its title, without the focus and with it.
	Border, BorderFocused, Title, TitleFocused Ink
	// Brand is for the name of the program.
	Brand Ink
	// Badge is for a word that must not be overlooked.
	Badge Ink
	// Problem is for what has to be mended.
	Problem Ink
	// Dimmed is for all that lies behind a dialog.
	Dimmed Ink
	// Glyphs are the characters that are not letters.
	Glyphs *Glyphs
	// ASCII is set where there are few characters besides ASCII.
	ASCII bool
	// Pictures is set where there are colours enough for them.
	Pictures bool
}

// NewStyles makes the styles of a look.
func NewStyles(l Look) *Styles {
	r, base := l.roles(), lipgloss.NewStyle()
	s := &Styles{Glyphs: newGlyphs(l.ASCII), ASCII: l.ASCII}
	if l.Console {
		s.Glyphs, s.ASCII = consoleGlyphs(), true
	}
	s.Pictures = !s.ASCII && !l.NoColor && !l.FewColors && l.Theme != "mono"
	s.Inks = newInks(r, base)
	s.Border, s.BorderFocused = newInk(paint(base, r.border)), newInk(paint(base, r.borderFocused))
	s.Title, s.TitleFocused = newInk(paint(base, r.title)), newInk(paint(base, r.accent).Bold(true))
	s.Brand = newInk(paint(base, r.accent).Bold(true))
	s.Problem = newInk(paint(base, r.warn).Bold(true))
	s.Dimmed = newInk(paint(base, r.border).Faint(r.border == nil || l.FewColors || l.Theme == "high-contrast"))
	if r.borderFocused == nil {
		s.BorderFocused = newInk(base.Bold(true))
	}
	if r.accent == nil {
		s.TitleFocused = newInk(base.Bold(true).Reverse(true))
	}
	if r.badge == nil {
		s.Badge = newInk(base.Bold(true).Reverse(true))
	} else {
		s.Badge = newInk(paint(base, r.badgeText).Background(r.badge).Bold(true))
	}
	if r.selection == nil {
		// Reversed colours of text are not sure to be readable.
		s.Selected = newInks(roles{}, base.Reverse(true))
	} else {
		// The terminal's own text may not be readable on our ground.
		r.text = r.selectionText
		s.Selected = newInks(r, base.Background(r.selection))
	}
	return s
}

// paint colours a style; no colour leaves the terminal's own.
func paint(s lipgloss.Style, c color.Color) lipgloss.Style {
	if c == nil {
		return s
	}
	return s.Foreground(c)
}

func newInks(r roles, base lipgloss.Style) Inks {
	fg := func(c color.Color) lipgloss.Style { return paint(base, c) }
	i := Inks{
		Text: newInk(fg(r.text)), Strong: newInk(fg(r.text).Bold(true)),
		Muted: newInk(fg(r.muted)), Accent: newInk(fg(r.accent)), Stale: newInk(fg(r.stale)),
		Match: newInk(fg(r.accent).Bold(true).Underline(true)),
		OK:    newInk(fg(r.ok)), Warn: newInk(fg(r.warn)), Fail: newInk(fg(r.fail)),
		okBold: newInk(fg(r.ok).Bold(true)), warnBold: newInk(fg(r.warn).Bold(true)),
		failBold: newInk(fg(r.fail).Bold(true)),
	}
	if r.accent == nil {
		i.Accent = newInk(base.Bold(true))
	}
	if r.fail == nil {
		i.Fail = newInk(base.Bold(true))
	}
	return i
}
