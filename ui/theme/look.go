package theme

import (
	"strconv"

	"charm.land/lipgloss/v2"
)

// Look is what decides how everything looks.
type Look struct {
	// Theme is auto, dark, light, high-contrast or mono.
	Theme string
	// Colors are those of its roles that the person wants otherwise, "#rrggbb"
	// or 0 to 255.
	Colors map[string]string
	// Dark says what the terminal's background is, or is taken for.
	Dark bool
	// NoColor is for a terminal without colours, FewColors for one of 16.
	NoColor, FewColors bool
	// ASCII draws without Unicode; Console with its lines and bars, but
	// without the marks that the font of the Linux console does not have.
	ASCII, Console bool
}

// roles are the colours that fit the terminal.
func (l Look) roles() roles {
	if l.NoColor {
		return roles{}
	}
	r := l.builtIn()
	for name, c := range r.named() {
		wish, ok := l.Colors[name]
		if n, err := strconv.Atoi(wish); !ok || l.FewColors && (err != nil || n > 15) {
			// What another colour would become with 16 of them, nobody chose.
			continue
		}
		*c = lipgloss.Color(wish)
	}
	return r
}

// builtIn are the colours before the person's own.
func (l Look) builtIn() roles {
	dark := l.Dark && l.Theme != "light" || l.Theme == "dark"
	strong := l.Theme == "high-contrast"
	switch {
	case l.Theme == "mono":
		return roles{}
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
