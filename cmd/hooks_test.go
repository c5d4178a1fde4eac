//go:build unix

package cmd

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/privacy"
	"rollcall/client/store"
	"rollcall/cmd/child"
	"rollcall/cmd/hook"
	"rollcall/config"
)

// hooking is one of several rollcalls that tell hooks of a mixed day.
type hooking struct {
	*hooked
	t    *testing.T
	all  []account.Snapshot
	now  time.Time
	ends chan hook.Run
	// said is what the person was told; file is what the hooks were told.
	said chan string
	file string
}

const everyEvent = "[[hooks]]\non = ['now', 'soon', 'fine', 'changed', 'incident']\nrun = ['cat']\n"

// newHooking has hooks in a configuration, and its state in a folder.
func newHooking(t *testing.T, dir, hooks string, private bool) *hooking {
	t.Helper()
	a, l, all := mixedDay(t)
	h := &hooking{t: t, all: all, now: noon(), ends: make(chan hook.Run, 10), said: make(chan string, 10), file: filepath.Join(t.TempDir(), "told")}
	a.now = func() time.Time { return h.now }
	if private {
		a.mask = privacy.New(a.services.Infos())
	}
	var err error
	if l.store, _, err = store.Open(dir, "/config.toml"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.store.Close() })
	l.Config = h.config(hooks, l.Config)
	h.hooked = a.newHooked(l, l.Profiles)
	h.say = func(words string) { h.said <- words }
	h.runner = hook.New(hook.Options{
		Ready: func(config.Hook) (child.Program, error) {
			return child.Program{Path: "/bin/sh", Args: []string{"sh", "-c", `cat >"$1"`, "sh", h.file}}, nil
		},
		Ended: func(r hook.Run) { h.ends <- r },
		Start: h.runs.Go,
	})
	h.use(l.Config, l.Profiles)
	return h
}

// config is a configuration with other hooks.
func (h *hooking) config(hooks string, c *config.Config) *config.Config {
	h.t.Helper()
	other, err := config.Parse("config.toml", []byte(hooks), config.Services{})
	if err != nil || len(other.Problems) > 0 {
		h.t.Fatal(err, other.Problems)
	}
	changed := *c
	changed.Hooks = other.Hooks
	return &changed
}

// expect has the hooks told of events once something is known: "work now, egi soon".
func (h *hooking) expect(want string, snapshots ...account.Snapshot) {
	h.t.Helper()
	h.take(account.Event{Snapshots: snapshots})
	h.look()
	if want == "" {
		if h.waits() {
			h.t.Errorf("it was told %q", h.told())
		}
		return
	}
	if got := h.told(); got != want {
		h.t.Errorf("it was told %q, want %q", got, want)
	}
}

// waits reports whether a hook runs, or has run.
func (h *hooking) waits() bool {
	h.runner.Close(time.Minute)
	return len(h.ends) > 0
}

func (h *hooking) told() string {
	h.t.Helper()
	if r := <-h.ends; !r.Good() {
		h.t.Fatalf("%+v", r)
	}
	data, err := os.ReadFile(h.file)
	if err != nil {
		h.t.Fatal(err)
	}
	var all []string
	for line := range bytes.Lines(data) {
		var e struct {
			Schema  int
			At      time.Time
			Events  []string
			Profile struct{ Name string }
		}
		if err := json.Unmarshal(line, &e); err != nil || e.Schema != 1 || !e.At.Equal(h.now) {
			h.t.Fatalf("%v: %s", err, line)
		}
		all = append(all, e.Profile.Name+" "+strings.Join(e.Events, "+"))
	}
	return strings.Join(all, ", ")
}

// TestHooksOfADay tells of what happens together, once by two rollcalls, and not again by a
// later one.
func TestHooksOfADay(t *testing.T) {
	dir := t.TempDir()
	one, two := newHooking(t, dir, everyEvent, false), newHooking(t, dir, everyEvent, false)
	one.expect("release now, shared now, broken now, egi soon", one.all...)
	two.take(account.Event{Snapshots: two.all})
	two.look()

	at := noon().Add(time.Minute)
	refused := one.all[0]
	refused.Health.State, refused.Health.CheckedAt, refused.Verdict = account.InvalidToken, at, account.Verdict{State: account.InvalidToken, At: at}
	refused.Changes = []account.Change{{At: at, Kind: account.ChangeState, Is: account.Value{State: account.InvalidToken}}}
	one.now, two.now = at, at
	two.expect("work now+changed", refused)
	one.take(account.Event{Snapshots: []account.Snapshot{refused}})
	one.look()

	// By the time alone; the other one knows it a little later.
	one.now = noon().Add(4*24*time.Hour + time.Second)
	two.now = one.now.Add(time.Second)
	one.expect("egi now")
	two.expect("")
	one.expect("")
	later := newHooking(t, dir, everyEvent, false)
	later.now = two.now.Add(time.Minute)
	later.expect("", append([]account.Snapshot{refused}, later.all[1:]...)...)
}

// TestHooksOfSome leaves to another rollcall what this one does not tell of.
func TestHooksOfSome(t *testing.T) {
	dir := t.TempDir()
	some, all := newHooking(t, dir, everyEvent, false), newHooking(t, dir, everyEvent, false)
	some.wants = func(_ *config.Config, p config.Profile, _ account.Snapshot) bool { return p.Name == "egi" }
	some.expect("egi soon", some.all...)
	all.expect("release now, shared now, broken now", all.all...)
}

// TestHooksOfAnOutage tells once of one fault, by profiles of all that have it.
func TestHooksOfAnOutage(t *testing.T) {
	h := newHooking(t, t.TempDir(), "[[hooks]]\non = ['incident']\nrun = ['cat']\n", false)
	up := func(s account.Snapshot, at time.Time) account.Snapshot {
		s.Health = account.Health{State: account.Healthy, HTTPStatus: 200, CheckedAt: at}
		return s
	}
	h.take(account.Event{Snapshots: []account.Snapshot{up(h.all[3], noon()), up(h.all[4], noon())}})
	h.look()
	at := noon().Add(time.Minute)
	h.now = at
	east, west := h.all[3], h.all[4]
	east.Health.CheckedAt, west.Health.CheckedAt = at, at
	h.expect("east incident, west incident", east, west)
	h.expect("", east, west)
}

// TestHooksChange has hooks come and go while rollcall runs; nothing is told twice.
func TestHooksChange(t *testing.T) {
	h := newHooking(t, t.TempDir(), "", false)
	h.take(account.Event{Snapshots: h.all})
	h.look()
	if h.fresh != nil || len(h.watched.latest) > 0 {
		t.Error("without hooks something is kept")
	}
	with := h.config(everyEvent, h.loaded.Config)
	h.use(with, with.Profiles)
	h.expect("release now, shared now, broken now, egi soon", h.all...)
	h.use(h.config(strings.Replace(everyEvent, "'cat'", "'tac'", 1), with), with.Profiles)
	h.take(account.Event{Snapshots: h.all})
	h.look()
	h.use(h.config("", with), with.Profiles)
	h.look()
	h.use(with, with.Profiles[1:])
	h.expect("", h.all...)
}

// TestHooksWithoutState tells of what cannot be noted, and says so.
func TestHooksWithoutState(t *testing.T) {
	h := newHooking(t, t.TempDir(), everyEvent, false)
	if err := h.loaded.store.Close(); err != nil {
		t.Fatal(err)
	}
	h.expect("release now, shared now, broken now, egi soon", h.all...)
	if said := <-h.said; !strings.Contains(said, "so that another rollcall may tell them again: the store is closed") {
		t.Errorf("it says %q", said)
	}
}

// TestHooksInPrivate tells stand-ins.
func TestHooksInPrivate(t *testing.T) {
	h := newHooking(t, t.TempDir(), everyEvent, true)
	h.take(account.Event{Snapshots: h.all})
	h.look()
	<-h.ends
	data, err := os.ReadFile(h.file)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Kim Larsen", "Sam Roe", "release.example.org", "user_x"} {
		if bytes.Contains(data, []byte(name)) {
			t.Errorf("it was told of %s:\n%s", name, data)
		}
	}
}

// TestHooksInPrivateForAWhile tells stand-ins from the moment on that the person wants them,
// and no longer.
func TestHooksInPrivateForAWhile(t *testing.T) {
	h := newHooking(t, t.TempDir(), everyEvent, false)
	on := false
	h.private = func() bool { return on }
	for i := range 3 {
		on = i == 1
		s := h.all[0]
		h.now = h.now.Add(time.Minute)
		s.Health.CheckedAt, s.Health.State = h.now, []account.State{account.InvalidToken, account.Healthy, account.InvalidToken}[i]
		s.Verdict = account.Verdict{State: s.Health.State, At: h.now}
		h.take(account.Event{Snapshots: []account.Snapshot{s}})
		h.look()
		if r := <-h.ends; !r.Good() {
			t.Fatalf("%+v", r)
		}
		data, err := os.ReadFile(h.file)
		if err != nil || bytes.Contains(data, []byte("host-1.example")) != on {
			t.Errorf("%d: it was told %s, %v", i, data, err)
		}
	}
}

// TestHooksFault has the fault of a run where hooks are told, and where they are ended.
func TestHooksFault(t *testing.T) {
	alarm := make(chan time.Time)
	close(alarm)
	for what, f := range map[string]func(*hooking){
		"told":  func(h *hooking) { h.wait(t.Context(), func(time.Duration) <-chan time.Time { return alarm }) },
		"ended": func(h *hooking) { h.look(); h.close() },
	} {
		t.Run(what, func(t *testing.T) {
			h := newHooking(t, t.TempDir(), everyEvent, false)
			h.runner = hook.New(hook.Options{Ready: func(config.Hook) (child.Program, error) { panic("a fault of a run") }, Start: h.runs.Go})
			h.use(h.loaded.Config, h.loaded.Profiles)
			h.take(account.Event{Snapshots: h.all})
			defer func() {
				if fault, _ := recover().(error); fault == nil || !strings.Contains(fault.Error(), "a fault of a run") {
					t.Errorf("it had %v", fault)
				}
			}()
			f(h)
		})
	}
}

// TestHookStands tells after each run whether something is wrong with the hook.
func TestHookStands(t *testing.T) {
	h := newHooking(t, t.TempDir(), everyEvent, false)
	var told []string
	h.stands = func(of config.Hook, wrong, remedy string) { told = append(told, of.Name()+": "+wrong+"; "+remedy) }
	one := h.loaded.Config.Hooks[0]
	h.ended(hook.Run{Hook: one, Events: 1, Ending: child.Ending{Code: 3}})
	h.ended(hook.Run{Hook: one, Events: 1})
	want := []string{"hook 1 (cat): hook 1 (cat) ended with 3; Try it on a line of JSON, as in 'Try a hook' of hooks.md.", "hook 1 (cat): ; "}
	if !slices.Equal(told, want) || len(h.said) != 1 {
		t.Errorf("it told %q, and said %d", told, len(h.said))
	}
}

// TestHooksWait gathers for a moment what comes, and looks again when time alone has
// changed something.
func TestHooksWait(t *testing.T) {
	h := newHooking(t, t.TempDir(), everyEvent, false)
	ctx, cancel := context.WithCancel(t.Context())
	alarm, asked, ended := make(chan time.Time), make(chan time.Duration, 10), make(chan bool)
	go func() {
		defer close(ended)
		h.wait(ctx, func(d time.Duration) <-chan time.Time { asked <- d; return alarm })
	}()
	await := func(want time.Duration) {
		t.Helper()
		if got := <-asked; got != want {
			t.Errorf("it waits for %s, want %s", got, want)
		}
	}
	await(longestQuiet)
	await(hookMoment) // The configuration is news.
	for _, s := range h.all {
		h.take(account.Event{Snapshots: []account.Snapshot{s}})
	}
	alarm <- noon()
	if got := h.told(); got != "release now, shared now, broken now, egi soon" {
		t.Errorf("it was told %q", got)
	}
	await(longestQuiet)
	await(hookMoment) // What came during the moment is looked at already.
	h.now = noon().Add(4*24*time.Hour - time.Minute)
	alarm <- noon()
	await(time.Minute)
	h.now = noon().Add(4 * 24 * time.Hour)
	alarm <- noon()
	await(hookMoment)
	alarm <- noon()
	if got := h.told(); got != "egi now" {
		t.Errorf("it was told %q", got)
	}
	cancel()
	<-ended
}

// TestHooksAtTheEnd tells of what came in the last moment.
func TestHooksAtTheEnd(t *testing.T) {
	h := newHooking(t, t.TempDir(), everyEvent, false)
	ctx, cancel := context.WithCancel(t.Context())
	h.take(account.Event{Snapshots: h.all})
	cancel()
	h.wait(ctx, func(time.Duration) <-chan time.Time { return nil })
	if !h.waits() {
		t.Fatal("hooks were not told")
	}
	if got := h.told(); got != "release now, shared now, broken now, egi soon" {
		t.Errorf("it was told %q", got)
	}
}

// TestHookFailure says what went wrong with a hook, and what to do.
func TestHookFailure(t *testing.T) {
	c, err := config.Parse("config.toml", []byte("[[hooks]]\non = ['now']\nrun = ['/opt/page.sh']\n"), config.Services{})
	if err != nil {
		t.Fatal(err)
	}
	h := c.Hooks[0]
	for want, r := range map[string]hook.Run{
		"hook 1 (page.sh) ended with 3: no topic [redacted]. Try it on a line of JSON, as in 'Try a hook' of hooks.md.": {
			Events: 1, Ending: child.Ending{Code: 3}, Complaint: child.Printed{Text: "before\n\x1b[31mno topic s3cret.\x1b[0m\n\n"},
		},
		"hook 1 (page.sh) was killed by SIGSEGV. Try it on a line of JSON, as in 'Try a hook' of hooks.md.": {
			Events: 1, Ending: child.Ending{Signal: "SIGSEGV"},
		},
		"hook 1 (page.sh) was ended, since it was not done with 2 events in 10s. Have it leave what takes longer to another program.": {
			Events: 2, Late: true, Ending: child.Ending{CalledOff: true},
		},
		"hook 1 (page.sh) was ended with rollcall, before it was done with 1 event. That is not told again.": {
			Events: 1, Left: true,
		},
		"hook 1 (page.sh) is not run: fork: too many. It was not told of 1 event. " + mendHook: {Events: 1, Err: errors.New("fork: too many")},
		"hook 1 (page.sh) is not run: $X is not set. It was not told of 1 event. " + mendHook:  {Events: 1, Err: &config.NotRunError{Command: h.Name(), Err: errors.New("$X is not set")}},
	} {
		r.Hook = h
		if wrong, remedy := hookFailure(r, []string{"s3cret"}); wrong+". "+remedy != want {
			t.Errorf("got  %q, %q\nwant %q", wrong, remedy, want)
		}
	}
}

// TestReadyHook finds the program of a hook, and keeps secrets from it.
func TestReadyHook(t *testing.T) {
	c, err := config.Parse("/c.toml", []byte("[[hooks]]\non = ['now']\nrun = ['sh', '$TOPIC']\n[[hooks]]\non = ['now']\nrun = ['no-such-program']\n"+
		"[[hooks]]\non = ['now']\nrun = ['sh', '$SECRET']\n"), config.Services{})
	if err != nil {
		t.Fatal(err)
	}
	a := &app{console: console{services: builtIn(), bystanders: &bystanders{}, environ: []string{"TOPIC=ops", "SECRET=x"}}}
	a.bystanders.learn([]string{"SECRET"})
	p, err := a.readyHook(c.Hooks[0])
	if err != nil || strings.Join(p.Args, " ") != "sh ops" || strings.Join(p.Env, " ") != "TOPIC=ops" || !filepath.IsAbs(p.Path) {
		t.Errorf("%+v, %v", p, err)
	}
	for i, want := range map[int]string{
		1: "hook 2 (no-such-program) is not run: the program no-such-program is in none of the folders of PATH",
		2: "hook 3 (sh) is not run: $SECRET holds a secret of a profile, and a hook gets none of them",
	} {
		if _, err := a.readyHook(c.Hooks[i]); err == nil || err.Error() != want {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
