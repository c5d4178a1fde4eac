package cmd

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestLogFileHangs waits for a disk that does not answer only for so long, once for all
// lines, and says that there are some missing; when it answers, lines come again.
func TestLogFileHangs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	synctest.Test(t, func(t *testing.T) {
		l, err := newLogFile(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		answers := make(chan struct{})
		begun := time.Now()
		took := func(want time.Duration) {
			t.Helper()
			if took := time.Since(begun); took != want {
				t.Errorf("it took %s, want %s", took, want)
			}
		}
		if err := l.do(func() error { <-answers; return nil }); !errors.Is(err, errLogHangs) {
			t.Error(err)
		}
		took(logWait)
		if _, err := l.Write([]byte("lost\n")); !errors.Is(err, errLogHangs) {
			t.Error(err)
		}
		if err := l.close(); !errors.Is(err, errLogHangs) {
			t.Error(err)
		}
		took(logWait)
		close(answers)
		synctest.Wait()
		if _, err := l.Write([]byte("kept\n")); err != nil {
			t.Error(err)
		}
		if err := l.close(); !errors.Is(err, errLogHangs) {
			t.Error(err)
		}
	})
	if data, err := os.ReadFile(path); err != nil || string(data) != "kept\n" {
		t.Errorf("%q, %v", data, err)
	}
}

// TestLogFileRotated goes on in a new file, also when the command has been ended.
func TestLogFileRotated(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "log")
	ctx, cancel := context.WithCancel(t.Context())
	l, err := newLogFile(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := os.Rename(path, path+".1"); err != nil {
		t.Skip("a file that is open cannot be renamed here:", err)
	}
	l.logger().Info("the end")
	if err := l.close(); err != nil {
		t.Error(err)
	}
	if data, err := os.ReadFile(path); err != nil || !strings.Contains(string(data), "the end") {
		t.Errorf("%q, %v", data, err)
	}
}
