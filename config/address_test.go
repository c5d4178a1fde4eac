package config

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestBaseURL(t *testing.T) {
	t.Parallel()
	const (
		address = `base_url must be an address such as "https://onezone.example.org"`
		user    = "base_url must not have a user or password in it; write token, or username and password, as keys of their own"
		end     = `base_url must end before any "?" or "#"`
		plain   = "base_url must begin with https://, since http:// would send the credential unencrypted"
	)
	tests := map[string]string{
		"https://zone.example.org":            "",
		"https://zone.example.org:8443/path/": "",
		"HTTPS://zone.example.org":            "",
		"https://[2001:db8::1]":               "",
		"http://127.0.0.1:80":                 "",
		"http://127.8.9.1":                    "",
		"http://[::1]:9443/x":                 "",
		"http://localhost":                    "",
		"http://Zone.LOCALHOST:1":             "",
		"http://zone.example.org":             plain,
		"http://128.0.0.1":                    plain,
		"http://localhost.example.org":        plain,
		"http://notlocalhost":                 plain,
		"http://0.0.0.0":                      plain,
		"zone.example.org":                    address,
		"localhost:8080":                      address,
		"https:zone.example.org":              address,
		"https://":                            address,
		"https://:8080":                       address,
		"https://a b.org":                     address,
		"https://zone.example.org:0":          address,
		"https://zone.example.org:65536":      address,
		"https://zone.example.org:x":          address,
		"ftp://zone.example.org":              address,
		"https://[fe80::1%25eth0]:8443":       "",
		"https://[fe80::1%eth0]:8443":         address,
		"https://me:s3cret@zone.example.org":  user,
		"https://@zone.example.org":           user,
		"https://zone.example.org/?a=s3cret":  end,
		"https://zone.example.org/?":          end,
		"https://zone.example.org/#":          end,
	}
	for address, want := range tests {
		text := "[profiles.a]\nprovider = 'onezone'\ntoken = 'x'\nbase_url = '" + address + "'\n"
		c, err := Parse("c.toml", []byte(text), testProviders())
		if err != nil {
			t.Fatal(err)
		}
		if want == "" {
			if len(c.Problems) > 0 || c.Profiles[0].BaseURL != address {
				t.Errorf("%s: %v, address %q", address, messages(c.Problems), c.Profiles[0].BaseURL)
			}
			continue
		}
		if len(c.Problems) != 1 || c.Problems[0].Message != want || c.Problems[0].Line != 4 || c.Profiles[0].BaseURL != "" {
			t.Errorf("%s: %v, want %s", address, messages(c.Problems), want)
		}
	}
}

// An address is often copied with a space.
func TestSpacesAroundAddresses(t *testing.T) {
	t.Parallel()
	for _, space := range []string{" ", "  ", "\u00a0"} {
		text := "[profiles.a]\nprovider = 'onezone'\ntoken = 'x'\nbase_url = '" + space + "https://zone.example.org" + space +
			"'\nproxy = '" + space + "http://proxy.example.org" + space + "'\n"
		c, err := Parse("c.toml", []byte(text), testProviders())
		if err != nil || len(c.Problems) > 0 {
			t.Fatal(err, messages(c.Problems))
		}
		if p := c.Profiles[0]; p.BaseURL != "https://zone.example.org" || p.Proxy != "http://proxy.example.org" {
			t.Errorf("%q, %q", p.BaseURL, p.Proxy)
		}
	}
}

func TestProxy(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"http://proxy.example.org:3128":  "",
		"https://u:pw@proxy.example.org": "",
		"socks5://127.0.0.1:1080":        "",
		"socks5h://[::1]:1080":           "",
		"socks4://127.0.0.1":             "proxy must begin with",
		"proxy.example.org:3128":         "proxy must be an address",
		"http://u:s3cret@:3128":          "proxy must be an address",
		"http://u:s3cret@a:port":         "proxy must be an address",
		"http://u:1/s3cret@a:3128":       "proxy must be an address",
		"http://u:1?s3cret@a:3128":       `"?" as %3F`,
		"http://u:1#s3cret@a:3128":       `"#" as %23`,
	}
	for address, want := range tests {
		c, err := Parse("c.toml", []byte(goodProfile+"proxy = '"+address+"'\n"), testProviders())
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(messages(c.Problems), "\n")
		if (want == "") != (got == "") || !strings.Contains(got, want) || strings.Contains(got, "s3cret") {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

func TestResolvePath(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	d := &decoder{dir: "etc"}
	for path, want := range map[string]string{
		"~/a/b":  filepath.Join(home, "a", "b"),
		"a/../b": filepath.Join("etc", "b"),
		"~user":  filepath.Join("etc", "~user"),
		home:     home,
	} {
		if got := d.resolve(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
