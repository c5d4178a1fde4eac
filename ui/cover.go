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
	// known is how many values had a stand-in when all rows were named last.
	known int
}

// on reports whether stand-ins are shown.
func (c *cover) on() bool { return c.mask != nil }

// text is a text that comes from no profile, such as the path of a file, as it
// can be shown.
func (c *cover) text(s string) string {
	if c.mask == nil {
		return s
	}
	return c.mask.Text(s)
}

// own is a text of the person's own, such as the name of a view, as it can be shown.
func (c *cover) own(kind, s string) string {
	if c.mask == nil {
		return s
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

// snapshot is what is known of a profile as it can be shown.
func (c *cover) snapshot(s account.Snapshot) account.Snapshot {
	if c.mask == nil {
		return s
	}
	return c.mask.Snapshot(s)
}

// profile is a profile with its name, label and tags as they can be shown.
func (c *cover) profile(p config.Profile) config.Profile {
	if c.mask != nil {
		p.Name, p.Label, p.Tags = c.mask.Profile(p.Name, p.Label, p.Tags)
	}
	return p
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
