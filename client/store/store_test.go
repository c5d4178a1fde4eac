package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"rollcall/client/account"
)

// sample is a snapshot as rich as they come.
func sample(name string, at time.Time, checks int) account.Snapshot {
	limit, yes := int64(100), true
	s := account.Snapshot{
		Profile: name, Endpoint: "https://" + name + ".example/api/me",
		Health: account.Health{State: account.Healthy, HTTPStatus: 200, CheckedAt: at, Latency: 42 * time.Millisecond, Attempts: 1, LastOKAt: at},
		Account: &account.Account{
			User:          account.User{ID: "u1", FullName: "Sam Roe", Emails: []string{"sam@example.org"}, CreatedAt: at.AddDate(-5, 0, 0), BasicAuthEnabled: &yes},
			Organizations: []account.Organization{{ID: "o1", Name: "Acme <&> Söhne"}},
			Token:         account.Token{ID: "t1", Expiry: account.Expiry{Kind: account.ExpiryDate, At: at.AddDate(0, 1, 0)}, Scopes: []string{"read"}, Networks: []string{}},
		},
		AccountAt:   at,
		Details:     account.DetailsStatus{CheckedAt: at, Notes: account.Notes{{Kind: account.NoteLimited, About: account.PartOrganizations, What: "groups", Count: 200, Total: 300}}},
		RateLimit:   account.RateLimit{Limit: &limit, Remaining: &limit, ResetAt: at.Add(time.Minute), Source: "header"},
		OtherLimits: []account.RateLimit{{Name: "search", Limit: &limit, ResetAt: at.Add(time.Hour)}},
		Notes:       account.Notes{{Kind: account.NoteCredential, Cause: "others can read it", Remedy: "run chmod 600 it"}},
	}
	for i := range checks {
		s.History = append(s.History, account.Check{At: at.Add(time.Duration(i-checks+1) * time.Minute), State: account.Healthy, HTTPStatus: 200, Latency: time.Millisecond})
	}
	return s
}

var noon = time.Date(2026, 1, 2, 12, 0, 0, 123000000, time.UTC)

func TestKeptBetweenRuns(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state", "rollcall")
	s := opened(t, dir)
	if _, err := os.Stat(dir); err == nil {
		t.Error("the folder was made before it was needed")
	}
	want := sample("work", noon, 3)
	s.Save(want)
	s.PinOnce("work", want.Endpoint, "u1")
	s.PinOnce("work", want.Endpoint, "u2")
	closed(t, s)

	s = opened(t, dir)
	got, ok := stored(s, "work")
	want.Restored = true
	if !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("it came back as\n%+v\nnot\n%+v", got, want)
	}
	if id, ok := s.Pin("work", want.Endpoint); !ok || id != "u1" {
		t.Errorf("pinned to %q, %v", id, ok)
	}
	if _, ok := stored(s, "other"); ok {
		t.Error("there is a snapshot of an unknown profile")
	}
	data, err := os.ReadFile(filepath.Join(dir, "state.json"))
	if err != nil || !json.Valid(data) || bytes.Count(data, []byte("\n")) != 3 {
		t.Errorf("the file is %v\n%s", err, data)
	}
}

func TestFilesArePrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no such modes on Windows")
	}
	dir := filepath.Join(t.TempDir(), "rollcall")
	use := func() {
		s := opened(t, dir)
		s.Save(sample("work", time.Now(), 1))
		s.StartCooldown("https://a.example", "hush", time.Now().Add(time.Hour))
		closed(t, s)
	}
	modes := func(want os.FileMode) {
		t.Helper()
		entries, err := os.ReadDir(dir)
		if err != nil || len(entries) != 4 {
			t.Fatalf("the folder has %v, %v", entries, err)
		}
		for _, e := range entries {
			if info, err := e.Info(); err != nil || info.Mode().Perm() != want {
				t.Errorf("%s has mode %v", e.Name(), info.Mode())
			}
		}
	}
	use()
	modes(0o600)
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder has mode %v", info.Mode())
	}
	for _, name := range []string{"state.json", "holds.json"} {
		if err := os.Chmod(filepath.Join(dir, name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	opened(t, dir)
	modes(0o600)
}

func TestStoresOfOneFolderLoseNothing(t *testing.T) {
	dir := t.TempDir()
	var running sync.WaitGroup
	for n := range 4 {
		running.Go(func() {
			s, _, err := Open(dir)
			if err != nil {
				t.Error(err)
				return
			}
			fill(s, n)
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	running.Wait()
	checkFilled(t, dir, 4)
}

// fill keeps some snapshots and holds of its own, and one that all share.
func fill(s *Store, n int) {
	for i := range 10 {
		name := fmt.Sprintf("p%d-%d", n, i)
		s.Save(sample(name, noon.Add(time.Duration(i)*time.Minute), 2))
		s.Save(sample("shared", noon.Add(time.Duration(4*i+n)*time.Minute), 1))
		s.PinOnce(name, "https://a.example", "u1")
		s.StartCooldown("https://a.example", name, time.Now().Add(time.Hour))
		s.Flush()
	}
}

func checkFilled(t *testing.T, dir string, stores int) {
	t.Helper()
	s := opened(t, dir)
	for n := range stores {
		for i := range 10 {
			name := fmt.Sprintf("p%d-%d", n, i)
			if _, ok := stored(s, name); !ok {
				t.Errorf("the snapshot of %s was lost", name)
			}
			if _, ok := s.Pin(name, "https://a.example"); !ok {
				t.Errorf("the pin of %s was lost", name)
			}
			if _, held := s.Cooldown("https://a.example", name); !held {
				t.Errorf("the hold of %s was lost", name)
			}
		}
	}
	shared, _ := stored(s, "shared")
	if want := noon.Add(time.Duration(36+stores-1) * time.Minute); shared.Health.CheckedAt != want {
		t.Errorf("the shared profile was checked at %v, not %v", shared.Health.CheckedAt, want)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 4 {
		t.Errorf("the folder has %v", left)
	}
}

// fillVariable makes a run of the test program fill the store it names.
const fillVariable = "ROLLCALL_TEST_FILL"

func TestProcessesOfOneFolderLoseNothing(t *testing.T) {
	if value := os.Getenv(fillVariable); value != "" {
		number, dir, _ := strings.Cut(value, ":")
		n, err := strconv.Atoi(number)
		if err != nil {
			t.Fatal(err)
		}
		s := opened(t, dir)
		fill(s, n)
		closed(t, s)
		return
	}
	dir := t.TempDir()
	var running sync.WaitGroup
	for n := range 3 {
		running.Go(func() {
			c := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
			c.Env = append(os.Environ(), fmt.Sprintf("%s=%d:%s", fillVariable, n, dir))
			if out, err := c.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
	running.Wait()
	checkFilled(t, dir, 3)
}

func TestFirstPinWins(t *testing.T) {
	dir := t.TempDir()
	a, b := opened(t, dir), opened(t, dir)
	a.PinOnce("work", "https://a.example", "first")
	b.PinOnce("work", "https://a.example", "second")
	b.PinOnce("moved", "https://old.example", "u1")
	a.Flush()
	b.Flush()
	if id, _ := b.Pin("work", "https://a.example"); id != "first" {
		t.Errorf("it is pinned to %q", id)
	}
	a.PinOnce("moved", "https://new.example", "u2")
	a.Flush()
	b.PinOnce("x", "https://a.example", "u3")
	b.Flush()
	c := opened(t, dir)
	if id, _ := c.Pin("moved", "https://new.example"); id != "u2" {
		t.Errorf("at its new endpoint it is pinned to %q", id)
	}
}

func TestCombine(t *testing.T) {
	older, newer := sample("work", noon, 3), sample("work", noon.Add(time.Hour), 2)
	newer.Health.State, newer.Health.LastOKAt = account.Unreachable, time.Time{}
	newer.Account, newer.AccountAt = nil, time.Time{}
	for _, got := range []account.Snapshot{merge(older, newer), merge(newer, older)} {
		if got.Health.State != account.Unreachable || got.Health.LastOKAt != noon || got.Account == nil || got.AccountAt != noon {
			t.Errorf("together they are %+v", got)
		}
		if len(got.History) != 5 || !slices.IsSortedFunc(got.History, func(a, b account.Check) int { return a.At.Compare(b.At) }) {
			t.Errorf("the history is %+v", got.History)
		}
	}
	if got := merge(older, older); len(got.History) != 3 {
		t.Errorf("the same checks count twice: %+v", got.History)
	}
	long := sample("work", noon.Add(time.Minute), account.MaxHistory)
	if got := merge(older, long); len(got.History) != account.MaxHistory || got.History[account.MaxHistory-1].At != long.Health.CheckedAt {
		t.Errorf("the history has %d checks", len(got.History))
	}
	wrong := sample("work", noon.Add(time.Minute), 1)
	wrong.Health.State = account.WrongAccount
	if got := merge(wrong, newer); got.Account != nil {
		t.Error("another's account came back")
	}
}

func TestSnapshotFromTheFutureDoesNotWin(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	s.Save(sample("work", time.Now().Add(1000*time.Hour), 1))
	closed(t, s)
	s = opened(t, dir)
	want := time.Now().UTC().Round(0)
	s.Save(sample("work", want, 1))
	closed(t, s)
	if got, _ := stored(opened(t, dir), "work"); !got.Health.CheckedAt.Equal(want) {
		t.Errorf("it was checked at %v", got.Health.CheckedAt)
	}
}

func BenchmarkStore(b *testing.B) {
	for _, n := range []int{10, 1000, 10_000} {
		dir := b.TempDir()
		s, _, err := Open(dir)
		if err != nil {
			b.Fatal(err)
		}
		for i := range n {
			s.Save(sample(fmt.Sprintf("p%05d", i), noon, account.MaxHistory))
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		changed := sample("p00000", noon.Add(time.Hour), account.MaxHistory)
		b.Run(fmt.Sprintf("flush one of %d", n), func(b *testing.B) {
			for b.Loop() {
				s.Save(changed)
				s.Flush()
			}
		})
		b.Run(fmt.Sprintf("open %d", n), func(b *testing.B) {
			for b.Loop() {
				if _, _, err := Open(dir); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("restore %d", n), func(b *testing.B) {
			for b.Loop() {
				for i := range n {
					stored(s, fmt.Sprintf("p%05d", i))
				}
			}
		})
	}
}

// opened is the store in a folder; an empty one keeps nothing.
func opened(t *testing.T, dir string) *Store {
	t.Helper()
	s, notice, err := Open(dir)
	if err != nil || notice != "" {
		t.Fatalf("the store says %q, %v", notice, err)
	}
	return s
}

// closed closes a store that can be written.
func closed(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// stored is what a store has of a sample.
func stored(s *Store, name string) (account.Snapshot, bool) {
	return s.Snapshot(name, "https://"+name+".example/api/me")
}

// ordinaryFile writes a file in a folder of its own.
func ordinaryFile(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// written is the size of the file that keeps the snapshots.
func written(t *testing.T, dir string, snapshots []account.Snapshot) int64 {
	t.Helper()
	s := opened(t, dir)
	for _, snap := range snapshots {
		s.Save(snap)
	}
	closed(t, s)
	info, err := os.Stat(filepath.Join(dir, "state.json"))
	if err != nil {
		t.Fatal(err)
	}
	back := opened(t, dir)
	for _, snap := range snapshots {
		got, ok := back.Snapshot(snap.Profile, snap.Endpoint)
		if !ok || len(got.History) != len(snap.History) || !got.Since.Equal(snap.Since) || len(got.Changes) != len(snap.Changes) {
			t.Errorf("%s came back with %d checks since %v", snap.Profile, len(got.History), got.Since)
		}
	}
	return info.Size()
}
