package service

import (
	"net/url"
	"strings"
	"testing"

	"rollcall/client/account"
)

func TestNewAddress(t *testing.T) {
	p := account.Service{Title: "Zone", Prefix: "/api/v3/zone", Path: "/user"}
	tests := []struct{ base, endpoint, origin string }{
		{"https://host.example", "https://host.example/api/v3/zone/user", "https://host.example:443"},
		{"https://host.example/", "https://host.example/api/v3/zone/user", "https://host.example:443"},
		{"https://host.example/api/v3/zone", "https://host.example/api/v3/zone/user", "https://host.example:443"},
		{"https://host.example/api/v3/zone//", "https://host.example/api/v3/zone/user", "https://host.example:443"},
		{"https://HOST.example:443/zone/", "https://HOST.example:443/zone/api/v3/zone/user", "https://host.example:443"},
		{"https://host.example:8443/a%2Fb", "https://host.example:8443/a%2Fb/api/v3/zone/user", "https://host.example:8443"},
		{"http://127.0.0.1:80", "http://127.0.0.1:80/api/v3/zone/user", "http://127.0.0.1:80"},
		{"http://[::1]", "http://[::1]/api/v3/zone/user", "http://[::1]:80"},
		{"http://Zone.localhost:9", "http://Zone.localhost:9/api/v3/zone/user", "http://zone.localhost:9"},
	}
	for _, tt := range tests {
		a, d := NewAddress(tt.base, p)
		if d.State != "" || a.Endpoint != tt.endpoint || a.Origin != tt.origin || a.Root+"/user" != a.Endpoint {
			t.Errorf("%s: %+v %+v", tt.base, a, d)
		}
	}
}

func TestNewAddressRefuses(t *testing.T) {
	tests := []struct{ base, text string }{
		{"", "no base_url"},
		{"host.example", "not the address"},
		{"host.example:8443", "not the address"},
		{"ftp://host.example", "not the address"},
		{"https://", "not the address"},
		{"https:host.example", "not the address"},
		{"https://%zz", "not the address"},
		{"https://user:hush@host.example", "user name"},
		{"https://host.example/?token=hush", "query"},
		{"https://host.example/#hush", "fragment"},
		{"http://host.example", "http://"},
		{"http://10.0.0.1", "http://"},
		{"http://localhost.example", "http://"},
	}
	for _, tt := range tests {
		a, d := NewAddress(tt.base, account.Service{Title: "Zone"})
		if d.State != account.Misconfigured || !strings.Contains(d.Explanation, tt.text) || d.Remedy == "" || a != (Address{}) {
			t.Errorf("%s: %+v %+v", tt.base, a, d)
		}
		if strings.Contains(d.Explanation+d.Remedy, "hush") {
			t.Errorf("%s: what may be a secret shows", tt.base)
		}
	}
	if a, _ := NewAddress("", account.Service{DefaultURL: "https://api.example", Path: "/me"}); a.Endpoint != "https://api.example/me" {
		t.Errorf("the public address became %q", a.Endpoint)
	}
}

func TestOriginOf(t *testing.T) {
	same := []string{"https://a.example", "https://A.Example:443/x?y", "HTTPS://a.example/"}
	for _, s := range same {
		u, err := url.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := OriginOf(u); got != "https://a.example:443" {
			t.Errorf("%s has the origin %s", s, got)
		}
	}
}

func TestIsLoopback(t *testing.T) {
	for host, want := range map[string]bool{
		"127.0.0.1": true, "127.9.8.7": true, "::1": true, "::ffff:127.0.0.1": true, "localhost": true, "A.LocalHost": true,
		"128.0.0.1": false, "::2": false, "localhost.example": false, "notlocalhost": false, "": false,
	} {
		if got := IsLoopback(host); got != want {
			t.Errorf("isLoopback(%q) = %v", host, got)
		}
	}
}
