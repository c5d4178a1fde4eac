package ui

import "rollcall/client/account"

// glyphs are the characters that a terminal without Unicode draws otherwise.
type glyphs struct {
	ok, warn, fail, none string
	// corners and lines of a frame
	topLeft, topRight, bottomLeft, bottomRight string
	horizontal, vertical, thumb                string
	// marker stands before what is selected.
	marker, arrow, dot, tail, missing, prompt string
	full, empty                               string
	// changed marks news; up and down the order of a column.
	changed, up, down string
	// active marks the active profile.
	active string
	// bar leads to a point on the axis of time, tick is a mark of the axis.
	bar, tick string
	// parts are the eighths of a full block; levels the bars of a sparkline.
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
