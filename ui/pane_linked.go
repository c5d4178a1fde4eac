package ui

import (
	"strconv"
	"strings"

	"rollcall/client/account"
	"rollcall/ui/draw"
)

// fillLinked lists the user's identities elsewhere.
func fillLinked(p *profilePen) {
	snap := p.row.snap
	if p.row.about.Unlinked && (snap.Account == nil || len(snap.Account.LinkedAccounts) == 0) {
		p.Note(p.row.service + " has no " + p.row.about.Links())
		return
	}
	if snap.Account == nil {
		p.Note(noList(p.row, p.row.about.Links(), p.Glyphs))
		return
	}
	accounts := snap.Account.LinkedAccounts
	if len(accounts) == 0 {
		p.Note("no " + p.row.about.Links())
		return
	}
	p.Count = strconv.Itoa(snap.Account.CountLinkedAccounts())
	if snap.Stale() {
		p.Count += " " + p.Glyphs.Dot + " stale"
	}
	above := 1
	for i, a := range accounts {
		lines := p.linked(a)
		if i > 0 && p.H >= 8 && max(above, len(lines)) > 1 {
			p.Blank()
		}
		p.Add(a.IDP+" subject id", a.SubjectID, lines...)
		p.Link(a.URL())
		above = len(lines)
	}
	p.missing(snap.NotesAbout(account.PartLinkedAccounts))
}

// linked is one account: its provider and id, and below what else is known.
func (p *profilePen) linked(a account.LinkedAccount) []string {
	room := max(0, p.W-2)
	idp := draw.Cut(a.IDP, room*2/3, p.Glyphs.Tail)
	name := p.Strong
	if p.row.snap.Stale() {
		name = p.Stale
	}
	lines := []string{name.Render(idp) + "  " + p.Tone.Render(a.SubjectID)}
	who := strings.Join(present(a.FullName, a.Username), " "+p.Glyphs.Dot+" ")
	for _, s := range append([]string{who}, a.Emails...) {
		if s != "" {
			lines = append(lines, "  "+p.Muted.Render(draw.Cut(s, max(0, room-2), p.Glyphs.Tail)))
		}
	}
	if len(a.Entitlements) > 0 {
		for _, l := range draw.Wrap("entitled: "+strings.Join(a.Entitlements, ", "), room-2) {
			lines = append(lines, "  "+p.Muted.Render(l))
		}
	}
	if a.Custom != "" {
		lines = append(lines, "  "+p.Muted.Render(draw.Cut(a.Custom, max(0, room-2), p.Glyphs.Tail)))
	}
	return lines
}

// present are the texts that are not empty.
func present(texts ...string) []string {
	var out []string
	for _, s := range texts {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}
