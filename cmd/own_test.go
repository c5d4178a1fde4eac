package cmd

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"rollcall/cmd/child"
	"rollcall/config"
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
		"\x1b[2J\x1b[5;5Hx\u202ey":            "x\ufffdy",
		"":                                    "",
	} {
		if got := shownOutput(child.Printed{Text: printed}, nil).Text; got != want {
			t.Errorf("%q: %q, want %q", printed, got, want)
		}
	}
}

// TestNotRuns names the profiles for which a command is not run, those with the same
// reason together.
func TestNotRuns(t *testing.T) {
	t.Parallel()
	var left notRuns
	left.add("lab", &config.NotRunError{Command: "plan", Err: errors.New("{user} has no value")})
	left.add("ci", errors.New("switched off\nSwitch it on"))
	left.add("home", configError(&config.NotRunError{Command: "plan", Err: errors.New("{user} has no value")}))
	if got := left.Error(); got != "for lab, home: {user} has no value; for ci: switched off" || left.count() != 3 {
		t.Errorf("%q, %d", got, left.count())
	}
	none := &config.NotRunError{Command: "plan", Err: left, Several: true}
	if got := none.Error(); got != "plan is not run for lab, home: {user} has no value; for ci: switched off" {
		t.Errorf("%q", got)
	}
	one := series{name: "plan", programs: []readied{{profile: "work", what: "plan of work"}}, left: left}
	want := "plan ran for 1 of 4 profiles; it did not run for lab, home: {user} has no value; for ci: switched off"
	if got := one.said([]child.Ending{{}}); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for _, more := range []string{"a", "b", "c"} {
		left.add(more, errSwitchedOff)
	}
	if got := left.Error(); got != "for lab, home: {user} has no value; for ci, a, b, c: switched off" {
		t.Errorf("%q", got)
	}
	left.add("d", errSwitchedOff)
	if got := left.Error(); got != "for lab, home: {user} has no value; for ci, a, b, 2 more: switched off" {
		t.Errorf("%q", got)
	}
}

// TestOwnCommandGone tells why a command is gone, and what brings it back.
func TestOwnCommandGone(t *testing.T) {
	t.Parallel()
	const text = "[[commands]]\nname = 'plan'\nrun = ['true']\n"
	path := filepath.Join(t.TempDir(), "c.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	of := func() error {
		c, err := config.Load(path, config.Services{})
		if err != nil {
			t.Fatal(err)
		}
		_, err = ownCommand(c, "plan")
		return err
	}
	if err := of(); err != nil {
		t.Error(err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	if err := os.Chmod(path, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := of(); err == nil || !strings.Contains(err.Error(), "the commands are not run, since others can write") || !strings.Contains(err.Error(), "chmod go-w "+path) {
		t.Errorf("%v", err)
	}
}
