package ui

import (
	"strings"

	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// sampleConfig is the least that a configuration can be.
const sampleConfig = `[profiles.work]
provider = "katapult"
token    = { env = "KATAPULT_API_KEY" }`

// welcome is the screen of somebody who has no profiles.
type welcome struct {
	// first is set where there is no configuration yet, path is where it is or
	// would be.
	first bool
	path  string
	// problems is how many it has, problemKey shows them.
	problems   int
	problemKey string
	keys       hints
	// covered is set while an overlay has the keys.
	covered bool
	// finds are the accounts that this machine has, offered how many of them can be
	// added.
	finds    []Find
	offered  int
	services services
	// told is a text as it can be shown.
	told func(string) string
}

// lines are the screen, w by h cells.
func (v *welcome) lines(s *theme.Styles, width, h int) []string {
	w := min(72, width-6)
	roomy, tall := h >= 20, h >= 16
	var out []string
	say := func(k theme.Ink, text string) { out = append(out, draw.WrapIn(k, text, w)...) }
	gap := func() {
		if roomy {
			out = append(out, "")
		}
	}
	say(s.Brand, "rollcall")
	if tall {
		say(s.Text, "Who am I there, and is my token still good? One screen for all your accounts and API tokens.")
	}
	gap()
	switch {
	case !v.first:
		say(s.Text, "This configuration has no profiles yet:")
	case tall:
		say(s.Text, "There is no configuration yet. rollcall looked for it here:")
	default:
		say(s.Text, "No configuration yet. Looked here:")
	}
	say(s.Accent, draw.Cut(v.path, w, s.Glyphs.Tail))
	gap()
	if v.problems > 0 {
		say(s.Warn, s.Glyphs.Warn+" "+text.Plural(v.problems, "problem")+" in it: press "+v.problemKey)
		gap()
	}
	if v.offered > 0 {
		out = append(out, v.foundLines(s, w, max(1, h-len(out)-4))...)
		gap()
		return v.withKeys(out, s, width, h)
	}
	if tall {
		say(s.Text, "A profile is a service and where its token is:")
		gap()
	}
	for line := range strings.Lines(sampleConfig) {
		line = draw.Cut(strings.TrimSuffix(line, "\n"), w-2, s.Glyphs.Tail)
		out = append(out, s.Border.Render(s.Glyphs.Vertical)+" "+s.Strong.Render(line))
	}
	gap()
	return v.withKeys(out, s, width, h)
}

// withKeys are lines and the keys below them, on the middle of the screen.
func (v *welcome) withKeys(out []string, s *theme.Styles, width, h int) []string {
	w := min(72, width-6)
	keys := v.keys.wrapped(s, w)
	if v.covered {
		// The keys are the overlay's; nothing moves when they go.
		keys = make([]string, len(keys))
	}
	return centred(append(out, keys...), w, width, h)
}

// wrapped are the keys that stay, in as many lines of w cells as they need.
func (h hints) wrapped(s *theme.Styles, w int) []string {
	line, width := "", 0
	var out []string
	for _, one := range h.last {
		if width > 0 && width+one.width() > w {
			out, line, width = append(out, line), "", 0
		}
		if width > 0 {
			line += "   "
		}
		line += s.Strong.Render(one.key) + " " + s.Muted.Render(one.does)
		width += one.width()
	}
	return append(out, line)
}

// centred puts lines of at most w cells on the middle of a screen.
func centred(lines []string, w, width, height int) []string {
	top := max(0, (height-len(lines))/2)
	left := max(0, (width-w)/2)
	out := draw.Blank(width, height)
	for i, l := range lines[:min(len(lines), height)] {
		out[top+i] = draw.Pad(draw.Spaces(left)+l, width, "")
	}
	return out
}

// tooSmall is what is said where nothing fits.
func tooSmall(width, height int) []string {
	text := "rollcall needs 40x10 cells: enlarge the window"
	return centred(draw.Wrap(text, width), min(width, draw.Width(text)), width, height)
}
