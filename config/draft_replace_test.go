package config

import (
	"strings"
	"testing"

	"rollcall/config/credential"
	"rollcall/config/credential/extract"
)

// TestCannotReplace says for each source whether a secret can be replaced in
// it, and what to do where it cannot.
func TestCannotReplace(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		source             credential.Source
		reference          string
		inWhy, wantInstead string
	}{
		{credential.SourceKeyring, "rollcall/work", "", ""},
		{credential.SourceFile, "/tmp/token", "", ""},
		{credential.SourceLiteral, "", "stands in the configuration file", "Move it to the keyring: rollcall login work"},
		{credential.SourceEnv, "WORK", "environment variable WORK", "Change it where it is set, and start rollcall anew from there"},
		{credential.SourceCommand, "pass show work", "the command pass,", "Store the new one with: pass insert -f work"},
		{credential.SourceCommand, "gopass show 'my x'", "the command gopass,", "Store the new one with: gopass insert -f 'my x'"},
		{credential.SourceCommand, "pass work", "the command pass,", "Store the new one in the program that it asks"},
		{credential.SourceCommand, "op read 'op://x", "the command op read 'op://x,", "Store the new one in the program that it asks"},
		{"", "", "has no secret", "Give it one: rollcall login work"},
	} {
		d := Draft{Name: "work", Source: tt.source, Reference: tt.reference}
		why, instead := d.CannotReplace()
		if !strings.Contains(why, tt.inWhy) || (why == "") != (tt.inWhy == "") || instead != tt.wantInstead {
			t.Errorf("%s %s: %q, %q", tt.source, tt.reference, why, instead)
		}
	}
	d := Draft{Name: "work", Source: credential.SourceFile, Reference: "hosts.yml", Within: extract.Place{Format: "yaml", Path: "$.token"}}
	if why, instead := d.CannotReplace(); !strings.Contains(why, "among other things in hosts.yml") || !strings.Contains(instead, "rollcall login work") {
		t.Errorf("%q, %q", why, instead)
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
