package ui

import (
	"cmp"
	"slices"
	"strings"

	"rollcall/client/account"
	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/config/credential/extract"
	"rollcall/ui/draw"
)

// profileFields are what can be written of a profile, for one sort of change.
type profileFields struct {
	action config.EditKind
	// profile is the one to change, draft what it is at first.
	profile  string
	draft    config.Draft
	fields   []draw.Field
	services services
	// config is what the profile is for.
	config *config.Config
	here   storage
}

// newProfileFields are those for a change of the profile that the draft is of.
func newProfileFields(action config.EditKind, d config.Draft, c *config.Config, all services, here storage) profileFields {
	f := profileFields{action: action, profile: d.Name, draft: d, services: all, config: c, here: here}
	if action == config.EditDuplicate {
		d.Name = freeName(c, d.Name)
	}
	f.fields = []draw.Field{{Key: "name", Label: "name", Line: draw.LineOf(d.Name)}}
	if action == config.EditAdd || action == config.EditUpdate {
		f.fields = append(f.fields,
			draw.Field{Key: "provider", Label: "service", Choices: all.choices(), Chosen: placeOf(all.choices(), d.Provider)},
			draw.Field{Key: "base_url", Label: "address", Line: draw.LineOf(d.BaseURL)},
			draw.Field{Key: "username", Label: "user name", Line: draw.LineOf(d.Username)})
		f.fields = append(f.fields, partFields(d)...)
		f.fields = append(f.fields,
			draw.Field{Key: "source", Label: "secret in", Choices: sources(d, here), Chosen: placeOf(sources(d, here), string(d.Source))},
			draw.Field{Key: "reference", Line: draw.LineOf(d.Reference)},
			draw.Field{Key: "format", Label: "holds", Choices: contents(), Chosen: placeOf(contents(), d.Within.Format)},
			draw.Field{Key: "path", Label: "path", Line: draw.LineOf(d.Within.Path)},
			draw.Field{Key: "secret", Label: "secret", Line: draw.LineOf(""), Hidden: true},
			draw.Field{Key: "second_token", Label: "2nd in", Line: draw.LineOf(secondLine(d)), Offers: here.variables},
			draw.Field{Key: "label", Label: "label", Line: draw.LineOf(d.Label)},
			draw.Field{Key: "tags", Label: "tags", Line: draw.LineOf(strings.Join(d.Tags, ", "))})
	}
	for i := range f.fields {
		fd := &f.fields[i]
		if fd.Key == "source" && d.Source == "" && fd.Choices[fd.Chosen].Not != "" {
			fd.Turn(1)
		}
		fd.Was = fd.Value()
	}
	return f
}

// sources are where a secret can be. One that stands in the file can stay, but
// none is written there.
func sources(d config.Draft, here storage) []draw.Choice {
	all := []draw.Choice{
		{Value: string(credential.SourceKeyring), Word: "keyring of the system", Not: here.noKeyring},
		{Value: string(credential.SourceEnv), Word: "environment variable"},
		{Value: string(credential.SourceFile), Word: "file"},
		{Value: string(credential.SourceCommand), Word: "command of a password manager"},
	}
	if d.Source == credential.SourceLiteral && d.Name != "" {
		all = append(all, draw.Choice{Value: string(credential.SourceLiteral), Word: "the configuration, as it is"})
	}
	return all
}

// contents are what a file with the secret can hold.
func contents() []draw.Choice {
	all := []draw.Choice{{Word: "the secret alone"}}
	for _, format := range extract.Formats() {
		all = append(all, draw.Choice{Value: format, Word: "more, as " + format})
	}
	return all
}

func placeOf(all []draw.Choice, value string) int {
	return max(0, slices.IndexFunc(all, func(c draw.Choice) bool { return c.Value == value }))
}

// freeName is a name for a copy of a profile.
func freeName(c *config.Config, name string) string {
	free := name + "-copy"
	for slices.Contains(c.Names(), free) {
		free += "-copy"
	}
	return free
}

func (f *profileFields) field(key string) *draw.Field {
	for i := range f.fields {
		if f.fields[i].Key == key {
			return &f.fields[i]
		}
	}
	return nil
}

// value is that of a field, without spaces around it.
func (f *profileFields) value(key string) string {
	if fd := f.field(key); fd != nil {
		return fd.Trimmed()
	}
	return ""
}

// matters reports whether a field makes a difference.
func (f *profileFields) matters(key string) bool {
	switch source := credential.Source(f.value("source")); key {
	case "username":
		return f.service().Basic || f.demand().UserToken
	case "second_token":
		return f.demand().SecondToken
	case "reference":
		return source != credential.SourceLiteral
	case "secret":
		return source == credential.SourceKeyring
	case "format":
		return source == credential.SourceFile
	case "path":
		return source == credential.SourceFile && f.value("format") != ""
	}
	if n, is := placeOfPart(key); is {
		parts := f.demand().Parts
		return n < len(parts) && !(parts[n].Host && f.value("base_url") != "")
	}
	return true
}

// service is the one that is chosen.
func (f *profileFields) service() account.ServiceInfo { return *f.services.named(f.value("provider")) }

// offer has the field of a variable offer those that seem to hold tokens.
func (f *profileFields) offer() {
	if fd := f.field("reference"); fd != nil {
		fd.Offers = nil
		if credential.Source(f.value("source")) == credential.SourceEnv {
			fd.Offers = f.here.variables
		}
	}
}

// written is the draft as it is now.
func (f *profileFields) written() config.Draft {
	d := f.draft
	d.Name = f.value("name")
	if f.field("provider") == nil {
		return d
	}
	d.Provider, d.BaseURL, d.Label = f.value("provider"), f.value("base_url"), f.value("label")
	d.Source, d.Reference, d.Username, d.Within = credential.Source(f.value("source")), "", "", extract.Place{}
	if f.matters("username") {
		d.Username = f.value("username")
	}
	d = f.demanded(d)
	if f.matters("reference") {
		d.Reference = f.value("reference")
	}
	if f.matters("path") {
		d.Within = extract.Place{Format: f.value("format"), Path: f.value("path")}
	}
	if d.Source == credential.SourceKeyring && d.Reference == "" {
		d.Reference = config.KeyringEntry(d.Name)
	}
	d.Tags = config.SplitTags(f.value("tags"))
	return d
}

// tested is what is tried, with a secret that is to be stored.
func (f *profileFields) tested() (d config.Draft, secret string) { return f.written(), f.secret() }

// secret is one that is to be stored; empty for none.
func (f *profileFields) secret() string {
	if !f.matters("secret") {
		return ""
	}
	return f.value("secret")
}

// needsTest reports whether the service is to be asked before this is saved: not
// where only what it does not hear of was changed. Who changes nothing wants to
// see the test.
func (f *profileFields) needsTest() bool {
	switch f.action {
	case config.EditRename, config.EditDuplicate:
		return false
	case config.EditUpdate:
		return !f.dirty() || f.secret() != "" || f.written().AsksOtherwise()
	}
	return true
}

// forget drops the secret.
func (f *profileFields) forget() {
	if fd := f.field("secret"); fd != nil {
		fd.Forget()
	}
}

// change is what saving does.
func (f *profileFields) change() config.Edit {
	c := config.Edit{Kind: f.action, Profile: f.profile}
	switch f.action {
	case config.EditRename, config.EditDuplicate:
		c.To = f.value("name")
	default:
		c.Draft = f.written()
	}
	return c
}

// shown are the fields that matter, given what the others say.
func (f *profileFields) shown() []*draw.Field {
	var all []*draw.Field
	for i := range f.fields {
		if fd := &f.fields[i]; f.matters(fd.Key) {
			all = append(all, fd)
		}
	}
	return all
}

// dirty reports whether something was written.
func (f *profileFields) dirty() bool {
	for i := range f.fields {
		if f.fields[i].Value() != f.fields[i].Was {
			return true
		}
	}
	return false
}

// label names a field: where the secret is, after the sort of place.
func (f *profileFields) label(fd *draw.Field) string {
	if n, is := placeOfPart(fd.Key); is && n < len(f.demand().Parts) {
		return f.demand().Parts[n].Name
	}
	if fd.Key != "reference" {
		return fd.Label
	}
	return map[credential.Source]string{
		credential.SourceEnv: "variable", credential.SourceFile: "file", credential.SourceCommand: "command",
		credential.SourceKeyring: "entry",
	}[credential.Source(f.value("source"))]
}

// otherwise is what holds for an empty field.
func (f *profileFields) otherwise(fd *draw.Field) string {
	switch fd.Key {
	case "base_url":
		return f.service().DefaultURL
	case "reference":
		if credential.Source(f.value("source")) == credential.SourceKeyring && f.value("name") != "" {
			return config.KeyringEntry(f.value("name"))
		}
	}
	return ""
}

// advice is what to know of a field while it is written.
func (f *profileFields) advice(fd *draw.Field) string {
	if n, is := placeOfPart(fd.Key); is && n < len(f.demand().Parts) {
		return adviceOnPart(f.demand().Parts[n])
	}
	switch fd.Key {
	case "second_token":
		return "the variable with the second token"
	case "name":
		return "what to call the account here"
	case "base_url":
		if url := f.service().DefaultURL; url != "" {
			return "empty for " + url
		}
		return "such as https://onezone.example.org"
	case "username":
		if f.demand().UserToken {
			return "the user that the token belongs to"
		}
		return "with a password; empty for a token"
	case "path":
		return "such as " + extract.Example(f.value("format"))
	case "provider", "source", "format":
		return "left and right choose"
	case "reference":
		return map[credential.Source]string{
			credential.SourceEnv:     "the name of the variable, such as KATAPULT_API_KEY",
			credential.SourceFile:    "the path of the file, such as ~/.config/token",
			credential.SourceCommand: "what prints it, such as: pass show work",
			credential.SourceKeyring: "the entry; empty for " + config.KeyringEntry(cmp.Or(f.value("name"), "NAME")),
		}[credential.Source(f.value("source"))]
	case "secret":
		return cmp.Or(doubt(f.secret(), f.written()), "paste it here, it goes into the keyring; empty for the one that is stored there")
	case "tags":
		return "with commas between them"
	}
	return ""
}
