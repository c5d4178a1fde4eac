package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// TestUserInfoElsewhere has an issuer name a UserInfo endpoint at another origin, and
// then another one: that gets the token only once the profile is pinned to it.
func TestUserInfoElsewhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.env = []string{"ID_TOKEN=opaque-and-never-shown", "NO_PROXY=*", "LANG=C.UTF-8"}
	year := time.Now().Add(400 * 24 * time.Hour)
	var seen [2]atomic.Int64
	var trusted strings.Builder
	secure := func(h http.HandlerFunc) string {
		url, ca := w.secure(h, year)
		pem, err := os.ReadFile(ca)
		if err != nil {
			t.Fatal(err)
		}
		trusted.Write(pem)
		return url
	}
	var places [2]string
	for i := range places {
		places[i] = secure(func(rw http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") == "Bearer opaque-and-never-shown" {
				seen[i].Add(1)
			}
			fmt.Fprint(rw, `{"sub":"u1","name":"Mira Okafor"}`)
		}) + "/userinfo"
	}
	var named atomic.Value
	named.Store(places[0])
	issuer := ""
	issuer = secure(func(rw http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			t.Error("the issuer got the token")
		}
		fmt.Fprintf(rw, `{"issuer":%q,"userinfo_endpoint":%q}`, issuer, named.Load())
	})
	config := w.write("config.toml", fmt.Sprintf("[profiles.id]\nprovider = \"oidc\"\nbase_url = %q\nca_file = %q\ntoken = { env = \"ID_TOKEN\" }\n",
		issuer, w.write("ca.pem", trusted.String())))
	status := func() (state, endpoint, explanation string, code int) {
		r := w.run("status", "-o", "json", "--config", config)
		var got struct {
			Profiles []struct {
				Endpoint string
				Health   struct{ State, Explanation string }
			}
		}
		if err := json.Unmarshal([]byte(r.stdout), &got); err != nil || len(got.Profiles) != 1 {
			t.Fatalf("%v\n%s%s", err, r.stdout, r.stderr)
		}
		p := got.Profiles[0]
		return p.Health.State, p.Endpoint, p.Health.Explanation, r.status
	}
	if state, endpoint, why, code := status(); state != "healthy" || endpoint != places[0] || code != 0 {
		t.Fatalf("%s at %s, exit status %d: %s", state, endpoint, code, why)
	}
	named.Store(places[1])
	if state, endpoint, why, code := status(); state != "misconfigured" || endpoint != places[0] || code != 1 || !strings.Contains(why, places[1]) {
		t.Errorf("%s at %s, exit status %d: %s", state, endpoint, code, why)
	}
	if shown := w.run("show", "id", "--config", config).stdout; !strings.Contains(shown, "rollcall pin id") || seen[1].Load() != 0 {
		t.Errorf("the other place was asked %d times, and this is told:\n%s", seen[1].Load(), shown)
	}
	r := w.run("pin", "id", "--config", config)
	if want := "id is pinned to Mira Okafor (u1), asked at " + places[1] + " from now on.\n"; r.status != 0 || r.stdout != want {
		t.Errorf("exit status %d: %s%s, want %s", r.status, r.stdout, r.stderr, want)
	}
	if state, endpoint, why, code := status(); state != "healthy" || endpoint != places[1] || code != 0 {
		t.Errorf("%s at %s, exit status %d: %s", state, endpoint, code, why)
	}
	if shown := w.run("show", "id", "--config", config).stdout; !strings.Contains(shown, places[1]) {
		t.Errorf("it is not shown where it is asked:\n%s", shown)
	}
	w.run("undo", "--config", config)
	if state, endpoint, _, _ := status(); state != "misconfigured" || endpoint != places[0] {
		t.Errorf("after undo: %s at %s", state, endpoint)
	}
}
