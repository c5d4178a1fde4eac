package ui

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"

	"rollcall/client/account"
)

// ink writes text in one style. It keeps the style's codes, since the screen
// is drawn far more often than the theme changes.
type ink struct{ on, off string }

func newInk(s lipgloss.Style) ink {
	on, off, _ := strings.Cut(s.Render("x"), "x")
	return ink{on, off}
}

func (i ink) write(s string) string {
	if s == "" || i.on == "" {
		return s
	}
	return i.on + s + i.off
}

// inks are the styles of text on one background.
type inks struct {
	text, strong, muted, accent, match ink
	// stale is for values of an earlier answer.
	stale                      ink
	ok, warn, fail             ink
	okBold, warnBold, failBold ink
}

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

// bold is the ink for the word of a state.
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
	// inks are those on the terminal's background; selected those on the
	// selected row.
	inks
	selected                                   inks
	border, borderFocused, title, titleFocused ink
	brand                                      ink
	badge, problem                             ink
	glyphs                                     *glyphs
	ascii                                      bool
	// pictures is set where there are colours enough for them.
	pictures bool
}

// NewStyles makes the styles of a look.
func NewStyles(l Look) *Styles {
	t, base := l.theme(), lipgloss.NewStyle()
	s := &Styles{glyphs: newGlyphs(l.ASCII), ascii: l.ASCII}
	if l.Console {
		s.glyphs, s.ascii = consoleGlyphs(), true
	}
	s.pictures = !s.ascii && !l.NoColor && !l.FewColors && l.Theme != "mono"
	s.inks = newInks(t, base)
	s.border, s.borderFocused = newInk(paint(base, t.border)), newInk(paint(base, t.borderFocused))
	s.title, s.titleFocused = newInk(paint(base, t.title)), newInk(paint(base, t.accent).Bold(true))
	s.brand = newInk(paint(base, t.accent).Bold(true))
	s.problem = newInk(paint(base, t.warn).Bold(true))
	if t.borderFocused == nil {
		s.borderFocused = newInk(base.Bold(true))
	}
	if t.accent == nil {
		s.titleFocused = newInk(base.Bold(true).Reverse(true))
	}
	if t.badge == nil {
		s.badge = newInk(base.Bold(true).Reverse(true))
	} else {
		s.badge = newInk(paint(base, t.badgeText).Background(t.badge).Bold(true))
	}
	if t.selection == nil {
		// Reversed colours of text are not sure to be readable.
		s.selected = newInks(theme{}, base.Reverse(true))
	} else {
		// The terminal's own text may not be readable on our ground.
		t.text = t.selectionText
		s.selected = newInks(t, base.Background(t.selection))
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

func newInks(t theme, base lipgloss.Style) inks {
	fg := func(c color.Color) lipgloss.Style { return paint(base, c) }
	i := inks{
		text: newInk(fg(t.text)), strong: newInk(fg(t.text).Bold(true)),
		muted: newInk(fg(t.muted)), accent: newInk(fg(t.accent)), stale: newInk(fg(t.stale)),
		match: newInk(fg(t.accent).Bold(true).Underline(true)),
		ok:    newInk(fg(t.ok)), warn: newInk(fg(t.warn)), fail: newInk(fg(t.fail)),
		okBold: newInk(fg(t.ok).Bold(true)), warnBold: newInk(fg(t.warn).Bold(true)),
		failBold: newInk(fg(t.fail).Bold(true)),
	}
	if t.accent == nil {
		i.accent = newInk(base.Bold(true))
	}
	if t.fail == nil {
		i.fail = newInk(base.Bold(true))
	}
	return i
}
