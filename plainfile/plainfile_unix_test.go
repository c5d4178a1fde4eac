//go:build unix

package plainfile_test

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"rollcall/plainfile"
)

// kinds are what a path can be that is no small ordinary file, with the error of each
// and how it is made.
var kinds = []struct {
	name string
	want error
	make func(path string) error
}{
	{"a pipe", plainfile.ErrPipe, func(path string) error { return syscall.Mkfifo(path, 0o600) }},
	{"a folder", plainfile.ErrFolder, func(path string) error { return os.Mkdir(path, 0o700) }},
	{"a device without an end", plainfile.ErrDevice, func(path string) error { return os.Symlink("/dev/zero", path) }},
	{"a terminal", plainfile.ErrDevice, func(path string) error { return os.Symlink("/dev/tty", path) }},
	{"a link in a circle", plainfile.ErrLoop, func(path string) error { return os.Symlink(path, path) }},
	{"gigabytes", plainfile.ErrLarge, func(path string) error {
		return errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, 2<<30))
	}},
	{"a socket", plainfile.ErrSocket, func(path string) error {
		l, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
		if err == nil {
			l.SetUnlinkOnClose(false)
			err = l.Close()
		}
		return err
	}},
	{"a link to nothing", fs.ErrNotExist, func(path string) error { return os.Symlink("nothing", path) }},
	{"nothing", fs.ErrNotExist, func(string) error { return nil }},
}

// shortDir is a folder whose path leaves room for that of a socket.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "p")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// What is no small ordinary file is not waited for, and told of with its name and with
// what to do.
func TestReadKinds(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		path := filepath.Join(shortDir(t), "file")
		if err := kind.make(path); err != nil {
			t.Fatal(err)
		}
		data, info, err := plainfile.Read(t.Context(), path, 1<<20)
		if !errors.Is(err, kind.want) || data != nil || info != nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %d bytes, %v, %v", kind.name, len(data), info, err)
		}
		told, is := errors.AsType[*plainfile.Error](err)
		if is != (kind.want != fs.ErrNotExist) || is && (told.Remedy == "" || !strings.HasSuffix(err.Error(), told.Remedy)) {
			t.Errorf("%s: %v says not what to do", kind.name, err)
		}
	}
}

// A file that is open is looked at, and nothing but a file is opened, of whatever size.
func TestOpenedKinds(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		path := filepath.Join(shortDir(t), "file")
		if err := kind.make(path); err != nil {
			t.Fatal(err)
		}
		size, err := plainfile.Opened(t.Context(), path, func(f *os.File) (int64, error) {
			info, err := f.Stat()
			return info.Size(), err
		})
		if kind.want == plainfile.ErrLarge {
			if err != nil || size != 2<<30 {
				t.Errorf("%s: %d, %v", kind.name, size, err)
			}
		} else if !errors.Is(err, kind.want) || size != 0 {
			t.Errorf("%s: %d, %v", kind.name, size, err)
		}
	}
}

// What the system says of a path is told in time, or not at all: here somebody is at work
// on the path meanwhile.
func TestStatThatWaits(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if info, err := plainfile.Stat(t.Context(), path); err != nil || info.Mode()&fs.ModeNamedPipe == 0 {
		t.Errorf("%v, %v", info, err)
	}
	reading := make(chan error)
	go func() {
		_, _, err := plainfile.ReadPiped(t.Context(), path, 10)
		reading <- err
	}()
	f, err := os.OpenFile(path, os.O_WRONLY, 0) // Waits for the reader.
	if err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if info, err := plainfile.Stat(ended, path); err != context.Canceled || info != nil {
		t.Errorf("%v, %v", info, err)
	}
	_, err = f.WriteString("x")
	if err := errors.Join(err, f.Close(), <-reading); err != nil {
		t.Error(err)
	}
}

// A folder is listed, and nothing else is waited for.
func TestFolderKinds(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		path := filepath.Join(shortDir(t), "folder")
		if err := kind.make(path); err != nil {
			t.Fatal(err)
		}
		entries, err := plainfile.Folder(path)
		if is := kind.want == plainfile.ErrFolder; (err == nil) != is || len(entries) > 0 {
			t.Errorf("%s: %v, %v", kind.name, entries, err)
		}
	}
}

// A lock is a file of its own: what else is in its place is neither opened nor removed,
// and where a link leads nothing is made.
func TestLockKinds(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		dir := shortDir(t)
		path := filepath.Join(dir, "lock")
		if err := kind.make(path); err != nil {
			t.Fatal(err)
		}
		before, _ := os.Lstat(path)
		unlock, err := plainfile.Lock(path)
		unlock()
		switch after, _ := os.Lstat(path); {
		case before == nil:
			if err != nil || after != nil {
				t.Errorf("%s: %v, and left is %v", kind.name, err, after)
			}
		case err == nil || after == nil || !os.SameFile(before, after) || !strings.Contains(err.Error(), path+" is a"):
			t.Errorf("%s: %v, and left is %v", kind.name, err, after)
		}
		if _, err := os.Lstat(filepath.Join(dir, "nothing")); err == nil {
			t.Errorf("%s: a file was made where the link leads", kind.name)
		}
		plainfile.SweepLock(path)
		if after, _ := os.Lstat(path); before != nil && after == nil {
			t.Errorf("%s was swept", kind.name)
		}
	}
}

// A pipe is read from whoever opens it for writing, early or late, whole and to a limit.
func TestReadPiped(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]error{"all of it\n": nil, strings.Repeat("x", 11): plainfile.ErrLarge} {
		path := filepath.Join(t.TempDir(), "pipe")
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Fatal(err)
		}
		written := make(chan error, 1)
		go func() {
			f, err := os.OpenFile(path, os.O_WRONLY, 0) // Waits for the reader.
			if err == nil {
				_, err = f.WriteString(text)
				err = errors.Join(err, f.Close())
			}
			written <- err
		}()
		data, info, err := plainfile.ReadPiped(t.Context(), path, 10)
		if !errors.Is(err, want) || want == nil && (string(data) != text || info.Mode()&fs.ModeNamedPipe == 0) {
			t.Errorf("%q: %q, %v, %v", text, data, info, err)
		}
		if err := <-written; err != nil {
			t.Error(err)
		}
	}
}

// Whoever waits for a pipe can be called off, with a writer that is silent or with none.
func TestReadPipedCalledOff(t *testing.T) {
	t.Parallel()
	for _, silent := range []bool{false, true} {
		path := filepath.Join(t.TempDir(), "pipe")
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Fatal(err)
		}
		if silent {
			f, err := os.OpenFile(path, os.O_RDWR, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
		}
		ctx, cancel := context.WithCancel(t.Context())
		go cancel()
		if _, _, err := plainfile.ReadPiped(ctx, path, 10); err != context.Canceled {
			t.Errorf("silent writer %v: %v", silent, err)
		}
	}
}
