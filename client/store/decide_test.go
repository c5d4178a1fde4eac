package store_test

import (
	"maps"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
)

const endpoint = "https://a.example/me"

// pinned is the user that a profile is pinned to.
func pinned(s *store.Store, profile string) string {
	id, _ := s.Pin(profile, endpoint)
	return id
}

func TestFirstPinWins(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	a, b := opened(t, dir), opened(t, dir)
	a.PinOnce("work", endpoint, "first")
	a.PinOnce("work", endpoint, "later")
	b.PinOnce("work", endpoint, "second")
	if pinned(a, "work") != "first" || pinned(b, "work") != "second" {
		t.Error("what is not written yet is not known")
	}
	a.Flush()
	b.Flush()
	for _, s := range []*store.Store{a, b, opened(t, dir)} {
		if got := pinned(s, "work"); got != "first" {
			t.Errorf("it is pinned to %q", got)
		}
	}
	a.PinOnce("work", "https://moved.example/me", "u2")
	closed(t, a)
	if id, ok := b.Pin("work", "https://moved.example/me"); !ok || id != "u2" {
		t.Errorf("at its new endpoint it is pinned to %q", id)
	}
}

func TestRepin(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	a, b := opened(t, dir), opened(t, dir)
	a.PinOnce("work", endpoint, "first")
	a.Flush()
	b.PinOnce("work", endpoint, "nobody")
	if err := b.Repin("work", endpoint, "second"); err != nil {
		t.Fatal(err)
	}
	b.PinOnce("work", endpoint, "third")
	closed(t, b)
	a.PinOnce("other", endpoint, "u1")
	a.Flush()
	for _, s := range []*store.Store{a, opened(t, dir)} {
		if got := pinned(s, "work"); got != "second" {
			t.Errorf("it is pinned to %q", got)
		}
	}
}

func TestSnooze(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	want := account.Snooze{Until: now().Add(time.Hour), Note: "on leave", Verdict: account.InvalidToken}
	s := opened(t, dir)
	if err := s.Snooze("work", endpoint, want); err != nil {
		t.Fatal(err)
	}
	if got := s.Snoozed("work", endpoint); got != want {
		t.Errorf("it is %+v", got)
	}
	if got := s.Snoozed("work", "https://b.example"); got != (account.Snooze{}) {
		t.Errorf("elsewhere it is %+v", got)
	}
	other := opened(t, dir)
	if got := other.Snoozed("work", endpoint); got != want {
		t.Errorf("in another run it is %+v", got)
	}
	if err := other.Snooze("work", endpoint, account.Snooze{}); err != nil || other.Snoozed("work", endpoint) != (account.Snooze{}) {
		t.Errorf("it cannot be taken back: %v", err)
	}
}

// What another program decides between the reading of all pins and the first look at
// decisions is heard of, too.
func TestDecisionsBeforeTheFirstLookAreHeard(t *testing.T) {
	t.Parallel()
	for decided, want := range map[bool]int{true: 1, false: 0} {
		dir := t.TempDir()
		synctest.Test(t, func(t *testing.T) {
			s, other := opened(t, dir), opened(t, dir)
			if err := other.Repin("work", endpoint, "u1"); err != nil {
				t.Fatal(err)
			}
			if got := s.Pins()[[2]string{"work", endpoint}]; got != "u1" {
				t.Errorf("the pin is %q", got)
			}
			if decided {
				if err := other.Repin("work", endpoint, "u9"); err != nil {
					t.Fatal(err)
				}
			}
			heard := 0
			go s.Run(t.Context(), func(notice string) { t.Error(notice) }, func() { heard++ })
			time.Sleep(10 * time.Second)
			synctest.Wait()
			if heard != want {
				t.Errorf("decided %v: it heard %d times", decided, heard)
			}
		})
	}
}

// The program hears of what another one decided.
func TestDecisionsOfOthersAreHeard(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s, other := opened(t, dir), opened(t, dir)
		s.Save(sample("work", time.Now()))
		s.Flush()
		s.Snoozed("work", endpoint)
		heard := 0
		go s.Run(t.Context(), func(notice string) { t.Error(notice) }, func() { heard++ })
		time.Sleep(10 * time.Second)
		synctest.Wait()
		if heard != 0 {
			t.Errorf("before anything was decided it heard %d times", heard)
		}
		for _, decide := range []func() error{
			func() error { return other.Snooze("work", endpoint, account.Snooze{Until: now().Add(time.Hour)}) },
			func() error { return other.Repin("work", endpoint, "u9") },
			func() error { _, err := other.Choose("", "work"); return err },
			func() error { return other.RenameChoices("work", "job") },
			func() error { return other.Rename("work", "job", endpoint) },
		} {
			heard = 0
			if err := decide(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(2 * time.Second)
			synctest.Wait()
			if heard != 1 {
				t.Errorf("it heard %d times", heard)
			}
		}
		if s.Snoozed("job", endpoint).Until.IsZero() {
			t.Error("the snooze of another program is not known")
		}
	})
}

func TestChoices(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := opened(t, dir)
	choose := func(folder, profile string, want bool) {
		t.Helper()
		if was, err := s.Choose(folder, profile); err != nil || was != want {
			t.Errorf("choosing %q for %q says %v, %v", profile, folder, was, err)
		}
	}
	are := func(active string, folders map[string]string) {
		t.Helper()
		c, err := opened(t, dir).Choices()
		if err != nil || c.Active != active || !maps.Equal(c.Folders, folders) {
			t.Errorf("chosen are %+v, %v", c, err)
		}
	}
	choose("", "work", true)
	choose("/a", "work", true)
	choose("/b", "home", true)
	choose("/c", "", false)
	are("work", map[string]string{"/a": "work", "/b": "home"})
	if err := s.RenameChoices("work", "job"); err != nil {
		t.Fatal(err)
	}
	are("job", map[string]string{"/a": "job", "/b": "home"})
	choose("", "", true)
	if err := s.RenameChoices("home", ""); err != nil {
		t.Fatal(err)
	}
	are("", map[string]string{"/a": "job"})
}

// known tells what a store has of a profile: its user, who it is pinned to, and
// the note of its snooze.
func known(s *store.Store, profile string) string {
	user := ""
	if snap, ok := s.Snapshot(profile, endpoint); ok {
		user = snap.Account.User.ID
		if snap.Profile != profile || len(s.Past(profile, endpoint).Checks) == 0 {
			return "torn apart"
		}
	}
	if all := user + " " + pinned(s, profile) + " " + s.Snoozed(profile, endpoint).Note; all != "  " {
		return all
	}
	return ""
}

// TestRename moves what is known of a profile, written or not, while another
// rollcall writes to the same database.
func TestRename(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	keep := func(s *store.Store, profile, user string) {
		snap := sample(profile, now())
		snap.Endpoint, snap.Account.User.ID = endpoint, user
		s.Save(snap)
		s.PinOnce(profile, endpoint, user)
		if err := s.Snooze(profile, endpoint, account.Snooze{Until: now().Add(time.Hour), Note: user}); err != nil {
			t.Fatal(err)
		}
	}
	first := opened(t, dir)
	for profile, user := range map[string]string{"written": "one", "taken": "two", "gone": "three"} {
		keep(first, profile, user)
	}
	closed(t, first)
	s, other := opened(t, dir), opened(t, dir)
	keep(s, "fresh", "four")
	known(s, "written")
	for _, r := range [][2]string{{"written", "taken"}, {"fresh", "fresher"}, {"gone", ""}, {"nobody", "nobody else"}, {"fresher", "fresher"}} {
		if err := s.Rename(r[0], r[1], endpoint); err != nil {
			t.Fatal(err)
		}
	}
	keep(other, "beside", "five")
	closed(t, other)
	for _, s := range []*store.Store{s, opened(t, dir)} {
		for profile, want := range map[string]string{
			"written": "", "taken": "one one one", "fresh": "", "fresher": "four four four", "gone": "", "nobody": "", "nobody else": "",
		} {
			if got := known(s, profile); got != want {
				t.Errorf("%s is %q, want %q", profile, got, want)
			}
		}
	}
	if got := known(opened(t, dir), "beside"); got != "five five five" {
		t.Errorf("the other one is %q", got)
	}
	if n := ask(t, dir, "SELECT count(*) FROM checks WHERE profile NOT IN (SELECT id FROM profiles)"); n != 0 {
		t.Errorf("%d checks of nobody are left", n)
	}
}

// What was taken out of a configuration is forgotten after half a year; what is
// in it, or was checked since, is not.
func TestOldProfilesAreForgotten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		run := func(configuration string, retained []string, checked ...string) {
			s := openedFor(t, dir, configuration)
			var all [][2]string
			for _, name := range retained {
				all = append(all, [2]string{name, endpointOf(name)})
			}
			s.Retain(all)
			for _, name := range checked {
				s.Save(sample(name, time.Now()))
				s.PinOnce(name, endpointOf(name), "u1")
			}
			closed(t, s)
		}
		left := func(configuration string, names ...string) (all string) {
			s := openedFor(t, dir, configuration)
			for _, name := range names {
				_, known := stored(s, name)
				_, pinned := s.Pin(name, endpointOf(name))
				if known != pinned {
					t.Errorf("of %s only a part is left", name)
				}
				if known {
					all += name + " "
				}
			}
			return all
		}
		const day = 24 * time.Hour
		run("/a", []string{"asked", "off", "gone"}, "asked", "off", "gone")
		run("/b", []string{"elsewhere"}, "elsewhere")
		for range 9 {
			time.Sleep(19 * day)
			run("/a", []string{"asked", "off"}, "asked")
		}
		time.Sleep(19 * day)
		run("/a", []string{"asked", "off"}, "asked")
		if got := left("/a", "asked", "off", "gone") + left("/b", "elsewhere"); got != "asked off " {
			t.Errorf("left are %q", got)
		}
	})
}

// A clock that is years ahead for some runs makes nothing of others forgotten.
func TestWrongClockForgetsNoProfile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s := openedFor(t, dir, "/a")
		s.PinOnce("work", endpoint, "u1")
		snap := sample("work", time.Now())
		snap.Endpoint = endpoint
		s.Save(snap)
		closed(t, s)
		time.Sleep(5 * 365 * 24 * time.Hour)
		for range 3 {
			s = openedFor(t, dir, "/b")
			s.Retain([][2]string{{"home", endpointOf("home")}})
			s.Save(sample("home", time.Now()))
			s.Flush()
			s.Save(sample("home", time.Now()))
			closed(t, s)
			time.Sleep(time.Hour)
		}
		if s = openedFor(t, dir, "/a"); pinned(s, "work") != "u1" {
			t.Error("the pin of another configuration is lost")
		}
	})
}
