package extract_test

import (
	"errors"
	"strings"
	"testing"

	"rollcall/config/credential/extract"
)

// replacing is a file, the place of a text in it, and what another makes of the file.
// In the file «» stands around what is to change.
type replacing struct{ name, format, path, file, text, want string }

// replacings are files as tools and people write them.
func replacings() []replacing {
	return []replacing{
		{"gh", extract.YAML, "$['github.com'].oauth_token", "github.com:\n    users:\n        sam:\n            oauth_token: gho_first\n    oauth_token: «gho_first»\n    user: sam\n", "gho_second", "gho_second"},
		{"glab", extract.YAML, "$.hosts['gitlab.com'].token", "# comments stay\nhosts:\n  gitlab.com:\n    token: !!null «glpat-1» # mine\n    api_host: gitlab.com\n", "glpat-2", "glpat-2"},
		{"yaml, double quotes", extract.YAML, "$.token", "a: 1\r\ntoken:   «\"t\\\"1\"»   # c\r\nb: 2\r\n", `t"2\x`, `"t\"2\\x"`},
		{"yaml, single quotes", extract.YAML, "$.token", "token: «'it''s'»\n", "that's", "'that''s'"},
		{"yaml, needs quotes as a number", extract.YAML, "$.token", "token: «t1»\nnext: x\n", "0123", "'0123'"},
		{"yaml, needs quotes as a comment", extract.YAML, "$.token", "token: «t1»\n", "a #b", "'a #b'"},
		{"yaml, needs double quotes", extract.YAML, "$.token", "token: «t1»\n", "a: 'b", `"a: 'b"`},
		{"yaml, in a flow table", extract.YAML, "$.a.token", "a: {x: 1, token: «t1», y: [2]}\n", "t2", "t2"},
		{"yaml, in a list", extract.YAML, "$.users[?@.name == 'b'].token", "users:\n- name: a\n  token: t1\n- name: b\n  token: «t1»\n", "t2", "t2"},
		{"yaml, wide characters before", extract.YAML, "$.token", "{ä: 日本, token: «t1»} # ü\n", "t2", "t2"},
		{"yaml, a mark", extract.YAML, "$.token", "\ufefftoken: «t1»\n", "t2", "t2"},
		{"yaml, without a last line break", extract.YAML, "$.token", "token: «t1»", "t2", "t2"},
		{"yaml, an anchor elsewhere", extract.YAML, "$.c.token", "a: &x 1\nb: *x\nc:\n  token: «t1»\n", "t2", "t2"},
		{"json", extract.JSON, "$.contexts[1].token", "{\"contexts\": [{\"token\": \"t1\"},\n\t{\"x\":{\"token\":1}, \"token\" :  «\"t1\"» } ], \"z\": 1e3}\n", "t2", `"t2"`},
		{"json, escapes", extract.JSON, "$.token", "{\"a\\\"b\": [\"}\", \"\\u00e9\"], \"token\": «\"t\\\"\\u0031\"»}", `<t>"\&`, `"<t>\"\\&"`},
		{"json, a mark", extract.JSON, "$.t", "\ufeff{\"t\": «\"t1\"»}", "t2", `"t2"`},
		{"toml", extract.TOML, "$.registry.token", "# c\n[registry]\ntoken  =  «\"t1\"» # c\n[other]\ntoken = \"t1\"\n", "t\"2", `"t\"2"`},
		{"toml, single quotes", extract.TOML, "$.registries.mine.token", "registries.mine.token = «'t1'»\n", `t\2`, `'t\2'`},
		{"toml, no single quotes any more", extract.TOML, "$.token", "token = «'t1'»\n", `t'2`, `"t'2"`},
		{"toml, three quotes", extract.TOML, "$.token", "token = «\"\"\"t1\"\"\"»\n", `t2`, `"""t2"""`},
		{"toml, a list of tables", extract.TOML, "$.contexts[?@.name == 'b'].token", "[[contexts]]\nname = 'a'\ntoken = 't1'\n[[contexts]]\nname = 'b'\ntoken = «'t1'»\n", "t2", "'t2'"},
		{"toml, below a list of tables", extract.TOML, "$.a[1].auth.token", "[[a]]\n[a.auth]\ntoken = 't1'\n[[a]]\n[a.auth]\ntoken = «'t1'»\n", "t2", "'t2'"},
		{"toml, an inline table", extract.TOML, "$.a.b[1].token", "a = { x = 1, b = [ { token = 't1' }, { token = «'t1'», z = 2 } ] }\n", "t2", "'t2'"},
		{"ini", extract.INI, "DEFAULT.token", "; c\n[DEFAULT]\nhost = https://x.example\ntoken = «dapi;1#2»\n\n[other]\ntoken = x\n", "dapi;3", "dapi;3"},
		{"ini, other signs and case", extract.INI, "a.b.token", "[a]\ntoken=x\n[a.b]\r\n  TOKEN:   «t1»  \r\nuser=y\r\n", "t2", "t2"},
		{"ini, at the top", extract.INI, "token", "token=«t1»", "t=2", "t=2"},
		{"ini, quotes are part of it", extract.INI, "a.token", "[a]\ntoken = «\"t1\"»\n", "t2", "t2"},
		{"netrc", extract.Netrc, "api.heroku.com", "# c\nmachine git.heroku.com\n  login sam\n  password t1\nmachine api.heroku.com login sam password «t1» # c\n", "t2", "t2"},
		{"netrc, quotes", extract.Netrc, "a.example", "machine a.example\n\tlogin x\n\tpassword «\"t 1\"»\nmacdef init\n machine a.example password t1\n\n", `t"2`, `"t\"2"`},
		{"netrc, needs quotes", extract.Netrc, "a.example", "machine a.example password «t1»\r\n", `#2`, `"#2"`},
		{"netrc, behind a macro of Windows", extract.Netrc, "c", "macdef init\r\nmachine b\r\n\r\nmachine c password «p3»", "p4", "p4"},
		{"npmrc", extract.NPMRC, "//registry.npmjs.org/:_authToken", "fund=false\n//registry.npmjs.org/:_authToken=«npm_1»\n//r.example/:_authToken=npm_1\n", "npm_2==", "npm_2=="},
		{"npmrc, a comment behind", extract.NPMRC, "a", " a = «b» ; c\r\nd=e#f", "x#y", `x\#y`},
		{"npmrc, quotes", extract.NPMRC, "a", "a=«\"b;c\"»\n", `d"e;f`, `"d\"e;f"`},
		{"npmrc, single quotes", extract.NPMRC, "a", "a=«'b'»\n", `d;e`, `'d;e'`},
	}
}

// TestReplace changes the value alone: every other byte stays, and who reads the file
// finds the new text.
func TestReplace(t *testing.T) {
	t.Parallel()
	for _, tt := range replacings() {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			before, rest, _ := strings.Cut(tt.file, "«")
			value, after, _ := strings.Cut(rest, "»")
			place := extract.Place{Format: tt.format, Path: tt.path}
			got, err := place.Replace([]byte(before+value+after), tt.text)
			if want := before + tt.want + after; string(got) != want || err != nil {
				t.Fatalf("%q, %v, want %q", got, err, want)
			}
			if found, err := place.Texts(got); err != nil || len(found) != 1 || found[0] != tt.text {
				t.Errorf("%q is found, %v", found, err)
			}
		})
	}
}

// TestReplaceRefuses leaves alone what it could not change exactly, and quotes nothing
// of it.
func TestReplaceRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, format, path, file, text string
		want                           error
	}{
		{"none", extract.YAML, "$.b", "a: s3cret\n", "t2", extract.ErrNoText},
		{"two", extract.YAML, "$..t", "a: {t: s3cret}\nb: {t: s3cret}\n", "t2", extract.ErrNoText},
		{"malformed", extract.JSON, "$.t", "{", "t2", extract.ErrMalformed},
		{"an anchor", extract.YAML, "$.t", "t: &x s3cret\nb: *x\n", "t2", extract.ErrShared},
		{"an alias", extract.YAML, "$.t", "b: &x s3cret\nt: *x\n", "t2", extract.ErrShared},
		{"below an alias", extract.YAML, "$.t.u", "b: &x {u: s3cret}\nt: *x\n", "t2", extract.ErrShared},
		{"a block", extract.YAML, "$.t", "t: |\n  s3cret\n", "t2", extract.ErrLines},
		{"a folded text", extract.YAML, "$.t", "t: >-\n  s3cret\n", "t2", extract.ErrLines},
		{"plain over lines", extract.YAML, "$.t", "t: s3cret\n  more\n", "t2", extract.ErrLines},
		{"quotes over lines", extract.YAML, "$.t", "t: \"s3cret\n  more\"\n", "t2", extract.ErrLines},
		{"toml over lines", extract.TOML, "$.t", "t = \"\"\"\ns3cret\"\"\"\n", "t2", extract.ErrLines},
		{"json, a key twice", extract.JSON, "$.t", `{"t": "s3cret1", "t": "s3cret"}`, "t2", extract.ErrTwice},
		{"ini, spaces around", extract.INI, "a.t", "[a]\nt = s3cret\n", " t2", extract.ErrForm},
		{"ini, over lines", extract.INI, "a.t", "[a]\nt = `s3cret`\n", "t2", extract.ErrLines},
		{"netrc, a line break", extract.Netrc, "a", "machine a password s3cret", "t\n2", extract.ErrForm},
		{"npmrc, quotes in quotes", extract.NPMRC, "a", `a='s3cret'`, `"t2"`, extract.ErrForm},
	} {
		got, err := extract.Place{Format: tt.format, Path: tt.path}.Replace([]byte(tt.file), tt.text)
		if got != nil || !errors.Is(err, tt.want) {
			t.Errorf("%s: %q, %v", tt.name, got, err)
		}
		if strings.Contains(errText(err), "s3cret") {
			t.Errorf("%s: it quotes the file: %v", tt.name, err)
		}
	}
}

// FuzzReplace never changes anything but the value, whatever the file.
func FuzzReplace(f *testing.F) {
	for _, tt := range replacings() {
		f.Add(tt.format, tt.path, strings.NewReplacer("«", "", "»", "").Replace(tt.file), tt.text)
	}
	f.Fuzz(func(t *testing.T, format, path, file, text string) {
		if strings.ContainsAny(text, "\r\n\t\x00") {
			return
		}
		place := extract.Place{Format: format, Path: path}
		was, err := place.Texts([]byte(file))
		got, refused := place.Replace([]byte(file), text)
		if refused != nil {
			return
		}
		if err != nil || len(was) != 1 {
			t.Fatalf("%q was replaced, of which there were %q, %v", got, was, err)
		}
		if found, err := place.Texts(got); err != nil || len(found) != 1 || found[0] != text {
			t.Fatalf("%q became %q, with %q in it, %v", file, got, found, err)
		}
		// What takes it back leaves what was there, but for its quotes.
		back, err := place.Replace(got, was[0])
		if err != nil {
			return
		}
		if found, err := place.Texts(back); err != nil || len(found) != 1 || found[0] != was[0] {
			t.Fatalf("%q taken back is %q, with %q in it, %v", file, back, found, err)
		}
		before := 0
		for before < min(len(file), len(got)) && file[before] == got[before] {
			before++
		}
		after := 0
		for after < min(len(file), len(got))-before && file[len(file)-1-after] == got[len(got)-1-after] {
			after++
		}
		if changed := len(file) - before - after; changed > 6*len(was[0])+12 {
			t.Fatalf("%d bytes of %q changed for %q: %q", changed, file, was[0], got)
		}
	})
}
