package cmd

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/config"
)

// demoApp is a rollcall that was started with --demo.
func demoApp() *app {
	return &app{console: console{services: builtIn(), getenv: func(string) string { return "" }}, demo: true, version: "test", now: time.Now}
}

// loadedDemo is a demo that ends with the test.
func loadedDemo(t *testing.T, a *app) *loaded {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	l, err := a.load()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.close)
	return l
}

// TestDemoIsAMixedDay has the first answers tell nothing that was not so before, and
// the day be one with something of everything.
func TestDemoIsAMixedDay(t *testing.T) {
	a := demoApp()
	l := loadedDemo(t, a)
	s := a.open(l, l.Profiles)
	defer s.close()
	before := map[string]account.Snapshot{}
	for _, snap := range s.poller.Stored() {
		before[snap.Profile] = snap
	}
	started := a.now()
	snapshots := answers(t, s, func(snap account.Snapshot) {
		for _, c := range snap.Changes {
			if !c.At.Before(started) {
				t.Errorf("%s: the first answer tells of a change: %v", snap.Profile, c)
			}
		}
	})
	count, first := map[insight.Urgency]int{}, map[account.State]bool{}
	for _, snap := range snapshots {
		urgency := insight.UrgencyOf(&snap, a.now(), l.ExpiryWarning)
		count[urgency]++
		first[snap.Health.State] = true
		was := before[snap.Profile]
		if was.Health.State == account.Disabled {
			continue
		}
		if snap.Verdict.State != was.Verdict.State || !snap.Since.Equal(was.Since) {
			t.Errorf("%s: %s since %v, and before %s since %v", snap.Profile, snap.Verdict.State, snap.Since, was.Verdict.State, was.Since)
		}
		if snap.Snooze.Until.IsZero() != (urgency != insight.UrgencySnoozed) {
			t.Errorf("%s: the snooze until %v, and it is %s", snap.Profile, snap.Snooze.Until, urgency)
		}
	}
	for urgency, between := range map[insight.Urgency][2]int{
		insight.UrgencyNow: {3, 5}, insight.UrgencySoon: {3, 8}, insight.UrgencyWaiting: {1, 5}, insight.UrgencyFine: {10, 40}, insight.UrgencySnoozed: {10, 50}, insight.UrgencyOff: {1, 1},
	} {
		if n := count[urgency]; n < between[0] || n > between[1] {
			t.Errorf("%d profiles are %s, want %d to %d", n, urgency, between[0], between[1])
		}
	}
	for _, state := range account.States() {
		if !first[state] && state != account.Checking {
			t.Errorf("no profile is %s", state)
		}
	}
	work := insight.NewWorklist(snapshots, nil, a.now(), l.ExpiryWarning)
	for i, want := range []string{"console", "release"} {
		if got := snapshots[work.Sections[0].Lines[i].Profile].Profile; got != want {
			t.Errorf("row %d of the worklist is %s, want %s", i, got, want)
		}
	}
}

// answers are the first answers of all profiles, with their details, in the order of
// the configuration. each is called with every snapshot on the way.
func answers(t *testing.T, s *session, each func(account.Snapshot)) (all []account.Snapshot) {
	t.Helper()
	ctx, done := context.WithCancel(t.Context())
	answered := map[string]account.Snapshot{}
	s.poller.Run(ctx, func(e account.Event) {
		for _, snap := range e.Snapshots {
			each(snap)
			if h := snap.Health; (!snap.Restored || h.State == account.Disabled) && !snap.Busy && !snap.Details.Busy {
				answered[snap.Profile] = snap
			}
		}
		if len(answered) == len(s.Profiles) {
			done()
		}
	})
	for _, p := range s.Profiles {
		all = append(all, answered[p.Name])
	}
	return all
}

// TestDemoFolder has the demo keep everything in a folder of its own, which goes with
// it, and removes what a killed one left.
func TestDemoFolder(t *testing.T) {
	a := demoApp()
	l := loadedDemo(t, a)
	info, err := os.Stat(l.folder.path)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v, %v", info, err)
	}
	for _, p := range l.Profiles {
		if d := config.DraftOf(p); l.Path == "" || d.Source != "file" {
			t.Errorf("%s: the secret is in %s", p.Name, d.Source)
		}
	}
	other, err := demoApp().load()
	if err != nil {
		t.Fatal(err)
	}
	// It is killed: its lock goes, and its folder stays.
	killed := other.folder.path
	other.folder.release()
	sweepWork(os.TempDir())
	if _, err := os.Stat(killed); !os.IsNotExist(err) {
		t.Errorf("the folder of a killed demo is there still: %v", err)
	}
	if _, err := os.Stat(l.folder.path); err != nil {
		t.Errorf("the folder of a running demo was removed: %v", err)
	}
	other.close()
	l.close()
	if left, _ := os.ReadDir(os.TempDir()); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestDemosThatStartTogether has none of them take the folder of another for a
// leftover.
func TestDemosThatStartTogether(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				f, err := newWorkFolder(demoPrefix)
				if err != nil {
					t.Error(err)
					return
				}
				if err := os.Mkdir(filepath.Join(f.path, "secrets"), 0o700); err != nil {
					t.Error(err)
				}
				if err := f.remove(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}

// What a person is told to find in a work folder is there after the next sweep, even
// where the lock could not be removed; what is left of a killed rollcall is not.
func TestKeptWorkFolder(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	for _, stays := range []bool{false, true} {
		f, err := newWorkFolder(editPrefix)
		if err != nil {
			t.Fatal(err)
		}
		text, lock := filepath.Join(f.path, "sub", "config.toml"), filepath.Join(f.path, workLock)
		if err := errors.Join(os.Mkdir(filepath.Dir(text), 0o700), os.WriteFile(text, nil, 0o600)); err != nil {
			t.Fatal(err)
		}
		same := lock + ".same"
		if err := os.Link(lock, same); err != nil {
			t.Skip(err)
		}
		if !stays {
			f.release()
		} else if f.keep(); os.Rename(same, lock) != nil {
			t.Fatal("the lock is not to be had again")
		}
		sweepWork(os.TempDir())
		if _, err := os.Stat(text); (err == nil) != stays {
			t.Errorf("kept %v: %v", stays, err)
		}
		if _, err := os.Stat(f.path); (err == nil) != stays {
			t.Errorf("kept %v, the folder: %v", stays, err)
		}
	}
}
