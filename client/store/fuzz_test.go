package store_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
)

// usable checks that a store can be used whatever its folder holds, and that what
// it keeps is there in the next run. Damage may be found late: answers may be lost
// with a file that is set aside, which is told and happens once; decisions never are.
func usable(t *testing.T, dir string) {
	t.Helper()
	runWith(t, dir)
	for again := range 2 {
		told := runWith(t, dir)
		if told == "" {
			break
		}
		if again > 0 {
			t.Errorf("a new database is of no use either: %s", told)
		}
	}
	s := opened(t, dir)
	if _, ok := stored(s, "work"); !ok || s.Snoozed("work", endpointOf("work")).Until.IsZero() {
		t.Error("what it kept is lost")
	}
	if id, _ := s.Pin("work", endpointOf("work")); id != "u2" {
		t.Errorf("it is pinned to %q", id)
	}
	closed(t, s)
}

// runWith uses a store for a run, and returns what it tells.
func runWith(t *testing.T, dir string) (told string) {
	t.Helper()
	s, told, err := store.Open(dir, config)
	if err != nil {
		t.Fatal(err)
	}
	s.Retain([][2]string{{"work", endpointOf("work")}, {"a", ""}})
	s.Snapshots()
	s.Journal(50)
	s.ChangesSince(time.Time{})
	s.Cooldown(origin, "x")
	s.Snoozed("work", endpointOf("work"))
	if _, err := s.Choices(); err != nil {
		t.Error(err)
	}
	s.Save(sample("work", now()))
	s.Flush()
	if err := s.Repin("work", endpointOf("work"), "u2"); err != nil {
		t.Error(err)
	}
	if err := s.Snooze("work", endpointOf("work"), account.Snooze{Until: now().Add(time.Hour)}); err != nil {
		t.Error(err)
	}
	closed(t, s)
	return told + strings.Join(s.Notices(), " ")
}

// FuzzDatabase opens what is no database, or is one no more: a part of a good one
// is replaced by other bytes.
func FuzzDatabase(f *testing.F) {
	dir := f.TempDir()
	s := opened(f, dir)
	for _, name := range []string{"a", "work"} {
		s.Save(sample(name, lately))
		s.PinOnce(name, endpointOf(name), "u1")
	}
	closed(f, s)
	good := read(f, database(dir))
	f.Add(0, []byte("hello"))
	f.Add(24, []byte{0, 0, 0, 9})
	f.Add(1024, []byte{13, 0, 0, 0, 9, 255, 255})
	f.Add(len(good)-9, []byte{1, 2, 3})
	f.Add(-1, []byte("SQLite format 3\x00\x04\x00\x01\x01\x00\x40\x20\x20"))
	f.Fuzz(func(t *testing.T, at int, with []byte) {
		data := with
		if at >= 0 {
			data = bytes.Clone(good)
			copy(data[min(at, len(data)):], with)
		}
		if len(data) > 64<<10 {
			t.Skip("it is longer than needed")
		}
		const userVersion = 60
		if len(data) >= userVersion+4 && int32(binary.BigEndian.Uint32(data[userVersion:])) > store.SchemaVersion {
			t.Skip("what a newer rollcall has written is left as it is")
		}
		dir := inMemory(t)
		write(t, database(dir), data)
		usable(t, dir)
	})
}

// FuzzEarlierState takes over what an earlier rollcall never wrote.
func FuzzEarlierState(f *testing.F) {
	f.Add([]byte(`{"pins":{"a":{"endpoint":"","user":"u"}},"profiles":{"https://x a":{"health":{"state":"healthy"},"history":[{"t":1,"s":"healthy","p":[1,2]}],"changes":[{"at":"2026-01-02T03:04:05Z","kind":"token","what":"networks","is":"any address"}]}}}`),
		[]byte(`{"key":"AAAA","holds":{"00ff":"2026-01-02T03:04:05Z","zz":"x"}}`), []byte(`{"active":"a","folders":{"/x":"a"}}`))
	f.Add([]byte(`{"profiles":{" ":{"health":{"state":"x","latency":-1}},"a":null}}`), []byte("[]"), []byte(`{"active":7}`))
	f.Fuzz(func(t *testing.T, state, holds, choice []byte) {
		dir := inMemory(t)
		for name, data := range map[string][]byte{"state.json": state, "holds.json": holds, "choice.json": choice} {
			write(t, filepath.Join(dir, name), data)
		}
		s, _, err := store.Open(dir, config)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range entries(t, dir) {
			if strings.HasSuffix(name, ".json") {
				t.Errorf("%s is left", name)
			}
		}
		if told := s.Notices(); len(told) != 0 {
			t.Errorf("it says %q", told)
		}
		closed(t, s)
		usable(t, dir)
		_ = os.RemoveAll(dir)
	})
}
