package config

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A folder that cannot be written, and a file of somebody else.
func TestSaveReadOnlyFolder(t *testing.T) {
	t.Parallel()
	path := savedFile(t, "a = 1\n")
	dir := filepath.Dir(path)
	if os.Geteuid() != 0 {
		if err := os.Chmod(dir, 0o500); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod(dir, 0o700)
	} else {
		// Root may write everything but what is mounted read-only.
		mount(t, dir, "")
		// A child that another test forks meanwhile would have the file open for writing
		// until it is another program, and the folder would be busy.
		syscall.ForkLock.RLock()
		err := os.WriteFile(path, []byte("a = 1\n"), 0o600)
		syscall.ForkLock.RUnlock()
		if err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
			t.Fatal(err)
		}
	}
	e, ok := errors.AsType[*SaveError](Save(path, put("a = 1\nb = 2\n")))
	if !ok || e.Error() != path+" was not saved: it or its folder "+dir+" may not be written" || e.Lines() != "b = 2\n" {
		t.Errorf("%v: %q", e, e.Lines())
	}
	wantFile(t, path, "a = 1\n")
	wantOnly(t, dir, "config.toml")
}

// mount makes a folder one of its own, in memory.
func mount(t *testing.T, dir, options string) {
	t.Helper()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Skip("nothing can be mounted here: ", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
}

func TestSaveFullDisk(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can mount a small disk")
	}
	path := savedFile(t, "")
	mount(t, filepath.Dir(path), "size=16k")
	checkFullDisk(t, path)
}

// checkFullDisk saves a little, and then more than there is room for.
func checkFullDisk(t *testing.T, path string) {
	t.Helper()
	if err := Save(path, put("a = 1\n")); err != nil {
		t.Fatal(err)
	}
	err := Save(path, put("a = 1\nb = '"+strings.Repeat("x", 64<<10)+"'\n"))
	if err == nil || err.Error() != path+" was not saved: there is no room left for it; the old one stays" {
		t.Error(err)
	}
	wantFile(t, path, "a = 1\n")
	wantOnly(t, filepath.Dir(path), "config.toml")
}

// TestSaveLimited is the same for any user: the system lets the process write
// no file of that length. The limit is for good, so it has a process of its own.
func TestSaveLimited(t *testing.T) {
	const limited = "ROLLCALL_TEST_LIMIT"
	if path := os.Getenv(limited); path != "" {
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 4 << 10, Max: 4 << 10}); err != nil {
			t.Fatal(err)
		}
		checkFullDisk(t, path)
		return
	}
	t.Parallel()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSaveLimited$")
	cmd.Env = append(os.Environ(), limited+"="+filepath.Join(t.TempDir(), "config.toml"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// Root leaves a file to whom it belongs.
func TestSaveKeepsOwner(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can give files away")
	}
	path := savedFile(t, "a = 1\n")
	if err := os.Chown(path, 1234, 2345); err != nil {
		t.Fatal(err)
	}
	if err := Save(path, put("a = 2\n")); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{path, path + "~"} {
		info, err := os.Stat(p)
		if err != nil {
			t.Fatal(err)
		}
		if s := info.Sys().(*syscall.Stat_t); fmt.Sprint(s.Uid, s.Gid) != "1234 2345" {
			t.Errorf("%s belongs to %d, %d", p, s.Uid, s.Gid)
		}
	}
}
