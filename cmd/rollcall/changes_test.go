package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// service answers as Katapult does, with what it was last told to say.
type service struct {
	*httptest.Server
	status atomic.Int64
	body   atomic.Value
}

func newService(t *testing.T) *service {
	s := &service{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(int(s.status.Load()))
		io.WriteString(w, s.body.Load().(string))
	}))
	t.Cleanup(s.Close)
	return s
}

// knows makes the service answer as a user with organizations.
func (s *service) knows(id, first, last string, organizations ...string) {
	var orgs []string
	for _, o := range organizations {
		orgs = append(orgs, fmt.Sprintf(`{"id":"org_%s","name":%q,"sub_domain":"x"}`, o, o))
	}
	s.status.Store(http.StatusOK)
	s.body.Store(fmt.Sprintf(`{"user":{"id":%q,"first_name":%q,"last_name":%q,"avatar_url":""},"organizations":[%s],"api_token_id":null}`,
		id, first, last, strings.Join(orgs, ",")))
}

// config is a configuration of one profile with the service.
func (s *service) config(w *world, more string) string {
	w.t.Helper()
	return w.write("config.toml", "[profiles.work]\nprovider = \"katapult\"\nbase_url = \""+s.URL+"\"\ntoken = \"kt-some-token\"\n"+more)
}

type changeReport struct {
	Schema  int
	Changes []struct{ At, Profile, Kind, What, Was, Is string }
}

func TestChangesAndPin(t *testing.T) {
	t.Parallel()
	w, s := newWorld(t), newService(t)
	path := s.config(w, "")
	run := func(args ...string) result {
		t.Helper()
		return w.run(append(args, "--config", path)...)
	}
	s.knows("user_a", "Sam", "Roe", "Acme")
	run("status").expect(t, 0)
	run("changes").expect(t, 0, "no changes in the last 7d")
	run("changes", "--since", "120d").expect(t, 0, "no changes in the last 90d")

	s.knows("user_a", "Sam", "Roe", "Acme", "Otter")
	run("status").expect(t, 0)
	r := run("changes")
	r.expect(t, 0)
	if !strings.Contains(r.stdout, "organization added: Otter") {
		t.Errorf("no word of the new organization:\n%s", r.stdout)
	}
	run("changes", "--since", "0").expect(t, 0, "no changes in the last 0")
	// No further back than they are kept.
	for _, since := range []string{"120d", "14w", "2161h"} {
		run("changes", "--since", since).expect(t, 0, "changes are kept for 90d")
	}
	if r := run("changes", "--since", "90d"); strings.Contains(r.stderr, "kept") {
		t.Errorf("90d is what is kept: %+v", r)
	}

	s.knows("user_b", "Kim", "Larsen", "Acme")
	run("status").expect(t, 1)
	r = run("changes", "work", "-o", "json")
	r.expect(t, 0)
	var got changeReport
	if err := json.Unmarshal([]byte(r.stdout), &got); err != nil {
		t.Fatalf("%v\n%s", err, r.stdout)
	}
	var told []string
	for _, c := range got.Changes {
		told = append(told, strings.Join([]string{c.Profile, c.Kind, c.Was, c.Is}, "|"))
	}
	want := []string{"work|organization||Otter", "work|state|healthy|wrong_account"}
	if got.Schema != 1 || !slices.Equal(told, want) {
		t.Errorf("got %q, want %q", told, want)
	}

	r = run("pin", "work")
	r.expect(t, 0)
	if want := "work is now pinned to Kim Larsen (user_b). It was pinned to user_a.\n"; r.stdout != want {
		t.Errorf("got %q, want %q", r.stdout, want)
	}
	run("status").expect(t, 0)
	if r := run("pin", "work"); r.stdout != "work is pinned to Kim Larsen (user_b) already.\n" {
		t.Errorf("got %q", r.stdout)
	}
	run("pin").expect(t, 2, "rollcall pin --help")
	run("pin", "wrok").expect(t, 2, `did you mean "work"?`)
	run("changes", "wrok").expect(t, 2, `did you mean "work"?`)
	run("changes", "--since", "soon").expect(t, 2, `"soon" is not a duration`, "7d")
}

// TestPrivateChanges has every command that tells of people tell of stand-ins.
func TestPrivateChanges(t *testing.T) {
	t.Parallel()
	w, s := newWorld(t), newService(t)
	path := s.config(w, "")
	run := func(status int, words string, args ...string) {
		t.Helper()
		r := w.run(append([]string{"--config", path, "--private"}, args...)...)
		for _, told := range []string{"user_", "Sam", "Roe", "Kim", "Larsen", "Otter"} {
			if strings.Contains(r.stdout+r.stderr, told) {
				t.Errorf("%q tell %s:\n%s%s", args, told, r.stdout, r.stderr)
			}
		}
		if r.status != status || !strings.Contains(r.stdout+r.stderr, words) {
			t.Errorf("%q: exit status %d, want %d with %q:\n%s%s", args, r.status, status, words, r.stdout, r.stderr)
		}
	}
	s.knows("user_a", "Sam", "Roe", "Acme")
	run(0, "Person 1", "doctor", "-v")
	s.knows("user_a", "Sam", "Roe", "Acme", "Otter")
	run(0, "Person 1", "status")
	run(0, "organization added: Organization 2", "changes")
	run(0, `"is": "Organization 2"`, "changes", "-o", "json")
	s.knows("user_b", "Kim", "Larsen")
	run(1, "wrong account: The service answered as user user-1, but this profile belongs to user user-2", "doctor")
	run(125, "this profile belongs to user user-", "exec", "work", "--check", "--", program)
	run(0, "work is now pinned to Person 1 (user-1). It was pinned to user-2.", "pin", "work")
}

// TestPinNeedsAnIdentity shows that nothing is pinned to an answer that names
// no user.
func TestPinNeedsAnIdentity(t *testing.T) {
	t.Parallel()
	w, s := newWorld(t), newService(t)
	path := s.config(w, "")
	refused := func(status int, words ...string) {
		t.Helper()
		r := w.run("pin", "work", "--config", path)
		r.expect(t, status, append(words, "work cannot be pinned: ")...)
		if r.stdout != "" {
			t.Errorf("printed %q", r.stdout)
		}
	}
	s.status.Store(http.StatusForbidden)
	s.body.Store(`{"error":{"code":"invalid_api_token","description":"No","detail":{}}}`)
	refused(1, "invalid token")
	s.status.Store(http.StatusNotFound)
	s.body.Store(`{"error":{"code":"no_user_associated_with_identity","description":"No","detail":{}}}`)
	refused(1, "no user")
	s.status.Store(http.StatusInternalServerError)
	s.body.Store(`{}`)
	refused(3, "server error")

	s.knows("user_a", "Sam", "Roe")
	r := w.run("pin", "work", "--config", path)
	r.expect(t, 0)
	if r.stdout != "work is now pinned to Sam Roe (user_a).\n" {
		t.Errorf("got %q", r.stdout)
	}
	fixed := s.config(w, "identity = \"user_x\"\n")
	w.run("pin", "work", "--config", fixed).expect(t, 2, "user_x", "identity setting", filepath.Base(fixed))
	w.run("pin", "work", "--demo").expect(t, 2, "demo")
	w.run("snooze", "work", "7d", "--demo").expect(t, 2, "this does nothing for the demo")
}

// TestStatusTellsIncidents has two profiles at an address where nobody listens.
func TestStatusTellsIncidents(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	// Where the system has several loopback addresses, no other test can be
	// given this port in the meantime.
	l, err := net.Listen("tcp", "127.0.0.77:0")
	if err != nil {
		l, err = net.Listen("tcp", "127.0.0.1:0")
	}
	if err != nil {
		t.Fatal(err)
	}
	host := l.Addr().String()
	l.Close()
	text := ""
	for _, name := range []string{"a", "b"} {
		text += "[profiles." + name + "]\nprovider = \"katapult\"\nbase_url = \"http://" + host + "\"\ntoken = \"kt-some-token\"\n"
	}
	path := w.write("config.toml", text)
	r := w.run("status", "--config", path)
	r.expect(t, 3, "rollcall: "+host+" cannot be reached: ", "both profiles")
	if strings.Contains(r.stdout, "Nothing accepts connections") || strings.Count(r.stdout, host+" cannot be reached.") != 2 {
		t.Errorf("the table repeats what is said once:\n%s", r.stdout)
	}
	r = w.run("status", "--config", path, "-o", "json")
	r.expect(t, 3)
	var got struct {
		Incidents []struct {
			State, Title, Explanation, Remedy string
			Profiles                          []string
		}
	}
	if err := json.Unmarshal([]byte(r.stdout), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Incidents) != 1 || !slices.Equal(got.Incidents[0].Profiles, []string{"a", "b"}) ||
		got.Incidents[0].State != "unreachable" || got.Incidents[0].Remedy == "" {
		t.Errorf("incidents: %+v", got.Incidents)
	}
	if r := w.run("status", "--config", path, "--offline", "-o", "json"); !strings.Contains(r.stdout, `"incidents": []`) {
		t.Errorf("an earlier run says something about now:\n%s", r.stdout)
	}
}
