package ui

import (
	"cmp"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// fillProfile says who the profile belongs to, and what it asks.
func fillProfile(p *profilePen) {
	r, acc := p.row, p.row.snap.Account
	switch {
	case r.about.Anonymous:
		p.Note(r.service + " names no user")
		p.Gap()
		acc = nil
	case acc == nil:
		p.Note(noAccount(r, p.Glyphs))
		p.Gap()
	default:
		if r.snap.Stale() {
			p.Count = p.Glyphs.Dot + " stale, " + text.Age(p.now.Sub(r.snap.AccountAt)) + " old"
		}
		p.portrait(acc.User)
		// A name, a number and an address speak for themselves where there
		// is no room for more.
		p.Plain = p.HasAside() && p.W < roomForNames
		if p.Tall() {
			p.user(acc.User)
		} else {
			p.brief(acc.User)
		}
		p.Plain = false
		if p.H >= roomBelowPicture {
			p.EndAside()
		}
		if r.snap.Health.State == account.WrongAccount {
			p.Write(p.Fail, p.Glyphs.Fail+" not the user that this profile is pinned to")
		}
	}
	p.FactIn(p.Text, "profile", r.config.Name)
	if acc == nil || p.Tall() {
		p.FactIn(p.Text, "service", r.service)
		p.FactIn(p.Text, "label", r.config.Label)
		p.FactIn(p.Text, "tags", strings.Join(r.config.Tags, ", "))
	}
	p.address("address", cmp.Or(r.snap.Address(), r.config.BaseURL))
	if acc != nil {
		p.page("page", acc.User.URL)
	}
	p.FactIn(p.Text, "pinned to", r.config.Identity)
	p.EndAside()
	if !p.apart {
		p.latestChanges()
	}
}

// roomForNames is the width from which fields beside a picture are named.
const roomForNames = 36

// roomBelowPicture is the height from which what is not the user's stands
// below the picture, as wide as the pane.
const roomBelowPicture = 8

// portrait puts the user's picture, or initials, beside what comes next.
func (p *profilePen) portrait(u account.User) {
	size := avatarRoom(p.Styles, p.W, p.H)
	if p.avatars == nil || !p.avatars.on || size.H == 0 {
		return
	}
	p.picture = size
	lines := []string(nil)
	switch id, v := p.avatars.of(p.row); {
	case !p.Pictures, v == nil:
		lines = draw.Initials(p.Styles, u, size)
	case p.avatars.graphics && v.sent[size]:
		lines = id.graphic(size).Placeholders()
	default:
		lines = v.blocks.get(size, func() []string { return draw.HalfBlocks(v.picture, size) })
	}
	p.SetAside(lines, size.W)
}

// avatarRoom is the size of a picture in a pane with w by h cells inside; none
// where it would take the room of the text.
func avatarRoom(s *theme.Styles, w, h int) draw.Size {
	switch {
	case w < 32 || h < 4:
		return draw.Size{}
	case !s.Pictures:
		return draw.Size{W: 6, H: 3}
	case w >= 60 && h >= 18:
		return draw.Size{W: 16, H: 8}
	case w >= 52 && h >= 9:
		return draw.Size{W: 12, H: 6}
	default:
		return draw.Size{W: 8, H: 4}
	}
}

func (p *profilePen) user(u account.User) {
	name := p.Strong
	if p.row.snap.Stale() {
		name = p.Muted
	}
	if n := cmp.Or(u.FullName, strings.TrimSpace(u.FirstName+" "+u.LastName)); n != "" {
		p.Add("name", n, name.Render(draw.Cut(n, max(0, p.W-2), p.Glyphs.Tail)))
	}
	p.Fact("user id", u.ID)
	p.Fact("username", u.Username)
	p.List("e-mail", u.Emails)
	if !u.CreatedAt.IsZero() {
		since := u.CreatedAt.In(p.now.Location()).Format(time.DateOnly)
		if !p.Plain {
			since += " (" + text.Age(p.now.Sub(u.CreatedAt)) + ")"
		}
		p.Spoken("created", since)
	}
	if u.BasicAuthEnabled != nil {
		word := "may not be used"
		if *u.BasicAuthEnabled {
			word = "may be used"
		}
		p.Spoken("password", word)
	}
}

// brief is the user in the few lines of a low pane, with what tells one profile of
// theirs from another.
func (p *profilePen) brief(u account.User) {
	name := p.Strong
	if p.row.snap.Stale() {
		name = p.Muted
	}
	n := cmp.Or(u.FullName, strings.TrimSpace(u.FirstName+" "+u.LastName), u.Username)
	if n != "" {
		line, room := name.Render(draw.Cut(n, p.W-2, p.Glyphs.Tail)), p.W-4-draw.Width(n)
		if u.Username != n && u.Username != "" && draw.Width(u.Username) <= room {
			line += "  " + p.Muted.Render(u.Username)
		}
		p.Add("name", n, line)
	}
	plain := p.Plain
	p.Plain = true
	p.Fact("user id", u.ID)
	p.FactIn(p.Muted, "profile", strings.Join(append(present(p.row.service, p.row.config.Label), hashed(p.row.config.Tags)...), "  "))
	p.List("e-mail", u.Emails)
	p.Plain = plain
}

// hashed are tags as they stand among other words.
func hashed(tags []string) []string {
	var out []string
	for _, t := range tags {
		out = append(out, "#"+t)
	}
	return out
}

// noAccount says why nobody is known yet.
func noAccount(r *row, g *theme.Glyphs) string {
	switch r.snap.Health.State {
	case account.Checking:
		return "loading" + g.Tail
	case account.Disabled:
		return "This profile is switched off."
	case account.NoUser:
		return "The token belongs to no user."
	default:
		return "The user is not known yet."
	}
}
