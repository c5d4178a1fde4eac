package service

import (
	"net/url"
	"testing"

	"rollcall/client/account"
)

func TestNewAddress(t *testing.T) {
	p := account.ServiceInfo{Title: "Zone", Prefix: "/api/v3/zone", Path: "/user"}
	tests := []struct{ base, endpoint, origin string }{
		{"https://host.example", "https://host.example/api/v3/zone/user", "https://host.example:443"},
		{"https://host.example/", "https://host.example/api/v3/zone/user", "https://host.example:443"},
		{"https://host.example/api/v3/zone", "https://host.example/api/v3/zone/user", "https://host.example:443"},
		{"https://host.example/api/v3/zone//", "https://host.example/api/v3/zone/user", "https://host.example:443"},
		{"https://HOST.example:443/zone/", "https://HOST.example:443/zone/api/v3/zone/user", "https://host.example:443"},
		{"https://host.example:8443/a%2Fb", "https://host.example:8443/a%2Fb/api/v3/zone/user", "https://host.example:8443"},
		{"http://127.0.0.1:80", "http://127.0.0.1:80/api/v3/zone/user", "http://127.0.0.1:80"},
		{"http://[::1]", "http://[::1]/api/v3/zone/user", "http://[::1]:80"},
		{"https://host.example/api/v3/zone/user", "https://host.example/api/v3/zone/user", "https://host.example:443"},
		{"https://host.example/api/v3/zone/user/groups/", "https://host.example/api/v3/zone/user", "https://host.example:443"},
		{"https://host.example/a/api/v3/zone/user", "https://host.example/a/api/v3/zone/user", "https://host.example:443"},
		{"https://host.example/api/v3/zone/users", "https://host.example/api/v3/zone/user", "https://host.example:443"},
		{"https://host.example/api/v3/zone/organizations/_/tokens", "https://host.example/api/v3/zone/user", "https://host.example:443"},
		{"https://host.example/a/api/v3/zone/b/", "https://host.example/a/api/v3/zone/user", "https://host.example:443"},
		{"https://host.example/api/v3/zones", "https://host.example/api/v3/zones/api/v3/zone/user", "https://host.example:443"},
		{"http://[::1%25lo]:8080", "http://[::1%25lo]:8080/api/v3/zone/user", "http://[::1%lo]:8080"},
		{"https://[fe80::1%25Eth0]/a", "https://[fe80::1%25Eth0]/a/api/v3/zone/user", "https://[fe80::1%eth0]:443"},
		{"http://Zone.localhost:9", "http://Zone.localhost:9/api/v3/zone/user", "http://zone.localhost:9"},
	}
	for _, tt := range tests {
		a, err := NewAddress(tt.base, p)
		if err != nil || a.Endpoint != tt.endpoint || a.Origin != tt.origin || a.Root+"/user" != a.Endpoint {
			t.Errorf("%s: %+v %v", tt.base, a, err)
		}
	}
}

// TestNewAddressRefuses has what must not get this far, and what a credential must
// not be sent to wherever it comes from.
func TestNewAddressRefuses(t *testing.T) {
	for base, want := range map[string]error{
		"": errNoAddress, "host.example": errNoAddress, "https://": errNoAddress, "https:host.example": errNoAddress, "https://%zz": errNoAddress,
		"ftp://host.example": errInTheClear, "http://host.example": errInTheClear, "http://10.0.0.1": errInTheClear,
		"http://localhost.example": errInTheClear,
	} {
		if a, err := NewAddress(base, account.ServiceInfo{Title: "Zone"}); err != want || a != (Address{}) {
			t.Errorf("%s: %+v %v", base, a, err)
		}
	}
	if a, _ := NewAddress("", account.ServiceInfo{DefaultURL: "https://api.example", Path: "/me"}); a.Endpoint != "https://api.example/me" {
		t.Errorf("the public address became %q", a.Endpoint)
	}
	if a, _ := NewAddress("https://api.example/v1/me", account.ServiceInfo{Path: "/me"}); a.Root != "https://api.example/v1" {
		t.Errorf("a whole endpoint without a prefix became %q", a.Root)
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
