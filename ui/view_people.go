package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// peopleView shows the profiles that belong to the same human, and what each of them
// has.
type peopleView struct {
	roster    *roster
	selection *selection
	lines     memo[peopleKey, []sheetLine]
	found     int
	// differing is set where only what differs is shown.
	differing bool
	// shift is how many profiles stand left of those that are compared in sight, most how
	// far that can go.
	shift, most int
	// keys are those that lead to more profiles.
	keys    string
	columns memo[lineKey, []fitted]
}

func newPeopleView(s *selection) sheetContent { return &peopleView{roster: s.roster, selection: s} }

// peopleKey is all that the lines depend on.
type peopleKey struct {
	accounts, list, w int
	glyphs            *theme.Glyphs
	differing         bool
}

// leastMatrix is the width from which there is room to compare profiles.
const leastMatrix = 56

func (v *peopleView) arrange(c *canvas) ([]sheetLine, bool) {
	v.roster.meet()
	k := peopleKey{v.roster.accounts, v.selection.arranged, c.w, c.Glyphs, v.differing}
	return v.lines.renew(k, func() []sheetLine { return v.groups(c) })
}

// groups are the people that the filter leaves, each with their profiles and
// what these have in common and have not.
func (v *peopleView) groups(c *canvas) []sheetLine {
	v.found, v.most = 0, 0
	visible := make(map[*row]bool, len(v.selection.visible))
	for _, r := range v.selection.visible {
		visible[r] = true
	}
	var lines []sheetLine
	for i := range v.roster.people.all {
		p := &v.roster.people.all[i]
		if !slices.ContainsFunc(p.rows, func(r *row) bool { return visible[r] }) {
			continue
		}
		v.found++
		if len(lines) > 0 {
			lines = append(lines, sheetLine{})
		}
		lines = v.person(c, lines, p, i)
	}
	v.shift = min(v.shift, v.most)
	return lines
}

// person adds the lines of a person.
func (v *peopleView) person(c *canvas, lines []sheetLine, p *person, group int) []sheetLine {
	m := v.roster.people.compare(p.rows)
	sum := text.Plural(len(p.rows), "profile")
	if n := m.Differences(); n > 0 {
		sum += ", " + text.Plural(n, "difference")
	}
	lines = append(lines, sheetLine{text: p.Name + "\n" + sum})
	for _, r := range p.rows {
		lines = append(lines, sheetLine{row: r, group: group})
	}
	if c.w < leastMatrix {
		lines = append(lines, reasons(c, account.SeverityOK, "same ", p.Matches)...)
		return append(lines, reasons(c, account.SeverityWarn, "differs ", p.Differences)...)
	}
	dot := " " + c.Glyphs.Dot + " "
	ties := make([]string, 0, len(p.Ties))
	for _, t := range p.Ties {
		ties = append(ties, t.String())
	}
	lines = append(lines, reasons(c, account.SeverityOK, "same ", present(strings.Join(ties, dot)))...)
	lines = append(lines, reasons(c, account.SeverityWarn, "differs ", present(m.Sum()))...)
	b := newPersonBlock(p.rows, m)
	v.most = max(v.most, b.arrange(c.w, 0).most)
	return b.lines(lines, v.differing)
}

// reasonLead is the width of what stands before a reason.
const reasonLead = 12

// reasons are sentences, broken at words.
func reasons(c *canvas, sev account.Severity, lead string, texts []string) []sheetLine {
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

func (v *peopleView) note(g *theme.Glyphs) string {
	if v.found == 0 {
		return ""
	}
	note := fmt.Sprintf("%d with several profiles", v.found)
	if v.differing {
		note += " " + g.Dot + " differences only"
	}
	return note
}

func (v *peopleView) none() string {
	if v.selection.filter.query() != "" && len(v.roster.people.all) > 0 {
		return "Nobody with several profiles matches the filter. Esc clears it."
	}
	return "No two profiles are known to belong to the same human. They are where they have an e-mail address, " +
		"a linked account or a user in common; a name alone says nothing."
}

func (v *peopleView) soonest() time.Time { return time.Time{} }

// stays is the line with the names of the profiles, while what they have goes on below.
func (v *peopleView) stays(lines []sheetLine, first int) (l sheetLine, ok bool) {
	of, ok := lines[first].of.(*factLine)
	if !ok {
		return sheetLine{}, false
	}
	return sheetLine{of: &factLine{block: of.block}}, true
}

// move goes on by so many profiles among those that are compared. It reports whether
// there are more.
func (v *peopleView) move(by int) bool {
	was := v.shift
	v.shift = clamp(v.shift+by, 0, v.most)
	return v.shift != was
}

func (v *peopleView) draw(c *canvas, l sheetLine, selected bool) string {
	switch {
	case l.row != nil && c.w < leastMatrix:
		return v.narrow(c, l.row, selected)
	case l.row != nil:
		return v.profile(c, l.row, selected)
	case l.of != nil:
		of := l.of.(*factLine)
		return of.block.draw(c, of, v.shift, v.keys, v.selection.selected)
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

// lineKey is all that the columns of the profiles depend on.
type lineKey struct {
	widths                    listWidths
	name, service, w, profile int
}

// profileLead is the width of what stands before the name of a profile.
const profileLead = 5

// profile is one profile of a person: who that is there, and how the token is.
func (v *peopleView) profile(c *canvas, r *row, selected bool) string {
	t := v.roster
	columns := v.columns.get(lineKey{t.widths, t.nameWidth, t.serviceWidth, c.w, len(t.rows)}, func() []fitted {
		of := overview{columns: overviewColumns(t)}
		var chosen []column
		for _, name := range []string{insight.ColumnProfile, "service", insight.ColumnState, insight.ColumnDue, "user", "budget", "token", "host"} {
			if col := of.named(name); col.width > 0 {
				chosen = append(chosen, *col)
			}
		}
		columns, _ := fitChosen(chosen, c.w-profileLead-1, 0, t.widths.brief)
		return columns
	})
	lead, in := c.lead(selected)
	plain := in.Text
	if selected {
		plain = in.Strong
	}
	lead += in.Text.Render("  ") + r.mark(c.Glyphs, in) + markCell(c.Glyphs, in, r.isMarked()) + c.cells(columns, r, in, plain)
	return draw.Cut(lead+in.Text.Render(draw.Spaces(c.w-draw.Width(lead))), c.w, "")
}

// leastEmail is the room in which an e-mail address can be told from another.
const leastEmail = 14

// narrow is one profile of a person where there is room for little.
func (v *peopleView) narrow(c *canvas, r *row, selected bool) string {
	g, sev := c.Glyphs, r.severity()
	lead, in := c.lead(selected)
	plain := in.Text
	if selected {
		plain = in.Strong
	}
	name := draw.Pad(r.config.Name, min(v.roster.nameWidth, max(6, c.w/4)), g.Tail)
	lead += in.Text.Render("  ") + in.Severity(sev).Render(g.Mark(sev)) + markCell(g, in, r.isMarked()) + draw.Highlight(in, name, plain, c.query) +
		in.Text.Render("  "+draw.Pad(r.service, v.roster.serviceWidth+2, g.Tail))
	room := max(0, c.w-draw.Width(lead))
	user := draw.Cut(r.user(), room, g.Tail)
	rest := ""
	if a := r.snap.Account; a != nil && len(a.User.Emails) > 0 && room-draw.Width(user) >= leastEmail {
		rest = "  " + a.User.Emails[0]
	}
	return draw.Cut(lead+in.Text.Render(user)+in.Muted.Render(draw.Pad(rest, room-draw.Width(user), g.Tail)), c.w, "")
}

// legendLines are the lines that say what the signs mean.
const legendLines = 2

func (v *peopleView) footHeight(h int) int {
	if h < leastFooted {
		return 0
	}
	return legendLines
}

// foot says what the signs mean; where there are none, whose the selected profile is.
func (v *peopleView) foot(c *canvas, r *row) []string {
	line := strings.Join(present(r.user(), r.email(), r.service, r.host), " "+c.Glyphs.Dot+" ")
	if c.w >= leastMatrix {
		var parts []string
		for _, p := range []insight.Presence{insight.Present, insight.Absent, insight.Unknown} {
			parts = append(parts, presenceSign(c.Styles, p)+" "+map[insight.Presence]string{
				insight.Present: "has it", insight.Absent: "has it not", insight.Unknown: "not known",
			}[p])
		}
		line = strings.Join(append(parts, differsSign(c.Styles)+" differs", "blank: of another service"), "   ")
	}
	return []string{c.Border.Render(strings.Repeat(c.Glyphs.Horizontal, c.w)), c.Muted.Render(draw.Pad(" "+line, c.w, c.Glyphs.Tail))}
}
