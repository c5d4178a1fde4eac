package ui

import (
	"cmp"
	"strings"
	"time"

	"rollcall/client/account"
)

// fillProfile says who the profile belongs to, and what it asks.
func fillProfile(p *profilePen) {
	r, acc := p.row, p.row.snap.Account
	if acc == nil {
		p.note(noAccount(r, p.glyphs))
		p.gap()
	} else {
		if r.snap.Stale() {
			p.count = p.glyphs.dot + " stale, " + Age(p.now.Sub(r.snap.AccountAt)) + " old"
		}
		p.portrait(acc.User)
		// A name, a number and an address speak for themselves where there
		// is no room for more.
		p.plain = p.hasAside() && p.w < roomForNames
		p.user(acc.User)
		p.plain = false
		if p.h >= roomBelowPicture {
			p.endAside()
		}
		if r.snap.Health.State == account.WrongAccount {
			p.sentence(p.fail, p.glyphs.fail+" not the user that this profile is pinned to")
		}
	}
	p.fieldIn(p.text, "profile", r.config.Name)
	p.fieldIn(p.text, "label", r.config.Label)
	p.fieldIn(p.text, "tags", strings.Join(r.config.Tags, ", "))
	p.fieldIn(p.text, "service", r.service)
	p.fieldIn(p.text, "address", cmp.Or(r.snap.Endpoint, r.config.BaseURL))
	if acc != nil {
		p.page("page", acc.User.URL)
	}
	p.fieldIn(p.text, "pinned to", r.config.Identity)
	p.endAside()
	p.changes()
}

// roomForNames is the width from which fields beside a picture are named.
const roomForNames = 36

// roomBelowPicture is the height from which what is not the user's stands
// below the picture, as wide as the pane.
const roomBelowPicture = 8

// portrait puts the user's picture, or initials, beside what comes next.
func (p *profilePen) portrait(u account.User) {
	size := avatarRoom(p.Styles, p.w, p.h)
	if p.avatars == nil || !p.avatars.on || size.h == 0 {
		return
	}
	lines := []string(nil)
	switch id, v := p.avatars.of(p.row); {
	case !p.pictures, v == nil:
		lines = initials(p.Styles, u, size)
	case p.avatars.graphics && v.sent[size]:
		lines = id.graphic(size).placeholders()
	default:
		lines = v.blocks.get(size, func() []string { return halfBlocks(v.picture, size) })
	}
	p.setAside(lines, size.w)
}

// avatarRoom is the size of a picture in a pane with w by h cells inside; none
// where it would take the room of the text.
func avatarRoom(s *Styles, w, h int) avatarSize {
	switch {
	case w < 32 || h < 4:
		return avatarSize{}
	case !s.pictures:
		return avatarSize{w: 6, h: 3}
	case w >= 60 && h >= 18:
		return avatarSize{w: 16, h: 8}
	case w >= 52 && h >= 9:
		return avatarSize{w: 12, h: 6}
	default:
		return avatarSize{w: 8, h: 4}
	}
}

// shownChanges is how many changes a profile lists; the activity has them all.
const shownChanges = 5

// changes are the latest ones, newest first.
func (p *profilePen) changes() {
	all := p.row.snap.Changes
	if len(all) == 0 {
		return
	}
	p.gap()
	lead := p.accent
	if !p.row.unseen {
		lead = p.muted
	}
	for i := len(all) - 1; i >= max(0, len(all)-shownChanges); i-- {
		told := all[i].String() + ", " + ago(p.now.Sub(all[i].At))
		var lines []string
		for j, l := range wrap(told, p.w-4) {
			mark := p.glyphs.changed
			if j > 0 {
				mark = " "
			}
			lines = append(lines, lead.write(mark)+" "+p.tone.write(l))
		}
		p.add("change", told, lines...)
	}
}

func (p *profilePen) user(u account.User) {
	name := p.strong
	if p.row.snap.Stale() {
		name = p.muted
	}
	if n := cmp.Or(u.FullName, strings.TrimSpace(u.FirstName+" "+u.LastName)); n != "" {
		p.add("name", n, name.write(cut(n, max(0, p.w-2), p.glyphs.tail)))
	}
	p.field("user id", u.ID)
	p.field("username", u.Username)
	p.list("e-mail", u.Emails)
	if !u.CreatedAt.IsZero() {
		since := u.CreatedAt.In(p.now.Location()).Format(time.DateOnly)
		if !p.plain {
			since += " (" + Age(p.now.Sub(u.CreatedAt)) + ")"
		}
		p.spoken("since", since)
	}
	if u.BasicAuthEnabled != nil {
		word := "may not be used"
		if *u.BasicAuthEnabled {
			word = "may be used"
		}
		p.spoken("password", word)
	}
}

// noAccount says why nobody is known yet.
func noAccount(r *row, g *glyphs) string {
	switch r.snap.Health.State {
	case account.Checking:
		return "loading" + g.tail
	case account.Disabled:
		return "This profile is switched off."
	case account.NoUser:
		return "The token belongs to no user."
	default:
		return "The user is not known yet."
	}
}
