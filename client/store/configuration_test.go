package store_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
)

// everything is all that a store tells of a profile and of the configuration.
func everything(t *testing.T, s *store.Store, name string) string {
	t.Helper()
	snap, ok := stored(s, name)
	id, pinned := s.Pin(name, endpointOf(name))
	choices, err := s.Choices()
	if err != nil {
		t.Fatal(err)
	}
	user := ""
	if ok {
		user = snap.Account.User.ID
	}
	return fmt.Sprint(ok, user, pinned, id, s.Snoozed(name, endpointOf(name)).Note, choices.Active, slices.Sorted(maps.Keys(choices.Folders)),
		len(s.Snapshots()), len(s.Past(name, endpointOf(name)).Checks), len(s.Past(name, endpointOf(name)).Changes),
		len(s.Journal(9)), len(s.ChangesSince(lately)))
}

// decideAll decides and learns one thing of each kind.
func decideAll(t *testing.T, s *store.Store, name, user string) {
	t.Helper()
	snap := sample(name, now())
	snap.Account.User.ID = user
	snap.Changes = []account.Change{changed(snap.Health.CheckedAt, user)}
	s.Save(snap)
	s.PinOnce(name, endpointOf(name), user)
	for _, err := range []error{
		s.Snooze(name, endpointOf(name), account.Snooze{Until: now().Add(time.Hour), Note: user}),
		second(s.Choose("", name+user)), second(s.Choose("/folder of "+user, name)),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	s.Flush()
}

func second(_ bool, err error) error { return err }

// Two configurations that use one name and address share nothing but the times to
// wait.
func TestConfigurationsAreApart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one, two := openedFor(t, dir, "/one"), openedFor(t, dir, "/two")
	nothing := everything(t, openedFor(t, t.TempDir(), "/one"), "work")
	decideAll(t, one, "work", "u1")
	if got := everything(t, two, "work"); got != nothing {
		t.Errorf("the other configuration knows %s", got)
	}
	before := everything(t, one, "work")
	decideAll(t, two, "work", "u2")
	for _, change := range []func() error{
		func() error { return two.Rename("work", "", endpointOf("work")) },
		func() error { return two.RenameChoices("work", "") },
		func() error { return second(two.Choose("", "")) },
	} {
		if err := change(); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range []*store.Store{one, openedFor(t, dir, "/one")} {
		if got := everything(t, s, "work"); got != before {
			t.Errorf("after another configuration forgot its own, it is %s, want %s", got, before)
		}
	}
	if got := everything(t, two, "work"); got != nothing {
		t.Errorf("what was forgotten is %s", got)
	}
	two.StartCooldown("https://a.example", "x", now().Add(time.Hour))
	if _, held := one.Cooldown("https://a.example", "x"); !held {
		t.Error("a cooldown of another configuration does not count")
	}
}

// A trial shares the times to wait, and nothing else.
func TestTrial(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := opened(t, dir)
	decideAll(t, s, "work", "u1")
	trial := s.Trial()
	if _, ok := stored(trial, "work"); ok || len(trial.Snapshots()) != 0 || len(trial.Past("work", endpointOf("work")).Checks) != 0 {
		t.Error("a trial knows of before")
	}
	if _, pinned := trial.Pin("work", endpointOf("work")); pinned || trial.Snoozed("work", endpointOf("work")) != (account.Snooze{}) {
		t.Error("a trial knows what was decided")
	}
	trial.Save(sample("tried", now()))
	trial.PinOnce("tried", endpointOf("tried"), "u3")
	until := now().Add(time.Hour)
	trial.StartCooldown("https://a.example", "x", until)
	trial.Flush()
	closed(t, trial)
	for _, s := range []*store.Store{s, opened(t, dir), s.Trial()} {
		if _, ok := stored(s, "tried"); ok || pinned(s, "tried") != "" {
			t.Error("a trial is known")
		}
		if got, held := s.Cooldown("https://a.example", "x"); !held || !got.Equal(until) {
			t.Errorf("the cooldown is %v, %v", got, held)
		}
	}
}

// No file of the store holds a credential.
func TestNoCredentialIsWritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := opened(t, dir)
	const secret = "hush-hush-7c1e"
	for i := range 40 {
		decideAll(t, s, fmt.Sprint("p", i), "u1")
		s.StartCooldown("https://"+secret+".example", secret, now().Add(time.Duration(i+1)*time.Hour))
		s.Trial().StartCooldown("https://b.example", secret, now().Add(time.Hour))
	}
	search := func() (bytesRead int) {
		for _, name := range entries(t, dir) {
			data := read(t, dir+"/"+name)
			bytesRead += len(data)
			if bytes.Contains(data, []byte(secret)) || bytes.Contains(data, []byte("hush-hush")) {
				t.Errorf("%s holds the credential", name)
			}
		}
		return bytesRead
	}
	if names := entries(t, dir); !slices.Equal(names, []string{"rollcall.db", "rollcall.db-shm", "rollcall.db-wal"}) {
		t.Errorf("the folder has %v", names)
	}
	if n := search(); n < 50<<10 {
		t.Errorf("only %d bytes were searched", n)
	}
	if !bytes.Contains(read(t, database(dir)+"-wal"), []byte(endpointOf("p39"))) {
		t.Error("the log does not even hold an address")
	}
	closed(t, s)
	search()
	if names := entries(t, dir); !slices.Equal(names, []string{"rollcall.db"}) {
		t.Errorf("afterwards the folder has %v", names)
	}
}

func TestFilesArePrivate(t *testing.T) {
	t.Parallel()
	if os.PathSeparator != '/' {
		t.Skip("there are no such modes on Windows")
	}
	dir := t.TempDir() + "/state"
	modes := func(want int) {
		t.Helper()
		names := entries(t, dir)
		if len(names) != want {
			t.Errorf("the folder has %v", names)
		}
		for _, name := range names {
			if info, err := os.Stat(dir + "/" + name); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s has mode %v, %v", name, info.Mode(), err)
			}
		}
	}
	s := opened(t, dir)
	decideAll(t, s, "work", "u1")
	modes(3)
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder has mode %v", info.Mode())
	}
	closed(t, s)
	if err := os.Chmod(database(dir), 0o644); err != nil {
		t.Fatal(err)
	}
	decideAll(t, opened(t, dir), "work", "u1")
	modes(3)
}

// What people ask with a shell of SQLite.
func TestViews(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := opened(t, dir)
	for i, days := range []int{3, 20, 60} {
		snap := sample(fmt.Sprint("p", i), now())
		snap.Account.Token = account.Token{Name: "ci", Expiry: account.Expiry{Kind: account.ExpiryDate, At: now().AddDate(0, 0, days)}, Scopes: []string{"read", "api"}}
		s.Save(snap)
	}
	closed(t, s)
	if n := ask(t, dir, "SELECT count(*) FROM tokens WHERE ends < datetime('now', '+1 month')"); n != 2 {
		t.Errorf("%d tokens end within a month", n)
	}
	if n := ask(t, dir, "SELECT count(*) FROM tokens, json_each(scopes) WHERE value = 'api' AND configuration = ?", config); n != 3 {
		t.Errorf("%d tokens have the scope", n)
	}
	if n := ask(t, dir, "SELECT count(*) FROM history WHERE state = 'healthy' AND milliseconds = 1 AND time > datetime('now', '-1 minute')"); n != 3 {
		t.Errorf("the history has %d checks", n)
	}
}
