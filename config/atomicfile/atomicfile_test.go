package atomicfile_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"rollcall/config/atomicfile"
)

// wantFolder checks the files of a folder and what is in them.
func wantFolder(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != len(want) {
		t.Errorf("%v, %v, want %v", entries, err, want)
	}
	for name, text := range want {
		if data, err := os.ReadFile(filepath.Join(dir, name)); string(data) != text || err != nil {
			t.Errorf("%s: %q, %v, want %q", name, data, err, text)
		}
	}
}

func create(t *testing.T, target, text string) *atomicfile.Pending {
	t.Helper()
	p, err := atomicfile.Create(target, []byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The old file stays until the new one is committed, and nothing else stays.
func TestPending(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	target := filepath.Join(dir, "file")
	if err := os.WriteFile(target, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	create(t, target, "given up").Discard()
	wantFolder(t, dir, map[string]string{"file": "old"})

	backup := create(t, target, "old")
	if err := backup.CommitAs(target + "~"); err != nil {
		t.Fatal(err)
	}
	backup.Discard()
	fresh := create(t, target, "new")
	if err := fresh.Commit(); err != nil {
		t.Fatal(err)
	}
	fresh.Discard() // It has its name, and keeps it.
	wantFolder(t, dir, map[string]string{"file": "new", "file~": "old"})
	info, err := os.Stat(target)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if _, err := atomicfile.Create(filepath.Join(dir, "none", "file"), nil, nil); err == nil {
		t.Error("a file was made in a folder that is not there")
	}
}

// A new file takes its name only where nobody has it.
func TestPendingNew(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	target, other := filepath.Join(dir, "file"), filepath.Join(dir, "other")
	fresh := create(t, target, "new")
	if err := fresh.CommitNew(); err != nil {
		t.Fatal(err)
	}
	fresh.Discard()
	again := create(t, target, "newer")
	if err := again.CommitNew(); !errors.Is(err, fs.ErrExist) {
		t.Errorf("it took the name of another: %v", err)
	}
	again.Discard()
	wantFolder(t, dir, map[string]string{"file": "new"})
	// A link that leads nowhere has its name, too.
	if err := os.Symlink("nowhere", other); err != nil {
		t.Skip(err)
	}
	linked := create(t, other, "new")
	if err := linked.CommitNew(); !errors.Is(err, fs.ErrExist) {
		t.Errorf("it took the name of a link: %v", err)
	}
	linked.Discard()
	if _, err := os.Stat(filepath.Join(dir, "nowhere")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it went through the link: %v", err)
	}
}

// One has the lock at a time, and the last leaves nothing of it.
func TestLock(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "made")
	var held atomic.Int64
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			unlock, err := atomicfile.Lock(filepath.Join(dir, "file"))
			defer unlock()
			if n := held.Add(1); n != 1 || err != nil {
				t.Errorf("%d at once, %v", n, err)
			}
			held.Add(-1)
		})
	}
	wg.Wait()
	wantFolder(t, dir, nil)
}
