package manage

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/katapult"
	"rollcall/client/store"
	"rollcall/config"
	"rollcall/config/credential"
)

// testEnv is the environment of a manager in a test.
type testEnv map[string]string

func (e testEnv) get(name string) string { return e[name] }

// newTestManager manages a configuration with the profiles a and b. Its check is
// good for the secret kt-good, and remembers what was tried last.
func newTestManager(t *testing.T) (m *Manager, env testEnv, tried *Trial) {
	t.Helper()
	dir := t.TempDir()
	env, tried = testEnv{"HOME": dir, "USERPROFILE": dir, "LocalAppData": filepath.Join(dir, "state")}, new(Trial)
	m = New(Options{
		Services:  service.Catalog{katapult.Service{}},
		Path:      filepath.Join(dir, "config.toml"),
		Providers: config.Services{Known: []config.Provider{{Name: "katapult", DefaultURL: "https://api.katapult.io"}}},
		Open: func() (*store.Store, error) {
			state, err := config.StateDir(env.get)
			if err != nil {
				return nil, err
			}
			s, _, err := store.Open(state, filepath.Join(dir, "config.toml"))
			return s, err
		},
		Check: func(_ context.Context, asked Trial, _ *store.Store) account.Snapshot {
			*tried = asked
			s := account.Snapshot{Profile: asked.Profile.Name, Health: account.Health{State: account.InvalidToken}}
			if asked.Secret == "kt-good" {
				s.Health.State = account.Healthy
			}
			return s
		},
		Choose: func(c *config.Config, s *store.Store) (config.Chosen, error) {
			kept, err := s.Choices()
			if err != nil {
				return config.Chosen{}, err
			}
			return config.Choose(config.ChooseOptions{
				Getenv: env.get, Dir: dir, Config: c, Kept: config.Kept{Active: kept.Active, Folders: kept.Folders, Where: s.Path()},
			})
		},
	})
	file := ""
	for _, name := range []string{"a", "b"} {
		file += "[profiles." + name + "]\nprovider = 'katapult'\ntoken = 'kt-good' # mine\n\n"
	}
	if err := os.WriteFile(m.Path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	return m, env, tried
}

func (m *Manager) draft(t *testing.T, name string) config.Draft {
	t.Helper()
	c, err := m.Load()
	if err != nil {
		t.Fatal(err)
	}
	p, ok := c.Profile(name)
	if !ok {
		t.Fatal(c.NoProfile(name))
	}
	return config.DraftOf(p)
}

// TestTrial has the check be of the draft, of nobody but the user whom the
// profile is tied to, and of one that is switched off, too.
func TestTrial(t *testing.T) {
	t.Parallel()
	m, _, tried := newTestManager(t)
	d := m.draft(t, "a")
	if s := m.Try(t.Context(), d, "kt-good"); s.Health.State != account.Healthy || tried.Secret != "kt-good" || tried.Profile.Identity != "" {
		t.Errorf("%s, asked for %+v", s.Health.State, tried)
	}
	if s := m.Try(t.Context(), d, ""); s.Health.State != account.InvalidToken {
		t.Errorf("%s", s.Health.State)
	}
	if err := m.lend(func(state *store.Store) error {
		return state.Repin("a", m.Services.Endpoint("katapult", "", nil), "user_x")
	}); err != nil {
		t.Fatal(err)
	}
	fresh := config.Draft{Name: "new", Provider: "katapult", Source: credential.SourceKeyring, Reference: "rollcall/new"}
	for _, tt := range []struct {
		draft config.Draft
		want  string
	}{{d, "user_x"}, {m.draft(t, "b"), ""}, {fresh, ""}} {
		if m.Try(t.Context(), tt.draft, "kt-good"); tried.Profile.Identity != tt.want || tried.Profile.Name != tt.draft.Name {
			t.Errorf("%s is asked as %q, want %q", tt.draft.Name, tried.Profile.Identity, tt.want)
		}
	}
	c, err := m.Load()
	if err != nil {
		t.Fatal(err)
	}
	off := c.Profiles[1]
	off.Disabled = true
	if m.TryProfile(t.Context(), Trial{Config: c, Profile: off}); tried.Profile.Disabled {
		t.Error("it is switched off for the trial, too")
	}
	d.Provider = "nowhere"
	if s := m.Try(t.Context(), d, "kt-good"); s.Health.State != account.Misconfigured || !strings.Contains(s.Health.Explanation, `not "nowhere"`) {
		t.Errorf("%s: %s", s.Health.State, s.Health.Explanation)
	}
}

func TestManagerApplyAndUndo(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	ctx := t.Context()
	text := func() string {
		data, err := os.ReadFile(m.Path)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	original := text()
	if _, err := m.Undo(ctx); err == nil {
		t.Error("there was something to undo")
	}
	d := m.draft(t, "a")
	d.Label = "My label"
	d.Name = "c"
	said, err := m.Apply(ctx, config.Edit{Kind: config.EditUpdate, Profile: "a", Draft: d}, "")
	if err != nil || !strings.Contains(text(), "[profiles.c]") || !strings.Contains(text(), "My label") {
		t.Fatalf("%q, %v\n%s", said, err, text())
	}
	// What somebody else changes elsewhere since then stays.
	if err := os.WriteFile(m.Path, []byte(text()+"# theirs\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err = m.Undo(ctx); err != nil || text() != original+"# theirs\n" {
		t.Errorf("%q, %v\n%s", said, err, text())
	}
	if want := "took back: renamed a to c; changed c"; said != want {
		t.Errorf("it said %q, want %q", said, want)
	}
	if _, err := m.Apply(ctx, config.Edit{Kind: config.EditUpdate, Profile: "a", Draft: m.draft(t, "a")}, "kt-new"); err == nil ||
		strings.Contains(err.Error(), "kt-new") {
		t.Errorf("a secret was stored in the file: %v", err)
	}
	if _, err := m.Apply(ctx, config.Edit{Kind: config.EditRemove, Profile: "none"}, ""); err == nil {
		t.Error("what is not there was removed")
	}
}

func TestManagerUse(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	active, said, err := m.Use(t.Context(), "b")
	if err != nil || active != "b" || said != "made b the active profile" {
		t.Errorf("%q, %q, %v", active, said, err)
	}
	c, err := m.Load()
	if err != nil {
		t.Fatal(err)
	}
	_ = m.lend(func(state *store.Store) error {
		if chosen, err := m.Choose(c, state); err != nil || chosen.Profile != "b" || chosen.By != "use" {
			t.Errorf("%+v, %v", chosen, err)
		}
		return nil
	})
	if active, but, err := m.MakeActive(c, "a"); err != nil || active != "a" || but != "" {
		t.Errorf("%q, %q, %v", active, but, err)
	}
}

// TestManagerDoesNotOverwrite keeps what somebody else wrote since a draft was
// made.
func TestManagerDoesNotOverwrite(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	d := m.draft(t, "a")
	relabel := func(label string) error {
		theirs := m.draft(t, "a")
		theirs.Label = label
		_, err := m.Apply(t.Context(), config.Edit{Kind: config.EditUpdate, Profile: "a", Draft: theirs}, "")
		return err
	}
	if err := relabel("Theirs"); err != nil {
		t.Fatal(err)
	}
	mine := d
	mine.Label = "Mine"
	if _, err := m.Apply(t.Context(), config.Edit{Kind: config.EditUpdate, Profile: "a", Draft: mine}, ""); err == nil ||
		!strings.Contains(err.Error(), "label of a was changed in the file meanwhile") {
		t.Errorf("their label: %v", err)
	}
	mine = d
	mine.Tags = []string{"mine"}
	if _, err := m.Apply(t.Context(), config.Edit{Kind: config.EditUpdate, Profile: "a", Draft: mine}, ""); err != nil {
		t.Error(err)
	}
	if now := m.draft(t, "a"); now.Label != "Theirs" || len(now.Tags) != 1 {
		t.Errorf("%+v", now)
	}
}

// TestManagerUseOfAnother tells where the choice shows nothing.
func TestManagerUseOfAnother(t *testing.T) {
	t.Parallel()
	m, env, _ := newTestManager(t)
	env[config.ProfileVariable] = "a"
	active, said, err := m.Use(t.Context(), "b")
	if err != nil || active != "a" || said != "made b the active profile; here it is a: the variable ROLLCALL_PROFILE names it" {
		t.Errorf("%q, %q, %v", active, said, err)
	}
	env[config.ProfileVariable] = "none"
	active, said, err = m.Use(t.Context(), "b")
	if err != nil || active != "" || !strings.Contains(said, `but ROLLCALL_PROFILE: there is no profile "none"`) {
		t.Errorf("%q, %q, %v", active, said, err)
	}
}
