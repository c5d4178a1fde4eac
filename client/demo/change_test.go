package demo

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// clock is one that tests move; it starts at noon.
type clock struct{ after atomic.Int64 }

func (c *clock) now() time.Time { return noon.Add(time.Duration(c.after.Load())) }

// TestAccountsChange moves the clock past the moment of each change.
func TestAccountsChange(t *testing.T) {
	var c clock
	s := start(t, c.now)
	organizations := func() int {
		return len(askKatapult(t, s, "personal", "/users/current").object(t)["organizations"].([]any))
	}
	fellow := func() (email any, groups int) {
		user := askOnezone(t, s, "fellow", "/user").object(t)
		return user["emails"].([]any)[0], len(askOnezone(t, s, "fellow", "/user/effective_groups").object(t)["groups"].([]any))
	}
	for _, tt := range []struct {
		after         time.Duration
		organizations int
		email         string
		groups        int
	}{
		{0, 1, "a.quist@uni.example.com", 1},
		{changesAfter - time.Second, 1, "a.quist@uni.example.com", 1},
		{changesAfter, 2, "ada.quist@otter.example.com", 2},
		{24 * time.Hour, 2, "ada.quist@otter.example.com", 2},
	} {
		c.after.Store(int64(tt.after))
		email, groups := fellow()
		if n := organizations(); n != tt.organizations || email != tt.email || groups != tt.groups {
			t.Errorf("after %v: %d organizations, %v, %d groups", tt.after, n, email, groups)
		}
	}
}

func TestTokenThatEndsSoon(t *testing.T) {
	var c clock
	s := start(t, c.now)
	c.after.Store(int64(2*time.Minute - time.Second))
	if got := askKatapult(t, s, "release", "/users/current"); got.status != 200 {
		t.Errorf("before its end: %d %s", got.status, got.body)
	}
	c.after.Store(int64(2 * time.Minute))
	if got := askKatapult(t, s, "release", "/users/current"); got.status != 403 || codeOf(got.body) != "invalid_api_token" {
		t.Errorf("at its end: %d %s", got.status, got.body)
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
		c.after.Store(int64(tt.after))
		got, err := do(t, http.MethodGet, a.BaseURL+identity["onezone"], "", "X-Auth-Token", a.Token)
		if (err != nil) != tt.gone || !tt.gone && got.status != 200 {
			t.Errorf("after %v: status %d, %v", tt.after, got.status, err)
		}
	}
}

func TestConsoleIsAJWT(t *testing.T) {
	s := start(t, nil)
	a := account(t, s, "console")
	parts := strings.Split(a.Token, ".")
	if len(parts) != 3 {
		t.Fatalf("%d parts", len(parts))
	}
	text, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	var claims struct{ Nbf, Exp int64 }
	if err := json.Unmarshal(text, &claims); err != nil {
		t.Fatal(err)
	}
	if claims.Exp != days(noon, 25).Unix() || claims.Nbf > noon.Unix() {
		t.Errorf("claims %+v", claims)
	}
	if id, ok := askKatapult(t, s, "console", "/users/current").object(t)["api_token_id"]; id != nil || !ok {
		t.Errorf("a JWT has the id %v", id)
	}
}

// TestOnePersonInSeveralPlaces holds what the same person's accounts share,
// and what they do not.
func TestOnePersonInSeveralPlaces(t *testing.T) {
	s := start(t, nil)
	subjects, mails := map[string]map[any]bool{}, map[string]map[any]bool{}
	for _, profile := range []string{"datahub", "teaching", "harbour"} {
		user := askOnezone(t, s, profile, "/user").object(t)
		subjects[profile], mails[profile] = map[any]bool{}, map[any]bool{}
		for _, l := range user["linkedAccounts"].([]any) {
			subjects[profile][l.(object)["subjectId"]] = true
		}
		for _, m := range user["emails"].([]any) {
			mails[profile][m] = true
		}
	}
	shared := func(of map[string]map[any]bool, a, b string) (n int) {
		for v := range of[a] {
			if of[b][v] {
				n++
			}
		}
		return n
	}
	for _, tt := range []struct {
		a, b            string
		subjects, mails int
	}{{"datahub", "teaching", 1, 1}, {"datahub", "harbour", 1, 0}, {"teaching", "harbour", 0, 0}} {
		if n, m := shared(subjects, tt.a, tt.b), shared(mails, tt.a, tt.b); n != tt.subjects || m != tt.mails {
			t.Errorf("%s and %s share %d subjects and %d addresses", tt.a, tt.b, n, m)
		}
	}
}
