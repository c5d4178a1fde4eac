package ui

import (
	"cmp"
	"strconv"
	"strings"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/ui/draw"
)

// unbounded is the height of a page that scrolls, so that nothing on it is cut for
// want of lines.
const unbounded = 1000

// fillWhole is everything about a profile, one thing below the other.
func fillWhole(p *profilePen) {
	fillFull(p)
	p.section("90 days")
	fillLane(p)
	fillRecord(p)
}

// fillFull is what is known of a profile: how its token does and what to do, who it
// belongs to, and what the token is.
func fillFull(p *profilePen) {
	p.H = unbounded
	p.state()
	p.steps()
	if advice := p.row.standing.Advice(*p.row.snap, p.now); advice != (account.Advice{}) {
		p.Gap()
		p.fullAdvice(advice)
	}
	p.snoozed()
	p.section("Token")
	p.rates()
	p.forecast()
	p.history()
	p.asked()
	p.facts()
	p.answer()
	p.section("Profile")
	p.apart = true
	fillProfile(p)
	p.Count = ""
	p.section("Organizations")
	p.fullOrgs()
	p.section("Linked accounts")
	fillLinked(p)
	p.Count = ""
}

// snoozed is the person's wish not to be told, with their reason.
func (p *profilePen) snoozed() {
	if insight.Snoozed(p.row.snap, p.now) && p.row.snap.Snooze.Note != "" {
		p.Paragraph(p.Text, "note", p.row.snap.Snooze.Note)
	}
}

// section begins a part of a page.
func (p *profilePen) section(title string) {
	p.Gap()
	p.Add("", "", draw.Section(p.Styles, title))
}

// fullOrgs are the organizations with all that is known of each.
func (p *profilePen) fullOrgs() {
	acc := p.row.snap.Account
	if acc == nil || len(acc.Organizations) == 0 {
		fillOrgs(p)
		p.Count = ""
		return
	}
	for _, o := range acc.Organizations {
		name := cmp.Or(o.Name, o.ID)
		lines := draw.WrapIn(p.Tone, name, p.W-2)
		words := present(o.SubDomain, o.Kind, o.Standing())
		if o.ID != name {
			words = append(words, o.ID)
		}
		rest := strings.Join(words, " "+p.Glyphs.Dot+" ")
		if len(lines) == 1 && draw.Width(name+"  "+rest) <= p.W-2 {
			lines[0] += "  " + p.Muted.Render(rest)
		} else {
			for _, l := range draw.Wrap(rest, p.W-4) {
				lines = append(lines, "  "+p.Muted.Render(l))
			}
		}
		p.Add("id of "+name, o.ID, lines...)
		p.Link(o.URL)
	}
	p.missing(p.row.snap.NotesAbout(account.PartOrganizations))
}

const (
	// fullChecks is how many checks an opened profile lists, fullExchanges of how
	// many of them it tells what went over the wire.
	fullChecks, fullExchanges = 100, 3
)

// fillRecord is what was seen of a profile: its changes, what the latest checks sent
// and got, and a line for each check.
func fillRecord(p *profilePen) {
	p.H = unbounded
	p.section("Changes")
	if all := p.row.changes(); len(all) > 0 {
		p.changes(len(all))
	} else {
		p.Note("no change was seen")
	}
	p.lastChecks()
	if all := latest(p.row.checks(), fullChecks); len(all) > 0 {
		p.section("Checks " + strconv.Itoa(len(p.row.checks())))
		p.checkLines(all)
	}
}

// lastChecks are the latest checks with what they sent and got.
func (p *profilePen) lastChecks() {
	told, checks := 0, p.row.snap.History
	for i := len(checks) - 1; i >= 0 && told < fullExchanges; i-- {
		c := checks[i]
		if told++; c.Exchange == nil && told > 1 {
			return
		}
		title := "Check of " + text.Clock(c.At, p.now)
		if told == 1 {
			title = "Last check"
		}
		p.section(title)
		e := &entry{row: p.row, at: c.At, check: c}
		for j, l := range checkDetail(e, p.now)(p.Styles, p.W-2)[1:] {
			if j == 0 {
				p.addCheck(c, l)
				continue
			}
			p.Add("", "", l)
		}
	}
}
