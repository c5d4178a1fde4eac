package config

import (
	"strings"
	"testing"

	"rollcall/config/credential"
	"rollcall/config/credential/extract"
)

// TestReplacement says for each source who puts another secret into it, whether the
// old one is kept, and what a person has to do.
func TestReplacement(t *testing.T) {
	t.Parallel()
	within := extract.Place{Format: "yaml", Path: "$.token"}
	for _, tt := range []struct {
		source              credential.Source
		reference           string
		within              extract.Place
		by                  credential.Replacer
		kept                bool
		inFirst, inTodo, no string
	}{
		{credential.SourceKeyring, "rollcall/work", extract.Place{}, credential.ByRollcall, true, "", "", ""},
		{credential.SourceFile, "/tmp/token", extract.Place{}, credential.ByRollcall, true, "", "", ""},
		{credential.SourceFile, "hosts.yml", within, credential.ByRollcall, true, "", "", ""},
		{credential.SourceLiteral, "", extract.Place{}, credential.ByRollcall, false, "in the configuration file", "", ""},
		{credential.SourceEnv, "WORK", extract.Place{}, credential.ByRestart, false, "the variable WORK", "set WORK to the new secret where it is set, and start rollcall anew from there", ""},
		{credential.SourceCommand, "pass show work", extract.Place{}, credential.ByPerson, false, "the command pass ", "store the new secret with: pass insert -f work", ""},
		{credential.SourceCommand, "gopass show 'my x'", extract.Place{}, credential.ByPerson, false, "the command gopass ", "store the new secret with: gopass insert -f 'my x'", ""},
		{credential.SourceCommand, "pass work", extract.Place{}, credential.ByPerson, false, "the command pass ", "in the program that the command asks", ""},
		{credential.SourceCommand, "op read 'op://x", extract.Place{}, credential.ByPerson, false, "the command op read 'op://x ", "in the program that the command asks", ""},
		{"", "", extract.Place{}, credential.ByRollcall, true, "", "", "the profile work has no secret"},
	} {
		d := Draft{Name: "work", Source: tt.source, Reference: tt.reference, Within: tt.within}
		r := d.Replacement()
		if r.By != tt.by || r.Kept != tt.kept || !strings.Contains(r.First, tt.inFirst) || (r.First == "") != tt.kept || !strings.Contains(r.Todo, tt.inTodo) {
			t.Errorf("%s %s: %+v", tt.source, tt.reference, r)
		}
		if !r.Kept && !strings.Contains(r.First, "there is no undo") {
			t.Errorf("%s: it is not said that there is no undo: %s", tt.source, r.First)
		}
		why, instead := d.CannotReplace()
		if why != tt.no || (instead == "") != (tt.no == "") {
			t.Errorf("%s %s: %q, %q", tt.source, tt.reference, why, instead)
		}
	}
}

// TestStays tells of a second token wherever that is, and how it is replaced.
func TestStays(t *testing.T) {
	t.Parallel()
	literal := DraftOf(Profile{Name: "desk", Token: credential.Env("FIRST"), SecondToken: credential.Literal("s3cret")})
	for _, tt := range []struct {
		d    Draft
		want string
	}{
		{Draft{Source: credential.SourceEnv, Reference: "FIRST"}, ""},
		{literal, "This replaces the token alone. The second token (config file) stays; to replace that, write the new one into the line second_token of the profile."},
		{Draft{Second: credential.Env("APP_KEY")}, "This replaces the token alone. The second token (env APP_KEY) stays; to replace that, set APP_KEY to the new secret where it is set, and start rollcall anew from there."},
		{Draft{Second: credential.File("/tmp/key")}, "This replaces the token alone. The second token (file /tmp/key) stays; to replace that, put the new one there yourself."},
		{Draft{Second: credential.Keyring("rollcall/key"), Username: "sam"}, "This replaces the password alone. The second token (keyring rollcall/key) stays; to replace that, put the new one there yourself."},
	} {
		if got := tt.d.Stays(); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

// TestOverwrites finds what would be lost where the file was changed since the
// draft was made of it.
func TestOverwrites(t *testing.T) {
	t.Parallel()
	now := func(text string) Draft { return DraftOf(parsed(t, text).Profiles[0]) }
	const file = "[profiles.work]\nprovider = \"katapult\"\ntoken = { env = \"WORK\" }\nlabel = \"Mine\"\n"
	for _, tt := range []struct {
		name   string
		now    string
		change func(*Draft)
		want   string
	}{
		{"nobody else", file, func(d *Draft) { d.Label, d.Reference = "New", "OTHER" }, ""},
		{"another key", file + "tags = [\"a\"]\n", func(d *Draft) { d.Label = "New" }, ""},
		{"the same key", strings.Replace(file, "Mine", "Theirs", 1), func(d *Draft) { d.Label = "New" }, "label"},
		{"only theirs", strings.Replace(file, "Mine", "Theirs", 1), func(d *Draft) { d.Tags = []string{"b"} }, ""},
		{"both alike", strings.Replace(file, "Mine", "New", 1), func(d *Draft) { d.Label = "New" }, ""},
		{"the secret", strings.Replace(file, "WORK", "THEIRS", 1), func(d *Draft) { d.Reference = "OTHER" }, "token"},
		{"another source", strings.Replace(file, `{ env = "WORK" }`, `{ command = ["x"] }`, 1),
			func(d *Draft) { d.Source, d.Reference = credential.SourceFile, "/x" }, "token"},
	} {
		d := now(file)
		tt.change(&d)
		if got := d.Overwrites(now(tt.now)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	if got := (Draft{Name: "new", Label: "x"}).Overwrites(now(file)); got != "" {
		t.Errorf("a new profile overwrites %q", got)
	}
}
