package client

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/service/gitlab/gitlabtest"
	"rollcall/client/store"
)

// gitlabOf is a client of a GitLab that answers by path.
func gitlabOf(t *testing.T, answer http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	return New(Profile{
		Name: "p", Provider: "gitlab", BaseURL: server.URL, Credential: fixedCredential{secret: "glpat-" + strings.Repeat("0", 20)},
	}, testNetwork(t))
}

// What is asked beside a verdict changes nothing of it, whatever comes.
func TestAsideIsNoPartOfTheVerdict(t *testing.T) {
	t.Parallel()
	for name, record := range map[string]func(w http.ResponseWriter){
		"told":        func(w http.ResponseWriter) { _, _ = w.Write([]byte(gitlabtest.Record)) },
		"refused":     func(w http.ResponseWriter) { w.WriteHeader(http.StatusUnauthorized) },
		"no answer":   func(http.ResponseWriter) { panic(http.ErrAbortHandler) },
		"unavailable": func(w http.ResponseWriter) { w.WriteHeader(http.StatusBadGateway) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := gitlabOf(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/api/v4/user" {
					w.WriteHeader(http.StatusForbidden)
					_, _ = w.Write([]byte(`{"error":"insufficient_scope","error_description":"x","scope":"read_user"}`))
					return
				}
				record(w)
			})
			s := c.Check(t.Context())
			if s.Health.State != account.ScopeMissing || s.Health.HTTPStatus != http.StatusForbidden || s.Health.Code != "insufficient_scope" || s.Health.Attempts > 3 {
				t.Errorf("%+v", s.Health)
			}
			if told := s.Account != nil && s.Account.User.ID == "4201" && s.Account.Token.Name == "rollcall"; told != (name == "told") {
				t.Errorf("account = %+v", s.Account)
			}
		})
	}
}

// A check that has sent all its requests asks for nothing beside.
func TestAsideKeepsToTheNumberOfRequests(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	c := gitlabOf(t, func(w http.ResponseWriter, r *http.Request) {
		n := asked.Add(1)
		if n < 3 {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		w.WriteHeader(http.StatusForbidden)
		_, _ = w.Write([]byte(`{"error":"insufficient_scope","scope":"read_user"}`))
	})
	if s := c.Check(t.Context()); s.Health.State != account.ScopeMissing || asked.Load() != 3 || s.Account != nil {
		t.Errorf("%+v after %d requests", s.Health, asked.Load())
	}
}

// Details that have not changed are not sent again.
func TestUnchangedDetails(t *testing.T) {
	t.Parallel()
	var unchanged atomic.Int32
	c := gitlabOf(t, func(w http.ResponseWriter, r *http.Request) {
		body := map[string]string{"/api/v4/user": gitlabtest.Good, "/api/v4/user/emails": "[]", "/api/v4/personal_access_tokens/self": gitlabtest.Record}[r.URL.Path]
		switch {
		case body == "":
			w.WriteHeader(http.StatusNotFound)
		case r.Header.Get("If-None-Match") == `"one"`:
			unchanged.Add(1)
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("Etag", `"one"`)
			_, _ = w.Write([]byte(body))
		}
	})
	s := c.Check(t.Context())
	for range 2 {
		got := c.details(t.Context(), *s.Account, c.bearer("glpat-"+strings.Repeat("0", 20), ""))
		if len(got.Emails) != 1 {
			t.Errorf("%+v", got)
		}
	}
	// Who the user is was told to the check, and the addresses to the first details.
	if n := unchanged.Load(); n != 3 {
		t.Errorf("%d answers were unchanged", n)
	}
}

// What the first details tell is no change; what later ones tell is.
func TestFirstDetailsAreNoChange(t *testing.T) {
	t.Parallel()
	social := `[{"provider":"mastodon","url":"https://social.example/@mira"}]`
	answers := map[string]string{
		"/api/v3/user": `{"id":7,"login":"mira"}`, "/api/v3/user/memberships/orgs": "[]",
		"/api/v3/user/emails": `[{"email":"mira@otter.example","primary":true,"verified":true}]`,
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/v3/user/social_accounts" {
			_, _ = w.Write([]byte(social))
			return
		}
		_, _ = w.Write([]byte(answers[r.URL.Path]))
	}))
	t.Cleanup(server.Close)
	kept, _, err := store.Open("", "")
	if err != nil {
		t.Fatal(err)
	}
	check := func() account.Snapshot {
		c := New(Profile{Name: "p", Provider: "github", BaseURL: server.URL, Credential: fixedCredential{secret: "ghp_0"}}, testNetwork(t))
		return NewPoller([]*Client{c}, kept).Once(t.Context(), "p")[0]
	}
	first := check()
	if len(first.Changes) > 0 || len(first.Account.User.Emails) != 1 || len(first.Account.LinkedAccounts) != 1 {
		t.Errorf("%+v, changes %v", first.Account, first.Changes)
	}
	social = `[{"provider":"mastodon","url":"https://social.example/@mira"},{"provider":"generic","url":"https://mira.example"}]`
	if later := check(); len(later.Changes) != 1 || later.Changes[0].Is.Name != "generic" {
		t.Errorf("changes %v", later.Changes)
	}
}

// A secondary limit that names no time is waited out for a minute, a primary one until
// it is full again.
func TestWaitsOfGitHub(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		left, message string
		wait          time.Duration
	}{
		"secondary": {"4988", "You have exceeded a secondary rate limit.", time.Minute},
		"primary":   {"0", "API rate limit exceeded for user ID 7.", 40 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			reset := time.Now().Add(40 * time.Minute)
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				for header, value := range map[string]string{"Limit": "5000", "Remaining": tt.left, "Reset": fmt.Sprint(reset.Unix()), "Resource": "core"} {
					w.Header().Set("X-RateLimit-"+header, value)
				}
				w.WriteHeader(http.StatusForbidden)
				_, _ = w.Write([]byte(`{"message":"` + tt.message + `"}`))
			}))
			t.Cleanup(server.Close)
			c := New(Profile{Name: "p", Provider: "github", BaseURL: server.URL, Credential: fixedCredential{secret: "ghp_0"}}, testNetwork(t))
			before := time.Now()
			s := c.Check(t.Context())
			if wait := s.Health.RetryAt.Sub(before); s.Health.State != account.RateLimited || (wait-tt.wait).Abs() > 20*time.Second {
				t.Errorf("%s for %v, want %v", s.Health.State, wait, tt.wait)
			}
			if s.RateLimit.Name != "core" || fmt.Sprint(*s.RateLimit.Remaining) != tt.left {
				t.Errorf("the budget is %+v", s.RateLimit)
			}
		})
	}
}
