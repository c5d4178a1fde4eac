package config

import (
	"errors"
	"testing"
)

func TestSyntax(t *testing.T) {
	t.Parallel()
	const pair = `a key without a value; write key = "value"`
	const unquoted = `a value is missing here, or is text without quotes; write key = "text"`
	const secret = "gsecret0123456789"
	tests := []struct{ text, want string }{
		{"a = 1\ntoken = " + secret, "c.toml:2: " + unquoted},
		{"a = 1\ntoken = 12" + secret, "c.toml:2: there is more on this line than one key and its value; text needs quotes, and each key its own line"},
		{"token = t" + secret, "c.toml:1: " + unquoted},
		{"token = 1_" + secret, "c.toml:1: " + unquoted},
		{"token = 0x" + secret, "c.toml:1: " + unquoted},
		{"token =\n", "c.toml:1: " + unquoted},
		{"token = \"" + secret + "\n", "c.toml:1: a quoted text does not end on its line; close it with the quote that it began with"},
		{"token = '" + secret, "c.toml:1: a quoted text does not end on its line; close it with the quote that it began with"},
		{"token = \"\\g" + secret + "\"", `c.toml:1: a backslash in "…" begins an escape; write \\ for the backslash itself, or put the text in '…'`},
		{"token\n", "c.toml:1: " + pair},
		{"\n= 1\n", "c.toml:2: " + pair},
		{"[profiles.a\n\n", "c.toml:1: a table's name is not well formed; write [profiles.NAME], with quotes around an unusual name"},
		{"[profiles.]\n", "c.toml:1: a table's name is not well formed; write [profiles.NAME], with quotes around an unusual name"},
		{"[a]\nb = 1\n\n[a]\n", `c.toml:4: "a" is defined twice; keep one of the two`},
		{"[a]\nb = 1\nb = 2\n", `c.toml:3: "a.b" is defined twice; keep one of the two`},
		{"tags = ['a' 'b']\n", `c.toml:1: a list is not closed, or a comma is missing in it; write ["a", "b"]`},
		{"token = { env = 'A' file = 'b' }\n", `c.toml:1: a table is not closed, or a comma is missing in it; write { env = "NAME" }`},
		{"a = 'b\xff'\n", "c.toml:1: the file is not plain UTF-8 text; save it as UTF-8"},
		{"\xff\xfea\x00=\x001\x00", "c.toml:1: the file is not plain UTF-8 text; save it as UTF-8"},
		{"a = 1\nb = \"\x01\"\n", "c.toml:2: there is a control character in the file; delete it"},
		{"profiles = 3\n[profiles.a]\n", `c.toml:2: "profiles" is defined twice; keep one of the two`},
		{"\na = { b = [1], b.c = 2 }\n", "c.toml:2: this is a table here and a value further up; keep one of the two"},
	}
	for _, test := range tests {
		c, err := Parse("c.toml", []byte(test.text), testProviders())
		if _, ok := errors.AsType[*Problem](err); !ok || c != nil {
			t.Errorf("%q: %v, %v", test.text, c, err)
			continue
		}
		if err.Error() != test.want {
			t.Errorf("%q:\n got %s\nwant %s", test.text, err, test.want)
		}
	}
}
