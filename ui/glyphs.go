package ui

import "rollcall/client/account"

// glyphs are the characters that a terminal without Unicode draws otherwise.
// Each is one cell wide, but for tail.
type glyphs struct {
	// The marks of the severities.
	ok, warn, fail, none string
	// The corners and lines of a frame, and the part of a line that shows what
	// is in sight.
	topLeft, topRight, bottomLeft, bottomRight string
	horizontal, vertical, thumb                string
	// marker stands before what is selected, arrow before what to do, prompt
	// before what is looked for.
	marker, arrow, prompt string
	// dot is between two facts, tail after a text that is cut.
	dot, tail string
	// The two parts of a gauge.
	full, empty string
	// changed marks news, active the active profile, missing what is not known.
	changed, active, missing string
	// The order of a column, rising and falling.
	up, down string
	// bar leads to a point on an axis of time, tick is a mark of the axis.
	bar, tick string
	// parts are the eighths of a full block, where there are such; levels the
	// bars of a sparkline; spinner the frames of what goes on.
	parts, levels, spinner []string
}

func newGlyphs(ascii bool) *glyphs {
	if ascii {
		return &glyphs{
			ok: "o", warn: "!", fail: "x", none: "-",
			topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
			horizontal: "-", vertical: "|", thumb: "#",
			marker: ">", arrow: ">", dot: "-", tail: "...", missing: "?", prompt: "/",
			full: "#", empty: ".", changed: "*", active: "@", up: "^", down: "v", bar: "=", tick: "+",
			levels:  []string{"_", ".", "-", "=", "+", "*", "#"},
			spinner: []string{"|", "/", "-", `\`},
		}
	}
	return &glyphs{
		ok: "●", warn: "▲", fail: "✗", none: "○",
		topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯",
		horizontal: "─", vertical: "│", thumb: "┃",
		marker: "▌", arrow: "→", dot: "·", tail: "…", missing: "·", prompt: "/",
		full: "█", empty: "░", changed: "◆", active: "★", up: "▲", down: "▼", bar: "━", tick: "┬",
		parts:   []string{"▏", "▎", "▍", "▌", "▋", "▊", "▉"},
		levels:  []string{"▁", "▂", "▃", "▄", "▅", "▆", "▇"},
		spinner: []string{"⠋", "⠙", "⠸", "⠴", "⠦", "⠇"},
	}
}

// consoleGlyphs are those of ASCII with the lines and blocks that every font of
// the Linux console has.
func consoleGlyphs() *glyphs {
	g := newGlyphs(true)
	g.topLeft, g.topRight, g.bottomLeft, g.bottomRight = "┌", "┐", "└", "┘"
	g.horizontal, g.vertical, g.thumb = "─", "│", "║"
	g.dot, g.missing, g.full, g.empty, g.bar, g.tick = "·", "·", "█", "░", "═", "┬"
	g.marker, g.levels = "▌", []string{"_", "▄", "█"}
	return g
}

// mark is the sign of a severity.
func (g *glyphs) mark(s account.Severity) string {
	switch s {
	case account.SeverityOK:
		return g.ok
	case account.SeverityWarn:
		return g.warn
	case account.SeverityFail:
		return g.fail
	default:
		return g.none
	}
}

// quote puts the person's own words in quotation marks.
func (g *glyphs) quote(s string) string {
	if len(g.parts) == 0 {
		return `"` + s + `"`
	}
	return "“" + s + "”"
}

// Mark is the sign of a severity, one cell wide.
func Mark(s account.Severity, ascii bool) string { return newGlyphs(ascii).mark(s) }
