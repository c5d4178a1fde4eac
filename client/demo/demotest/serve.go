package demotest

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"rollcall/client/demo/sample"
)

// Server serves one demo service on loopback, with nothing in between.
type Server struct {
	sample.Service
	URL string
}

// Serve starts a service at noon, or as the clock says, until the test ends.
func Serve(t *testing.T, service func(now func() time.Time) sample.Service, now func() time.Time) *Server {
	t.Helper()
	if now == nil {
		now = Noon
	}
	s := &Server{Service: service(now)}
	at := httptest.NewServer(s.Handler)
	t.Cleanup(at.Close)
	s.URL = at.URL
	return s
}

// Profile is a sample profile of the service.
func (s *Server) Profile(t *testing.T, name string) sample.Profile {
	t.Helper()
	i := slices.IndexFunc(s.Profiles, func(p sample.Profile) bool { return p.Name == name })
	if i < 0 {
		t.Fatalf("no profile %q", name)
	}
	return s.Profiles[i]
}

// Get sends a GET as a profile; without a credential where none is named.
func (s *Server) Get(t *testing.T, profile, path string) Reply {
	t.Helper()
	if profile == "" {
		return Ask(t, http.MethodGet, s.URL+path, "")
	}
	p := s.Profile(t, profile)
	return Ask(t, http.MethodGet, s.URL+path, "", Headers(s.Header, p.Token, p.Username, p.Password)...)
}
