package ui

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"rollcall/client/account"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// fillOrgs lists the organizations.
func fillOrgs(p *profilePen) {
	snap := p.row.snap
	if p.row.about.Ungrouped && (snap.Account == nil || len(snap.Account.Organizations) == 0) {
		p.Note(p.row.service + " tells of no " + p.row.about.Groups())
		return
	}
	if snap.Account == nil {
		p.Note(noList(p.row, p.row.about.Groups(), p.Glyphs))
		return
	}
	orgs := snap.Account.Organizations
	if len(orgs) == 0 {
		p.emptyList(snap)
		return
	}
	p.Count = strconv.Itoa(snap.Account.CountOrganizations())
	if snap.Stale() {
		p.Count += " " + p.Glyphs.Dot + " stale"
	}
	if widths := p.orgWidths(orgs); !p.wholeOrgs(orgs) && !p.apartOrgs(orgs, widths) {
		p.listOrgs(orgs, widths)
	}
	p.missing(snap.NotesAbout(account.PartOrganizations))
}

// listOrgs writes organizations in columns of some widths, a line each.
func (p *profilePen) listOrgs(orgs []account.Organization, widths []int) {
	ink := *p
	p.Items = slices.Grow(p.Items, len(orgs))
	for i := range orgs {
		o := &orgs[i]
		p.AddLater("id of "+cmp.Or(o.Name, o.ID), o.ID, 1, func() []string {
			cells := []string{cmp.Or(o.Name, o.ID), orgKind(*o), o.Standing()}
			return []string{ink.Columns(widths, cells, []theme.Ink{ink.Tone, ink.Muted, ink.Muted})}
		})
		p.Link(o.URL)
	}
}

// wholeOrgs writes all that is known of organizations, where there is height for that.
// It reports whether it has.
func (p *profilePen) wholeOrgs(orgs []account.Organization) bool {
	// Each takes a line at least.
	if p.H < roomWhole || len(orgs) > p.H {
		return false
	}
	room, lines := p.W-2, 0
	all := make([][]string, len(orgs))
	for i, o := range orgs {
		name := cmp.Or(o.Name, o.ID)
		all[i] = draw.WrapIn(p.Tone, name, room)
		for _, fact := range []string{strings.Join(present(o.SubDomain, o.Kind, o.Standing()), " "+p.Glyphs.Dot+" "), o.ID, o.URL} {
			if fact == "" || fact == name {
				continue
			}
			for _, l := range draw.WrapAt(fact, "/.-_ ", room-2) {
				all[i] = append(all[i], "  "+p.Muted.Render(l))
			}
		}
		lines += len(all[i])
	}
	if lines > p.H {
		return false
	}
	for i, o := range orgs {
		p.Add("id of "+cmp.Or(o.Name, o.ID), o.ID, all[i]...)
		p.Link(o.URL)
	}
	return true
}

// roomWhole is the height from which organizations are told of in full.
const roomWhole = 16

// roomApart is the height from which names are shown whole even where they have to
// be scrolled.
const roomApart = 6

// apartOrgs writes what is known of organizations below their names, where beside
// these it would be cut and there is height. It reports whether it has.
func (p *profilePen) apartOrgs(orgs []account.Organization, widths []int) bool {
	ink, room, lines := *p, p.W-2, 0
	if !slices.ContainsFunc(orgs, cutBy(widths)) || len(orgs) > p.H && p.H < roomApart {
		return false
	}
	about := func(o *account.Organization) string {
		return strings.Join(present(orgKind(*o), o.Standing()), " "+ink.Glyphs.Dot+" ")
	}
	heights := make([]int, len(orgs))
	for i := range orgs {
		o := &orgs[i]
		heights[i] = len(draw.Wrap(cmp.Or(o.Name, o.ID), room)) + len(draw.Wrap(about(o), room-2))
		lines += heights[i]
	}
	if lines > p.H && p.H < roomApart {
		return false
	}
	p.Items = slices.Grow(p.Items, len(orgs))
	for i := range orgs {
		o := &orgs[i]
		p.AddLater("id of "+cmp.Or(o.Name, o.ID), o.ID, heights[i], func() []string {
			all := draw.WrapIn(ink.Tone, cmp.Or(o.Name, o.ID), room)
			for _, l := range draw.Wrap(about(o), room-2) {
				all = append(all, "  "+ink.Muted.Render(l))
			}
			return all
		})
		p.Link(o.URL)
	}
	return true
}

// cutBy tells of an organization whether any of its columns is wider than that.
func cutBy(widths []int) func(account.Organization) bool {
	return func(o account.Organization) bool {
		return draw.Width(cmp.Or(o.Name, o.ID)) > widths[0] || draw.Width(orgKind(o)) > widths[1] ||
			draw.Width(o.Standing()) > widths[2]
	}
}

// orgKind is what tells organizations apart: the sub-domain, else the kind.
func orgKind(o account.Organization) string { return cmp.Or(o.SubDomain, o.Kind) }

// narrowOrgs is the width below which organizations have no room for all that
// is known of them.
const narrowOrgs = 30

// orgWidths are the widths of name, sub-domain or kind, and role: as wide as
// what they hold, the name giving way to the others down to half; zero for
// what there is no room for.
func (p *profilePen) orgWidths(orgs []account.Organization) []int {
	room := p.W - 2
	narrow := room < narrowOrgs
	var name, kind, role int
	for _, o := range orgs {
		name = max(name, draw.Width(cmp.Or(o.Name, o.ID)))
		kind = max(kind, draw.Width(orgKind(o)))
		role = max(role, draw.Width(o.Standing()))
	}
	if narrow {
		role = 0
	}
	role = min(role, room/4)
	if role > 0 {
		room -= role + 2
	}
	if kind > 0 {
		room -= 2
	}
	if narrow && kind > 0 && name > room-min(kind, room/3) {
		// A whole name tells more than parts of two words.
		kind, room = 0, room+2
	}
	kind = min(kind, max(room/3, room-name))
	return []int{max(0, min(name, room-kind)), kind, role}
}

// emptyList says why a list that the service was asked for has nothing in it.
func (p *profilePen) emptyList(s *account.Snapshot) {
	notes := s.NotesAbout(account.PartOrganizations)
	switch {
	case s.Details.Busy:
		p.Note("loading" + p.Glyphs.Tail)
	case len(notes) > 0:
		p.missing(notes)
	default:
		p.Note("no " + p.row.about.Groups())
	}
}

// missing says what of a list is not there.
func (p *profilePen) missing(notes account.Notes) {
	for _, n := range notes {
		p.Write(p.Warn, n.String())
	}
}

// noList says why a list is not known; what names what would be in it.
func noList(r *row, what string, g *theme.Glyphs) string {
	switch r.snap.Health.State {
	case account.Checking:
		return "loading" + g.Tail
	case account.NoUser:
		return "no " + what
	default:
		return "unknown"
	}
}
