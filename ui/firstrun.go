package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/text"
)

// sampleConfig is the least that a configuration can be.
const sampleConfig = `[profiles.work]
provider = "katapult"
token    = { env = "KATAPULT_API_KEY" }`

// welcome is the screen of somebody who has no profiles.
func (m *Model) welcome() []string {
	s, w := m.styles, min(72, m.width-6)
	roomy, tall := m.height >= 20, m.height >= 16
	var out []string
	say := func(k ink, text string) { out = append(out, sentence(s, k, text, w)...) }
	gap := func() {
		if roomy {
			out = append(out, "")
		}
	}
	say(s.brand, "rollcall")
	if tall {
		say(s.text, "Who am I there, and is my token still good? One screen for all your accounts and API tokens.")
	}
	gap()
	switch {
	case !m.options.FirstRun:
		say(s.text, "This configuration has no profiles yet:")
	case tall:
		say(s.text, "There is no configuration yet. rollcall looked for it here:")
	default:
		say(s.text, "No configuration yet. Looked here:")
	}
	say(s.accent, cut(m.told(text.Printable(m.config.Path)), w, s.glyphs.tail))
	gap()
	if n := len(m.config.Problems) + len(m.keyProblems); n > 0 {
		say(s.warn, s.glyphs.warn+" "+plural(n, "problem")+" in it: press "+firstKey(m.keys.Problems, s.ascii))
		gap()
	}
	if tall {
		say(s.text, "A profile is a service and where its token is:")
		gap()
	}
	for line := range strings.Lines(sampleConfig) {
		line = cut(strings.TrimSuffix(line, "\n"), w-2, s.glyphs.tail)
		out = append(out, s.border.write(s.glyphs.vertical)+" "+s.strong.write(line))
	}
	gap()
	keys := m.welcomeKeys(w)
	if m.top() != nil {
		// The keys are the overlay's; nothing moves when they go.
		keys = make([]string, len(keys))
	}
	return m.centre(append(out, keys...), w)
}

// welcomeKeys are the keys of the screen, in as many lines of w as they need.
func (m *Model) welcomeKeys(w int) []string {
	s, line, width := m.styles, "", 0
	var out []string
	for _, h := range m.welcomeHints() {
		if width > 0 && width+h.width() > w {
			out, line, width = append(out, line), "", 0
		}
		if width > 0 {
			line += "   "
		}
		line += s.strong.write(h.key) + " " + s.muted.write(h.does)
		width += h.width()
	}
	return append(out, line)
}

// centre puts lines of at most w cells on the middle of the screen.
func (m *Model) centre(lines []string, w int) []string {
	top := max(0, (m.height-len(lines))/2)
	left := max(0, (m.width-w)/2)
	out := blank(m.width, m.height)
	for i, l := range lines[:min(len(lines), m.height)] {
		out[top+i] = pad(spaces(left)+l, m.width, "")
	}
	return out
}

// tooSmall is what is said where nothing fits.
func (m *Model) tooSmall() []string {
	text := "rollcall needs 40x10 cells: enlarge the window"
	lines := wrap(text, m.width)
	return m.centre(lines, min(m.width, ansi.StringWidth(text)))
}
