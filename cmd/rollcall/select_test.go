package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
)

// fleet is three profiles at services that count how often they are asked.
type fleet struct {
	*world
	asked map[string]*atomic.Int64
	path  string
}

// newFleet has a good token tagged prod, a refused one tagged prod, and a good one
// tagged test, in this order.
func newFleet(t *testing.T) *fleet {
	t.Helper()
	f := &fleet{world: newWorld(t), asked: map[string]*atomic.Int64{}}
	var text strings.Builder
	for _, p := range []struct{ name, tag string }{{"good", "prod"}, {"refused", "prod"}, {"other", "test"}} {
		s, n := newService(t), new(atomic.Int64)
		s.knows("user_"+p.name, "Sam", "Roe", "Acme")
		if p.name == "refused" {
			s.status.Store(http.StatusForbidden)
			s.body.Store(`{"error":{"code":"invalid_api_token","description":"No","detail":{}}}`)
		}
		answer := s.Config.Handler
		s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			n.Add(1)
			answer.ServeHTTP(w, r)
		})
		f.asked[p.name] = n
		text.WriteString("[profiles." + p.name + "]\nprovider = \"katapult\"\nbase_url = \"" + s.URL + "\"\ntoken = \"kt-some-token\"\ntags = [\"" + p.tag + "\"]\n")
	}
	f.path = f.write("config.toml", text.String())
	return f
}

// told runs a command and returns the names of the profiles in its table.
func (f *fleet) told(status int, args ...string) string {
	f.t.Helper()
	r := f.run(append(args, "--config", f.path)...)
	if r.status != status {
		f.t.Errorf("%q: exit status %d, want %d\n%s%s", args, r.status, status, r.stdout, r.stderr)
	}
	var names []string
	for _, name := range []string{"good", "refused", "other"} {
		if strings.Contains(r.stdout, name+" ") {
			names = append(names, name)
		}
	}
	return strings.Join(names, " ")
}

// contacted are the profiles whose service was asked since the last time.
func (f *fleet) contacted() string {
	var names []string
	for _, name := range []string{"good", "refused", "other"} {
		if f.asked[name].Swap(0) > 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, " ")
}

// TestSelect has queries decide who is asked, who is told of, and how it ends.
func TestSelect(t *testing.T) {
	t.Parallel()
	f := newFleet(t)
	for _, tt := range []struct {
		line            string
		status          int
		told, contacted string
	}{
		{"status", 1, "good refused other", "good refused other"},
		{"status --select tag:prod", 1, "good refused", "good refused"},
		{"status --select !tag:prod", 0, "other", "other"},
		// Only the services know, but only those of the tag are asked.
		{"status --select tag:prod_ok", 0, "good", "good refused"},
		{"status --select fail", 1, "refused", "good refused other"},
		{"status --select user:sam", 0, "good other", "good refused other"},
		{"status --select name:oth", 0, "other", "other"},
		{"status good other --select tag:prod", 0, "good", "good"},
		{"status --offline --select fail", 1, "refused", ""},
		{"status --select tag:nothing", 2, "", ""},
		{"status --select tag:test_fail", 2, "", "other"},
		{"status good --select fail", 2, "", "good"},
		{"status --fail-on expiring", 0, "good refused other", "good refused other"},
		{"status --fail-on healthy", 1, "good refused other", "good refused other"},
		{"status --select tag:test --fail-on state:invalid_token", 0, "other", "other"},
		{"list --select tag:prod", 0, "good refused", ""},
		{"list --select fail", 0, "refused", ""},
		{"list --select tag:nothing", 2, "", ""},
		{"doctor --select name:oth", 0, "", "other"},
		{"changes --select tag:nothing", 2, "", ""},
	} {
		var args []string
		for _, word := range strings.Fields(tt.line) {
			if strings.HasPrefix(word, "tag:") {
				word = strings.ReplaceAll(word, "_", " ")
			}
			args = append(args, word)
		}
		if told := f.told(tt.status, args...); told != tt.told {
			t.Errorf("%s: tells of %q, want %q", tt.line, told, tt.told)
		}
		if contacted := f.contacted(); contacted != tt.contacted {
			t.Errorf("%s: asks for %q, want %q", tt.line, contacted, tt.contacted)
		}
	}
}

// TestSelectedChanges tells of the changes of those that were meant alone.
func TestSelectedChanges(t *testing.T) {
	t.Parallel()
	w, s := newWorld(t), newService(t)
	path := s.config(w, "tags = [\"prod\"]\n[profiles.home]\nprovider = \"katapult\"\nbase_url = \""+s.URL+"\"\ntoken = \"kt-other-token\"\n")
	s.knows("user_a", "Sam", "Roe", "Acme")
	w.run("status", "--config", path).expect(t, 0)
	if r := w.run("status", "--config", path, "--select", "changed"); r.status != 2 {
		t.Errorf("something changed: %+v", r)
	}
	s.knows("user_a", "Sam", "Roe", "Acme", "Otter")
	if r := w.run("status", "--config", path, "--select", "changed tag:prod"); r.status != 0 || !strings.Contains(r.stdout, "work ") {
		t.Errorf("the change was not noticed: %+v", r)
	}
	w.run("status", "home", "--config", path).expect(t, 0)
	for query, want := range map[string]string{"": "work home", "tag:prod": "work", `tag:""`: "home"} {
		r := w.run("changes", "--config", path, "-o", "json", "--select", query)
		r.expect(t, 0)
		var got changeReport
		if err := json.Unmarshal([]byte(r.stdout), &got); err != nil {
			t.Fatal(err)
		}
		var told []string
		for _, c := range got.Changes {
			told = append(told, c.Profile)
		}
		if strings.Join(told, " ") != want {
			t.Errorf("%q: %q, want %q", query, told, want)
		}
	}
}

// TestSelectErrors says what is wrong with a query, and where.
func TestSelectErrors(t *testing.T) {
	t.Parallel()
	f := newFleet(t)
	run := func(args ...string) result { return f.run(append(args, "--config", f.path)...) }
	run("status", "--select", "ok tag=prod").expect(t, 2,
		"rollcall: --select: character 7: a value stands after a colon, as in tag:prod\nRun 'rollcall status --help' for how to use it\n")
	run("status", "--fail-on", "faill:").expect(t, 2, `--fail-on: character 1: there is no field "faill"`)
	run("status", "--fail-on", "now", "--strict").expect(t, 2, "--fail-on and --strict cannot be used together")
	run("list", "--select", "tag:prdo").expect(t, 2, `rollcall: no profile answers --select "tag:prdo": there is no tag "prdo"; did you mean "prod"?`)
	run("list", "--select", "tag:zebra").expect(t, 2, `there is no tag "zebra"; there are prod, test`)
	run("list", "--select", "tag:prod !tag:prod").expect(t, 2, "leave out a term to find more")
	run("status", "good", "--select", "tag:test").expect(t, 2, `none of the named profiles answers --select "tag:test": there is no tag "test"; there is prod`)

	r := run("status", "--select", "ok  !tag:", "-o", "json")
	var got struct {
		Errors []struct {
			Message string
			Column  int
		}
	}
	if err := json.Unmarshal([]byte(r.stderr), &got); err != nil || len(got.Errors) != 1 || got.Errors[0].Column != 9 {
		t.Errorf("%v: %s", err, r.stderr)
	}
	if r.stdout != "" || strings.Contains(r.stderr, "^") {
		t.Errorf("a picture for a script: %s%s", r.stdout, r.stderr)
	}
	if all := f.contacted(); all != "" {
		t.Errorf("a wrong query asks for %s", all)
	}
}
