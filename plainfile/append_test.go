package plainfile_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"rollcall/plainfile"
)

// Several write to one file, and each line stays whole.
func TestAppendTogether(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "log")
	const writers, lines = 4, 50
	var writing sync.WaitGroup
	for i := range writers {
		writing.Go(func() {
			f, err := plainfile.Append(t.Context(), path)
			if err != nil {
				t.Error(err)
				return
			}
			defer f.Close()
			for range lines {
				if _, err := f.WriteString(strings.Repeat(fmt.Sprint(i), 300) + "\n"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writing.Wait()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		if n++; line != strings.Repeat(line[:1], 300)+"\n" {
			t.Errorf("a line is %q", line)
		}
	}
	if n != writers*lines {
		t.Errorf("%d lines, want %d", n, writers*lines)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", info.Mode(), err)
	}
}

// A file that others can read or write is left as it is: who made it so may want that.
func TestAppendShared(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("windows has no such modes")
	}
	for mode, want := range map[os.FileMode]error{0o600: nil, 0o200: nil, 0o644: plainfile.ErrShared, 0o640: plainfile.ErrShared, 0o602: plainfile.ErrShared} {
		path := filepath.Join(t.TempDir(), "log")
		if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chmod(path, mode)); err != nil {
			t.Fatal(err)
		}
		f, err := plainfile.Append(t.Context(), path)
		if f != nil {
			f.Close()
		}
		if !errors.Is(err, want) {
			t.Errorf("mode %o: %v, want %v", mode, err, want)
		}
		if info, err := os.Stat(path); err != nil || info.Mode() != mode {
			t.Errorf("mode %o became %v, %v", mode, info.Mode(), err)
		}
	}
}

func TestAppendEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if f, err := plainfile.Append(ctx, filepath.Join(t.TempDir(), "log")); err == nil {
		f.Close()
	} else if ctx.Err() != err {
		t.Errorf("the error is %v", err)
	}
}
