package theme

import (
	"image/color"
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"rollcall/config"
)

// themed are the colours of a theme with the backgrounds that it is for: the
// selection's is among them.
type themed struct {
	name string
	roles
	grounds []string
}

func builtIn() []themed {
	return []themed{
		{"dark", darkTheme(), []string{"#000000", "#14171d", "#1e1e2e", "#282c34"}},
		{"light", lightTheme(), []string{"#ffffff", "#fafafa", "#f0f0f0", "#fdf6e3"}},
		{"high-contrast dark", contrastDarkTheme(), []string{"#000000", "#1e1e2e"}},
		{"high-contrast light", contrastLightTheme(), []string{"#ffffff", "#fdf6e3"}},
	}
}

// texts are the roles that are read, on the background and on the selection.
var texts = []string{"text", "muted", "accent", "stale", "ok", "warn", "fail", "title"}

// TestContrast holds every text to 4.5:1, which WCAG 2 asks for (7:1 in the
// themes for high contrast), and what only shows where the focus is to 3:1. It
// does so for the colours as they are and for the nearest of 256.
func TestContrast(t *testing.T) {
	for _, c := range builtIn() {
		least := 4.5
		if c.text != nil {
			least = 7
		}
		for depth, at := range map[string]func(color.Color) color.Color{
			"":        func(c color.Color) color.Color { return c },
			" of 256": func(c color.Color) color.Color { return ansi.Convert256(c) },
		} {
			atLeast := func(least float64, what string, a, b color.Color) {
				t.Helper()
				if r := contrast(at(a), b); r < least {
					t.Errorf("%s%s: %s has %.2f", c.name, depth, what, r)
				}
			}
			named := c.named()
			for _, role := range texts {
				ink := *named[role]
				if ink == nil {
					continue // the terminal's own
				}
				for _, g := range c.grounds {
					atLeast(least, role+" on "+g, ink, ansi.HexColor(g))
				}
				atLeast(4.5, role+" on the selection", ink, at(c.selection))
			}
			for _, g := range c.grounds {
				atLeast(3, "the focused border on "+g, c.borderFocused, ansi.HexColor(g))
			}
			atLeast(least, "the selected row", c.selectionText, at(c.selection))
			atLeast(4.5, "the badge", c.badgeText, at(c.badge))
		}
	}
}

// TestGrounds holds the white letters on each ground of a person to 5:1.
func TestGrounds(t *testing.T) {
	seen := map[string]bool{}
	for _, g := range grounds() {
		if r := contrast(color.White, ansi.HexColor(g)); r < 5 || seen[g] {
			t.Errorf("white on %s has %.1f; twice: %t", g, r, seen[g])
		}
		seen[g] = true
	}
	if Ground("u1") != Ground("u1") || Ground("u1") == Ground("u2") {
		t.Error("the ground does not go by the user")
	}
}

// apart is how far two colours must be from each other in Oklab: four times
// 0.02, which is where a difference begins to be seen.
const apart = 0.08

// TestColorBlindness sees ok, warn and fail as people do who lack one sort of
// cone, and demands that no two of them come near each other.
func TestColorBlindness(t *testing.T) {
	// Machado, Oliveira and Fernandes, "A Physiologically-based Model for
	// Simulation of Color Vision Deficiency" (2009), severity 1, on linear RGB.
	for kind, m := range map[string][3][3]float64{
		"all cones": {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
		"protanopia": {
			{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
		"deuteranopia": {
			{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
		"tritanopia": {
			{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
	} {
		for _, c := range builtIn() {
			for _, pair := range []struct {
				name string
				a, b color.Color
			}{{"ok and warn", c.ok, c.warn}, {"warn and fail", c.warn, c.fail}, {"ok and fail", c.ok, c.fail}} {
				if d := distance(seen(m, pair.a), seen(m, pair.b)); d < apart {
					t.Errorf("%s, %s: %s are %.3f apart", c.name, kind, pair.name, d)
				}
			}
		}
	}
}

// TestFewColors holds the themes of 16 colours to names that are apart, and to
// colours that can be read in the palettes of xterm and of the VGA console.
func TestFewColors(t *testing.T) {
	palettes := map[string][16]string{
		"xterm": {"#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5",
			"#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff"},
		"VGA": {"#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa",
			"#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff"},
	}
	for _, c := range []struct {
		name   string
		look   Look
		ground string
	}{
		{"dark", Look{Theme: "auto", Dark: true}, "#000000"},
		{"light", Look{Theme: "auto"}, "#ffffff"},
		{"high-contrast dark", Look{Theme: "high-contrast", Dark: true}, "#000000"},
		{"high-contrast light", Look{Theme: "high-contrast"}, "#ffffff"},
	} {
		c.look.FewColors = true
		th := c.look.roles()
		for role, ink := range th.named() {
			basic, ok := (*ink).(ansi.BasicColor)
			if *ink != nil && !ok {
				t.Errorf("%s: %s is %v, none of the 16", c.name, role, *ink)
			}
			if *ink == nil || !slices.Contains(texts, role) && role != "border_focused" {
				continue
			}
			for name, palette := range palettes {
				if r := contrast(ansi.HexColor(palette[basic]), ansi.HexColor(c.ground)); r < 4.5 {
					t.Errorf("%s: %s has %.2f on %s", c.name, role, r, name)
				}
			}
		}
		seen := map[color.Color]bool{}
		for _, ink := range []color.Color{th.ok, th.warn, th.fail, th.accent} {
			if seen[ink] {
				t.Errorf("%s: two of ok, warn, fail and accent are %v", c.name, ink)
			}
			seen[ink] = true
		}
		if th.border == th.borderFocused {
			t.Errorf("%s: the focus does not show in the border", c.name)
		}
		s := NewStyles(c.look)
		for _, k := range []Ink{s.Selected.Text, s.Selected.Muted, s.Selected.Fail, s.Badge} {
			if on := k.on; on != "\x1b[7m" && on != "\x1b[1;7m" {
				t.Errorf("%s: %q is not the terminal's own text reversed", c.name, on)
			}
		}
	}
}

// TestUserTheme takes the user's colours over those of the base.
func TestUserTheme(t *testing.T) {
	var th roles
	if got, want := slices.Sorted(maps.Keys(th.named())), config.ThemeRoles(); !slices.Equal(got, slices.Sorted(slices.Values(want))) {
		t.Errorf("the roles are %v, in a file %v", got, want)
	}
	look := Look{Theme: "dark", Dark: false, Colors: map[string]string{"ok": "#010203", "warn": "12", "fail": "200"}}
	th = look.roles()
	if th.ok != ansiColor("#010203") || th.warn != ansi.BasicColor(12) || th.fail != ansi.IndexedColor(200) || th.accent != darkTheme().accent {
		t.Errorf("got %+v", th)
	}
	look.FewColors = true
	th = look.roles()
	base := darkTheme16(false)
	if th.ok != base.ok || th.warn != ansi.BasicColor(12) || th.fail != base.fail {
		t.Errorf("with 16 colours %+v", th)
	}
	look.NoColor = true
	if look.roles() != (roles{}) {
		t.Error("without colours there are some")
	}
}

func ansiColor(hex string) color.Color {
	var c color.RGBA
	r, g, b, _ := ansi.HexColor(hex).RGBA()
	c.R, c.G, c.B, c.A = uint8(r>>8), uint8(g>>8), uint8(b>>8), 0xff
	return c
}

// contrast is the ratio of two colours as WCAG 2 defines it.
func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.Color) float64 {
	rgb := linear(c)
	return 0.2126*rgb[0] + 0.7152*rgb[1] + 0.0722*rgb[2]
}

// linear are the shares of red, green and blue light.
func linear(c color.Color) [3]float64 {
	share := func(v uint32) float64 {
		x := float64(v) / 0xffff
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	r, g, b, _ := c.RGBA()
	return [3]float64{share(r), share(g), share(b)}
}

// seen is the light as a sort of eye takes it.
func seen(m [3][3]float64, c color.Color) [3]float64 {
	return times(m, linear(c))
}

func times(m [3][3]float64, v [3]float64) (out [3]float64) {
	for i, row := range m {
		out[i] = row[0]*v[0] + row[1]*v[1] + row[2]*v[2]
	}
	return out
}

// distance is how far two lights are from each other in Oklab, in which equal
// steps look equal.
func distance(a, b [3]float64) float64 {
	oklab := func(rgb [3]float64) [3]float64 {
		lms := times([3][3]float64{
			{0.4122214708, 0.5363325363, 0.0514459929},
			{0.2119034982, 0.6806995451, 0.1073969566},
			{0.0883024619, 0.2817188376, 0.6299787005},
		}, rgb)
		for i, v := range lms {
			lms[i] = math.Cbrt(v)
		}
		return times([3][3]float64{
			{0.2104542553, 0.7936177850, -0.0040720468},
			{1.9779984951, -2.4285922050, 0.4505937099},
			{0.0259040371, 0.7827717662, -0.8086757660},
		}, lms)
	}
	la, lb := oklab(a), oklab(b)
	return math.Hypot(math.Hypot(la[0]-lb[0], la[1]-lb[1]), la[2]-lb[2])
}
