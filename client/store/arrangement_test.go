package store_test

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"sync"
	"testing"
)

// How the screen is arranged comes back with its configuration, part by part.
func TestArrangement(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := opened(t, dir)
	if got := s.Arrangement(); len(got) != 0 {
		t.Errorf("%v before anything was arranged", got)
	}
	for _, parts := range []map[string]string{{"view": "overview", "sort": "due"}, {"sort": "-name"}} {
		if err := s.Arrange(parts); err != nil {
			t.Fatal(err)
		}
	}
	if got := openedFor(t, dir, "/other.toml").Arrangement(); len(got) != 0 {
		t.Errorf("another configuration has %v", got)
	}
	closed(t, s)
	want := map[string]string{"view": "overview", "sort": "-name"}
	if got := opened(t, dir).Arrangement(); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// older makes a database that of the first version.
func older(t *testing.T, path string) {
	t.Helper()
	do(t, path, "DROP TABLE arrangement", "DROP TABLE places", "DROP TABLE rotations", "DROP TABLE formers", "DROP TABLE totals", "DROP TABLE told", "DROP TABLE told_incidents", "DROP TABLE told_changes", "PRAGMA user_version = 1")
}

// A database of an older rollcall is brought to the present schema, with all that
// is in it.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := opened(t, dir)
	if err := s.Repin("work", "https://a/user", "u1"); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	older(t, database(dir))

	s = opened(t, dir)
	if id, _ := s.Pin("work", "https://a/user"); id != "u1" {
		t.Errorf("pinned to %q", id)
	}
	if err := s.Arrange(map[string]string{"view": "people"}); err != nil {
		t.Fatal(err)
	}
	s.PlaceOnce("work", "https://a/user", "https://b/me")
	closed(t, s)
	if got, _ := opened(t, dir).Place("work", "https://a/user"); got != "https://b/me" {
		t.Errorf("place %q", got)
	}
	if err := opened(t, dir).BeginRotations([]string{"work"}, now()); err != nil {
		t.Error(err)
	}
	if got := opened(t, dir).Arrangement()["view"]; got != "people" {
		t.Errorf("view %q", got)
	}
}

// To bring a database to the present schema takes no longer where much is in it: whoever
// opens it has a limited time for that.
func TestUpgradeOfMuch(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := opened(t, dir)
	s.Save(sample("work", now()))
	closed(t, s)
	do(t, database(dir), `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
INSERT INTO checks (profile, at, state, code) SELECT p.id, i, 'healthy', 'abcdefghijklmnop' FROM n, profiles p`)
	older(t, database(dir))
	before, err := os.Stat(database(dir))
	if err != nil {
		t.Fatal(err)
	}
	s = opened(t, dir)
	if !s.Snoozed("work", endpointOf("work")).Until.IsZero() {
		t.Error("it is snoozed")
	}
	wal, err := os.Stat(database(dir) + "-wal")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("this disk keeps no log beside a database")
	}
	if err != nil || wal.Size() == 0 || wal.Size() > before.Size()/10 {
		t.Errorf("for a database of %d bytes %d were written, %v", before.Size(), wal.Size(), err)
	}
	closed(t, s)
}

// Whoever still reads while the store is closed has nothing to lose, and is no reason to
// say that something was not kept.
func TestReadWhileClosing(t *testing.T) {
	t.Parallel()
	for range 200 {
		s := opened(t, t.TempDir())
		if err := s.Arrange(map[string]string{"sort": "due"}); err != nil {
			t.Fatal(err)
		}
		var reading sync.WaitGroup
		closing := make(chan struct{})
		for range 4 {
			reading.Go(func() {
				for more := true; more; {
					select {
					case <-closing:
						more = false
					default:
					}
					s.Arrangement()
				}
			})
		}
		err := s.Close()
		close(closing)
		reading.Wait()
		if err != nil {
			t.Fatal(err)
		}
	}
}
