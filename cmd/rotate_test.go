package cmd

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"rollcall/client/account"
	"rollcall/config"
	"rollcall/ui"
)

// TestNotTaken refuses a worse secret unless that is wanted, and one of another
// user always.
func TestNotTaken(t *testing.T) {
	t.Parallel()
	of := func(severity account.Severity, text string) ui.Comparison {
		return ui.Comparison{Severity: severity, Text: text}
	}
	fine, unknown := of(account.SeverityOK, "fine"), of(account.SeverityNone, "unknown")
	worse, sooner, other := of(account.SeverityWarn, "it is worse"), of(account.SeverityWarn, "it ends sooner"), of(account.SeverityFail, "it is another's")
	for _, tt := range []struct {
		all                  []ui.Comparison
		unforced, evenForced string
	}{
		{[]ui.Comparison{fine, unknown, fine}, "", ""},
		{[]ui.Comparison{fine, worse, sooner}, "the new secret was not taken: it is worse; it ends sooner\nTo take it all the same, add --force", ""},
		{[]ui.Comparison{other, fine}, "the new secret was not taken: it is another's", "the new secret was not taken: it is another's"},
		{[]ui.Comparison{other, worse}, "the new secret was not taken: it is another's; it is worse", "the new secret was not taken: it is another's"},
	} {
		for force, want := range map[bool]string{false: tt.unforced, true: tt.evenForced} {
			got := ""
			if err := notTaken(tt.all, force); err != nil {
				got = err.Error()
			}
			if got != want {
				t.Errorf("%v, force %v: %q, want %q", tt.all, force, got, want)
			}
		}
	}
}

// TestManagerRotate replaces the secret in a file, where there is no keyring
// that could keep the old one.
func TestManagerRotate(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only on Linux it is certain that there is no keyring here")
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/none/bus")
	m := newTestManager(t)
	var asked []string
	m.refresh = func(names ...string) { asked = append(asked, names...) }
	token := filepath.Join(filepath.Dir(m.path), "token")
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
	written(m.path, file)
	d := m.draft(t, "f")
	if _, err := m.Rotate(t.Context(), d, "kt-old", false); err == nil || !strings.Contains(err.Error(), "f has already") {
		t.Errorf("the same secret: %v", err)
	}
	if _, err := m.Rotate(t.Context(), d, "kt-new", false); !errors.Is(err, ui.ErrNotKept) || strings.Contains(err.Error(), "kt-") {
		t.Errorf("without a keyring: %v", err)
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
	written(m.path, strings.Replace(file, "token =", "base_url = 'https://other.example.org'\ntoken =", 1))
	if _, err := m.Rotate(t.Context(), d, "kt-newest", true); err == nil || !strings.Contains(err.Error(), "meanwhile") {
		t.Errorf("of a changed profile: %v", err)
	}
	written(m.path, "[profiles.f]\nprovider = 'katapult'\ntoken = { env = 'F' }\n")
	if _, err := m.Rotate(t.Context(), m.draft(t, "f"), "kt-newest", true); err == nil || !strings.Contains(err.Error(), "variable F") {
		t.Errorf("in a variable: %v", err)
	}
	wants("kt-new")
}

// TestSecretInAFile finds a file as the configuration does, from its own folder
// and from the home.
func TestSecretInAFile(t *testing.T) {
	t.Parallel()
	m := newTestManager(t)
	dir := filepath.Dir(m.path)
	m.app.getenv = os.Getenv
	if err := os.WriteFile(filepath.Join(dir, "token"), []byte("kt-good\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := config.Draft{Name: "new", Provider: "katapult", Source: config.SourceFile, Reference: "token"}
	if _, err := m.Apply(t.Context(), config.Change{Action: config.ActionAdd, Draft: d}, "kt-good"); err != nil {
		t.Error(err)
	}
	d.Name, d.Reference = "home", "~/rollcall-no-such-file"
	_, err := m.Apply(t.Context(), config.Change{Action: config.ActionAdd, Draft: d}, "kt-good")
	if home, _ := os.UserHomeDir(); err == nil || !strings.Contains(err.Error(), home) {
		t.Errorf("from home: %v", err)
	}
}

// TestManagerDoesNotOverwrite keeps what somebody else wrote since a draft was
// made.
func TestManagerDoesNotOverwrite(t *testing.T) {
	t.Parallel()
	m := newTestManager(t)
	d := m.draft(t, "a")
	relabel := func(label string) error {
		theirs := m.draft(t, "a")
		theirs.Label = label
		_, err := m.Apply(t.Context(), config.Change{Action: config.ActionUpdate, Profile: "a", Draft: theirs}, "")
		return err
	}
	if err := relabel("Theirs"); err != nil {
		t.Fatal(err)
	}
	mine := d
	mine.Label = "Mine"
	if _, err := m.Apply(t.Context(), config.Change{Action: config.ActionUpdate, Profile: "a", Draft: mine}, ""); err == nil ||
		!strings.Contains(err.Error(), "label of a was changed in the file meanwhile") {
		t.Errorf("their label: %v", err)
	}
	mine = d
	mine.Tags = []string{"mine"}
	if _, err := m.Apply(t.Context(), config.Change{Action: config.ActionUpdate, Profile: "a", Draft: mine}, ""); err != nil {
		t.Error(err)
	}
	if now := m.draft(t, "a"); now.Label != "Theirs" || len(now.Tags) != 1 {
		t.Errorf("%+v", now)
	}
}

// TestManagerUseOfAnother tells where the choice shows nothing.
func TestManagerUseOfAnother(t *testing.T) {
	t.Parallel()
	m := newTestManager(t)
	env := m.app.getenv
	profile := "a"
	m.app.getenv = func(name string) string {
		if name == config.ProfileVariable {
			return profile
		}
		return env(name)
	}
	active, said, err := m.Use(t.Context(), "b")
	if err != nil || active != "a" || said != "made b the active profile; here it is a: the variable ROLLCALL_PROFILE names it" {
		t.Errorf("%q, %q, %v", active, said, err)
	}
	profile = "none"
	active, said, err = m.Use(t.Context(), "b")
	if err != nil || active != "" || !strings.Contains(said, `but ROLLCALL_PROFILE: there is no profile "none"`) {
		t.Errorf("%q, %q, %v", active, said, err)
	}
}
