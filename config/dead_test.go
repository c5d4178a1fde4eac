package config

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/config/atomicfile"
	"rollcall/plainfile"
	"rollcall/plainfile/deadtest"
)

// What is on a disk that does not answer is waited for only for so long: who can write a
// file, where a project file is, and where a file is to be saved. What cannot be told is
// told as an error, and nothing is trusted for it.
func TestDeadDisk(t *testing.T) {
	t.Parallel()
	disk := deadtest.Disk(t)
	var all [3]error
	done := make(chan struct{})
	for i, do := range []func() error{
		func() error {
			why, _ := untrusted(filepath.Join(disk, "trusted", "config.toml"), fileVersion{mode: 0o600, owner: os.Geteuid()})
			return errors.New(why)
		},
		func() error { return ProjectProblem(filepath.Join(disk, "project")) },
		func() error {
			return Save(filepath.Join(disk, "saved", "config.toml"), func([]byte) ([]byte, error) { return []byte("a = 1\n"), nil })
		},
	} {
		go func() {
			all[i] = do()
			done <- struct{}{}
		}()
	}
	for range all {
		<-done
	}
	if words := all[0].Error(); !strings.Contains(words, "cannot be told") || !strings.Contains(words, "could not be read within 10s") {
		t.Errorf("who can write it: %s", words)
	}
	if !errors.Is(all[1], plainfile.ErrHangs) {
		t.Errorf("the project file: %v", all[1])
	}
	saved, ok := errors.AsType[*SaveError](all[2])
	if !ok || !errors.Is(saved, plainfile.ErrHangs) || !strings.Contains(saved.Remedy(), "check the disk") {
		t.Errorf("the saved file: %v", all[2])
	}
}

// A save that hangs, and is told of as failed, can still get its name when the disk answers.
// Until then nobody else saves: that would be lost.
func TestSaveAfterOneThatHangs(t *testing.T) {
	t.Parallel()
	path := savedFile(t, "a = 1\n")
	unlock, err := atomicfile.Lock(path)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	answer, written := make(chan struct{}), make(chan error, 1)
	_, err = plainfile.Written(ctx, path, func(context.Context) (struct{}, error) {
		cancel()
		<-answer
		written <- os.WriteFile(path, []byte("a = 2\n"), 0o600)
		return struct{}{}, nil
	}, nil)
	if err != context.Canceled {
		t.Fatal(err)
	}
	unlock()
	add := func(old []byte) ([]byte, error) { return append(old, "b = 1\n"...), nil }
	if err := Save(path, add); !errors.Is(err, atomicfile.ErrLocked) {
		t.Errorf("it was saved before: %v", err)
	}
	close(answer)
	if err := <-written; err != nil {
		t.Fatal(err)
	}
	if err := Save(path, add); err != nil {
		t.Error(err)
	}
	wantFile(t, path, "a = 2\nb = 1\n")
	wantOnly(t, filepath.Dir(path), "config.toml", "config.toml~")
}
