package store_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
)

// writes is how often each of several processes writes.
const writes = 25

// numberVariable tells a child which of several it is, and remoteVariable that the
// folder seems to be on the network.
const (
	numberVariable = "ROLLCALL_TEST_NUMBER"
	remoteVariable = "ROLLCALL_TEST_REMOTE"
)

// openAs opens the store of a child.
func openAs() (*store.Store, error) {
	open := store.Open
	if os.Getenv(remoteVariable) != "" {
		open = store.OpenRemote
	}
	s, notice, err := open(os.Getenv(folderVariable), config)
	if notice != "" {
		return nil, errors.New(notice)
	}
	return s, err
}

func init() {
	// fill keeps things of its own, and a profile that all share, and reads what all
	// have written.
	children["fill"] = func() error {
		s, err := openAs()
		if err != nil {
			return err
		}
		n := os.Getenv(numberVariable)
		for i := range writes {
			name := n + "-" + fmt.Sprint(i)
			s.Save(sample(name, now()))
			shared := sample("shared", now())
			shared.Health.Code, shared.Account.User.ID = name, name
			for j := range 1 + i%7 {
				shared.Account.Organizations = append(shared.Account.Organizations, account.Organization{ID: name, Name: fmt.Sprint(j)})
			}
			s.Save(shared)
			s.PinOnce(name, endpointOf(name), n)
			s.PinOnce("shared", endpointOf("shared"), n)
			s.Flush()
			if err := errors.Join(s.Snooze(name, endpointOf(name), account.Snooze{Until: now().Add(time.Hour), Note: n}),
				second(s.Choose("/"+name, name))); err != nil {
				return err
			}
			s.StartCooldown(origin, name, now().Add(time.Hour))
			if id, _ := s.Pin("shared", endpointOf("shared")); id == "" {
				return errors.New("the pin that all share is not known")
			}
			if err := untorn(s); err != nil {
				return err
			}
		}
		if err := s.Close(); err != nil {
			return err
		}
		if told := s.Notices(); len(told) != 0 {
			return errors.New(strings.Join(told, " "))
		}
		return nil
	}
}

// untorn checks that the profile that all share is as one of them wrote it.
func untorn(s *store.Store) error {
	for _, snap := range s.Snapshots() {
		if snap.Profile != "shared" {
			continue
		}
		id := snap.Health.Code
		for _, o := range snap.Account.Organizations[1:] {
			if o.ID != id {
				return fmt.Errorf("the snapshot of %s has an organization of %s", id, o.ID)
			}
		}
		if snap.Account.User.ID != id {
			return fmt.Errorf("the snapshot of %s has the account of %s", id, snap.Account.User.ID)
		}
	}
	return nil
}

// Processes that write and read at once lose nothing, and get into nobody's way.
func TestProcessesLoseNothing(t *testing.T) {
	t.Parallel()
	for remote, counts := range map[string][]int{"": {2, 5}, "remote": {2, 3}} {
		for _, several := range counts {
			t.Run(fmt.Sprint(several, remote), func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				var running sync.WaitGroup
				for n := range several {
					c := child(t, "fill", dir, numberVariable+"="+fmt.Sprint(n), remoteVariable+"="+remote)
					running.Go(func() {
						if err := c.Run(); err != nil {
							t.Error(err)
						}
					})
				}
				running.Wait()
				checkFilled(t, dir, several)
			})
		}
	}
}

func checkFilled(t *testing.T, dir string, several int) {
	t.Helper()
	s := opened(t, dir)
	choices, err := s.Choices()
	if err != nil {
		t.Fatal(err)
	}
	for n := range several {
		for i := range writes {
			name := fmt.Sprint(n, "-", i)
			_, ok := stored(s, name)
			id, _ := s.Pin(name, endpointOf(name))
			_, held := s.Cooldown(origin, name)
			if !ok || !held || id != fmt.Sprint(n) || s.Snoozed(name, endpointOf(name)).Note != id || choices.Folders["/"+name] != name {
				t.Errorf("of %s something is lost: %v, %v, %q", name, ok, held, id)
			}
		}
	}
	if err := untorn(s); err != nil {
		t.Error(err)
	}
	if n := len(s.Past("shared", endpointOf("shared")).Checks); n < writes {
		t.Errorf("of the profile that all share, %d checks are kept", n)
	}
	closed(t, s)
	if left := entries(t, dir); len(left) != 1 {
		t.Errorf("the folder has %v", left)
	}
	if ok := ask(t, dir, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"); ok != 1 {
		t.Error("the database is damaged")
	}
}

// Stores of one process share a database as processes do.
func TestStoresOfOneProcess(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var running sync.WaitGroup
	stores := make([]*store.Store, 3)
	for n := range stores {
		stores[n] = opened(t, dir)
		running.Go(func() {
			for i := range 20 {
				name := fmt.Sprint(n, "-", i)
				stores[n].Save(sample(name, now()))
				stores[n].PinOnce(name, endpointOf(name), "u1")
				stores[n].Flush()
				stores[n].Snapshots()
			}
		})
	}
	running.Wait()
	for _, s := range stores {
		if n := len(s.Snapshots()); n != 3*20 {
			t.Errorf("one knows %d profiles", n)
		}
		if told := s.Notices(); len(told) != 0 {
			t.Errorf("it says %q", told)
		}
		closed(t, s)
	}
}

// One store is used by many goroutines.
func TestGoroutinesOfOneStore(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{t.TempDir(), ""} {
		s := opened(t, dir)
		var running sync.WaitGroup
		for n := range 8 {
			running.Go(func() {
				for i := range 10 {
					name := fmt.Sprint(n, "-", i)
					s.Save(sample(name, now()))
					s.PinOnce(name, endpointOf(name), "u1")
					if i%3 == 0 {
						s.Flush()
					}
					if _, ok := stored(s, name); !ok {
						t.Errorf("%s is not known", name)
					}
					if _, err := s.Choose("/"+name, name); err != nil {
						t.Error(err)
					}
				}
			})
		}
		running.Wait()
		if c, err := s.Choices(); err != nil || len(c.Folders) != 80 || len(s.Snapshots()) != 80 || s.Info().Path != "" != (dir != "") {
			t.Errorf("%d folders, %d profiles, %v", len(c.Folders), len(s.Snapshots()), err)
		}
		closed(t, s)
	}
}
