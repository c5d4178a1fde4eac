package ui

import (
	"fmt"
	"slices"
	"time"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// peopleView shows the profiles that belong to the same human.
type peopleView struct {
	roster    *roster
	selection *selection
	lines     memo[peopleKey, []sheetLine]
	found     int
}

func newPeopleView(s *selection) sheetContent { return &peopleView{roster: s.roster, selection: s} }

// peopleKey is all that the lines depend on.
type peopleKey struct {
	accounts, list, w int
	glyphs            *theme.Glyphs
}

func (v *peopleView) arrange(c *canvas) ([]sheetLine, bool) {
	v.roster.meet()
	k := peopleKey{v.roster.accounts, v.selection.arranged, c.w, c.Glyphs}
	return v.lines.renew(k, func() []sheetLine { return v.groups(c) })
}

// groups are the people that the filter leaves, each with their profiles and
// what these have in common and have not.
func (v *peopleView) groups(c *canvas) []sheetLine {
	v.found = 0
	visible := make(map[*row]bool, len(v.selection.visible))
	for _, r := range v.selection.visible {
		visible[r] = true
	}
	var lines []sheetLine
	for i, p := range v.roster.people.all {
		if !slices.ContainsFunc(p.rows, func(r *row) bool { return visible[r] }) {
			continue
		}
		v.found++
		if len(lines) > 0 {
			lines = append(lines, sheetLine{})
		}
		lines = append(lines, sheetLine{text: p.Name + "\n" + text.Plural(len(p.rows), "profile")})
		for _, r := range p.rows {
			lines = append(lines, sheetLine{row: r, group: i})
		}
		lines = append(lines, v.reasons(c, account.SeverityOK, "same ", p.Matches)...)
		lines = append(lines, v.reasons(c, account.SeverityWarn, "differs ", p.Differences)...)
	}
	return lines
}

// reasonLead is the width of what stands before a reason.
const reasonLead = 12

// reasons are sentences, broken at words.
func (v *peopleView) reasons(c *canvas, sev account.Severity, lead string, texts []string) []sheetLine {
	var lines []sheetLine
	for _, text := range texts {
		for _, l := range draw.Wrap(text, c.w-reasonLead-2) {
			lines = append(lines, sheetLine{text: draw.Pad(lead, reasonLead-3, "") + l, severity: sev})
			lead = ""
		}
	}
	return lines
}

func (v *peopleView) head(*canvas) []string { return nil }

func (v *peopleView) note(*theme.Glyphs) string {
	if v.found == 0 {
		return ""
	}
	return fmt.Sprintf("%d with several profiles", v.found)
}

func (v *peopleView) none() string {
	if v.selection.filter.query() != "" && len(v.roster.people.all) > 0 {
		return "Nobody with several profiles matches the filter. Esc clears it."
	}
	return "No two profiles are known to belong to the same human. They are where they have an e-mail address, " +
		"a linked account or a user in common; a name alone says nothing."
}

func (v *peopleView) soonest() time.Time { return time.Time{} }

func (v *peopleView) draw(c *canvas, l sheetLine, selected bool) string {
	switch {
	case l.row != nil:
		return v.profile(c, l.row, selected)
	case l.severity == "":
		return c.heading(l)
	}
	cells := min(len(l.text), reasonLead-3)
	lead := l.text[:cells]
	tone := c.Muted
	if l.severity == account.SeverityWarn {
		tone = c.Warn
	}
	return "   " + tone.Render(lead) + c.Text.Render(draw.Pad(l.text[cells:], max(0, c.w-3-cells), c.Glyphs.Tail))
}

// leastEmail is the room in which an e-mail address can be told from another.
const leastEmail = 14

// profile is one profile of a person.
func (v *peopleView) profile(c *canvas, r *row, selected bool) string {
	g, sev := c.Glyphs, r.severity()
	lead, in := c.lead(selected)
	plain := in.Text
	if selected {
		plain = in.Strong
	}
	name := draw.Pad(r.config.Name, min(v.roster.nameWidth, max(6, c.w/4)), g.Tail)
	lead += in.Text.Render("  ") + in.Severity(sev).Render(g.Mark(sev)) + markCell(g, in, r.isMarked()) + draw.Highlight(in, name, plain, c.query) +
		in.Text.Render("  "+draw.Pad(r.service, v.roster.serviceWidth+2, g.Tail))
	room := max(0, c.w-ansi.StringWidth(lead))
	user := draw.Cut(r.user(), room, g.Tail)
	rest := ""
	if a := r.snap.Account; a != nil && len(a.User.Emails) > 0 && room-ansi.StringWidth(user) >= leastEmail {
		rest = "  " + a.User.Emails[0]
	}
	return draw.Cut(lead+in.Text.Render(user)+in.Muted.Render(draw.Pad(rest, room-ansi.StringWidth(user), g.Tail)), c.w, "")
}
