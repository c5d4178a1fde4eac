package cmd

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestBystanders has an editor and a browser look for the secrets of profiles in what
// they get.
func TestBystanders(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the browser of a test is a script in the place of xdg-open")
	}
	dir := t.TempDir()
	dump := filepath.Join(dir, "dump")
	for _, name := range []string{"xdg-open", "editor"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n/usr/bin/env >"+dump+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	environ := []string{"RC_SECRET=s3cret-of-work", "RC_ALIAS=s3cret-of-work", "KATAPULT_API_KEY=s3cret-of-nobody", "LANG=C"}
	c := &console{services: builtIn(), environ: environ, getenv: func(string) string { return "x" }, bystanders: &bystanders{}}
	programs := map[string]func() error{
		"browser": func() error { return c.openURL(t.Context(), "https://example.org/") },
		"editor":  func() error { return editor{program: filepath.Join(dir, "editor")}.open(t.Context(), c, "F", 0) },
	}
	see := func(when string, seen, unseen string) {
		t.Helper()
		for name, run := range programs {
			if err := run(); err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(dump)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(got), "LANG=C") || !strings.Contains(string(got), seen) || strings.Contains(string(got), unseen) {
				t.Errorf("%s, the %s got\n%s", when, name, got)
			}
		}
	}
	see("before a configuration was read", "s3cret-of-work", "s3cret-of-nobody")
	c.learnFrom("c.toml", []byte("[profiles.work]\nprovider = 'katapult'\ntoken = { env = 'RC_SECRET' }\n"))
	see("with a configuration", "s3cret-of-nobody", "s3cret-of-work")
	c.learnFrom("c.toml", []byte("[profiles.work\ntoken = { env = 'RC_SECRET' }\n"))
	see("with what is no TOML", "LANG", "s3cret")
}
