package ui

import (
	"slices"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// checks lists the latest checks, newest first, as far as the pane has room
// left. A few lines of them would tell no more than the history does.
func (p *profilePen) checks() {
	const least = 4
	all := latest(p.row.checks(), p.Left()-2)
	if len(all) < least {
		return
	}
	p.Gap()
	p.Add("", "", p.Muted.Render("latest checks"))
	p.checkLines(all)
}

// checkLines are checks in columns, newest first.
func (p *profilePen) checkLines(all []account.Check) {
	rows := make([][]string, 0, len(all))
	widths := make([]int, 4)
	for _, c := range slices.Backward(all) {
		took := ""
		if c.Latency > 0 {
			took = text.Latency(c.Latency)
		}
		cells := []string{text.Clock(c.At, p.now), p.Glyphs.Mark(c.State.Severity()) + " " + c.State.Word(), took, c.Code}
		for i, cell := range cells {
			widths[i] = max(widths[i], draw.Width(cell))
		}
		rows = append(rows, cells)
	}
	if widths[0]+widths[1]+widths[2]+widths[3]+6 > p.W-2 {
		widths[3] = 0
	}
	for i, c := range slices.Backward(all) {
		cells := rows[len(all)-1-i]
		cells[2] = draw.Spaces(widths[2]-len(cells[2])) + cells[2]
		tones := []theme.Ink{p.Muted, p.Severity(c.State.Severity()), p.Text, p.Muted}
		p.addCheck(c, p.Columns(widths, cells, tones))
	}
}
