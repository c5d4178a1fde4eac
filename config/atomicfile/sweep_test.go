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
	for _, left := range []string{".token.rollcall-1", ".token.previous.rollcall-4294967295"} {
		if err := os.WriteFile(filepath.Join(dir, left), []byte("secret"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	stay := map[string]string{}
	for _, name := range []string{"token", "token~", ".token.1", "token.rollcall-1", ".token.rollcall-", ".token.rollcall-1a", ".rollcall-1"} {
		stay[name] = "of the person"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(stay[name]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("token", filepath.Join(dir, ".link.rollcall-1")); err != nil {
		t.Fatal(err)
	}
	stay[".link.rollcall-1"] = stay["token"]
	if err := os.Mkdir(filepath.Join(dir, ".folder.rollcall-1"), 0o700); err != nil {
		t.Fatal(err)
	}
	atomicfile.Sweep(dir)
	if err := os.Remove(filepath.Join(dir, ".folder.rollcall-1")); err != nil {
		t.Error(err)
	}
	if err := written.Commit(); err != nil {
		t.Error(err)
	}
	stay["token"], stay[".link.rollcall-1"] = "new", "new"
	wantFolder(t, dir, stay)
	atomicfile.Sweep(filepath.Join(dir, "none"))
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
				atomicfile.Sweep(dir)
			}
		})
	}
	all.Wait()
	wantFolder(t, dir, map[string]string{"0": "new", "1": "new", "2": "new", "3": "new"})
}
