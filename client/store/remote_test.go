package store_test

import (
	"database/sql"
	"reflect"
	"slices"
	"testing"

	"rollcall/client/store"
)

// journalOf is how a database is written.
func journalOf(t *testing.T, path string) (mode string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow("PRAGMA journal_mode").Scan(&mode); err != nil {
		t.Fatal(err)
	}
	return mode
}

// On a file system of the network a database is written without shared memory,
// and all is kept there, too. It can come from another one, and go there.
func TestRemoteFileSystem(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	remote := func() *store.Store {
		s, notice, err := store.OpenRemote(dir, config)
		if err != nil || notice != "" {
			t.Fatal(notice, err)
		}
		if i := s.Info(); i.FileSystem != "nfs" || !i.Remote {
			t.Errorf("it is on %+v", i)
		}
		return s
	}
	local := func() *store.Store { return opened(t, dir) }
	saved, want := full()
	for i, open := range []func() *store.Store{remote, remote, local, remote, local} {
		s := open()
		s.Save(saved)
		decideAll(t, s, "work", "u1")
		if left := entries(t, dir); i < 2 && !slices.Equal(left, []string{"rollcall.db", "rollcall.db-journal"}) {
			t.Errorf("in round %d the folder has %v", i, left)
		}
		if got, _ := s.Snapshot(saved.Profile, saved.Endpoint); !reflect.DeepEqual(got, want) {
			t.Errorf("in round %d it came back with %s", i, differences(reflect.ValueOf(got), reflect.ValueOf(want), ""))
		}
		closed(t, s)
		if mode := journalOf(t, database(dir)); (mode == "wal") != (i == 2 || i == 4) {
			t.Errorf("in round %d it is written with %s", i, mode)
		}
	}
	other, s := remote(), remote()
	defer closed(t, other)
	other.Snapshots()
	if err := s.Rename("work", "job", endpointOf("work")); err != nil {
		t.Fatal(err)
	}
	if _, ok := other.Snapshot("job", endpointOf("work")); !ok {
		t.Error("another rollcall does not see what was renamed")
	}
	closed(t, s)
}
