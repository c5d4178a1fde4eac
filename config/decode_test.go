package config

import (
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/config/credential"
)

// The example of the design.
const example = `default_profile  = "work"   # selected at start
refresh_interval = "60s"    # "0s" turns automatic refresh off
request_timeout  = "10s"
expiry_warning   = "14d"    # d and w are understood besides Go's units

[ui]
theme   = "auto"            # auto dark light high-contrast mono
mouse   = true
avatars = true
[ui.keys]
refresh = ["r"]             # any action of the help screen can be rebound

[profiles.work]
provider = "katapult"
token    = { env = "KATAPULT_API_KEY" }
tags     = ["prod"]

[profiles.datahub]
provider = "onezone"
base_url = "https://datahub.example.org"
token    = { command = ["pass", "show", "onedata/datahub"] }

[profiles.admin]
provider = "onezone"
base_url = "https://onezone.example.org"
username = "admin"
password = { keyring = "rollcall/admin" }
`

func TestExample(t *testing.T) {
	t.Parallel()
	c, err := Parse("dir/config.toml", []byte(example), testProviders())
	if err != nil {
		t.Fatal(err)
	}
	want := &Config{
		Path: "dir/config.toml", DefaultProfile: "work", RefreshInterval: time.Minute,
		RequestTimeout: 10 * time.Second, ExpiryWarning: 14 * 24 * time.Hour,
		UI: UI{Theme: "auto", Mouse: true, Avatars: true, Remember: true, Keys: map[string][]string{"refresh": {"r"}}},
		Profiles: []Profile{
			{Name: "work", Provider: "katapult", Token: credential.Env("KATAPULT_API_KEY"), Tags: []string{"prod"},
				RefreshInterval: time.Minute, RequestTimeout: 10 * time.Second, Line: 13},
			{Name: "datahub", Provider: "onezone", BaseURL: "https://datahub.example.org",
				Token:           credential.Command("pass", "show", "onedata/datahub").Without([]string{"KATAPULT_API_KEY"}),
				RefreshInterval: time.Minute, RequestTimeout: 10 * time.Second, Line: 18},
			{Name: "admin", Provider: "onezone", BaseURL: "https://onezone.example.org", Username: "admin",
				Password:        credential.Keyring("rollcall/admin"),
				RefreshInterval: time.Minute, RequestTimeout: 10 * time.Second, Line: 23},
		},
	}
	c.services, c.versions = Services{}, nil
	if !reflect.DeepEqual(c, want) {
		t.Errorf("got  %+v\nwant %+v", c, want)
	}
}

func TestEveryKey(t *testing.T) {
	t.Parallel()
	home := t.TempDir() // Only its form matters: it is absolute.
	c, err := Parse(filepath.Join("etc", "c.toml"), []byte(`
refresh_interval = "0s"
expiry_warning = "0s"
ui = { theme = "mono", mouse = false, avatars = false, remember = false, notify = true, keys = { quit = "Q", refresh = [] } }
[profiles.a]
provider = "katapult"
token = { file = "a.token" }
label = ""
refresh_interval = "1h"
request_timeout = "500ms"
ca_file = "certs/ca.pem"
client_cert = '`+filepath.Join(home, "c.pem")+`'
client_key = "../c.key"
proxy = "socks5h://user:pw@localhost:1080"
insecure_skip_verify = true
disabled = true
identity = "user_x"
`), testProviders())
	if err != nil {
		t.Fatal(err)
	}
	want := &Config{
		Path: filepath.Join("etc", "c.toml"), RequestTimeout: 10 * time.Second,
		UI: UI{Theme: "mono", Notify: true, Keys: map[string][]string{"quit": {"Q"}, "refresh": {}}},
		Profiles: []Profile{{
			Name: "a", Provider: "katapult", Token: credential.File(filepath.Join("etc", "a.token")),
			RefreshInterval: time.Hour, RequestTimeout: 500 * time.Millisecond,
			CAFile: filepath.Join("etc", "certs", "ca.pem"), ClientCert: filepath.Join(home, "c.pem"), ClientKey: "c.key",
			Proxy: "socks5h://user:pw@localhost:1080", InsecureSkipVerify: true, Disabled: true,
			Identity: "user_x", Line: 5,
		}},
	}
	c.services, c.versions = Services{}, nil
	if !reflect.DeepEqual(c, want) {
		t.Errorf("got  %+v\nwant %+v\nproblems %v", c, want, messages(c.Problems))
	}
}

// Profiles keep the order of the file in every notation, and a bad one takes
// nothing from the good ones.
func TestOrder(t *testing.T) {
	t.Parallel()
	c, err := Parse("c.toml", []byte(`
[profiles."z z"]
provider = "katapult"
token = { env = "A" }
disabled = 3
[profiles.m.token]
env = "A"
[profiles]
b.provider = "katapult"
b.token.env = "B"
a = { provider = "katapult", token = { env = "A" } }
[profiles.m]
provider = "nobody"
`), testProviders())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range c.Profiles {
		got = append(got, p.Name+" "+p.Token.Source()+" "+strings.Join(messages(p.Problems), "|"))
	}
	want := []string{
		"z z env A c.toml:5: disabled must be true or false, without quotes",
		`m env A c.toml:13: provider must be katapult or onezone, not "nobody"`,
		"b env B ", "a env A ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	lines := []int{c.Profiles[0].Line, c.Profiles[1].Line, c.Profiles[2].Line, c.Profiles[3].Line}
	if !slices.Equal(lines, []int{2, 6, 9, 11}) {
		t.Errorf("lines %v", lines)
	}
	if c.Problems[0].Profile != "z z" || c.Problems[1].Profile != "m" {
		t.Errorf("problems %+v", c.Problems)
	}
}
