package harbor

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"
)

// Server serves Harbor. Its fields say how it answers; they are set through
// [Server.Set] once it runs.
type Server struct {
	// Users has the user of each key.
	Users map[string]string
	// Revoked are the keys that are refused with a status of 200.
	Revoked map[string]bool
	// Remaining is what is left in each bucket; 100 where it is not named. A
	// request in a bucket that is spent is refused.
	Remaining map[string]int
	// Slow has every request refused by a secondary limit, for as many seconds.
	Slow int
	// Elsewhere is the origin that the second page of teams is said to be at; empty
	// for the server itself.
	Elsewhere string
	// Records has the name of each key that may read its own record.
	Records map[string]string

	http *httptest.Server
	mu   sync.Mutex
	log  []string
}

// Start runs the server until the test ends.
func Start(t interface{ Cleanup(func()) }, s *Server) *Server {
	s.http = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.http.Close)
	return s
}

// URL is the base address.
func (s *Server) URL() string { return s.http.URL }

// Set changes how the server answers.
func (s *Server) Set(change func(*Server)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s)
}

// Asked are the requests so far: "GET /api/whoami key 200".
func (s *Server) Asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string{}, s.log...)
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := r.Header.Get("X-Harbor-Key")
	status, body := s.answer(w.Header(), r, key)
	if tag := w.Header().Get("Etag"); status == http.StatusOK && tag != "" && r.Header.Get("If-None-Match") == tag {
		status, body = http.StatusNotModified, nil
	}
	s.log = append(s.log, fmt.Sprintf("%s %s %s %d", r.Method, r.URL.RequestURI(), key, status))
	w.WriteHeader(status)
	if body != nil {
		_ = json.NewEncoder(w).Encode(body)
	}
}

// answer is the status and the body of an answer, whose headers it sets.
func (s *Server) answer(h http.Header, r *http.Request, key string) (status int, body any) {
	if r.URL.Path == "/.well-known/harbor" {
		h.Set("Etag", `"place"`)
		return http.StatusOK, map[string]string{"user": "/whoami"}
	}
	user := s.Users[key]
	switch {
	case r.Header.Get("X-Harbor-Version") != "2":
		return http.StatusBadRequest, map[string]string{"error": "version"}
	case s.Slow > 0:
		h.Set("Retry-After", fmt.Sprint(s.Slow))
		return http.StatusForbidden, map[string]string{"error": "slow_down"}
	case s.Revoked[key]:
		return http.StatusOK, map[string]any{"ok": false, "error": "revoked"}
	case user == "":
		return http.StatusUnauthorized, map[string]string{"error": "unknown_key"}
	}
	bucket := BucketCore
	if r.URL.Path == "/api/keys/self" {
		bucket = BucketSearch
	}
	if !s.count(h, bucket) {
		return http.StatusTooManyRequests, map[string]string{"error": "slow_down"}
	}
	switch r.URL.Path {
	case "/api/whoami":
		h.Set("X-Harbor-User", user)
		h.Set("Etag", `"`+user+`"`)
		return http.StatusOK, map[string]any{"ok": true, "name": "Name of " + user}
	case "/api/teams":
		return s.teams(h, r.URL.Query().Get("page"))
	case "/api/keys/self":
		if name, ok := s.Records[key]; ok {
			return http.StatusOK, map[string]string{"name": name}
		}
		return http.StatusForbidden, map[string]string{"error": "not_yours"}
	}
	return http.StatusNotFound, nil
}

// count counts a request in a bucket and tells of both; it reports false where the
// bucket is spent.
func (s *Server) count(h http.Header, bucket string) bool {
	left := func(name string) int {
		if n, ok := s.Remaining[name]; ok {
			return n
		}
		return 100
	}
	reset := time.Minute.Seconds()
	h.Set("RateLimit", fmt.Sprintf(`"%s";r=%d;t=%.0f, "%s";r=%d;t=%.0f`,
		BucketCore, left(BucketCore), reset, BucketSearch, left(BucketSearch), reset))
	h.Set("RateLimit-Policy", fmt.Sprintf(`"%s";q=100;w=60, "%s";q=100;w=60`, BucketCore, BucketSearch))
	return left(bucket) > 0
}

// teams are the three pages of teams.
func (s *Server) teams(h http.Header, page string) (status int, body any) {
	type team struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		SSO  bool   `json:"sso"`
	}
	next := func(page string) {
		at := s.Elsewhere
		if at == "" {
			at = s.http.URL
		}
		h.Set("Link", "<"+at+"/api/teams?page="+page+`>; rel="next"`)
	}
	switch page {
	case "":
		next("2")
		return http.StatusOK, []team{{"t1", "Pilots", false}}
	case "2":
		next("3")
		return http.StatusOK, []team{{"t2", "Tugs", true}}
	}
	return http.StatusOK, []team{{"t3", "Locks", false}}
}
