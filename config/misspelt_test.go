package config

import (
	"strings"
	"testing"
)

// A key that is misspelt is what the profile says, not that the right one is
// missing.
func TestMisspeltKeys(t *testing.T) {
	t.Parallel()
	const good, where = "provider = 'katapult'\ntoken.env = 'X'\n", "base_url = 'https://zone.example.org'\n"
	for _, test := range []struct {
		text, first string
		all         int
	}{
		{"provider = 'katapult'\ntokn = { env = 'X' }\n", `unknown key "tokn"; did you mean "token"?`, 1},
		{"provider = 'katapult'\nToken = { env = 'X' }\n", `unknown key "Token"; did you mean "token"?`, 1},
		{"providr = 'katapult'\ntoken.env = 'X'\n", `unknown key "providr"; did you mean "provider"?`, 1},
		{"provider = 'onezone'\nbaseurl = 'https://zone.example.org'\ntoken.env = 'X'\n", `unknown key "baseurl"; did you mean "base_url"?`, 1},
		{"provider = 'onezone'\n" + where + "usrname = 'a'\npassword.env = 'X'\n", `unknown key "usrname"; did you mean "username"?`, 1},
		{"provider = 'onezone'\n" + where + "username = 'a'\npasword.env = 'X'\n", `unknown key "pasword"; did you mean "password"?`, 1},
		{"provider = 'onezone'\n" + where + "pasword.env = 'X'\n", `unknown key "pasword"; did you mean "password"?`, 1},
		// One that is near to nothing is told first all the same.
		{"provider = 'katapult'\ncredential = 'kt'\n", `unknown key "credential"`, 2},
		// One that is near to what is there takes nothing back.
		{"provider = 'katapult'\nprovidr = 'x'\n", `unknown key "providr"; did you mean "provider"?`, 2},
		{good + "client_cert = 'c.pem'\nclient_ky = 'k.pem'\n", `unknown key "client_ky"; did you mean "client_key"?`, 1},
	} {
		c, err := Parse("c.toml", []byte("[profiles.a]\n"+test.text), testProviders())
		if err != nil {
			t.Fatal(err)
		}
		p := c.Profiles[0]
		if len(p.Problems) != test.all || !strings.HasSuffix(p.Unasked().Why, test.first) {
			t.Errorf("%s: %q, %s", test.text, messages(p.Problems), p.Unasked().Why)
		}
	}
}
