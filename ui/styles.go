package ui

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"

	"rollcall/client/account"
)

// ink is one style of text. It keeps the style's codes, since the screen is
// drawn far more often than the theme changes.
type ink struct{ on, off string }

func newInk(s lipgloss.Style) ink {
	on, off, _ := strings.Cut(s.Render("x"), "x")
	return ink{on, off}
}

// write is the text in the ink's style.
func (i ink) write(s string) string {
	if s == "" || i.on == "" {
		return s
	}
	return i.on + s + i.off
}

// inks are the styles of text on one background.
type inks struct {
	// Plain text, what stands out of it, what matters less, and what leads the
	// eye.
	text, strong, muted, accent ink
	// match is for what a query found in a text.
	match ink
	// stale is for values of an earlier answer.
	stale ink
	// What is well, what should be looked at, and what is wrong.
	ok, warn, fail             ink
	okBold, warnBold, failBold ink
}

// severity is the ink of a severity.
func (i *inks) severity(s account.Severity) ink {
	switch s {
	case account.SeverityOK:
		return i.ok
	case account.SeverityWarn:
		return i.warn
	case account.SeverityFail:
		return i.fail
	default:
		return i.muted
	}
}

// bold is the ink of a severity for the word that names a state.
func (i *inks) bold(s account.Severity) ink {
	switch s {
	case account.SeverityOK:
		return i.okBold
	case account.SeverityWarn:
		return i.warnBold
	case account.SeverityFail:
		return i.failBold
	default:
		return i.strong
	}
}

// Styles is how everything looks.
type Styles struct {
	// The inks on the terminal's background, and those on a selected row.
	inks
	selected inks
	// The frame of a pane and its title, without the focus and with it.
	border, borderFocused, title, titleFocused ink
	// brand is for the name of the program.
	brand ink
	// badge is for a word that must not be overlooked.
	badge ink
	// problem is for what has to be mended.
	problem ink
	// glyphs are the characters that are not letters.
	glyphs *glyphs
	// ascii is set where there are few characters besides ASCII.
	ascii bool
	// pictures is set where there are colours enough for them.
	pictures bool
}

// NewStyles makes the styles of a look.
func NewStyles(l Look) *Styles {
	r, base := l.roles(), lipgloss.NewStyle()
	s := &Styles{glyphs: newGlyphs(l.ASCII), ascii: l.ASCII}
	if l.Console {
		s.glyphs, s.ascii = consoleGlyphs(), true
	}
	s.pictures = !s.ascii && !l.NoColor && !l.FewColors && l.Theme != "mono"
	s.inks = newInks(r, base)
	s.border, s.borderFocused = newInk(paint(base, r.border)), newInk(paint(base, r.borderFocused))
	s.title, s.titleFocused = newInk(paint(base, r.title)), newInk(paint(base, r.accent).Bold(true))
	s.brand = newInk(paint(base, r.accent).Bold(true))
	s.problem = newInk(paint(base, r.warn).Bold(true))
	if r.borderFocused == nil {
		s.borderFocused = newInk(base.Bold(true))
	}
	if r.accent == nil {
		s.titleFocused = newInk(base.Bold(true).Reverse(true))
	}
	if r.badge == nil {
		s.badge = newInk(base.Bold(true).Reverse(true))
	} else {
		s.badge = newInk(paint(base, r.badgeText).Background(r.badge).Bold(true))
	}
	if r.selection == nil {
		// Reversed colours of text are not sure to be readable.
		s.selected = newInks(roles{}, base.Reverse(true))
	} else {
		// The terminal's own text may not be readable on our ground.
		r.text = r.selectionText
		s.selected = newInks(r, base.Background(r.selection))
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

func newInks(r roles, base lipgloss.Style) inks {
	fg := func(c color.Color) lipgloss.Style { return paint(base, c) }
	i := inks{
		text: newInk(fg(r.text)), strong: newInk(fg(r.text).Bold(true)),
		muted: newInk(fg(r.muted)), accent: newInk(fg(r.accent)), stale: newInk(fg(r.stale)),
		match: newInk(fg(r.accent).Bold(true).Underline(true)),
		ok:    newInk(fg(r.ok)), warn: newInk(fg(r.warn)), fail: newInk(fg(r.fail)),
		okBold: newInk(fg(r.ok).Bold(true)), warnBold: newInk(fg(r.warn).Bold(true)),
		failBold: newInk(fg(r.fail).Bold(true)),
	}
	if r.accent == nil {
		i.accent = newInk(base.Bold(true))
	}
	if r.fail == nil {
		i.fail = newInk(base.Bold(true))
	}
	return i
}
