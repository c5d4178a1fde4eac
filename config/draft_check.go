package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"rollcall/config/credential"
)

// Check says what is wrong with a draft, as a sentence for each of the keys
// name, provider, base_url, label, tags, username, source, reference, format, path and
// second_token, and for each part of the address that is not fine. The configuration is the one that the profile is for.
func (d Draft) Check(c *Config) map[string]string {
	wrong, longest := map[string]string{}, ""
	texts := map[string]string{
		"name": d.Name, "provider": d.Provider, "base_url": d.BaseURL, "label": d.Label,
		"tags": strings.Join(d.Tags, ""), "username": d.Username, "reference": d.Reference,
		formatKey: d.Within.Format, pathKey: d.Within.Path,
	}
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		text := texts[key]
		if !utf8.ValidString(text) {
			wrong[key] = "this is not text in UTF-8"
		}
		if longest == "" || len(text) > len(texts[longest]) {
			longest = key
		}
	}
	if len(wrong) > 0 {
		return wrong
	}
	for _, p := range d.parsed(c).Problems {
		key := d.field(p.Key)
		if key == "" {
			// Only a text that is endless makes the whole unreadable.
			key = longest
		}
		if _, said := wrong[key]; !said {
			wrong[key] = p.Message
		}
	}
	if name := wrongName(d.Name); name != "" {
		wrong["name"] = "the name " + name
	} else if (d.was == nil || d.was.Name != d.Name) && slices.Contains(c.Names(), d.Name) {
		wrong["name"] = fmt.Sprintf("there is a profile %s already", quote(d.Name))
	}
	_, referred := credential.NotationOf(d.Source)
	switch {
	case referred:
		if _, err := d.Credential(); err != nil {
			wrong["reference"] = err.Error()
		}
	case d.Source != credential.SourceLiteral:
		wrong["source"] = "choose where the secret comes from: " + credential.SourceNames("or")
	case !d.keepsLiteral():
		wrong["source"] = errWritten.Error()
	}
	return wrong
}

// field is the key of [Draft.Check] for one of the file.
func (d Draft) field(key string) string {
	switch key {
	case "password", "token":
		return "source"
	}
	if strings.HasPrefix(key, secondKey+".") {
		return secondKey
	}
	switch below, is := strings.CutPrefix(key, d.secretKey()+"."); {
	case is && (below == formatKey || below == pathKey):
		return below
	case is:
		return "reference"
	}
	return key
}

// parsed is the profile as a file would have it: it is written to a file in
// memory and read from that, so that a draft and a file are checked by the same
// rules. Where the draft has no credential that can be written, that of a
// variable stands in for it, so that a missing credential hides no other
// problem.
func (d Draft) parsed(c *Config) Profile {
	settings := d.settings()
	if !slices.ContainsFunc(settings, func(s setting) bool { return s.key == d.secretKey() }) {
		settings = append(settings, setting{d.secretKey(), credential.Env("X")})
	}
	if d.Second.Kind() == credential.SourceLiteral {
		settings = append(settings, setting{secondKey, credential.Env("X")})
	}
	text, err := edit(nil, func(r *document) error { return r.add("draft", settings) })
	if err != nil {
		return Profile{Problems: []Problem{{Message: err.Error()}}}
	}
	one, err := Parse(c.Path, text, c.services)
	if err != nil {
		return Profile{Problems: []Problem{{Message: err.Error()}}}
	}
	return one.Profiles[0]
}

// Profile is the profile as the file would have it, with the keys that a draft
// has not; those of a new one are the file's. The error is the first of
// [Draft.Check].
func (d Draft) Profile(c *Config) (Profile, error) {
	wrong := d.Check(c)
	if keys := slices.Sorted(maps.Keys(wrong)); len(keys) > 0 {
		return Profile{}, errors.New(wrong[keys[0]])
	}
	read := d.parsed(c)
	p := Profile{RefreshInterval: c.RefreshInterval, RequestTimeout: c.RequestTimeout}
	if d.was != nil {
		if i := slices.Index(c.Names(), d.was.Name); i >= 0 {
			p = c.Profiles[i]
		}
	}
	literal := p.Credential()
	p.Name, p.Provider, p.BaseURL, p.Label, p.Tags = d.Name, read.Provider, read.BaseURL, read.Label, read.Tags
	p.Username, p.Token, p.Password, p.Parts = read.Username, read.Token, read.Password, read.Parts
	if d.Second.Kind() != credential.SourceLiteral {
		p.SecondToken = read.SecondToken
	}
	switch {
	case d.keepsLiteral() && d.secretKey() == "password":
		p.Password = literal
	case d.keepsLiteral():
		p.Token = literal
	}
	p.Problems = slices.DeleteFunc(slices.Clone(p.Problems), func(one Problem) bool { return d.decides(one.Key) })
	c.guard(&p)
	return p, nil
}

// decides reports whether a key of the file gets its value from the draft. What
// was wrong with the old value is no problem of the profile any more.
func (d Draft) decides(key string) bool {
	key, _, _ = strings.Cut(key, ".")
	switch key {
	case "token", "password":
		return !d.keepsLiteral()
	case "":
		return true
	}
	return slices.Contains(d.keys(), key)
}
