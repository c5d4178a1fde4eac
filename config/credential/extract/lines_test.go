package extract_test

import (
	"slices"
	"strings"
	"testing"

	"rollcall/config/credential/extract"
)

// The forms are those of the manual of GNU inetutils (netrc), of curl's
// lib/netrc.c for quotes and comments, and of what heroku writes.
func TestMachines(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text string
		want       []extract.Machine
	}{
		{"in lines", "machine a.example\n  login sam\n  password p1\n", []extract.Machine{{Name: "a.example", Login: "sam", Password: "p1"}}},
		{"on one line", "machine a login x password p1 machine b login y password p2",
			[]extract.Machine{{Name: "a", Login: "x", Password: "p1"}, {Name: "b", Login: "y", Password: "p2"}}},
		{"keywords as values", "machine a login machine password default", []extract.Machine{{Name: "a", Login: "machine", Password: "default"}}},
		{"account", "machine a login x account y password p1", []extract.Machine{{Name: "a", Login: "x", Password: "p1"}}},
		{"default", "default login x password p1", []extract.Machine{{Login: "x", Password: "p1"}}},
		{"quotes", `machine a login "s a\"m" password "p 1\\"`, []extract.Machine{{Name: "a", Login: `s a"m`, Password: `p 1\`}}},
		{"an open quote", "machine a password \"p1\nlogin x", []extract.Machine{{Name: "a", Login: "x", Password: "p1"}}},
		{"a comment", "# machine old password p0\nmachine a password p1 # machine b\nlogin x", []extract.Machine{{Name: "a", Login: "x", Password: "p1"}}},
		{"a sign in a password", "machine a password p#1", []extract.Machine{{Name: "a", Password: "p#1"}}},
		{"a macro", "machine a password p1\nmacdef init\n  machine b password p2\n\nmachine c password p3",
			[]extract.Machine{{Name: "a", Password: "p1"}, {Name: "c", Password: "p3"}}},
		{"a macro of Windows", "macdef init\r\nmachine b\r\n\r\nmachine c password p3", []extract.Machine{{Name: "c", Password: "p3"}}},
		{"a macro without an end", "macdef init\nmachine b password p2", nil},
		{"cut off", "machine a password", []extract.Machine{{Name: "a"}}},
		{"nothing", "login x password p1", nil},
	} {
		if got := extract.Machines([]byte(tt.text)); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %+v", tt.name, got)
		}
	}
}

// The forms are those of the tests of npm's library ini (npm/ini, test/foo.js and
// its fixture).
func TestSettings(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text string
		want []extract.Setting
	}{
		{"a=b", []extract.Setting{{Key: "a", Value: "b"}}},
		{" a = b c ", []extract.Setting{{Key: "a", Value: "b c"}}},
		{"; a=b\n# c=d\n[section]\n\nx\ny=", []extract.Setting{{Key: "y"}}},
		{"a=b ; c\r\nd=e#f", []extract.Setting{{Key: "a", Value: "b"}, {Key: "d", Value: "e"}}},
		{`a=b\;c\\d\#e\f`, []extract.Setting{{Key: "a", Value: `b;c\d#e\f`}}},
		{`a="b;c"`, []extract.Setting{{Key: "a", Value: "b;c"}}},
		{`a='b;c'`, []extract.Setting{{Key: "a", Value: "b;c"}}},
		{`a=dG9rZW4==`, []extract.Setting{{Key: "a", Value: "dG9rZW4=="}}},
		{`//r.example/:_authToken=${NPM_TOKEN}`, []extract.Setting{{Key: "//r.example/:_authToken", Value: "${NPM_TOKEN}"}}},
	} {
		if got := extract.Settings([]byte(tt.text)); !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q", tt.text, got)
		}
	}
}

func FuzzMachines(f *testing.F) {
	for _, text := range []string{"machine a login b password c", "macdef x\n\n", `machine "a\`, "default password \"", "#\nmachine"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, m := range extract.Machines([]byte(text)) {
			if len(m.Name)+len(m.Login)+len(m.Password) > len(text) {
				t.Errorf("%+v is more than there is in %q", m, text)
			}
		}
	})
}

func FuzzSettings(f *testing.F) {
	for _, text := range []string{"a=b", `a="b`, `a='`, `a=\`, "=x", "a=;"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		all := extract.Settings([]byte(text))
		if len(all) > strings.Count(text, "=") {
			t.Errorf("%d settings in %q", len(all), text)
		}
	})
}

func FuzzINI(f *testing.F) {
	for _, text := range []string{"[a]\nb=c", "b=c", "[a\n", "[a]\nb", "[a]\nb = `c", "[a]\n- = c\n- = d"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		all, _ := extract.Place{Format: extract.INI, Path: "a.b"}.Texts([]byte(text))
		for _, s := range all {
			if len(s) > len(text) {
				t.Errorf("%q is more than there is in %q", s, text)
			}
		}
	})
}
