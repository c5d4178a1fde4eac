package config

import (
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

func TestLocate(t *testing.T) {
	t.Parallel()
	text := strings.Join([]string{
		"# a comment", "a.b = '''", "x = 1", "'''", "[profiles . \"odd name\"] # c", "'b' = 1",
		"token = { x . \"y\" = [", "  1,", "], z = { deep = { deeper = 1 } } }", "[[list]]", "[[list]]", "k = 1", "",
	}, "\r\n")
	at := func(line int, key string) position {
		lines := strings.SplitAfter(text, "\n")
		before := len(strings.Join(lines[:line-1], ""))
		return position{before + strings.Index(lines[line-1], key), line}
	}
	p := locate([]byte(text))
	for _, test := range []struct {
		path toml.Key
		want position
	}{
		{toml.Key{"a"}, at(2, "a")},
		{toml.Key{"a", "b"}, at(2, "b")},
		{toml.Key{"x"}, position{}},
		{toml.Key{"profiles"}, at(5, "profiles")},
		{toml.Key{"profiles", "odd name"}, at(5, `"odd`)},
		{toml.Key{"profiles", "odd name", "b"}, at(6, "'b'")},
		{toml.Key{"profiles", "odd name", "token", "x"}, at(7, "x")},
		{toml.Key{"profiles", "odd name", "token", "z"}, at(9, "z")},
		{toml.Key{"profiles", "odd name", "token", "z", "deep"}, position{}},
		{toml.Key{"list"}, at(10, "list")},
		{toml.Key{"list", "k"}, at(12, "k")},
	} {
		if got := p.find(test.path); got != test.want {
			t.Errorf("%s: %+v, want %+v", test.path, got, test.want)
		}
	}
}

// The decoder skips a second byte order mark; this parser does not. Then there
// are no lines, but all else holds.
func TestNoPositions(t *testing.T) {
	t.Parallel()
	c, err := Parse("c.toml", []byte("\ufeff\ufeff"+goodProfile+"tokn = 1\n"), testProviders())
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(messages(c.Problems), "\n"); got != `c.toml: unknown key "tokn"; did you mean "token"?` {
		t.Error(got)
	}
}
