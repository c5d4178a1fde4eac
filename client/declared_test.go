package client_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/BurntSushi/toml"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/declared"
	"rollcall/client/store"
)

// tracker answers as an ordinary service does, and remembers what it was asked.
type tracker struct {
	*httptest.Server
	mu     sync.Mutex
	asked  []string
	answer func(w http.ResponseWriter, r *http.Request)
}

func startTracker(t *testing.T, answer func(w http.ResponseWriter, r *http.Request)) *tracker {
	tr := &tracker{answer: answer}
	tr.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tr.mu.Lock()
		tr.asked = append(tr.asked, r.Method+" "+r.URL.RequestURI())
		tr.mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		tr.answer(w, r)
	}))
	t.Cleanup(tr.Close)
	return tr
}

func (tr *tracker) requests() string {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return strings.Join(tr.asked, "\n")
}

// declaredPoller is a poller of one profile at a service of a description.
func declaredPoller(t *testing.T, text string, p client.Profile) (*client.Poller, *store.Store) {
	t.Helper()
	var values map[string]any
	if _, err := toml.Decode(text, &values); err != nil {
		t.Fatal(err)
	}
	s, faults := declared.New("tracker", values)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	network := client.NewNetwork("rollcall/test", service.Catalog{s})
	t.Cleanup(network.Close)
	memory, _, err := store.Open("", "")
	if err != nil {
		t.Fatal(err)
	}
	p.Name, p.Provider, p.Timeout = "work", "tracker", time.Minute
	return client.NewPoller([]*client.Client{client.New(p, network)}, memory), memory
}

const trackerDescription = `
title = "Tracker"
url   = "/api/me?full=1"
auth  = { header = "X-Key", value = "{token}" }
headers = { "X-App" = "{second_token}" }
id    = "$.id"
name  = "$.name"
rate_limit = { limit = "X-Quota-Max", remaining = "X-Quota-Left", reset = "X-Quota-Reset", reset_as = "seconds" }
organizations = { list = "$.orgs[*]", id = "$", word = "teams" }
next = "$.next"
more = [
  { url = "/api/token", expiry = { path = "$.ends" }, token_name = "$.name", scopes = { path = "$.can" } },
  { url = "/api/mails", emails = "$[*].mail", next = "link" },
]
`

// TestDeclaredService asks a service by its description, and for all that it names.
func TestDeclaredService(t *testing.T) {
	t.Parallel()
	tr := startTracker(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Key") != "first-secret" || r.Header.Get("X-App") != "second-secret" {
			w.WriteHeader(401)
			return
		}
		w.Header().Set("X-Quota-Max", "50")
		w.Header().Set("X-Quota-Left", "49")
		w.Header().Set("X-Quota-Reset", "30.5")
		switch r.URL.Path {
		case "/api/me":
			page := `{"id":7,"name":"Sam second-secret","orgs":["a"],"next":"/api/me/2"}`
			fmt.Fprint(w, page)
		case "/api/me/2":
			fmt.Fprint(w, `{"id":7,"orgs":["b"],"next":null}`)
		case "/api/token":
			fmt.Fprint(w, `{"ends":"2030-01-02T00:00:00Z","name":"laptop","can":["read"]}`)
		case "/api/mails":
			w.Header().Set("Link", `<https://elsewhere.example/steal>; rel="next"`)
			fmt.Fprint(w, `[{"mail":"sam@roe.example"}]`)
		}
	})
	poller, memory := declaredPoller(t, trackerDescription, client.Profile{BaseURL: tr.URL, Credential: secret("first-secret"), Second: secret("second-secret")})
	s := poller.Once(t.Context())[0]
	if s.Health.State != account.Healthy || s.Account.User.ID != "7" || strings.Contains(s.Account.User.FullName, "second-secret") {
		t.Fatalf("%+v %+v", s.Health, s.Account)
	}
	if len(s.Account.Organizations) != 2 || s.Account.Token.Name != "laptop" || s.Account.Token.Expiry.At.Year() != 2030 || s.Account.Token.Scopes[0] != "read" {
		t.Errorf("%+v", s.Account)
	}
	if s.RateLimit.Limit == nil || *s.RateLimit.Limit != 50 || *s.RateLimit.Remaining != 49 || s.RateLimit.ResetAt.IsZero() {
		t.Errorf("%+v", s.RateLimit)
	}
	// The page elsewhere is not asked for, and what it would have told is noted.
	if len(s.Account.User.Emails) != 0 || len(s.Details.Notes) != 1 || s.Details.Notes[0].About != account.PartUser {
		t.Errorf("%v %v", s.Account.User.Emails, s.Details.Notes)
	}
	if want := "GET /api/me?full=1\nGET /api/me?full=1\nGET /api/me/2\nGET /api/token\nGET /api/mails"; tr.requests() != want {
		t.Errorf("it asked\n%s\nwant\n%s", tr.requests(), want)
	}
	if id, pinned := memory.Pin("work", s.Endpoint); !pinned || id != "7" {
		t.Errorf("it is pinned to %q", id)
	}
	kept, err := json.Marshal(s)
	if err != nil || strings.Contains(string(kept), "second-secret") || strings.Contains(string(kept), "first-secret") {
		t.Errorf("a secret is kept: %s %v", kept, err)
	}
}

// TestDeclaredFailureOfMore has further requests refused, which is no failure.
func TestDeclaredFailureOfMore(t *testing.T) {
	t.Parallel()
	tr := startTracker(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/api/me" {
			w.WriteHeader(403)
			return
		}
		fmt.Fprint(w, `{"id":7,"orgs":["a"]}`)
	})
	poller, _ := declaredPoller(t, trackerDescription, client.Profile{BaseURL: tr.URL, Credential: secret("first-secret"), Second: secret("second-secret")})
	s := poller.Once(t.Context())[0]
	if s.Health.State != account.Healthy || len(s.Account.Organizations) != 1 || s.Account.Token.Expiry.KindOrUnknown() != account.ExpiryUnknown {
		t.Errorf("%+v %+v", s.Health, s.Account)
	}
}

// TestAnonymousService is healthy without a user: nobody is pinned, and nobody is
// another one later.
func TestAnonymousService(t *testing.T) {
	t.Parallel()
	tr := startTracker(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer first-secret" {
			w.WriteHeader(401)
			fmt.Fprint(w, `{"error":{"type":"no such key first-secret"}}`)
			return
		}
		w.Header().Set("X-End", "2030-01-02")
		fmt.Fprint(w, `{"models":[]}`)
	})
	const text = "url = '/models'\nauth = 'Bearer {token}'\nidentity = 'none'\nexpiry = { header = 'X-End', as = 'date' }\ncode = '$.error.type'\n"
	poller, memory := declaredPoller(t, text, client.Profile{BaseURL: tr.URL, Credential: secret("first-secret")})
	for range 2 {
		s := poller.Once(t.Context())[0]
		if s.Health.State != account.Healthy || s.Account == nil || s.Account.User.ID != "" || s.Account.Token.Expiry.At.Year() != 2030 {
			t.Fatalf("%+v %+v", s.Health, s.Account)
		}
		if id, pinned := memory.Pin("work", s.Endpoint); pinned {
			t.Errorf("it is pinned to %q", id)
		}
	}
	poller, _ = declaredPoller(t, text, client.Profile{BaseURL: tr.URL, Credential: secret("wrong-secret")})
	s := poller.Once(t.Context())[0]
	if s.Health.State != account.InvalidToken || !strings.HasPrefix(s.Health.Code, "no such key") || s.Health.Explanation != "Tracker does not accept the token." {
		t.Errorf("%+v", s.Health)
	}
}

// TestFiltersLookAtAllOfALongList has what paths filter stand behind as many elements of
// lists as are kept.
func TestFiltersLookAtAllOfALongList(t *testing.T) {
	t.Parallel()
	list := func(element func(i int) string) string {
		all := make([]string, 5000)
		for i := range all {
			all[i] = element(i)
		}
		return "[" + strings.Join(all, ",") + "]"
	}
	users := list(func(i int) string { return fmt.Sprintf(`{"id":"u%d","me":%t}`, i, i == 2500) })
	teams := list(func(i int) string { return fmt.Sprintf(`{"id":%d,"name":"team %d"}`, i, i) })
	orgs := list(func(i int) string {
		return fmt.Sprintf(`{"id":"o%d","members":[{"of":%t,"as":"owner"}]}`, i, i%1000 == 999)
	})
	mails := list(func(i int) string { return fmt.Sprintf(`{"mail":"sam%d@roe.example","main":%t}`, i, i == 4999) })
	tr := startTracker(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/me":
			fmt.Fprintf(w, `{"users":%s,"teams":%s,"orgs":%s,"team":3000}`, users, teams, orgs)
		case "/mails":
			fmt.Fprint(w, mails)
		}
	})
	const text = `
url   = "/me"
auth  = "Bearer {token}"
id    = "$.users[?@.me == true].id"
name  = "$.teams[?@.id == $.team].name"
organizations = { list = "$.orgs[?@.members[?@.of == true]]", id = "$.id", role = "$.members[?@.of == true].as" }
more  = [{ url = "/mails", email = "$[?@.main == true].mail" }]
`
	poller, _ := declaredPoller(t, text, client.Profile{BaseURL: tr.URL, Credential: secret("first-secret")})
	s := poller.Once(t.Context())[0]
	if s.Health.State != account.Healthy {
		t.Fatalf("%+v", s.Health)
	}
	a := s.Account
	if a.User.ID != "u2500" || a.User.FullName != "team 3000" || fmt.Sprint(a.User.Emails) != "[sam4999@roe.example]" {
		t.Errorf("the user is %+v", a.User)
	}
	var found []string
	for _, o := range a.Organizations {
		found = append(found, o.ID+" "+o.Role)
	}
	if got := strings.Join(found, ", "); got != "o999 owner, o1999 owner, o2999 owner, o3999 owner, o4999 owner" || a.Totals.Organizations != 0 {
		t.Errorf("of %d organizations these are told: %s", a.CountOrganizations(), got)
	}
}
