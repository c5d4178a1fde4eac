package ui

import (
	"rollcall/client/account"
	"rollcall/client/privacy"
)

// cover replaces names, addresses and ids by stand-ins while the screen is shown
// to others. The zero value shows everything as it is.
type cover struct{ mask *privacy.Mask }

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

// snapshot is what is known of a profile as it can be shown.
func (c *cover) snapshot(s account.Snapshot) account.Snapshot {
	if c.mask == nil {
		return s
	}
	return c.mask.Snapshot(s)
}

// past is what is kept of a profile as it can be shown.
func (c *cover) past(p account.Past) account.Past {
	if c.mask == nil {
		return p
	}
	return c.mask.Past(p)
}
