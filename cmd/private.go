package cmd

import (
	"path/filepath"
	"strconv"

	"github.com/spf13/pflag"

	"rollcall/client/account"
	"rollcall/client/privacy"
	"rollcall/client/text"
	"rollcall/cmd/discover"
	"rollcall/config"
	"rollcall/config/credential"
)

// addPrivateFlag adds the flag for showing the output to others.
func (c *console) addPrivateFlag(flags *pflag.FlagSet) {
	flags.BoolFunc("private", "put stand-ins in place of names of people and organizations, e-mail addresses, ids and hosts, also where the name of a profile holds one", func(value string) error {
		on, err := strconv.ParseBool(value)
		c.mask = nil
		if on {
			c.mask = c.newMask()
		}
		return err
	})
}

// newMask makes stand-ins, of which there are none yet.
func (c *console) newMask() *privacy.Mask {
	m := privacy.New(c.services.Infos())
	knowMachine(m, c.home())
	return m
}

// knowMachine has a mask know the home folder, and the files of tools.
func knowMachine(m *privacy.Mask, home string) {
	m.SetHome(home)
	m.ShowPlaces(discover.Places())
}

// maskOf is newMask with stand-ins for the files that a configuration names.
func (c *console) maskOf(all *config.Config) *privacy.Mask {
	m := c.newMask()
	hideFiles(m, all)
	return m
}

// hideFiles gives stand-ins to the files that a configuration names. It is called again
// when that has changed.
func hideFiles(m *privacy.Mask, all *config.Config) {
	hidePath(m, all.Path)
	for _, p := range all.Profiles {
		for _, path := range []string{p.CAFile, p.ClientCert, p.ClientKey} {
			m.File(path)
		}
		for _, secret := range []credential.Credential{p.Credential(), p.SecondToken} {
			switch secret.Kind() {
			case credential.SourceFile:
				m.File(secret.Reference()[0])
			case credential.SourceCommand:
				hideProgram(m, secret.Reference(), secret.Source())
			}
		}
	}
	for _, h := range all.Hooks {
		hideProgram(m, h.Run, h.Name())
	}
	for _, one := range all.Commands {
		hideProgram(m, one.Run, "")
	}
}

// hideProgram gives the program of an argument list a stand-in, and what it is called
// where something is said of it. One that is found by its name stays, as the name of a
// variable does: most have it from whoever made the program.
func hideProgram(m *privacy.Mask, run []string, called string) {
	if len(run) == 0 || filepath.Base(run[0]) == run[0] {
		return
	}
	m.File(run[0])
	m.File(filepath.Base(run[0]))
	for _, phrase := range []string{called, text.Capitalized(called)} {
		m.FileIn(phrase, run[0])
	}
}

// hidePath gives the path of a configuration a stand-in, and the folder that it is in.
func hidePath(m *privacy.Mask, path string) {
	m.File(path)
	m.File(filepath.Dir(path))
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
