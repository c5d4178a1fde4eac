package ui

import (
	"strconv"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// banner is the line below the header that tells of a broken configuration, or
// of incidents.
type banner struct {
	severity account.Severity
	// title says what is wrong, text goes on after it.
	title, text string
	// whole is set where the text must be seen whole, however long the title.
	whole bool
	// more is how many incidents there are besides, key shows the details.
	more int
	key  string
}

// bannered reports whether there is something to tell below the header. Where the
// list is beside the panes, incidents have lines there.
func (m *Model) bannered() bool {
	listed := m.views.chosen == viewDashboard && m.selection.order.sectioned() && m.terminal.width >= twoColumns
	return m.faults.broken != "" || len(m.roster.troubles.incidents) > 0 && !listed
}

// brokenBanner tells why a file cannot be used.
func brokenBanner(why, key string) banner {
	return banner{account.SeverityWarn, why, ": the last good one is used", true, 0, key}
}

// incidentBanner tells of the first of the incidents.
func incidentBanner(all []insight.Incident, key string) banner {
	return banner{all[0].State.Severity(), all[0].Title, ": " + all[0].Explanation, false, len(all) - 1, key}
}

// draw is the line, w cells wide.
func (b banner) draw(s *theme.Styles, w int) string {
	end := ""
	if b.more > 0 {
		end += "  +" + strconv.Itoa(b.more) + " more"
	}
	if b.key != "" {
		end += "  " + b.key + " details "
	}
	lead, title := " "+s.Glyphs.Mark(b.severity)+" ", b.title
	room := w - draw.Width(lead+end)
	if b.whole {
		title = draw.Cut(title, room-len(b.text), s.Glyphs.Tail)
	}
	title = draw.Cut(title, room, s.Glyphs.Tail)
	room -= draw.Width(title)
	return s.Bold(b.severity).Render(lead+title) + s.Text.Render(draw.Pad(b.text, room, s.Glyphs.Tail)) + s.Muted.Render(end)
}
