package manage

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"rollcall/config"
	"rollcall/config/credential"
)

// TestManagerRotate replaces the secret in a file, where the old one cannot be kept:
// a folder has the name of the file that it would be in.
func TestManagerRotate(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	if err := os.MkdirAll(filepath.Join(filepath.Dir(m.Path), "token.previous", "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	var asked []string
	m.Refresh = func(names ...string) { asked = append(asked, names...) }
	token := filepath.Join(filepath.Dir(m.Path), "token")
	written := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	wants := func(secret string) {
		t.Helper()
		if data, err := os.ReadFile(token); string(data) != secret+"\n" {
			t.Errorf("the file has %q, %v", data, err)
		}
	}
	written(token, "kt-old\n")
	const file = "[profiles.f]\nprovider = 'katapult'\ntoken = { file = 'token' }\n"
	written(m.Path, file)
	d := m.draft(t, "f")
	if _, err := m.Rotate(t.Context(), d, "kt-old", false); err == nil || !strings.Contains(err.Error(), "f has already") {
		t.Errorf("the same secret: %v", err)
	}
	if _, err := m.Rotate(t.Context(), d, "kt-new", false); !errors.Is(err, ErrNotKept) || strings.Contains(err.Error(), "kt-") {
		t.Errorf("where it cannot be kept: %v", err)
	}
	wants("kt-old")
	said, err := m.Rotate(t.Context(), d, "kt-new", true)
	if err != nil || said != "replaced the secret of f" {
		t.Errorf("%q, %v", said, err)
	}
	wants("kt-new")
	if strings.Join(asked, " ") != "f" {
		t.Errorf("asked %v", asked)
	}
	if _, err := m.Undo(t.Context()); err == nil {
		t.Error("a secret that was not kept came back")
	}

	// The secret was tried for another address than the file has by now.
	written(m.Path, strings.Replace(file, "token =", "base_url = 'https://other.example.org'\ntoken =", 1))
	if _, err := m.Rotate(t.Context(), d, "kt-newest", true); err == nil || !strings.Contains(err.Error(), "meanwhile") {
		t.Errorf("of a changed profile: %v", err)
	}
	written(m.Path, "[profiles.f]\nprovider = 'katapult'\ntoken = { env = 'F' }\n")
	if _, err := m.Rotate(t.Context(), m.draft(t, "f"), "kt-newest", true); err == nil || !strings.Contains(err.Error(), "variable F") {
		t.Errorf("in a variable: %v", err)
	}
	wants("kt-new")
}

// TestFormerSecretOfAFile keeps the secret before beside the file, for its owner
// alone, and needs no keyring for that.
func TestFormerSecretOfAFile(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/none/bus")
	m, _, _ := newTestManager(t)
	token := filepath.Join(filepath.Dir(m.Path), "token")
	for path, text := range map[string]string{token: "kt-old\n", m.Path: "[profiles.f]\nprovider = 'katapult'\ntoken = { file = 'token' }\n"} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	wants := func(now, before string) {
		t.Helper()
		for path, want := range map[string]string{token: now, token + ".previous": before} {
			if data, err := os.ReadFile(path); string(data) != want+"\n" {
				t.Errorf("%s has %q, %v", filepath.Base(path), data, err)
			}
		}
	}
	if _, err := m.Rotate(t.Context(), m.draft(t, "f"), "kt-new", false); err != nil {
		t.Fatal(err)
	}
	wants("kt-new", "kt-old")
	if info, err := os.Stat(token + ".previous"); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if said, err := m.Undo(t.Context()); err != nil || said != "took back: replaced the secret of f; its former secret is back" {
		t.Errorf("%q, %v", said, err)
	}
	wants("kt-old", "kt-new")
	if err := m.PutBack(t.Context(), m.draft(t, "f")); err != nil {
		t.Error(err)
	}
	wants("kt-new", "kt-old")
}

// TestSecretInAFile finds a file as the configuration does, from its own folder
// and from the home.
func TestSecretInAFile(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	dir := filepath.Dir(m.Path)
	if err := os.WriteFile(filepath.Join(dir, "token"), []byte("kt-good\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := config.Draft{Name: "new", Provider: "katapult", Source: credential.SourceFile, Reference: "token"}
	if _, err := m.Apply(t.Context(), config.Edit{Kind: config.EditAdd, Draft: d}, "kt-good"); err != nil {
		t.Error(err)
	}
	d.Name, d.Reference = "home", "~/rollcall-no-such-file"
	_, err := m.Apply(t.Context(), config.Edit{Kind: config.EditAdd, Draft: d}, "kt-good")
	if home, _ := os.UserHomeDir(); err == nil || !strings.Contains(err.Error(), home) {
		t.Errorf("from home: %v", err)
	}
}
