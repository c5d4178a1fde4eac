//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// trackerServer is a service of which rollcall knows nothing.
func trackerServer(t *testing.T) *httptest.Server {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.Header.Get("Authorization") != "Bearer "+awkwardSecret {
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprint(w, `{"error":"revoked"}`)
			return
		}
		fmt.Fprint(w, `{"id":7,"name":"Sam Roe","nick":"Sammy","email":"sam@roe.example"}`)
	}))
	t.Cleanup(s.Close)
	return s
}

const trackerLines = `title = "Tracker"
url   = "/api/me"
auth  = "Bearer {token}"
id    = "$.id"
name  = "$.name"
email = "$.email"
`

// TestFilesThatAreNoServices tells which files of services.d are no services, in the list and by the
// doctor, and is silent about those otherwise.
func TestFilesThatAreNoServices(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := w.write("config.toml", "[profiles.a]\nprovider = \"katapult\"\ndisabled = true\ntoken = { env = \"A\" }\n")
	for _, name := range []string{"tracker.toml", "tracker.toml~", ".tracker.toml.swp"} {
		w.write("services.d/"+name, trackerLines)
	}
	w.run("service", "list", "--config", path).expect(t, 0)
	w.write("services.d/notes.txt", "")
	w.write("services.d/team/tracker.toml", trackerLines)
	told := []string{"notes.txt", "ends with .toml", "Rename", ": team", "no folder"}
	w.run("service", "list", "--config", path).expect(t, 0, told...)
	w.run("list", "--config", path).expect(t, 0)
	doctor := w.run("doctor", "--config", path)
	for _, words := range told {
		if doctor.status != 0 || !strings.Contains(doctor.stdout, words) {
			t.Errorf("the doctor ends with %d and does not say %q:\n%s", doctor.status, words, doctor.stdout)
		}
	}
	w.write("services.d/My Tracker.toml", trackerLines)
	w.run("service", "list", "--config", path).expect(t, 2, "My Tracker.toml:1", "small letters, digits and hyphens; rename")
}

// TestDeclaredServices uses a service that the configuration describes as any other:
// checks, hand-over, what is wrong with the description, and a dashboard that sees it
// change.
func TestDeclaredServices(t *testing.T) {
	t.Parallel()
	w, s := newWorld(t), trackerServer(t)
	profile := func(name, provider string) string {
		return fmt.Sprintf("[profiles.%s]\nprovider = %q\nbase_url = %q\ntoken = { env = %q }\n", name, provider, s.URL, strings.ToUpper(name))
	}
	w.write(".config/rollcall/config.toml", "[services.tracker]\n"+trackerLines+"variables = { token = ['TRACKER_TOKEN'], url = ['TRACKER_URL'], unset = ['TRACKER_PROFILE'] }\n"+
		profile("good", "tracker")+profile("bad", "tracker")+profile("filed", "ticket")+profile("broken", "typo")+
		"[services.typo]\nurl = '/me'\nauth = 'Bearer {token}'\nidd = '$.id'\n")
	w.write(".config/rollcall/services.d/ticket.toml", trackerLines)
	one := w.with("GOOD="+awkwardSecret, "BAD=other", "FILED="+awkwardSecret, "BROKEN=x", "TRACKER_PROFILE=stale")
	r := one.run("status", "-o", "json")
	if r.status != 2 || !strings.Contains(r.stderr, "unknown key; did you mean") || strings.Contains(r.stdout+r.stderr, awkwardSecret) {
		t.Errorf("status %d, %s", r.status, r.stderr)
	}
	var got struct {
		Profiles []struct {
			Name, Provider string
			Health         struct{ State, Code string }
			User           *struct {
				ID       string
				FullName string `json:"full_name"`
			}
		}
	}
	if err := json.Unmarshal([]byte(r.stdout), &got); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"good healthy 7 Sam Roe", "bad forbidden", "filed healthy 7 Sam Roe", "broken misconfigured"} {
		p := got.Profiles[i]
		is := p.Name + " " + p.Health.State
		if p.User != nil {
			is += " " + p.User.ID + " " + p.User.FullName
		}
		if is != want {
			t.Errorf("%s, want %s", is, want)
		}
	}
	out := one.run("exec", "good", "--", "/bin/sh", "-c", `printf '%s %s %s' "$TRACKER_TOKEN" "$TRACKER_URL" "${TRACKER_PROFILE-unset}"`)
	if out.stdout != awkwardSecret+" "+s.URL+" unset" {
		t.Errorf("exec: %+v", out)
	}
	one.run("exec", "filed", "--", "/bin/sh").expect(t, 125, "there is nothing to set", filepath.Join("services.d", "ticket.toml")+`, for example: variables = { token = ["X_TOKEN"] }`)
	list := one.run("service", "list")
	if list.status != 2 || !strings.Contains(list.stdout, "ticket.toml") || !strings.Contains(list.stdout, "config.toml:") || !strings.Contains(list.stdout, "shipped") {
		t.Errorf("service list: %+v", list)
	}
}

// TestServiceTest tries descriptions on saved answers.
func TestServiceTest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	file := w.write("tracker.toml", trackerLines+"expiry = { path = '$.ends' }\nstates = [{ status = 403, when = { '$.error' = 'revoked' }, state = 'invalid_token' }]\n")
	good := w.write("good.json", `{"id":7,"name":"Sam","email":"s@x","ends":"2030-01-02T00:00:00Z"}`)
	less := w.write("less.json", `{"id":7,"nme":"Sam","email":"s@x","ends":"soon"}`)
	gone := w.write("gone.json", `{"error":"revoked"}`)
	wrong := w.write("wrong.toml", "url = '/me?token={token}'\nauth = 'Bearer {token}'\nid = 'id'\n")
	for _, tt := range []struct {
		args   []string
		status int
		want   []string
	}{
		{[]string{file, "--fixture", good}, 0, []string{"2030-01-02T00:00:00Z", "state: healthy"}},
		{[]string{file, "--fixture", less}, 1, []string{"nothing: $ is an object with email, ends, id, nme", `"soon" is no rfc3339`, "state: healthy"}},
		{[]string{file, "--fixture", gone, "--status", "403"}, 0, []string{`state: invalid token, by states[0] (status 403, $.error = "revoked")`}},
		{[]string{file, "--fixture", gone, "--status", "401"}, 1, []string{"state: invalid token"}},
		{[]string{file, "--fixture", good, "--header", "nonsense"}, 2, nil},
		{[]string{file, "--fixture", file + ".none"}, 2, nil},
		{[]string{file}, 2, nil},
		{[]string{wrong, "--fixture", good}, 2, nil},
	} {
		r := w.run(append([]string{"service", "test"}, tt.args...)...)
		if r.status != tt.status {
			t.Errorf("%q: %+v", tt.args, r)
		}
		for _, want := range tt.want {
			if !strings.Contains(r.stdout, want) {
				t.Errorf("%q lacks %q:\n%s", tt.args, want, r.stdout)
			}
		}
	}
	if r := w.run("service", "test", wrong, "--fixture", good); !strings.Contains(r.stderr, "wrong.toml:1: url: must not have {token} in it") || !strings.Contains(r.stderr, "wrong.toml:3: id: must be a path") {
		t.Errorf("%s", r.stderr)
	}
	r := w.run("service", "test", file, "--fixture", less, "-o", "json")
	var got struct {
		Schema   int
		State    string
		Promised bool
		Keys     []struct{ Key, Missing string }
	}
	if err := json.Unmarshal([]byte(r.stdout), &got); err != nil || got.Schema != 1 || got.State != "healthy" || got.Promised || len(got.Keys) != 4 {
		t.Errorf("%+v %v", got, err)
	}
	page := w.write("page.html", "<html>Sign in</html>")
	for _, tt := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{file, "--fixture", page}, 2, page + " is not JSON, as a good answer is"},
		{[]string{file, "--fixture", page, "--status", "403"}, 1, ""},
		{[]string{"digitalocean", "--fixture", good}, 1, ""},
		{[]string{"github", "--fixture", good}, 2, "github is built in"},
		{[]string{"nowhere.toml", "--fixture", good}, 2, "nowhere.toml is neither a file nor a service whose description is shipped"},
	} {
		if r := w.run(append([]string{"service", "test"}, tt.args...)...); r.status != tt.status || !strings.Contains(r.stderr, tt.want) {
			t.Errorf("%q: %+v, want %q", tt.args, r, tt.want)
		}
	}
	shown := w.run("service", "show", "digitalocean")
	again := w.write("copy.toml", shown.stdout)
	if r := w.run("service", "test", again, "--fixture", good); r.status == 2 {
		t.Errorf("a shipped description: %+v", r)
	}
}

// TestDescriptionChanges saves a description while the dashboard runs.
func TestDescriptionChanges(t *testing.T) {
	t.Parallel()
	w, s := newWorld(t), trackerServer(t)
	path := w.write("config.toml", fmt.Sprintf("[profiles.good]\nprovider = 'ticket'\nbase_url = %q\ntoken = { env = 'GOOD' }\n", s.URL))
	description := w.write("services.d/ticket.toml", trackerLines)
	m := start(t, 100, 30, []string{"HOME=" + w.home, "GOOD=" + awkwardSecret}, "--config", path)
	m.shows("all 1 fine", "Sam Roe")
	changed := strings.Replace(trackerLines, "$.name", "$.nick", 1)
	if err := os.WriteFile(filepath.Clean(description), []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	m.shows("Sammy")
}

// TestAnonymousService is told of as healthy without a user, wherever a user is named.
func TestAnonymousService(t *testing.T) {
	t.Parallel()
	w, s := newWorld(t), trackerServer(t)
	w.write(".config/rollcall/config.toml", "[services.models]\ntitle = 'Models'\nurl = '/v1'\nauth = 'Bearer {token}'\nidentity = 'none'\n")
	one := w.with("GOOD=" + awkwardSecret)
	r := one.run("add", "good", "--provider", "models", "--url", s.URL, "--env", "GOOD")
	if r.status != 0 || !strings.Contains(r.stderr, "The token works, and Models names no user") {
		t.Errorf("add: %+v", r)
	}
	if r = one.run("status", "-o", "json"); r.status != 0 || !strings.Contains(r.stdout, `"user": null`) || !strings.Contains(r.stdout, `"state": "healthy"`) {
		t.Errorf("status: %+v", r)
	}
	if r = one.run("pin", "good"); r.status != 2 || !strings.Contains(r.stderr, "models names no user") {
		t.Errorf("pin: %+v", r)
	}
	m := start(t, 120, 32, []string{"HOME=" + w.home, "GOOD=" + awkwardSecret})
	m.shows("all 1 fine", "Models names no user", "Models tells of no")
}
