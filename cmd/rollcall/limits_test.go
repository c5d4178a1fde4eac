package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestAllBudgetsAreTold has a service that tells of three budgets of requests.
func TestAllBudgetsAreTold(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("RateLimit", `"core";r=4987;t=1867, "search";r=3;t=50, "graphql";r=5000;t=3600`)
		w.Header().Set("RateLimit-Policy", `"core";q=5000;w=3600, "search";q=30;w=60, "graphql";q=5000;w=3600`)
		io.WriteString(w, `{"user":{"id":"user_1","first_name":"Sam","last_name":"Roe"}}`)
	}))
	defer s.Close()
	w := newWorld(t)
	w.env = []string{"LIMITED_TOKEN=kt-limited", "TERM=dumb"}
	w.write(".config/rollcall/config.toml", fmt.Sprintf("[profiles.work]\nprovider = \"katapult\"\nbase_url = %q\ntoken = { env = \"LIMITED_TOKEN\" }\n", s.URL))

	type budget struct {
		Name      string
		Remaining int64
	}
	var told struct {
		RateLimit  budget   `json:"rate_limit"`
		RateLimits []budget `json:"rate_limits"`
	}
	r := w.run("show", "work", "-o", "json")
	if err := json.Unmarshal([]byte(r.stdout), &told); err != nil {
		t.Fatalf("%v\n%s%s", err, r.stdout, r.stderr)
	}
	if want := "[{search 3} {core 4987} {graphql 5000}]"; fmt.Sprint(told.RateLimits) != want || told.RateLimit.Name != "search" {
		t.Errorf("show tells of %v, and of %v; want %s", told.RateLimits, told.RateLimit, want)
	}

	const first, second, third = "  budget    search: 3/30, full again in ", "\n            core: 4987/5000, full again in ", "\n            graphql: 5000/5000, full again in "
	if text := w.run("show", "work").stdout; !strings.Contains(text, first) || !strings.Contains(text, second) || !strings.Contains(text, third) {
		t.Errorf("show prints:\n%s", text)
	}
	c := w.talk("--accessible")
	c.hear("1 is fine: type fine to hear it.")
	c.enter("1")
	c.hear(first, second, third)
	c.enter("q")
	c.end()
}
