package ui

import (
	"rollcall/client/text"
	"rollcall/ui/draw"
)

// fillExchange is what the latest checks sent and got, newest first, as far as there is
// room: the last one in any case.
func fillExchange(p *profilePen) {
	if !p.row.asked() {
		p.Note("nothing is asked, so nothing is known")
		return
	}
	checks, told := p.row.snap.History, 0
	for i := len(checks) - 1; i >= 0; i-- {
		c := checks[i]
		r := &draw.Report{Styles: p.Styles, W: p.W - 2}
		if c.Exchange == nil && told > 0 {
			return
		}
		reportExchange(r, c.Exchange)
		if told > 0 && len(r.Lines)+2 > p.Left() {
			return
		}
		p.Gap()
		p.addCheck(c, p.Muted.Render("checked at "+text.Clock(c.At, p.now)))
		for _, l := range r.Lines {
			p.Add("", "", l)
		}
		told++
	}
	if told == 0 {
		p.Note("no check of this run is in yet")
	}
}
