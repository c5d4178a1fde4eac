package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
