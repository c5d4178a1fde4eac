package ui

import (
	"strconv"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/ui/draw"
)

// shownChanges is how many changes a profile lists where they have no pane of
// their own.
const shownChanges = 5

// fillChanges lists what has changed, newest first.
func fillChanges(p *profilePen) {
	all := p.row.changes()
	switch {
	case len(all) > 0:
		p.Count = strconv.Itoa(len(all))
	case p.row.awaitsPast():
		// Until it was read, nothing is said of it.
	case p.row.asked():
		p.Note("no change was seen")
	default:
		p.Note("nothing is asked, so nothing is known")
	}
	p.changes(len(all))
}

// latestChanges are the few that stand below other things.
func (p *profilePen) latestChanges() {
	if len(p.row.changes()) > 0 {
		p.Gap()
		p.changes(shownChanges)
	}
}

// ageWidth is that of how long ago something was.
const ageWidth = len("just now")

// changes are the latest ones, newest first, n at most.
func (p *profilePen) changes(n int) {
	all := p.row.changes()
	lead := p.Muted
	if p.row.unseen {
		lead = p.Accent
	}
	for i := len(all) - 1; i >= max(0, len(all)-n); i-- {
		c, tone := &all[i], p.Tone
		if c.Kind == account.ChangeState {
			tone = p.Severity(c.Is.State.Severity())
		}
		ago := text.Ago(p.now.Sub(c.At))
		var lines []string
		for j, l := range draw.Wrap(c.String(), p.W-ageWidth-6) {
			before := draw.Spaces(2 + ageWidth)
			if j == 0 {
				before = lead.Render(p.Glyphs.Changed) + " " + p.Muted.Render(ago) + draw.Spaces(ageWidth-draw.Width(ago))
			}
			lines = append(lines, before+"  "+tone.Render(l))
		}
		if lines != nil {
			p.addChange(c, lines...)
		}
	}
}
