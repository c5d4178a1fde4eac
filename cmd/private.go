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

// own is a text of the person's own as it can be shown; kind says what it is.
func (c *console) own(kind, words string) string {
	if c.mask == nil {
		return words
	}
	return c.mask.Own(kind, words)
}

// shown is a snapshot as it can be shown.
func (c *console) shown(s account.Snapshot) account.Snapshot {
	if c.mask == nil {
		return s
	}
	return c.mask.Snapshot(s)
}

func (c *console) shownAll(all []account.Snapshot) []account.Snapshot {
	names := make([]string, len(all))
	for i, s := range all {
		names[i], all[i] = s.Profile, c.shown(s)
	}
	// A name may tell what only a later answer has.
	for i, name := range names {
		all[i].Profile = c.named(config.Profile{Name: name}).Name
	}
	return all
}

// named is a profile with its name, label and tags as they can be shown.
func (c *console) named(p config.Profile) config.Profile {
	if c.mask != nil {
		p.Name, p.Label, p.Tags = c.mask.Profile(p.Name, p.Label, p.Tags)
	}
	return p
}

func (c *console) namedAll(all []config.Profile) []config.Profile {
	shown := make([]config.Profile, len(all))
	for i, p := range all {
		shown[i] = c.named(p)
	}
	return shown
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
