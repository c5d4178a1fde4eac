package ui

import (
	"time"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// profilePen writes into a pane what is known of one profile.
type profilePen struct {
	draw.Pen
	now     time.Time
	row     *row
	avatars *avatars
	keys    *KeyMap
	// apart is set where the changes have a pane of their own.
	apart bool
	// opens are what lies behind items, by their indexes.
	opens map[int]*entry
	// picture is the size of the user's picture; none where it is not shown.
	picture draw.Size
}

// newProfilePen is a pen for a pane with w by h cells inside. Values of an
// earlier answer are written in a tone of their own.
func newProfilePen(s *theme.Styles, w, h int, now time.Time, r *row) *profilePen {
	p := &profilePen{Pen: draw.Pen{Styles: s, W: w, H: h, Tone: s.Text}, now: now, row: r}
	if r != nil && r.snap.Stale() {
		p.Tone = s.Stale
	}
	return p
}

// opensTo lets the item that was added last lead to an entry.
func (p *profilePen) opensTo(e *entry) {
	if p.opens == nil {
		p.opens = make(map[int]*entry)
	}
	p.opens[len(p.Items)-1] = e
}

// addChange is an item that leads to a change.
func (p *profilePen) addChange(c *account.Change, lines ...string) {
	p.Add("change", c.String()+", "+text.Ago(p.now.Sub(c.At)), lines...)
	p.opensTo(&entry{row: p.row, at: c.At, change: c})
}

// addCheck is an item that leads to a check.
func (p *profilePen) addCheck(c account.Check, lines ...string) {
	p.Add("check", c.At.Format(time.RFC3339)+" "+string(c.State), lines...)
	p.opensTo(&entry{row: p.row, at: c.At, check: c})
}
