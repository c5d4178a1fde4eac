package ui

import (
	"slices"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
)

// checks lists the latest checks, newest first, as far as the pane has room
// left. A few lines of them would tell no more than the history does.
func (p *profilePen) checks() {
	const least = 4
	all := latest(p.row.snap.History, p.left()-2)
	if len(all) < least {
		return
	}
	rows := make([][]string, 0, len(all))
	widths := make([]int, 4)
	for _, c := range slices.Backward(all) {
		took := ""
		if c.Latency > 0 {
			took = Latency(c.Latency)
		}
		cells := []string{clockTime(c.At, p.now), p.glyphs.mark(c.State.Severity()) + " " + c.State.Word(), took, c.Code}
		for i, cell := range cells {
			widths[i] = max(widths[i], ansi.StringWidth(cell))
		}
		rows = append(rows, cells)
	}
	if widths[0]+widths[1]+widths[2]+widths[3]+6 > p.w-2 {
		widths[3] = 0
	}
	p.gap()
	p.add("", "", p.muted.write("latest checks"))
	for i, c := range slices.Backward(all) {
		cells := rows[len(all)-1-i]
		cells[2] = spaces(widths[2]-len(cells[2])) + cells[2]
		tones := []ink{p.muted, p.severity(c.State.Severity()), p.text, p.muted}
		p.add("", "", p.columns(widths, cells, tones))
	}
}

// latest is the end of checks, n at most.
func latest(checks []account.Check, n int) []account.Check {
	return checks[max(0, len(checks)-max(0, n)):]
}
