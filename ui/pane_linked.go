package ui

import (
	"strconv"
	"strings"

	"rollcall/client/account"
)

// fillLinked lists the user's identities elsewhere.
func fillLinked(p *profilePen) {
	snap := p.row.snap
	if snap.Account == nil {
		p.note(noList(p.row, p.glyphs))
		return
	}
	accounts := snap.Account.LinkedAccounts
	if len(accounts) == 0 {
		p.note("none")
		return
	}
	p.count = strconv.Itoa(len(accounts))
	if snap.Stale() {
		p.count += " " + p.glyphs.dot + " stale"
	}
	above := 1
	for i, a := range accounts {
		lines := p.linked(a)
		if i > 0 && p.h >= 8 && max(above, len(lines)) > 1 {
			p.blank()
		}
		p.add(a.IDP+" subject id", a.SubjectID, lines...)
		above = len(lines)
	}
}

// linked is one account: its provider and id, and below what else is known.
func (p *profilePen) linked(a account.LinkedAccount) []string {
	room := max(0, p.w-2)
	idp := cut(a.IDP, room*2/3, p.glyphs.tail)
	name := p.strong
	if p.row.snap.Stale() {
		name = p.stale
	}
	lines := []string{name.write(idp) + "  " + p.tone.write(a.SubjectID)}
	who := strings.Join(present(a.FullName, a.Username), " "+p.glyphs.dot+" ")
	for _, s := range append([]string{who}, a.Emails...) {
		if s != "" {
			lines = append(lines, "  "+p.muted.write(cut(s, max(0, room-2), p.glyphs.tail)))
		}
	}
	if len(a.Entitlements) > 0 {
		for _, l := range wrap("entitled: "+strings.Join(a.Entitlements, ", "), room-2) {
			lines = append(lines, "  "+p.muted.write(l))
		}
	}
	if a.Custom != "" {
		lines = append(lines, "  "+p.muted.write(cut(a.Custom, max(0, room-2), p.glyphs.tail)))
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
