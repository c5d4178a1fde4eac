package extract_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"rollcall/config/credential/extract"
)

// hosts is hosts.yml as gh 2.x writes it where there is no keyring
// (cli/cli, internal/config: users below each host, the active one repeated).
const hosts = `github.com:
    git_protocol: https
    users:
        sam:
            oauth_token: gho_first
        kim:
            oauth_token: gho_second
    oauth_token: gho_first
    user: sam
`

func TestTexts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, format, path, data string
		want                     []string
		err                      error
	}{
		{"yaml", extract.YAML, "$['github.com'].oauth_token", hosts, []string{"gho_first"}, nil},
		{"yaml, none", extract.YAML, "$['gitlab.com'].oauth_token", hosts, nil, nil},
		{"yaml, two", extract.YAML, "$..token", "a: {token: t1}\nb: {token: t1}\n", []string{"t1", "t1"}, nil},
		{"yaml, a table", extract.YAML, "$['github.com'].users", hosts, nil, extract.ErrNoText},
		{"yaml, a number is a text", extract.YAML, "$.token", "token: 0123", []string{"0123"}, nil},
		{"yaml, null", extract.YAML, "$.token", "token: ~", nil, nil},
		{"yaml, a text said to be null", extract.YAML, "$.token", "token: !!null glpat-1", []string{"glpat-1"}, nil},
		{"yaml, an alias", extract.YAML, "$.b.token", "a: &x\n  token: t1\nb: *x\n", []string{"t1"}, nil},
		{"yaml, a key twice", extract.YAML, "$.a", "a: 1\na: 2\n", nil, extract.ErrTwice},
		{"yaml, two documents", extract.YAML, "$.a", "a: t1\n---\na: t2\n", nil, extract.ErrDocuments},
		{"yaml, one document with marks", extract.YAML, "$.a", "---\na: t1\n...\n", []string{"t1"}, nil},
		{"yaml, encoded", extract.YAML, "$.a", "a: !!binary czNjcmV0\n", nil, extract.ErrNoText},
		{"yaml, of a kind of its own", extract.YAML, "$.a", "a: !vault t1\n", nil, extract.ErrNoText},
		{"yaml, another of a kind of its own", extract.YAML, "$.a", "a: t1\nb: !vault t2\n", []string{"t1"}, nil},
		{"json, a key twice", extract.JSON, "$.t", `{"t": "t1", "t": "t2"}`, nil, extract.ErrTwice},
		{"json, a key twice below", extract.JSON, "$.t", `{"a": [{"b": 1, "\u0062": 2}], "t": "t1"}`, nil, extract.ErrTwice},
		{"json, a key of two objects", extract.JSON, "$.a[0].t", `{"a": [{"t": "t1"}, {"t": "t2"}]}`, []string{"t1"}, nil},
		{"yaml, broken", extract.YAML, "$.a", "a: [s3cret", nil, extract.ErrMalformed},
		{"yaml, empty", extract.YAML, "$.a", "", nil, nil},
		{"json", extract.JSON, "$.contexts[0].token", `{"contexts": [{"token": "t1"}]}`, []string{"t1"}, nil},
		{"json, by a filter", extract.JSON, "$.logins[?@.name == 'b'].token", `{"logins": [{"name": "a", "token": "t1"}, {"name": "b", "token": "t2"}]}`, []string{"t2"}, nil},
		{"json, a byte order mark", extract.JSON, "$.t", "\ufeff{\"t\": \"t1\"}", []string{"t1"}, nil},
		{"json, a number", extract.JSON, "$.t", `{"t": 12}`, nil, extract.ErrNoText},
		{"json, more behind it", extract.JSON, "$.t", `{"t": "t1"} {}`, nil, extract.ErrMalformed},
		{"json, too deep", extract.JSON, "$.t", strings.Repeat("[", 70) + strings.Repeat("]", 70), nil, extract.ErrDeep},
		{"toml", extract.TOML, "$.registry.token", "[registry]\ntoken = \"t1\"\n", []string{"t1"}, nil},
		{"toml, a list of tables", extract.TOML, "$.contexts[?@.name == 'b'].token",
			"[[contexts]]\nname = 'a'\ntoken = 't1'\n[[contexts]]\nname = 'b'\ntoken = 't2'\n", []string{"t2"}, nil},
		{"toml, brackets in texts", extract.TOML, "$.token", "a = \"" + strings.Repeat("[", 80) + "\\\"[\" # " + strings.Repeat("[", 80) + "\ntoken = 't1'\n", []string{"t1"}, nil},
		{"ini", extract.INI, "DEFAULT.token", "[DEFAULT]\nhost = https://x.example\ntoken = dapi;1#2\n", []string{"dapi;1#2"}, nil},
		{"ini, in any case", extract.INI, "auth.token", "[auth]\nTOKEN=t1\n", []string{"t1"}, nil},
		{"ini, at the top", extract.INI, "token", "token = t1\n", []string{"t1"}, nil},
		{"ini, a section with dots", extract.INI, "https://pypi.example/a.b.password", "[https://pypi.example/a.b]\npassword: t1\n", []string{"t1"}, nil},
		{"ini, not of the section above", extract.INI, "a.b.token", "[a]\ntoken = t1\n[a.b]\nhost = x\n", nil, nil},
		{"ini, twice", extract.INI, "a.token", "[a]\ntoken = t1\n[b]\n[a]\ntoken = t2\n", []string{"t1", "t2"}, nil},
		{"ini, with quotes and variables", extract.INI, "a.token", "[a]\nb = c\ntoken = \"%(b)s\"\n", []string{`"%(b)s"`}, nil},
		{"ini, no such section", extract.INI, "b.token", "[a]\ntoken = t1\n", nil, nil},
		{"netrc", extract.Netrc, "api.heroku.com", "machine api.heroku.com\n  login sam@example.org\n  password t1\n", []string{"t1"}, nil},
		{"netrc, two logins", extract.Netrc, "a.example", "machine a.example login x password t1 machine a.example login y password t2", []string{"t1", "t2"}, nil},
		{"netrc, no password", extract.Netrc, "a.example", "machine a.example login x", nil, nil},
		{"npmrc", extract.NPMRC, "//registry.npmjs.org/:_authToken", "//registry.npmjs.org/:_authToken=npm_1\nfund=false\n", []string{"npm_1"}, nil},
		{"npmrc, twice", extract.NPMRC, "a", "a=1\na=2\na=3", []string{"1", "2"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := extract.Place{Format: tt.format, Path: tt.path}.Texts([]byte(tt.data))
			if !slices.Equal(got, tt.want) || !errors.Is(err, tt.err) {
				t.Errorf("%q, %v", got, err)
			}
			if err != nil && strings.Contains(err.Error(), "s3cret") {
				t.Errorf("the error quotes the file: %v", err)
			}
		})
	}
}

// A short text that repeats itself without end is refused, not followed.
func TestBomb(t *testing.T) {
	t.Parallel()
	text := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := 1; i < 12; i++ {
		was, is := string(rune('a'+i-1)), string(rune('a'+i))
		text += is + "0: &" + is + "0 [" + strings.Repeat("*"+was+"0, ", 10) + "]\n"
	}
	if _, err := extract.Document(extract.YAML, []byte(text)); !errors.Is(err, extract.ErrDeep) && !errors.Is(err, extract.ErrMalformed) {
		t.Error(err)
	}
}

// What goes on without end, by itself or by an alias of itself, is refused in no time.
func TestEndless(t *testing.T) {
	t.Parallel()
	const many = 200_000
	for format, text := range map[string]string{
		extract.JSON: strings.Repeat("[", many), extract.YAML: strings.Repeat("[", many), extract.TOML: "a = " + strings.Repeat("[", many),
	} {
		if tree, err := extract.Document(format, []byte(text)); err == nil {
			t.Errorf("%s: %v", format, tree)
		}
	}
	for _, text := range []string{"a: &a [*a]", "a: &a {b: *a}"} {
		if tree, err := extract.Document(extract.YAML, []byte(text)); err == nil {
			t.Errorf("%s: %v", text, tree)
		}
	}
	closed := "a = " + strings.Repeat("[", 5000) + strings.Repeat("]", 5000)
	if tree, err := extract.Document(extract.TOML, []byte(closed)); err == nil {
		t.Errorf("%v", tree)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ format, path, want string }{
		{extract.YAML, "$['github.com'].oauth_token", ""},
		{extract.JSON, "$..token", ""},
		{extract.JSON, "$['a..b']..token", ""},
		{extract.JSON, "$..a..token", `".." in it more than once`},
		{extract.JSON, "token", `must begin with "$"`},
		{extract.TOML, "$.a[", "path cannot be read (unexpected eof"},
		{extract.INI, "default.token", ""},
		{extract.INI, "token", ""},
		{extract.INI, "default.", "a section and a key"},
		{extract.Netrc, "api.heroku.com", ""},
		{extract.Netrc, "https://api.heroku.com", "name of a machine"},
		{extract.NPMRC, "//r.example/:_authToken", ""},
		{extract.NPMRC, "//r.example/:_authToken=x", "without a space or a sign ="},
		{"xml", "$", "no such format"},
	} {
		err := extract.Place{Format: tt.format, Path: tt.path}.Check()
		if got := errText(err); tt.want == "" && err != nil || !strings.Contains(got, tt.want) {
			t.Errorf("%s %s: %q, want %q", tt.format, tt.path, got, tt.want)
		}
	}
	for _, format := range extract.Formats() {
		if err := (extract.Place{Format: format, Path: extract.Example(format)}).Check(); err != nil {
			t.Errorf("the example of %s: %v", format, err)
		}
	}
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
