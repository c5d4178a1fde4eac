package plainfile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A disk that does not answer is waited for only for so long.
func TestDiskThatHangs(t *testing.T) {
	t.Parallel()
	answer := make(chan struct{})
	defer close(answer)
	hangs := func(context.Context) (int, error) { <-answer; return 1, nil }
	_, err := bounded(t.Context(), time.Millisecond, "/disk/file", hangs)
	if !errors.Is(err, ErrHangs) || err.Error() != "/disk/file could not be read within 10s; check the disk or the network that it is on" {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := bounded(ctx, time.Hour, "/disk/file", hangs); err != context.Canceled {
		t.Error(err)
	}
}

// A name cannot be taken for a line of ours.
func TestNamed(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/home/søren/a b.toml":         "/home/søren/a b.toml",
		"a\nrollcall: all is well":     `"a\nrollcall: all is well"`,
		"a\x1b[2J":                     `"a\x1b[2J"`,
		"a\u202eb":                     `"a\u202eb"`,
		"a\u2028rollcall: all is well": `"a\u2028rollcall: all is well"`,
	} {
		if got := Named(path); got != want {
			t.Errorf("%q is named %s, want %s", path, got, want)
		}
	}
}

// A lock that was left is removed, and one that is held or that holds something stays.
func TestSweepLock(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "lock")
	there := func() bool { _, err := os.Lstat(path); return err == nil }
	unlock, err := Lock(path)
	if err != nil {
		t.Fatal(err)
	}
	if SweepLock(path); !there() {
		t.Error("a lock that is held was swept")
	}
	if _, err := Claim(path); !errors.Is(err, ErrLocked) {
		t.Errorf("a lock that is held was claimed: %v", err)
	}
	if unlock(); there() {
		t.Error("the lock is there after its end")
	}
	for text, stays := range map[string]bool{"": false, "a file of somebody else": true} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if SweepLock(path); there() != stays {
			t.Errorf("a file with %q: there %v", text, there())
		}
	}
}

// A folder that is missing is no lock that somebody holds: nobody is waited for.
func TestLockWithoutFolder(t *testing.T) {
	t.Parallel()
	begun := time.Now()
	unlock, err := Lock(filepath.Join(t.TempDir(), "none", "lock"))
	unlock()
	if !errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrLocked) || time.Since(begun) >= LockWait {
		t.Errorf("%v after %v", err, time.Since(begun))
	}
}

// A file that has lost its name is not locked, and whoever waits in vain for one that
// keeps its name is told so.
func TestLockOfLostFile(t *testing.T) {
	t.Parallel()
	for name, lose := range map[string]func(path string) error{
		"removed": os.Remove,
		"replaced": func(path string) error {
			return errors.Join(os.Rename(path, path+".old"), os.WriteFile(path, nil, 0o600))
		},
	} {
		f, err := os.CreateTemp(t.TempDir(), "lock")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := lose(f.Name()); err != nil {
			t.Skip(err)
		}
		err = LockOpen(f)
		if !errors.Is(err, ErrLost) || !Taken(err) || Lockless(err) {
			t.Errorf("%s: %v", name, err)
		}
		if err := late("l", err); errors.Is(err, ErrLocked) || !errors.Is(err, ErrLost) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
