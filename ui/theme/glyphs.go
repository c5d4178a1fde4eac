package theme

import "rollcall/client/account"

// Glyphs are the characters that a terminal without Unicode draws otherwise.
// Each is one cell wide, but for tail.
type Glyphs struct {
	// The marks of the severities.
	OK, Warn, Fail, None string
	// The corners and lines of a frame, and the part of a line that shows what
	// is in sight.
	TopLeft, TopRight, BottomLeft, BottomRight string
	Horizontal, Vertical, Thumb                string
	// Marker stands before what is selected, arrow before what to do, prompt
	// before what is looked for.
	Marker, Arrow, Prompt string
	// Marked stands before the name of a profile that the person has marked.
	Marked string
	// Dot is between two facts, tail after a text that is cut.
	Dot, Tail string
	// The two parts of a gauge.
	Full, Empty string
	// Changed marks news, active the active profile, missing what is not known.
	Changed, Active, Missing string
	// The order of a column, rising and falling.
	Up, Down string
	// What is below a heading is not seen, or is.
	Folded, Unfolded string
	// Tick is a mark of an axis of time.
	Tick string
	// Parts are the eighths of a full block, where there are such; levels the
	// bars of a sparkline; spinner the frames of what goes on.
	Parts, Levels, Spinner []string
}

func newGlyphs(ascii bool) *Glyphs {
	if ascii {
		return &Glyphs{
			OK: "o", Warn: "!", Fail: "x", None: "-",
			TopLeft: "+", TopRight: "+", BottomLeft: "+", BottomRight: "+",
			Horizontal: "-", Vertical: "|", Thumb: "#",
			Marker: ">", Arrow: ">", Dot: "-", Tail: "...", Missing: "?", Prompt: "/",
			Full: "#", Empty: ".", Changed: "*", Active: "@", Up: "^", Down: "v", Tick: "+",
			Folded: "+", Unfolded: "-", Marked: "=",
			Levels:  []string{"_", ".", "-", "=", "+", "*", "#"},
			Spinner: []string{"|", "/", "-", `\`},
		}
	}
	return &Glyphs{
		OK: "●", Warn: "▲", Fail: "✗", None: "○",
		TopLeft: "╭", TopRight: "╮", BottomLeft: "╰", BottomRight: "╯",
		Horizontal: "─", Vertical: "│", Thumb: "┃",
		Marker: "▌", Arrow: "→", Dot: "·", Tail: "…", Missing: "·", Prompt: "/",
		Full: "█", Empty: "░", Changed: "◆", Active: "★", Up: "▲", Down: "▼", Tick: "┬",
		Folded: "▸", Unfolded: "▾", Marked: "▐",
		Parts:   []string{"▏", "▎", "▍", "▌", "▋", "▊", "▉"},
		Levels:  []string{"▁", "▂", "▃", "▄", "▅", "▆", "▇"},
		Spinner: []string{"⠋", "⠙", "⠸", "⠴", "⠦", "⠇"},
	}
}

// consoleGlyphs are those of ASCII with the lines and blocks that every font of
// the Linux console has.
func consoleGlyphs() *Glyphs {
	g := newGlyphs(true)
	g.TopLeft, g.TopRight, g.BottomLeft, g.BottomRight = "┌", "┐", "└", "┘"
	g.Horizontal, g.Vertical, g.Thumb = "─", "│", "║"
	g.Dot, g.Missing, g.Full, g.Empty, g.Tick = "·", "·", "█", "░", "┬"
	g.Marker, g.Levels = "▌", []string{"_", "▄", "█"}
	return g
}

// Mark is the sign of a severity.
func (g *Glyphs) Mark(s account.Severity) string {
	switch s {
	case account.SeverityOK:
		return g.OK
	case account.SeverityWarn:
		return g.Warn
	case account.SeverityFail:
		return g.Fail
	default:
		return g.None
	}
}

// Quote puts the person's own words in quotation marks.
func (g *Glyphs) Quote(s string) string {
	if len(g.Parts) == 0 {
		return `"` + s + `"`
	}
	return "“" + s + "”"
}

// Mark is the sign of a severity, one cell wide.
func Mark(s account.Severity, ascii bool) string { return newGlyphs(ascii).Mark(s) }

// ActiveMark is beside the active profile, one cell wide.
func ActiveMark(ascii bool) string { return newGlyphs(ascii).Active }

// Arrow stands before what to do, one cell wide.
func Arrow(ascii bool) string { return newGlyphs(ascii).Arrow }
