package cmd

import (
	"strconv"

	"github.com/spf13/pflag"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/config"
)

// addPrivateFlag adds the flag for showing the output to others.
func (a *app) addPrivateFlag(flags *pflag.FlagSet) {
	flags.BoolFunc("private", "put stand-ins in place of names, e-mail addresses, ids and hosts", func(value string) error {
		on, err := strconv.ParseBool(value)
		a.mask = nil
		if on {
			a.mask = client.NewMask()
		}
		return err
	})
}

// told is a text as it can be shown: with stand-ins where those are wanted.
func (a *app) told(text string) string {
	if a.mask == nil {
		return text
	}
	return a.mask.Text(text)
}

// shown is a snapshot as it can be shown.
func (a *app) shown(s account.Snapshot) account.Snapshot {
	if a.mask == nil {
		return s
	}
	return a.mask.Snapshot(s)
}

func (a *app) shownAll(all []account.Snapshot) []account.Snapshot {
	for i, s := range all {
		all[i] = a.shown(s)
	}
	return all
}

// source is where the credential of a profile is, as it can be shown.
func (a *app) source(p config.Profile) string { return a.told(p.Credential().Source()) }
