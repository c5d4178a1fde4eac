package atomicfile_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"testing"

	"rollcall/config/atomicfile"
)

// What a killed rollcall has left goes, and nothing else does: not what one that runs
// is writing, and no file that only looks like it.
func TestSweep(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("what is left is known by its age there")
	}
	dir := t.TempDir()
	target := filepath.Join(dir, "token")
	written := create(t, target, "new")
	defer written.Discard()
	for _, left := range []string{".token.rollcall-1.tmp", ".token.previous.rollcall-4294967295.tmp"} {
		if err := os.WriteFile(filepath.Join(dir, left), []byte("secret"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	stay := map[string]string{}
	for _, name := range []string{
		"token", "token~", ".token.1", "token.rollcall-1.tmp", ".token.rollcall-.tmp", ".token.rollcall-1a.tmp", ".rollcall-1.tmp", "..rollcall-1.tmp",
		".token.rollcall-20251130", ".token.rollcall-1.tmp~", ".token.rollcall-12345678901.tmp", ".netrc.rollcall-20251130", ".netrc.rollcall-1.tmp", ".tokenXprevious.rollcall-1.tmp",
	} {
		stay[name] = "of the person"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(stay[name]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("token", filepath.Join(dir, ".link.rollcall-1.tmp")); err != nil {
		t.Fatal(err)
	}
	stay[".link.rollcall-1.tmp"] = stay["token"]
	if err := os.Mkdir(filepath.Join(dir, ".folder.rollcall-1.tmp"), 0o700); err != nil {
		t.Fatal(err)
	}
	atomicfile.Sweep(dir, "token", "token.previous", "link", "folder")
	if err := os.Remove(filepath.Join(dir, ".folder.rollcall-1.tmp")); err != nil {
		t.Error(err)
	}
	if err := written.Commit(); err != nil {
		t.Error(err)
	}
	stay["token"], stay[".link.rollcall-1.tmp"] = "new", "new"
	wantFolder(t, dir, stay)
	atomicfile.Sweep(filepath.Join(dir, "none"), "token")
}

// What sweeps knows what is written by its name: a new file whose lock is gone, as that of
// a rollcall that was killed, does not stay.
func TestSweepOfAbandoned(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("what is left is known by its age there")
	}
	dir := t.TempDir()
	target := filepath.Join(dir, "a.*+b")
	written := create(t, target, "new")
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Fatal(entries, err)
	}
	name := filepath.Join(dir, entries[0].Name())
	// A copy has the name without the lock.
	if err := os.Rename(name, name+".held"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte("new"), 0o600); err != nil {
		t.Fatal(err)
	}
	atomicfile.Sweep(dir, filepath.Base(target))
	wantFolder(t, dir, map[string]string{entries[0].Name() + ".held": "new"})
	written.Discard()
}

// Those who write and those who sweep do not get into each other's way.
func TestSweepBesideWriters(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var all sync.WaitGroup
	for n := range 4 {
		target := filepath.Join(dir, strconv.Itoa(n))
		all.Go(func() {
			for range 50 {
				fresh := create(t, target, "new")
				if err := fresh.Commit(); err != nil {
					t.Error(err)
				}
			}
		})
		all.Go(func() {
			for range 200 {
				atomicfile.Sweep(dir, filepath.Base(target))
			}
		})
	}
	all.Wait()
	wantFolder(t, dir, map[string]string{"0": "new", "1": "new", "2": "new", "3": "new"})
}
