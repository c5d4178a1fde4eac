package config

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"rollcall/config/credential"
	"rollcall/config/credential/extract"
)

// Draft is a profile as a person writes it: texts, not yet checked. A command
// line can have a password in it: do not print a draft.
type Draft struct {
	Name, Provider, BaseURL, Label string
	Tags                           []string
	// Parts are what the profile puts into an address that leaves some of it open.
	Parts map[string]string
	// Username goes with a password; it is empty for a token, unless UserToken says that
	// the service wants both.
	Username  string
	UserToken bool
	// Second is where the second token is, of a service that wants two.
	Second credential.Credential
	Source credential.Source
	// Reference is a variable, a path, a command line in the quoting of a
	// shell, or an entry of the keyring; empty for a literal, which is never
	// shown.
	Reference string
	// Within is where in the file the secret is; zero where it is alone there, and for
	// other sources.
	Within extract.Place

	// was is the draft of the profile before the person has changed
	// anything; nil for a new profile.
	was *Draft
}

// KeyringEntry is where the secret of a profile goes unless another entry of the
// keyring is named.
func KeyringEntry(profile string) string { return "rollcall/" + profile }

// SplitTags takes apart what a person writes, with commas between the tags.
func SplitTags(text string) []string {
	var tags []string
	for tag := range strings.SplitSeq(text, ",") {
		if tag = strings.TrimSpace(tag); tag != "" {
			tags = append(tags, tag)
		}
	}
	return tags
}

// DraftOf is a draft to edit a profile: change it, and keep the rest of it. A
// secret in the file stays there as long as the source does.
func DraftOf(p Profile) Draft {
	c := p.Credential()
	d := Draft{
		Name: p.Name, Provider: p.Provider, BaseURL: p.BaseURL, Label: p.Label, Tags: slices.Clone(p.Tags),
		Username: p.Username, UserToken: p.Username != "" && !p.Token.IsZero(), Second: p.SecondToken.Without(nil), Parts: maps.Clone(p.Parts),
		Source: c.Kind(), Reference: c.Line(), Within: c.Within(),
	}
	was := d
	was.Tags, was.Parts = slices.Clone(p.Tags), maps.Clone(p.Parts)
	d.was = &was
	return d
}

// draftKeys are the keys of the file that a draft decides besides the
// credential.
var draftKeys = []string{"provider", "base_url", "label", "tags", "username"}

// keys are those of the file that the draft, or the one before it, decides.
func (d Draft) keys() []string {
	keys := append(slices.Clone(draftKeys), "token", "password", secondKey)
	parts := maps.Clone(d.Parts)
	if d.was != nil && parts != nil {
		maps.Copy(parts, d.was.Parts)
	} else if d.was != nil {
		parts = d.was.Parts
	}
	return append(keys, slices.Sorted(maps.Keys(parts))...)
}

// secondKey is the key of the second token.
const secondKey = "second_token"

// secretKey is the key that the credential has in the file.
func (d Draft) secretKey() string {
	if d.Username != "" && !d.UserToken {
		return "password"
	}
	return "token"
}

// Credential is where to find the secret, unchecked but for what cannot be
// written. It is none for a secret that is kept in the file.
func (d Draft) Credential() (credential.Credential, error) {
	c, err := credential.Parse(d.Source, d.Reference)
	return c.In(d.Within), err
}

// CannotReplace says why the secret cannot be replaced, and what to do instead; both
// are empty where it can.
func (d Draft) CannotReplace() (why, instead string) {
	return credential.CannotReplace(d.Name, d.Source)
}

// Replacement is how another secret gets to the place of the one that the draft refers
// to.
func (d Draft) Replacement() credential.Replacement {
	return credential.ReplacementOf(d.Source, d.Reference, d.Within)
}

// Stays tells of the second token, which stays where the secret is replaced, and how a
// person replaces that; empty where there is none.
func (d Draft) Stays() string {
	where, how := d.Second.Source(), credential.ReplacementOf(d.Second.Kind(), d.Second.Line(), d.Second.Within()).Todo
	switch {
	case d.Second.IsZero():
		return ""
	case d.Second.Kind() == credential.SourceLiteral:
		how = "write the new one into the line " + secondKey + " of the profile"
	case how == "":
		how = "put the new one there yourself"
	}
	return fmt.Sprintf("This replaces the %s alone. The second token (%s) stays; to replace that, %s.", d.secretKey(), where, how)
}

// keepsLiteral reports whether the secret stays where it is in the file.
func (d Draft) keepsLiteral() bool {
	return d.Source == credential.SourceLiteral && d.was != nil && d.was.Source == credential.SourceLiteral && d.was.secretKey() == d.secretKey()
}

// settings are the keys of the profile. A secret in the file is none of them.
func (d Draft) settings() []setting {
	var all []setting
	text := func(key, value string) {
		if value != "" {
			all = append(all, setting{key, value})
		}
	}
	text("provider", d.Provider)
	text("base_url", d.BaseURL)
	for _, name := range slices.Sorted(maps.Keys(d.Parts)) {
		text(name, d.Parts[name])
	}
	text("username", d.Username)
	if c, err := d.Credential(); err == nil && !c.IsZero() {
		all = append(all, setting{d.secretKey(), c})
	}
	if _, named := credential.NotationOf(d.Second.Kind()); named {
		all = append(all, setting{secondKey, d.Second})
	}
	text("label", d.Label)
	if len(d.Tags) > 0 {
		all = append(all, setting{"tags", d.Tags})
	}
	return all
}

// changes reports whether an update has to write a key of the file: one whose
// value the person has changed. A secret that stands in the file is never
// written.
func (d Draft) changes(key string) bool {
	switch secret := key == "token" || key == "password"; {
	case key == secondKey && d.Second.Kind() == credential.SourceLiteral:
		return false
	case secret && d.Source == credential.SourceLiteral:
		return false
	case d.was == nil, secret && d.was.Source == credential.SourceLiteral:
		return true
	}
	return !reflect.DeepEqual(d.setting(key), d.was.setting(key))
}

// AsksOtherwise reports whether a check of the draft can have another answer than
// one of the profile that it was made of: a label and tags are nothing to a service.
func (d Draft) AsksOtherwise() bool {
	return d.was == nil || slices.ContainsFunc(d.keys(), func(key string) bool {
		return key != "label" && key != "tags" && d.changes(key)
	})
}

// setting is the value of a key; nil where it has none.
func (d Draft) setting(key string) any {
	for _, s := range d.settings() {
		if s.key == key {
			return s.value
		}
	}
	return nil
}

// Overwrites names a key in which an update with the draft would undo what
// somebody else has changed since the draft was made; now is a draft of the
// profile as it is by now. The name is empty where nothing would be undone.
func (d Draft) Overwrites(now Draft) string {
	if d.was == nil {
		return ""
	}
	for _, key := range d.keys() {
		is := now.setting(key)
		if d.changes(key) && !reflect.DeepEqual(is, d.was.setting(key)) && !reflect.DeepEqual(is, d.setting(key)) {
			return key
		}
	}
	return ""
}
