package cmd

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
)

// TestFindOwn finds programs in the folders of PATH and where a whole path leads, and
// never in the working folder.
func TestFindOwn(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the program of the test is a script")
	}
	here, there := t.TempDir(), t.TempDir()
	for _, path := range []string{filepath.Join(here, "mine"), filepath.Join(here, "rc-local"), filepath.Join(there, "mine")} {
		if err := os.WriteFile(path, []byte("#!/bin/sh\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(here)
	for _, folders := range []string{there, there + ":.", there + ":"} {
		t.Setenv("PATH", folders)
		if path, err := findOwn("mine"); path != filepath.Join(there, "mine") || err != nil {
			t.Errorf("PATH=%s: %q, %v", folders, path, err)
		}
		for _, name := range []string{"rc-local", "./rc-local", "none", ""} {
			if path, err := findOwn(name); err == nil {
				t.Errorf("PATH=%s: %q is %s", folders, name, path)
			}
		}
	}
	if path, err := findOwn(filepath.Join(here, "rc-local")); path != filepath.Join(here, "rc-local") || err != nil {
		t.Errorf("%q, %v", path, err)
	}
}

// TestSecretNames knows a secret under its other names.
func TestSecretNames(t *testing.T) {
	t.Parallel()
	c := &console{services: builtIn(), environ: []string{"SECRET=s3cret-of-work", "ALIAS=s3cret-of-work", "LANG=C"}, bystanders: &bystanders{}}
	c.bystanders.learn([]string{"SECRET", "ABSENT"})
	names := c.secretNames([]string{"SECRET", "ABSENT"})
	slices.Sort(names)
	if want := []string{"ABSENT", "ALIAS", "SECRET"}; !slices.Equal(slices.Compact(names), want) {
		t.Errorf("%q, want %q", names, want)
	}
}

// TestPlainOutput leaves nothing in a text that a terminal could obey.
func TestPlainOutput(t *testing.T) {
	t.Parallel()
	for printed, want := range map[string]string{
		"a\n\tb\r\n":                          "a\n    b",
		"\x1b[31mred\x1b[0m \x1b]0;title\x07": "red ",
		"10 %\r50 %\r100 %\n":                 "100 %",
		"\x1b[2J\x1b[5;5Hx\u202ey":            "xy",
		"":                                    "",
	} {
		if got := plainOutput(printed); got != want {
			t.Errorf("%q: %q, want %q", printed, got, want)
		}
	}
}
