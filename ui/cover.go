package ui

import (
	"slices"

	"rollcall/client/account"
	"rollcall/client/privacy"
	"rollcall/client/text"
	"rollcall/config"
)

// cover replaces names, addresses and ids by stand-ins while the screen is shown
// to others. The zero value shows everything as it is.
type cover struct {
	mask *privacy.Mask
	// learning is set until the mask has met whose all profiles are: nothing can be told
	// by then that may name somebody.
	learning bool
	// known is how many values had a stand-in when all rows were named last.
	known int
}

// on reports whether stand-ins are shown.
func (c *cover) on() bool { return c.mask != nil }

// text is a text that comes from no profile, such as the path of a file, as it
// can be shown.
func (c *cover) text(s string) string {
	switch {
	case c.mask == nil:
		return s
	case c.learning:
		return withheld
	}
	return c.mask.Text(s)
}

// named is what a configuration names, such as a program, as it can be shown: the mask
// knows it with the configuration.
func (c *cover) named(s string) string {
	if c.mask == nil {
		return s
	}
	return c.mask.Text(s)
}

// own is a text of the person's own, such as the name of a view, as it can be shown.
func (c *cover) own(kind, s string) string {
	switch {
	case c.mask == nil:
		return s
	case c.learning:
		return withheld
	}
	return c.mask.Own(kind, s)
}

// view is the name of a view as it can be shown; those of the program tell nothing.
func (c *cover) view(name string) string {
	if slices.Contains(config.BuiltInViews(), name) {
		return name
	}
	return c.own("view", text.Printable(name))
}

// query is what a saved view asks, as it can be shown.
func (c *cover) query(of *scope) string {
	if c.mask == nil {
		return text.Printable(of.view.Query)
	}
	return text.Printable(of.asked.Told(c.own))
}

// learn has the mask meet whose a profile is before anything of it is shown: the texts of
// other profiles may name the same person. s is nil for nothing new.
func (c *cover) learn(p *config.Profile, s *account.Snapshot) {
	if c.mask == nil {
		return
	}
	if s != nil {
		c.mask.Learn(*s)
	}
	c.mask.Learn(pinned(p))
}

// pinned is what a profile says by itself of whose it is: the pinned user and the one who
// signs in.
func pinned(p *config.Profile) account.Snapshot {
	return account.Snapshot{Account: &account.Account{User: account.User{ID: p.Identity, Username: p.Username}}}
}

// snapshot is what is known of a profile as it can be shown.
func (c *cover) snapshot(s *account.Snapshot) *account.Snapshot {
	if c.mask == nil {
		return s
	}
	shown := c.mask.Snapshot(*s)
	return &shown
}

// profile is a profile as it can be shown.
func (c *cover) profile(p *config.Profile) *config.Profile {
	if c.mask == nil {
		return p
	}
	shown := *p
	shown.Name, shown.Label, shown.Tags = c.mask.Profile(p.Name, p.Label, p.Tags)
	// The pinned user and the one who signs in may be no one else's.
	u := c.mask.Snapshot(pinned(p)).Account.User
	shown.Identity, shown.Username, shown.BaseURL = u.ID, u.Username, c.mask.Text(p.BaseURL)
	return &shown
}

// renamed is a profile that was shown before, with its name, label and tags as they can
// be shown by now; the same one where they are as before.
func (c *cover) renamed(p, shown *config.Profile) *config.Profile {
	name, label, tags := c.mask.Profile(p.Name, p.Label, p.Tags)
	if name == shown.Name && label == shown.Label && slices.Equal(tags, shown.Tags) {
		return shown
	}
	is := *shown
	is.Name, is.Label, is.Tags = name, label, tags
	return &is
}

// learned reports whether there is more to hide than when it was asked last.
func (c *cover) learned() bool {
	if c.mask == nil || c.mask.Known() == c.known {
		return false
	}
	c.known = c.mask.Known()
	return true
}

// past is what is kept of a profile as it can be shown.
func (c *cover) past(p account.Past) account.Past {
	if c.mask == nil {
		return p
	}
	return c.mask.Past(p)
}
