package plainfile_test

import (
	"context"
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
