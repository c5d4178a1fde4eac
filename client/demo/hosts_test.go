package demo

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// zoneUser is where a zone tells who somebody is.
const zoneUser = "/api/v3/onezone/user"

// askZone sends a GET to the host of a profile.
func askZone(t *testing.T, s *Server, profile, path string) reply {
	t.Helper()
	a := account(t, s, profile)
	return ask(t, http.MethodGet, a.BaseURL+path, "", "X-Auth-Token", a.Token)
}

func TestOverloadedProxy(t *testing.T) {
	s := start(t, nil)
	for i := range 7 {
		got := askZone(t, s, "edge", zoneUser)
		askZone(t, s, "edge", "/api/v3/onezone/user/effective_groups") // does not count
		if i%3 != 2 {
			if got.Status != 200 {
				t.Errorf("request %d: %d", i, got.Status)
			}
			continue
		}
		if got.Status != 503 || got.Header.Get("Retry-After") != "20" || !strings.HasPrefix(string(got.Body), "<!DOCTYPE") {
			t.Errorf("request %d: %d %v %s", i, got.Status, got.Header, got.Body)
		}
	}
}

func TestMovedZone(t *testing.T) {
	s := start(t, nil)
	got := askZone(t, s, "moved", zoneUser)
	if want := account(t, s, "datahub").BaseURL + zoneUser; got.Header.Get("Location") != want {
		t.Errorf("redirects to %q, want %q", got.Header.Get("Location"), want)
	}
}

func TestHostThatComesAndGoes(t *testing.T) {
	var c clock
	s := start(t, c.now)
	a := account(t, s, "harbour")
	for _, tt := range []struct {
		after time.Duration
		gone  bool
	}{
		{0, false}, {59 * time.Second, false}, {60 * time.Second, true}, {79 * time.Second, true}, {80 * time.Second, false},
		{3*time.Minute + 10*time.Second, true}, {4 * time.Minute, false},
	} {
		c.set(tt.after)
		got, err := do(t, http.MethodGet, a.BaseURL+zoneUser, "", "X-Auth-Token", a.Token)
		if (err != nil) != tt.gone || !tt.gone && got.Status != 200 {
			t.Errorf("after %v: status %d, %v", tt.after, got.Status, err)
		}
	}
}
