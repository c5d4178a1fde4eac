package config

import (
	"context"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/config/credential"
	"rollcall/config/credential/extract"
)

// parsed is the configuration of a text, in a folder /etc.
func parsed(t *testing.T, text string) *Config {
	t.Helper()
	c, err := Parse(filepath.Join("/etc", "c.toml"), []byte(text), testProviders())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const draftedFile = `refresh_interval = "5m"
[profiles.work]
provider = "katapult"
token    = { env = "WORK" }
ca_file  = "ca.pem"
identity = "user_x"
[profiles.admin]
provider = "onezone"
base_url = "https://onezone.example.org"
username = "admin"
password = "s3cret"
request_timeout = "3s"
tags     = ["a", "b"]
label    = "Admin"
[profiles.shell]
provider = "katapult"
token    = { command = ["pass", "show", "it's mine"] }
proxy    = "nonsense"
[profiles.cli]
provider = "katapult"
token    = { file = "/etc/cli.yml", format = "yaml", path = "$['a'].token" }
`

func TestDraftOf(t *testing.T) {
	t.Parallel()
	c := parsed(t, draftedFile)
	want := []Draft{
		{Name: "work", Provider: "katapult", Source: credential.SourceEnv, Reference: "WORK"},
		{Name: "admin", Provider: "onezone", BaseURL: "https://onezone.example.org", Label: "Admin", Tags: []string{"a", "b"},
			Username: "admin", Source: credential.SourceLiteral},
		{Name: "shell", Provider: "katapult", Source: credential.SourceCommand, Reference: `pass show 'it'\''s mine'`},
		{Name: "cli", Provider: "katapult", Source: credential.SourceFile, Reference: "/etc/cli.yml",
			Within: extract.Place{Format: "yaml", Path: "$['a'].token"}},
	}
	for i, p := range c.Profiles {
		got := DraftOf(p)
		if wrong := got.Check(c); len(wrong) > 0 {
			t.Errorf("%s: %v", p.Name, wrong)
		}
		again, err := got.Profile(c)
		if err != nil || !reflect.DeepEqual(again, p) {
			t.Errorf("%v\n%+v\n%+v", err, again, p)
		}
		got.was = nil
		// The quoting of an apostrophe is the library's.
		if got.Source == credential.SourceCommand {
			got.Reference = want[i].Reference
		}
		if !reflect.DeepEqual(got, want[i]) {
			t.Errorf("got %+v\nwant %+v", got, want[i])
		}
	}
}

// Tags that are changed in place are changed, and those of the profile are not.
func TestDraftOwnsItsTags(t *testing.T) {
	t.Parallel()
	p := parsed(t, draftedFile).Profiles[1]
	d := DraftOf(p)
	d.Tags[0] = "z"
	if !d.changes("tags") || !slices.Equal(p.Tags, []string{"a", "b"}) {
		t.Errorf("%v, %q", d.changes("tags"), p.Tags)
	}
}

// What is wrong is told where it was written.
func TestDraftCheck(t *testing.T) {
	t.Parallel()
	c := parsed(t, draftedFile)
	fine := Draft{Name: "new", Provider: "katapult", Source: credential.SourceEnv, Reference: "A"}
	tests := []struct {
		name   string
		change func(*Draft)
		want   map[string]string
	}{
		{"nothing", func(*Draft) {}, map[string]string{}},
		{"all kinds", func(d *Draft) {
			d.BaseURL, d.Label, d.Tags, d.Source, d.Reference = "https://h.example.org/x", "L", []string{"t"}, credential.SourceKeyring, "new"
		}, map[string]string{}},
		{"all empty", func(d *Draft) { *d = Draft{} }, map[string]string{
			"name": "the name must not be empty", "provider": "provider is missing; it is katapult or onezone",
			"source": "choose where the secret comes from: env, file, command or keyring"}},
		{"name taken", func(d *Draft) { d.Name = "work" }, map[string]string{"name": `there is a profile "work" already`}},
		{"name of an option", func(d *Draft) { d.Name = "-x" }, map[string]string{
			"name": `the name must not begin with "-", or a command would take it for an option`}},
		{"provider", func(d *Draft) { d.Provider = "katapul" }, map[string]string{
			"provider": `provider must be katapult or onezone, not "katapul"; did you mean "katapult"?`}},
		{"no address", func(d *Draft) { d.Provider = "onezone" }, map[string]string{
			"base_url": `base_url is missing, and onezone has no public address; write base_url = "https://onezone.example.org"`}},
		{"address", func(d *Draft) { d.BaseURL = "http://example.org" }, map[string]string{
			"base_url": "base_url must begin with https://, since http:// would send the credential unencrypted"}},
		{"label and tags", func(d *Draft) { d.Label, d.Tags = "a\nb", []string{"a", " "} }, map[string]string{
			"label": "label must not have line breaks or control characters in it",
			"tags":  "a tag must not be empty, or have line breaks or control characters in it"}},
		{"username", func(d *Draft) { d.Username = "sam" }, map[string]string{
			"username": `katapult does not take a user name; write a token, such as token = { env = "NAME_OF_A_VARIABLE" }`}},
		{"variable", func(d *Draft) { d.Reference = "$A" }, map[string]string{
			"reference": `env must be the name of a variable, without "$", such as "KATAPULT_API_KEY"`}},
		{"no file", func(d *Draft) { d.Source, d.Reference = credential.SourceFile, "" }, map[string]string{
			"reference": `file must not be empty; write a value such as "token.txt"`}},
		{"place in a file", func(d *Draft) {
			d.Source, d.Reference, d.Within = credential.SourceFile, "~/a.json", extract.Place{Format: "json", Path: "$.a"}
		}, map[string]string{}},
		{"format without a path", func(d *Draft) {
			d.Source, d.Reference, d.Within = credential.SourceFile, "~/a.json", extract.Place{Format: "json"}
		}, map[string]string{"path": `path must not be empty; write a value such as "$.token"`}},
		{"no such format", func(d *Draft) {
			d.Source, d.Reference, d.Within = credential.SourceFile, "~/a.json", extract.Place{Format: "jso", Path: "$.a"}
		}, map[string]string{"format": `format must be json, yaml, toml, ini, netrc or npmrc, not "jso"; did you mean "json"?`}},
		{"place of a variable", func(d *Draft) { d.Within = extract.Place{Format: "json", Path: "$.a"} }, map[string]string{}},
		{"no command", func(d *Draft) { d.Source, d.Reference = credential.SourceCommand, " " }, map[string]string{
			"reference": "the command line must not be empty; write one such as: pass show work"}},
		{"half a command", func(d *Draft) { d.Source, d.Reference = credential.SourceCommand, "pass 'show" }, map[string]string{
			"reference": "the command line has a quote without its end, or ends in a backslash"}},
		{"no entry", func(d *Draft) { d.Source, d.Reference = credential.SourceKeyring, "" }, map[string]string{
			"reference": `keyring must be "service/user", such as "rollcall/admin"`}},
		{"password", func(d *Draft) {
			d.Provider, d.BaseURL, d.Username, d.Reference = "onezone", "https://h.example.org", "sam", "a b"
		}, map[string]string{"reference": `env must be the name of a variable, without "$", such as "KATAPULT_API_KEY"`}},
		{"literal", func(d *Draft) { d.Source = credential.SourceLiteral }, map[string]string{
			"source": "a secret is not written into the configuration; keep it in the keyring, in a file or in a variable"}},
		{"bytes", func(d *Draft) { d.Label, d.Tags = "\xff", []string{"a", "\xff"} }, map[string]string{
			"label": "this is not text in UTF-8", "tags": "this is not text in UTF-8"}},
		{"source", func(d *Draft) { d.Source = "vault" }, map[string]string{
			"source": "choose where the secret comes from: env, file, command or keyring"}},
		{"literal kept", func(d *Draft) { *d = DraftOf(c.Profiles[1]) }, map[string]string{}},
		{"literal as another key", func(d *Draft) { *d = DraftOf(c.Profiles[1]); d.Username = "" }, map[string]string{
			"source": "a secret is not written into the configuration; keep it in the keyring, in a file or in a variable"}},
		{"renamed", func(d *Draft) { *d = DraftOf(c.Profiles[0]); d.Name = "job" }, map[string]string{}},
		{"renamed to another", func(d *Draft) { *d = DraftOf(c.Profiles[0]); d.Name = "admin" }, map[string]string{
			"name": `there is a profile "admin" already`}},
	}
	for _, test := range tests {
		d := fine
		test.change(&d)
		got := d.Check(c)
		if !maps.Equal(got, test.want) {
			t.Errorf("%s: %q\nwant %q", test.name, got, test.want)
		}
		if _, err := d.Profile(c); (err == nil) != (len(got) == 0) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// Whatever is written into a draft, what is wrong with it is told at a field,
// and what is not can be saved and means the same then.
func FuzzDraft(f *testing.F) {
	f.Add("work", "katapult", "", "Work", "a", "", "env", "A")
	f.Add("odd \"name\"", "onezone", "https://h.example.org", "é\u202e", "#", "sam", "command", "pass 'a b'")
	f.Add("x", "katapult", "", "", "", "", "literal", "\xff\x00")
	f.Fuzz(func(t *testing.T, name, provider, url, label, tag, username, source, reference string) {
		d := Draft{Name: name, Provider: provider, BaseURL: url, Label: label, Username: username,
			Source: credential.Source(source), Reference: reference}
		if tag != "" {
			d.Tags = []string{tag}
		}
		c := parsed(t, "")
		wrong := d.Check(c)
		for key, sentence := range wrong {
			if !slices.Contains([]string{"name", "provider", "base_url", "label", "tags", "username", "source", "reference"}, key) || sentence == "" {
				t.Fatalf("%+v: %q", d, wrong)
			}
		}
		if len(wrong) > 0 {
			return
		}
		want, err := d.Profile(c)
		if err != nil {
			t.Fatal(err)
		}
		text, err := Edit{Kind: EditAdd, Draft: d}.Apply(nil)
		if err != nil {
			t.Fatalf("%+v: %v", d, err)
		}
		got := parsed(t, string(text)).Profiles[0]
		if want.Line = got.Line; !reflect.DeepEqual(got, want) {
			t.Fatalf("got %+v\nwant %+v\n%s", got, want, text)
		}
	})
}

// A draft is tested as the profile that it will be: with the keys that it does
// not show, and with the secret that it does not know.
func TestDraftProfile(t *testing.T) {
	t.Parallel()
	c := parsed(t, draftedFile)
	d := DraftOf(c.Profiles[0])
	d.Name, d.Source, d.Reference = "job", credential.SourceFile, "token"
	p, err := d.Profile(c)
	if err != nil || p.Name != "job" || p.CAFile != filepath.Join("/etc", "ca.pem") || p.Identity != "user_x" ||
		p.Token.Source() != "file "+filepath.Join("/etc", "token") || p.RefreshInterval != 5*time.Minute {
		t.Errorf("%+v, %v", p, err)
	}
	d = DraftOf(c.Profiles[1])
	d.Label = "Root"
	p, err = d.Profile(c)
	if err != nil || p.Label != "Root" || p.RequestTimeout != 3*time.Second || !p.Token.IsZero() {
		t.Errorf("%+v, %v", p, err)
	}
	if secret, _, err := p.Password.Resolve(context.Background()); secret != "s3cret" || err != nil {
		t.Errorf("%q, %v", secret, err)
	}
	p, err = DraftOf(c.Profiles[2]).Profile(c)
	if err != nil || len(p.Problems) != 1 || !strings.Contains(p.Problems[0].Message, "proxy must") {
		t.Errorf("%+v, %v: what the draft leaves alone is still wrong", p, err)
	}
	p, err = Draft{Name: "new", Provider: "katapult", Source: credential.SourceEnv, Reference: "A"}.Profile(c)
	if err != nil || p.RefreshInterval != 5*time.Minute || p.RequestTimeout != 10*time.Second {
		t.Errorf("%+v, %v", p, err)
	}
}

// A secret that others can read is refused with a draft, too, until the draft
// takes another source.
func TestDraftExposed(t *testing.T) {
	t.Parallel()
	c, err := parse("/etc/c.toml", []byte("[profiles.a]\nprovider = 'katapult'\ntoken = 's3cret'\n"), testProviders(), fileVersion{mode: 0o644})
	if err != nil {
		t.Fatal(err)
	}
	d := DraftOf(c.Profiles[0])
	p, err := d.Profile(c)
	if err != nil || len(p.Problems) != 1 {
		t.Errorf("%+v, %v", p.Problems, err)
	}
	d.Source, d.Reference = credential.SourceEnv, "A"
	p, err = d.Profile(c)
	if err != nil || len(p.Problems) != 0 || p.Token.Source() != "env A" {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestProblemKeys(t *testing.T) {
	t.Parallel()
	c := parsed(t, "default_profile = 1\n[ui]\nmouse = 3\n[profiles.a]\ntokn = 'x'\ntoken.env = '$A'\n[profiles.b]\nprovider = 'onezone'\ntoken = {}\n")
	var got []string
	for _, p := range c.Problems {
		got = append(got, p.Profile+":"+p.Key)
	}
	want := []string{":default_profile", ":ui.mouse", "a:provider", "a:tokn", "a:token.env", "b:base_url", "b:token"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// TestDraftAsksOtherwise knows which changes a service would hear of.
func TestDraftAsksOtherwise(t *testing.T) {
	t.Parallel()
	c := parsed(t, draftedFile)
	for _, tt := range []struct {
		profile, what string
		change        func(d *Draft)
		want          bool
	}{
		{"work", "nothing", func(*Draft) {}, false},
		{"work", "label", func(d *Draft) { d.Label = "Mine" }, false},
		{"work", "tags", func(d *Draft) { d.Tags = []string{"prod"} }, false},
		{"work", "name", func(d *Draft) { d.Name = "office" }, false},
		{"work", "service", func(d *Draft) { d.Provider = "onezone" }, true},
		{"work", "address", func(d *Draft) { d.BaseURL = "https://k.example.org" }, true},
		{"work", "variable", func(d *Draft) { d.Reference = "OTHER" }, true},
		{"work", "place", func(d *Draft) { d.Source, d.Reference = credential.SourceFile, "/etc/token" }, true},
		{"admin", "label", func(d *Draft) { d.Label = "" }, false},
		{"admin", "user name", func(d *Draft) { d.Username = "root" }, true},
		{"admin", "a secret out of the file", func(d *Draft) { d.Source, d.Reference = credential.SourceEnv, "X" }, true},
	} {
		p, _ := c.Profile(tt.profile)
		d := DraftOf(p)
		if tt.change(&d); d.AsksOtherwise() != tt.want {
			t.Errorf("%s of %s: asks otherwise %v, want %v", tt.what, tt.profile, !tt.want, tt.want)
		}
	}
	if !(Draft{Name: "new"}).AsksOtherwise() {
		t.Error("a new profile needs no test")
	}
}

// A draft that is too long to be read says so at one key, which is the same each time.
func TestDraftTooLong(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", maxConfig/2)
	d := Draft{Name: "a", Provider: "katapult", Label: long, Username: long, Source: credential.SourceEnv, Reference: "X"}
	for range 6 {
		wrong := d.Check(&Config{})
		if keys := slices.Sorted(maps.Keys(wrong)); !slices.Equal(keys, []string{"label"}) || !strings.Contains(wrong["label"], "larger than 8 MiB") {
			t.Fatalf("it says so at %q", keys)
		}
	}
}
