package ui

import (
	"slices"
	"strings"

	"rollcall/client"
	"rollcall/config"
)

// newProfileForm is the form for a change of the profile that the draft is of.
func newProfileForm(title string, action config.Action, d config.Draft, c *config.Config, s *Styles) *profileForm {
	f := &profileForm{
		trial: newTrial(title, s), action: action, profile: d.Name, draft: d, config: c,
	}
	if action == config.ActionDuplicate {
		d.Name = freeName(c, d.Name)
	}
	f.fields = []field{{key: "name", label: "name", line: lineOf(d.Name)}}
	if action == config.ActionAdd || action == config.ActionUpdate {
		f.fields = append(f.fields,
			field{key: "provider", label: "service", choices: services(), choice: placeOf(services(), d.Provider)},
			field{key: "base_url", label: "address", line: lineOf(d.BaseURL)},
			field{key: "username", label: "user name", line: lineOf(d.Username)},
			field{key: "source", label: "secret in", choices: sources(d), choice: placeOf(sources(d), string(d.Source))},
			field{key: "reference", line: lineOf(d.Reference)},
			field{key: "secret", label: "secret", line: lineOf(""), hidden: true},
			field{key: "label", label: "label", line: lineOf(d.Label)},
			field{key: "tags", label: "tags", line: lineOf(strings.Join(d.Tags, ", "))})
	}
	for i := range f.fields {
		f.fields[i].was = f.fields[i].value()
	}
	f.showFields()
	f.check()
	return f
}

func services() []choice {
	var all []choice
	for _, p := range client.Providers() {
		all = append(all, choice{value: p.Name, word: p.Title})
	}
	return all
}

// sources are where a secret can be. One that stands in the file can stay, but
// none is written there.
func sources(d config.Draft) []choice {
	all := []choice{
		{value: string(config.SourceKeyring), word: "keyring of the system"},
		{value: string(config.SourceEnv), word: "environment variable"},
		{value: string(config.SourceFile), word: "file"},
		{value: string(config.SourceCommand), word: "command of a password manager"},
	}
	if d.Source == config.SourceLiteral && d.Name != "" {
		all = append(all, choice{value: string(config.SourceLiteral), word: "the configuration, as it is"})
	}
	return all
}

func placeOf(all []choice, value string) int {
	return max(0, slices.IndexFunc(all, func(c choice) bool { return c.value == value }))
}

// freeName is a name for a copy of a profile.
func freeName(c *config.Config, name string) string {
	free := name + "-copy"
	for slices.Contains(c.Names(), free) {
		free += "-copy"
	}
	return free
}

func (f *profileForm) field(key string) *field {
	for i := range f.fields {
		if f.fields[i].key == key {
			return &f.fields[i]
		}
	}
	return nil
}

// value is that of a field, without spaces around it.
func (f *profileForm) value(key string) string {
	if fd := f.field(key); fd != nil {
		return fd.trimmed()
	}
	return ""
}

// matters reports whether a field makes a difference.
func (f *profileForm) matters(key string) bool {
	switch source := config.Source(f.value("source")); key {
	case "username":
		return f.service().Basic
	case "reference":
		return source != config.SourceLiteral
	case "secret":
		return source == config.SourceKeyring
	}
	return true
}

// service is the one that is chosen.
func (f *profileForm) service() client.Provider { return service(f.value("provider")) }

// service is the one of a name; empty for none.
func service(name string) client.Provider {
	p, _ := client.ProviderNamed(name)
	return p
}

// written is the draft as it is now.
func (f *profileForm) written() config.Draft {
	d := f.draft
	d.Name = f.value("name")
	if f.field("provider") == nil {
		return d
	}
	d.Provider, d.BaseURL, d.Label = f.value("provider"), f.value("base_url"), f.value("label")
	d.Source, d.Reference, d.Username = config.Source(f.value("source")), "", ""
	if f.matters("username") {
		d.Username = f.value("username")
	}
	if f.matters("reference") {
		d.Reference = f.value("reference")
	}
	if d.Source == config.SourceKeyring && d.Reference == "" {
		d.Reference = config.KeyringEntry(d.Name)
	}
	d.Tags = config.SplitTags(f.value("tags"))
	return d
}

// tested is what is tried, with a secret that is to be stored.
func (f *profileForm) tested() (d config.Draft, secret string) { return f.written(), f.secret() }

// secret is one that is to be stored; empty for none.
func (f *profileForm) secret() string {
	if !f.matters("secret") {
		return ""
	}
	return f.value("secret")
}

// forget drops the secret.
func (f *profileForm) forget() {
	if fd := f.field("secret"); fd != nil {
		fd.forget()
	}
}

// change is what saving does.
func (f *profileForm) change() config.Change {
	c := config.Change{Action: f.action, Profile: f.profile}
	switch f.action {
	case config.ActionRename, config.ActionDuplicate:
		c.To = f.value("name")
	default:
		c.Draft = f.written()
	}
	return c
}
