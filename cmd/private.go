package cmd

import (
	"strconv"

	"github.com/spf13/pflag"

	"rollcall/client/account"
	"rollcall/client/privacy"
	"rollcall/config"
)

// addPrivateFlag adds the flag for showing the output to others.
func (c *console) addPrivateFlag(flags *pflag.FlagSet) {
	flags.BoolFunc("private", "put stand-ins in place of names, e-mail addresses, ids and hosts", func(value string) error {
		on, err := strconv.ParseBool(value)
		c.mask = nil
		if on {
			c.mask = privacy.New(c.services.Infos())
		}
		return err
	})
}

// told is a text as it can be shown: with stand-ins where those are wanted.
func (c *console) told(text string) string {
	if c.mask == nil {
		return text
	}
	return c.mask.Text(text)
}

// shown is a snapshot as it can be shown.
func (c *console) shown(s account.Snapshot) account.Snapshot {
	if c.mask == nil {
		return s
	}
	return c.mask.Snapshot(s)
}

func (c *console) shownAll(all []account.Snapshot) []account.Snapshot {
	for i, s := range all {
		all[i] = c.shown(s)
	}
	return all
}

// shownPast is what is kept of a profile as it can be shown.
func (c *console) shownPast(p account.Past) account.Past {
	if c.mask == nil {
		return p
	}
	return c.mask.Past(p)
}

// source is where the credential of a profile is, as it can be shown.
func (c *console) source(p config.Profile) string { return c.told(p.Credential().Source()) }
