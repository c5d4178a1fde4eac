package ui

import (
	"image/color"
	"strconv"

	"charm.land/lipgloss/v2"
)

// theme gives each role on the screen its colour; nil is the terminal's own.
// What a role without a colour needs to be seen, bold or reversed text, it
// gets from the styles: the zero theme is the one without colours.
type theme struct {
	text, muted, accent color.Color
	// stale is for what an earlier answer said.
	stale                        color.Color
	title, border, borderFocused color.Color
	ok, warn, fail               color.Color
	selection, selectionText     color.Color
	badge, badgeText             color.Color
}

// roles are the colours by the names that a theme file has for them.
func (t *theme) roles() map[string]*color.Color {
	return map[string]*color.Color{
		"text": &t.text, "muted": &t.muted, "accent": &t.accent, "stale": &t.stale,
		"title": &t.title, "border": &t.border, "border_focused": &t.borderFocused,
		"ok": &t.ok, "warn": &t.warn, "fail": &t.fail,
		"selection": &t.selection, "selection_text": &t.selectionText,
		"badge": &t.badge, "badge_text": &t.badgeText,
	}
}

// Look is what decides how everything looks.
type Look struct {
	// Theme is auto, dark, light, high-contrast or mono. Colors are those of
	// its roles that the person wants otherwise, "#rrggbb" or 0 to 255.
	Theme  string
	Colors map[string]string
	// Dark says what the terminal's background is, or is taken for.
	Dark bool
	// NoColor is for a terminal without colours, FewColors for one of 16.
	NoColor, FewColors bool
	// ASCII draws without Unicode; Console with its lines and bars, but
	// without the marks that the font of the Linux console does not have.
	ASCII, Console bool
}

// theme is the one that fits the terminal.
func (l Look) theme() theme {
	if l.NoColor {
		return theme{}
	}
	t := l.builtIn()
	for name, c := range t.roles() {
		wish, ok := l.Colors[name]
		if n, err := strconv.Atoi(wish); !ok || l.FewColors && (err != nil || n > 15) {
			// What another colour would become with 16 of them, nobody chose.
			continue
		}
		*c = lipgloss.Color(wish)
	}
	return t
}

func (l Look) builtIn() theme {
	dark := l.Dark && l.Theme != "light" || l.Theme == "dark"
	strong := l.Theme == "high-contrast"
	switch {
	case l.Theme == "mono":
		return theme{}
	case l.FewColors && dark:
		return darkTheme16(strong)
	case l.FewColors:
		return lightTheme16(strong)
	case strong && dark:
		return contrastDarkTheme()
	case strong:
		return contrastLightTheme()
	case dark:
		return darkTheme()
	default:
		return lightTheme()
	}
}
