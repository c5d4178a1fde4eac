package ui

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"

	"rollcall/client"
)

// palette gives each role on the screen its colour; nil is the terminal's own.
// The colours of ok, warn and fail differ in lightness too, so that they stay
// apart for people who do not see red and green.
type palette struct {
	text, muted, accent      color.Color
	border, borderFocused    color.Color
	ok, warn, fail           color.Color
	selection, selectionText color.Color
	badge, badgeText         color.Color
}

// darkPalette is for any background from black to a dark grey.
func darkPalette() palette {
	return palette{
		muted: lipgloss.Color("#9da3b8"), accent: lipgloss.Color("#b9a5ff"),
		border: lipgloss.Color("#4d5269"), borderFocused: lipgloss.Color("#b9a5ff"),
		ok: lipgloss.Color("#4fdcb0"), warn: lipgloss.Color("#f7c04a"), fail: lipgloss.Color("#ff8a93"),
		selection: lipgloss.Color("#33364d"), selectionText: lipgloss.Color("#f4f3fa"),
		badge: lipgloss.Color("#b9a5ff"), badgeText: lipgloss.Color("#1b1830"),
	}
}

// lightPalette is for any background from white to cream.
func lightPalette() palette {
	return palette{
		muted: lipgloss.Color("#5f6375"), accent: lipgloss.Color("#6239c9"),
		border: lipgloss.Color("#b4b8c8"), borderFocused: lipgloss.Color("#6239c9"),
		ok: lipgloss.Color("#006b53"), warn: lipgloss.Color("#855300"), fail: lipgloss.Color("#b81f3a"),
		selection: lipgloss.Color("#e6e1f9"), selectionText: lipgloss.Color("#1b1830"),
		badge: lipgloss.Color("#6239c9"), badgeText: lipgloss.Color("#ffffff"),
	}
}

func highContrastPalette(dark bool) palette {
	if dark {
		return palette{
			text: lipgloss.Color("#ffffff"), muted: lipgloss.Color("#e4e4e4"), accent: lipgloss.Color("#7fe9ff"),
			border: lipgloss.Color("#c0c0c0"), borderFocused: lipgloss.Color("#7fe9ff"),
			ok: lipgloss.Color("#6effa8"), warn: lipgloss.Color("#ffe14d"), fail: lipgloss.Color("#ffb0b0"),
			selection: lipgloss.Color("#00356b"), selectionText: lipgloss.Color("#ffffff"),
			badge: lipgloss.Color("#7fe9ff"), badgeText: lipgloss.Color("#000000"),
		}
	}
	return palette{
		text: lipgloss.Color("#000000"), muted: lipgloss.Color("#262626"), accent: lipgloss.Color("#0000b8"),
		border: lipgloss.Color("#303030"), borderFocused: lipgloss.Color("#0000b8"),
		ok: lipgloss.Color("#00452c"), warn: lipgloss.Color("#553300"), fail: lipgloss.Color("#870000"),
		selection: lipgloss.Color("#cfe3ff"), selectionText: lipgloss.Color("#000000"),
		badge: lipgloss.Color("#0000b8"), badgeText: lipgloss.Color("#ffffff"),
	}
}

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
	ok, warn, fail                     ink
	okBold, warnBold, failBold         ink
}

func (i *inks) severity(s client.Severity) ink {
	switch s {
	case client.SeverityOK:
		return i.ok
	case client.SeverityWarn:
		return i.warn
	case client.SeverityFail:
		return i.fail
	default:
		return i.muted
	}
}

// bold is the ink for the word of a state.
func (i *inks) bold(s client.Severity) ink {
	switch s {
	case client.SeverityOK:
		return i.okBold
	case client.SeverityWarn:
		return i.warnBold
	case client.SeverityFail:
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
}

// NewStyles makes the styles of a theme: auto, dark, light, high-contrast or
// mono. Dark says what the terminal's background is, or is taken for.
func NewStyles(theme string, dark, noColor, ascii bool) *Styles {
	var p palette
	mono := noColor || theme == "mono"
	switch {
	case mono:
	case theme == "high-contrast":
		p = highContrastPalette(dark)
	case theme == "light", theme != "dark" && !dark:
		p = lightPalette()
	default:
		p = darkPalette()
	}
	base := lipgloss.NewStyle()
	s := &Styles{glyphs: newGlyphs(ascii), ascii: ascii}
	s.inks = newInks(p, base, mono)
	if mono {
		s.selected = newInks(p, base.Reverse(true), mono)
	} else {
		// The terminal's own text may not be readable on our ground.
		onSelection := p
		onSelection.text = p.selectionText
		s.selected = newInks(onSelection, base.Background(p.selection), mono)
	}
	fg := func(c color.Color) lipgloss.Style { return paint(base, c) }
	s.border, s.borderFocused = newInk(fg(p.border)), newInk(fg(p.borderFocused))
	s.title, s.titleFocused = newInk(fg(p.text)), newInk(fg(p.accent).Bold(true))
	s.badge = newInk(paint(base, p.badgeText).Background(p.badge).Bold(true))
	s.brand = newInk(fg(p.accent).Bold(true))
	s.problem = newInk(fg(p.warn).Bold(true))
	if mono {
		s.borderFocused = newInk(base.Bold(true))
		s.titleFocused = newInk(base.Bold(true).Reverse(true))
		s.badge = newInk(base.Reverse(true))
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

func newInks(p palette, base lipgloss.Style, mono bool) inks {
	fg := func(c color.Color) lipgloss.Style { return paint(base, c) }
	i := inks{
		text: newInk(fg(p.text)), strong: newInk(fg(p.text).Bold(true)),
		muted: newInk(fg(p.muted)), accent: newInk(fg(p.accent)),
		match: newInk(fg(p.accent).Bold(true).Underline(true)),
		ok:    newInk(fg(p.ok)), warn: newInk(fg(p.warn)), fail: newInk(fg(p.fail)),
		okBold: newInk(fg(p.ok).Bold(true)), warnBold: newInk(fg(p.warn).Bold(true)),
		failBold: newInk(fg(p.fail).Bold(true)),
	}
	if mono {
		i.accent, i.fail = newInk(base.Bold(true)), newInk(base.Bold(true))
	}
	return i
}
