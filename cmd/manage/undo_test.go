package manage

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/client/store"
	"rollcall/config"
)

// takesBack takes back a change, and wants it to say something.
func (m *Manager) takesBack(t *testing.T, want string) {
	t.Helper()
	said, err := m.Undo(t.Context())
	if err != nil || said != want {
		t.Errorf("it said %q, %v\nwant    %q", said, err, want)
	}
}

// TestUndoIsOneJournal takes back what another run has done, the newest first, with
// the choices that went with a profile.
func TestUndoIsOneJournal(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	other := New(m.Options)
	if _, said, err := m.Use(t.Context(), "b"); err != nil || said == "" {
		t.Fatal(err)
	}
	said, err := m.Change(config.Edit{Kind: config.EditRemove, Profile: "b"})
	if err != nil || len(said) != 1 || said[0] != "removed b; a is the active profile now: it is the only one in "+m.Path {
		t.Errorf("%q, %v", said, err)
	}
	if next, err := other.Next(); err != nil || next.Done != "removed b" || !next.Last || next.At.IsZero() {
		t.Errorf("next is %+v, %v", next, err)
	}
	other.takesBack(t, "took back the last change: b is there again; b is the active profile now: it was chosen with 'rollcall use'")
	if next, err := m.Next(); err != nil || next.Done != "made b the active profile" || next.Last {
		t.Errorf("next is %+v, %v", next, err)
	}
	m.takesBack(t, "took back the last change: no profile is chosen as the active one again")
	// Nothing is left: the last undo is taken back.
	other.takesBack(t, "took back the last change: b is chosen as the active profile again")
}

// TestUndoOfAChoiceOfNobody does not choose a profile that is there no more.
func TestUndoOfAChoiceOfNobody(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	for _, name := range []string{"b", "a"} {
		if _, _, err := m.Use(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
	// Somebody else takes it out of the file.
	if err := os.WriteFile(m.Path, []byte("[profiles.a]\nprovider = 'katapult'\ntoken = 'kt-good'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	m.takesBack(t, "took back the last change: no profile is chosen as the active one again")
}

// TestUndoAfterWhatStays takes nothing earlier back without being told to, where the
// last thing that was done cannot be taken back.
func TestUndoAfterWhatStays(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	token := filepath.Join(filepath.Dir(m.Path), "token")
	// What was in the file cannot be kept beside it.
	if err := os.MkdirAll(filepath.Join(token+".previous", "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	for path, text := range map[string]string{
		token: "kt-old\n", m.Path: "[profiles.f]\nprovider = 'katapult'\ntoken = { file = 'token' }\n\n[profiles.g]\nprovider = 'katapult'\ntoken = { env = 'G' }\n",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := m.Use(t.Context(), "f"); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Rotate(t.Context(), m.draft(t, "f"), "kt-new", true); err != nil {
		t.Fatal(err)
	}
	if said, err := m.Undo(t.Context()); !errors.Is(err, ErrNotLast) {
		t.Errorf("it said %q, %v", said, err)
	}
	if said, err := m.UndoEarlier(t.Context()); err != nil || !strings.Contains(said, "no profile is chosen") {
		t.Errorf("it said %q, %v", said, err)
	}
	if err := m.lend(func(s *store.Store) error {
		data, err := os.ReadFile(s.Path())
		if strings.Contains(string(data), "kt-") {
			t.Error("a secret is in the state")
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// TestRemovalSaysWhoIsActive names the default, or nobody, and never the next one.
func TestRemovalSaysWhoIsActive(t *testing.T) {
	t.Parallel()
	const three = "[profiles.a]\nprovider = 'katapult'\n[profiles.b]\nprovider = 'katapult'\n[profiles.c]\nprovider = 'katapult'\n"
	for _, tt := range []struct{ file, use, remove, want string }{
		{three, "b", "b", "removed b; no profile is active now: choose one with 'rollcall use NAME'"},
		{"default_profile = 'c'\n" + three, "b", "b", "removed b; c is the active profile now: it is the default_profile of PATH"},
		{"default_profile = 'b'\n" + three, "", "b", "removed b; no profile is active now: choose one with 'rollcall use NAME'"},
		{three, "a", "b", "removed b"},
		{three, "", "a", "removed a"},
	} {
		m, _, _ := newTestManager(t)
		if err := os.WriteFile(m.Path, []byte(tt.file), 0o600); err != nil {
			t.Fatal(err)
		}
		if tt.use != "" {
			if _, _, err := m.Use(t.Context(), tt.use); err != nil {
				t.Fatal(err)
			}
		}
		said, err := m.Apply(t.Context(), config.Edit{Kind: config.EditRemove, Profile: tt.remove}, "")
		if got := strings.ReplaceAll(said, m.Path, "PATH"); err != nil || got != tt.want {
			t.Errorf("it said %q, %v\nwant    %q", got, err, tt.want)
		}
	}
}
