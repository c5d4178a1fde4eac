package config

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func testProviders() Services {
	return Services{Known: []Provider{
		{Name: "katapult", DefaultURL: "https://api.katapult.io"},
		{Name: "onezone", Basic: true},
	}}
}

// messages are the problems as a person reads them.
func messages(problems []Problem) []string {
	var all []string
	for _, p := range problems {
		all = append(all, p.Error())
	}
	return all
}

const (
	goodProfile = "[profiles.a]\nprovider = 'katapult'\ntoken = { env = 'A' }\n"
	zoneProfile = "[profiles.z]\nprovider = 'onezone'\nbase_url = 'https://zone.example.org'\n"
)

func TestProblems(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{"empty", "", nil},
		{"good", goodProfile, nil},
		{"byte order mark", "\ufeff" + goodProfile, nil},
		{"CRLF", strings.ReplaceAll(goodProfile+"tokn = 1\n", "\n", "\r\n"), []string{
			`c.toml:4: unknown key "tokn"; did you mean "token"?`}},
		{"unknown at the top", "refresh = '1m'\nrefresh-interval = '1m'\n[UI]\n", []string{
			`c.toml:1: unknown key "refresh"; did you mean "refresh_interval"?`,
			`c.toml:2: unknown key "refresh-interval"; did you mean "refresh_interval"?`,
			`c.toml:3: unknown key "UI"; did you mean "ui"?`}},
		{"unknown in ui", "[ui]\nthem = 'dark'\nkey.refresh = 'r'\n", []string{
			`c.toml:2: unknown key "them"; did you mean "theme"?`,
			`c.toml:3: unknown key "key"; did you mean "keys"?`}},
		{"top key below a table", goodProfile + "expiry_warning = '7d'\n", []string{
			`c.toml:4: unknown key "expiry_warning"; it belongs at the top of the file, above the first [table]`}},
		{"unknown key that does not show", "\"a\\u202eb\\n\" = 1\n", []string{`c.toml:1: unknown key "a\u202eb\n"`}},
		{"wrong types", "default_profile = 1\nrefresh_interval = 60\nui = []\nprofiles = 'x'\n", []string{
			`c.toml:1: default_profile must be text in quotes, such as "work"`,
			`c.toml:2: refresh_interval must be a duration in quotes, such as "60s"`,
			`c.toml:3: ui must be a table: [ui]`,
			`c.toml:4: profiles must be a table: [profiles.NAME]`}},
		{"wrong types in ui", "[ui]\ntheme = true\nmouse = 'yes'\navatars = 1\nkeys = 'r'\nnotify = 'on'\n", []string{
			`c.toml:2: theme must be one of auto, dark, light, high-contrast or mono, or the name of your own, in quotes`,
			`c.toml:3: mouse must be true or false, without quotes`,
			`c.toml:4: avatars must be true or false, without quotes`,
			`c.toml:5: keys must be a table: [ui.keys]`,
			`c.toml:6: notify must be true or false, without quotes`}},
		{"wrong keys", "[ui.keys]\nrefresh = 1\nquit = ['q', 2]\n\"a\\n\" = 1\nrefrsh = 'r'\n", []string{
			`c.toml:2: refresh must be a list of keys, such as ["r", "ctrl+r"]`,
			`c.toml:3: quit must be a list of keys, such as ["r", "ctrl+r"]`,
			`c.toml:4: unknown key "a\n"`,
			`c.toml:5: unknown key "refrsh"; did you mean "refresh"?`}},
		{"theme", "ui.theme = 'drak'\n", []string{
			`c.toml:1: theme must be auto, dark, light, high-contrast or mono, not "drak"; did you mean "dark"?`}},
		{"durations", "refresh_interval = '500ms'\nrequest_timeout = '0s'\nexpiry_warning = '-1d'\n", []string{
			`c.toml:1: refresh_interval must be "1s" or more, or "0s" for no automatic refresh`,
			`c.toml:2: request_timeout must be more than zero; write one such as "10s"`,
			`c.toml:3: expiry_warning: "-1d" is not a duration; write one such as "14d"`}},
		{"long duration", "expiry_warning = '20000w'\n", []string{
			`c.toml:1: expiry_warning: "20000w" is too long a time; write one such as "14d"`}},
		{"default profile", "default_profile = 'wrok'\n[profiles.work]\nprovider = 'katapult'\ntoken = 'x'\n", []string{
			`c.toml:1: default_profile: there is no profile "wrok"; did you mean "work"?`}},
		{"far default profile", "default_profile = 'home'\n[profiles.work]\nprovider = 'katapult'\ntoken = 'x'\n", []string{
			`c.toml:1: default_profile: there is no profile "home"`}},
		{"missing keys", "\n[profiles.a]\n\n[profiles.z]\nprovider = 'onezone'\n\n[profiles.k]\nprovider = 'katapult'\n", []string{
			`c.toml:2: provider is missing; it is katapult or onezone`,
			`c.toml:2: a token is missing, or username and password; write token = { env = "NAME_OF_A_VARIABLE" }`,
			`c.toml:4: base_url is missing, and onezone has no public address; write base_url = "https://onezone.example.org"`,
			`c.toml:4: a token is missing, or username and password; write token = { env = "NAME_OF_A_VARIABLE" }`,
			`c.toml:7: a token is missing; write token = { env = "NAME_OF_A_VARIABLE" }`}},
		{"provider", "[profiles.a]\ntoken = 'x'\nprovider = 'Katapul'\n", []string{
			`c.toml:3: provider must be katapult or onezone, not "Katapul"; did you mean "katapult"?`}},
		{"a profile that is none", "[profiles]\na = 3\n'b b' = 4\n[[profiles.b]]\n", []string{
			`c.toml:2: a must be a table: [profiles.a]`,
			`c.toml:3: "b b" must be a table: [profiles."b b"]`,
			`c.toml:4: b must be a table: [profiles.b]`}},
		{"a long key", "'" + strings.Repeat("ä", 61) + "' = 1", []string{"c.toml:1: unknown key \"" + strings.Repeat("ä", 60) + "…\""}},
		{"text that does not show", goodProfile + "identity = \"a\\u202eb\"\n", []string{
			`c.toml:4: identity must not have line breaks or control characters in it`}},
		{"password without Basic", "[profiles.a]\nprovider = 'katapult'\npassword = 'p'\n", []string{
			`c.toml:3: katapult does not take a password; write a token, such as token = { env = "NAME_OF_A_VARIABLE" }`}},
		{"both ways to sign in", zoneProfile + "token = 'x'\nusername = 'u'\npassword = 'p'\n[profiles.y]\n" +
			"provider = 'katapult'\npassword = 'p'\ntoken = 'x'\n", []string{
			`c.toml:5: there is a token already; delete it, or username and password`,
			`c.toml:9: there is a token already; delete it, or the password`}},
		{"half a sign-in", zoneProfile + "username = 'u'\n", []string{`c.toml:4: username needs password beside it`}},
		{"other half", zoneProfile + "password = 'p'\n", []string{`c.toml:4: password needs username beside it`}},
		{"no Basic", "[profiles.a]\nprovider = 'katapult'\nusername = 'u'\npassword = 'p'\n", []string{
			`c.toml:3: katapult does not take a user name; write a token, such as token = { env = "NAME_OF_A_VARIABLE" }`}},
		{"user name", zoneProfile + "username = 'a:b'\npassword = 'p'\n", []string{
			`c.toml:4: username must not have a colon in it; HTTP allows none`}},
		{"half a certificate", goodProfile + "client_cert = 'c.pem'\n", []string{`c.toml:4: client_cert needs client_key beside it`}},
		{"the other half", goodProfile + "client_key = 'c.key'\n", []string{`c.toml:4: client_key needs client_cert beside it`}},
		{"label and tags", goodProfile + "label = \"a\\nb\"\ntags = ['x', '']\n", []string{
			`c.toml:4: label must not have line breaks or control characters in it`,
			`c.toml:5: a tag must not be empty, or have line breaks or control characters in it`}},
		{"comma in a tag", goodProfile + "tags = ['x', 'prod, eu']\n", []string{
			`c.toml:4: a tag must not have a comma in it, which separates tags; in place of "prod, eu" write "prod", "eu"`}},
		{"tag of commas", goodProfile + "tags = [', ,']\n", []string{
			`c.toml:4: a tag must not be empty, or have line breaks or control characters in it`}},
		{"tag type", goodProfile + "tags = 'prod'\n", []string{`c.toml:4: tags must be a list of texts, such as ["prod", "eu"]`}},
		{"empty text", goodProfile + "ca_file = ''\nidentity = ''\nlabel = ''\n", []string{
			`c.toml:4: ca_file must not be empty; write a value such as "ca.pem"`,
			`c.toml:5: identity must not be empty; write a value such as "user_x"`}},
		{"flags", goodProfile + "disabled = 1\ninsecure_skip_verify = 'no'\n", []string{
			`c.toml:4: disabled must be true or false, without quotes`,
			`c.toml:5: insecure_skip_verify must be true or false, without quotes`}},
		{"several on a line", "profiles.a = { tokn = 1, provider = 'katapult', disabled = 1, token = { evn = 'A' } }\n", []string{
			`c.toml:1: unknown key "tokn"; did you mean "token"?`,
			`c.toml:1: disabled must be true or false, without quotes`,
			`c.toml:1: unknown key "evn"; did you mean "env"?`}},
		{"inline table over lines", "[profiles.a]\nprovider = 'katapult'\ntoken = {\n  # why\n  evn = 'A',\n}\n", []string{
			`c.toml:5: unknown key "evn"; did you mean "env"?`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c, err := Parse("c.toml", []byte(test.text), testProviders())
			if err != nil {
				t.Fatal(err)
			}
			if got := messages(c.Problems); !slices.Equal(got, test.want) {
				t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

func TestCredentialProblems(t *testing.T) {
	t.Parallel()
	const exactlyOne = `c.toml:3: token must have exactly one of env, file, command and keyring, such as { env = "NAME_OF_A_VARIABLE" }`
	tests := []struct {
		name, text string
		want       []string
	}{
		{"type", "token = 12", []string{`c.toml:3: token must be a text in quotes or a table such as { env = "NAME_OF_A_VARIABLE" }`}},
		{"list", "token = ['x']", []string{`c.toml:3: token must be a text in quotes or a table such as { env = "NAME_OF_A_VARIABLE" }`}},
		{"empty literal", "token = ''", []string{`c.toml:3: token must not be empty; write token = { env = "NAME_OF_A_VARIABLE" }`}},
		{"line break", "token = \"s3cret\\n\"", []string{`c.toml:3: token must not have line breaks or control characters in it`}},
		{"control character", "token = \"s3cret\\u0000\"", []string{`c.toml:3: token must not have line breaks or control characters in it`}},
		{"empty table", "token = {}", []string{exactlyOne}},
		{"two sources", "token = { env = 'A', file = 'b' }", []string{exactlyOne}},
		{"unknown source", "token = { fil = 'a' }", []string{`c.toml:3: unknown key "fil"; did you mean "file"?`}},
		{"unknown beside", "token = { env = 'A', prefix = 'x' }", []string{`c.toml:3: unknown key "prefix"`}},
		{"empty source", "token.env = ''", []string{`c.toml:3: env must not be empty; write a value such as "NAME_OF_A_VARIABLE"`}},
		{"type of a source", "token.file = 1", []string{`c.toml:3: file must be text in quotes, such as "token.txt"`}},
		{"not a variable", "token.env = '$TOKEN'", []string{
			`c.toml:3: env must be the name of a variable, without "$", such as "KATAPULT_API_KEY"`}},
		{"table of its own", "[profiles.a.token]\nenv = 'A'\nfile = 'b'", []string{exactlyOne}},
		{"command", "token.command = ['pass', 'show', 'x']", nil},
		{"command as text", "token.command = 'pass show x'", []string{
			`c.toml:3: command must be a list of texts, such as ["pass", "show", "work"]`}},
		{"no command", "token.command = []", []string{
			`c.toml:3: command must be a list of texts, such as ["pass", "show", "work"]`}},
		{"command that cannot be passed on", "token.command = ['pass', \"a\\u0000\"]", []string{
			`c.toml:3: command must be a list of texts, such as ["pass", "show", "work"]`}},
		{"place in a file", "token = { file = '~/hosts.yml', format = 'yaml', path = \"$['github.com'].oauth_token\" }", nil},
		{"place in a netrc file", "token = { file = 'netrc', format = 'netrc', path = 'api.heroku.com' }", nil},
		{"format without a path", "token = { file = 'a', format = 'netrc' }", []string{
			`c.toml:3: format needs path beside it, where in the file the secret is, such as "api.example.org"`}},
		{"path without a format", "[profiles.a.token]\nfile = 'a'\npath = '$.b'", []string{
			`c.toml:5: path needs format beside it: json, yaml, toml, ini, netrc or npmrc`}},
		{"unknown format", "token = { file = 'a', format = 'yml', path = '$.a' }", []string{
			`c.toml:3: format must be json, yaml, toml, ini, netrc or npmrc, not "yml"; did you mean "yaml"?`}},
		{"format of a variable", "token = { env = 'A', format = 'json', path = '$.a' }", []string{
			`c.toml:3: format goes with file alone; delete it`, `c.toml:3: path goes with file alone; delete it`}},
		{"path that is none", "[profiles.a.token]\nfile = 'a'\nformat = 'json'\npath = 'token'", []string{
			`c.toml:6: path must begin with "$", the whole of the file; write one such as "$.token"`}},
		{"path that is broken", "token = { file = 'a', format = 'json', path = '$.[' }", []string{
			`c.toml:3: path cannot be read (unexpected '[' at position 3); write one such as "$.token"`}},
		{"path with two descents", "token = { file = 'a', format = 'json', path = '$..a..b' }", []string{
			`c.toml:3: path has ".." in it more than once; name the keys between`}},
		{"misspelt format", "token = { file = 'a', fromat = 'json', path = '$.a' }", []string{
			`c.toml:3: unknown key "fromat"; did you mean "format"?`}},
		{"keyring", "token.keyring = 'rollcall/a'", nil},
		{"keyring without a service", "token.keyring = '/a'", []string{
			`c.toml:3: keyring must be "service/user", such as "rollcall/admin"`}},
		{"keyring without a user", "token.keyring = 'a/'", []string{
			`c.toml:3: keyring must be "service/user", such as "rollcall/admin"`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c, err := Parse("c.toml", []byte("[profiles.a]\nprovider = 'katapult'\n"+test.text+"\n"), testProviders())
			if err != nil {
				t.Fatal(err)
			}
			if got := messages(c.Problems); !slices.Equal(got, test.want) {
				t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		`""`:           "a profile's name must not be empty; rename \"\"",
		`"  "`:         "a profile's name must not begin or end with a space; rename \"  \"",
		`"-x"`:         `a profile's name must not begin with "-", or a command would take it for an option; rename "-x"`,
		`"a\tb"`:       `a profile's name must not have line breaks or control characters in it; rename "a\tb"`,
		`"a\u202eb"`:   `a profile's name must not have line breaks or control characters in it; rename "a\u202eb"`,
		`"odd name.1"`: "",
		`"日本 👩‍💻"`:     "",
	}
	for name, want := range tests {
		text := "[profiles." + name + "]\nprovider = 'katapult'\ntoken = { env = 'A' }\n"
		c, err := Parse("c.toml", []byte(text), testProviders())
		if err != nil {
			t.Fatal(err)
		}
		var got string
		if len(c.Problems) > 0 {
			got = c.Problems[0].Message
		}
		if got != want || len(c.Profiles) != 1 || len(c.Profiles[0].Problems) != len(c.Problems) {
			t.Errorf("%s: %q, want %q; %d profiles", name, got, want, len(c.Profiles))
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(example))
	f.Add([]byte(goodProfile + zoneProfile))
	f.Add([]byte("\ufeffprofiles.\"a\\u0000\" = { token = {\n env = '''\n''' }, x.y = [{}] }\r\n[[profiles.b]]\n"))
	f.Add([]byte("a = '''\r\n'''\n[ui.keys]\nx=1979-05-27T07:32:00Z\ny=[inf,0x1]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		lines := 1 + strings.Count(string(data), "\n")
		c, err := Parse("f", data, testProviders())
		if err != nil {
			p, ok := errors.AsType[*Problem](err)
			if !ok || p.Line < 0 || p.Line > lines || c != nil {
				t.Fatalf("%v in a file of %d lines", err, lines)
			}
			return
		}
		previous := 0
		for _, p := range c.Problems {
			if p.Line < previous || p.Line > lines || !readable(p.Message) {
				t.Fatalf("%q after line %d, in a file of %d lines", p.Error(), previous, lines)
			}
			previous = p.Line
		}
		inProfiles := 0
		for _, p := range c.Profiles {
			inProfiles += len(p.Problems)
			if p.Line < 0 || p.Line > lines {
				t.Fatalf("profile %q on line %d of %d", p.Name, p.Line, lines)
			}
		}
		if inProfiles > len(c.Problems) {
			t.Fatalf("%d problems in profiles, %d in all", inProfiles, len(c.Problems))
		}
	})
}
