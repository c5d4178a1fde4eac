package demo

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"
)

// server serves one demo service on loopback, with nothing in between.
type server struct {
	sampleService
	URL string
}

// serve starts a service at noon, or as the clock says, until the test ends.
func serve(t *testing.T, service func(now func() time.Time) sampleService, now func() time.Time) *server {
	t.Helper()
	if now == nil {
		now = noon
	}
	s := &server{sampleService: service(now)}
	at := httptest.NewServer(s.Handler)
	t.Cleanup(at.Close)
	s.URL = at.URL
	return s
}

// profile is a sample profile of the service.
func (s *server) profile(t *testing.T, name string) sample {
	t.Helper()
	i := slices.IndexFunc(s.Profiles, func(p sample) bool { return p.Name == name })
	if i < 0 {
		t.Fatalf("no profile %q", name)
	}
	return s.Profiles[i]
}

// get sends a GET as a profile; without a credential where none is named.
func (s *server) get(t *testing.T, profile, path string) reply {
	t.Helper()
	if profile == "" {
		return ask(t, http.MethodGet, s.URL+path, "")
	}
	p := s.profile(t, profile)
	return ask(t, http.MethodGet, s.URL+path, "", headersOf(s.Header, p.Token, p.Username, p.Password)...)
}
