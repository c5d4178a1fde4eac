package cmd

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/config"
	"rollcall/ui"
)

var _ ui.Manager = (*manager)(nil)

// newTestManager manages a configuration with the profiles a and b, of a service
// that knows the token kt-good as Sam.
func newTestManager(t *testing.T) *manager {
	t.Helper()
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.Header.Get("Authorization") != "Bearer kt-good" {
			w.WriteHeader(http.StatusForbidden)
			_, _ = io.WriteString(w, `{"error":{"code":"invalid_api_token","description":"No","detail":{}}}`)
			return
		}
		_, _ = io.WriteString(w, `{"user":{"id":"user_s","first_name":"Sam","last_name":"Roe"},"organizations":[],"api_token_id":null}`)
	}))
	t.Cleanup(service.Close)
	dir := t.TempDir()
	env := map[string]string{"HOME": dir, "USERPROFILE": dir, "LocalAppData": filepath.Join(dir, "state")}
	m := &manager{
		path: filepath.Join(dir, "config.toml"),
		app:  &app{getenv: func(name string) string { return env[name] }, now: time.Now},
	}
	text := ""
	for _, name := range []string{"a", "b"} {
		text += "[profiles." + name + "]\nprovider = 'katapult'\nbase_url = '" + service.URL + "'\ntoken = 'kt-good' # mine\n\n"
	}
	if err := os.WriteFile(m.path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return m
}

func (m *manager) draft(t *testing.T, name string) config.Draft {
	t.Helper()
	c, err := loadOrEmpty(m.path)
	if err != nil {
		t.Fatal(err)
	}
	p, err := existing(c, name)
	if err != nil {
		t.Fatal(err)
	}
	return config.DraftOf(p)
}

func TestManagerTry(t *testing.T) {
	t.Parallel()
	m := newTestManager(t)
	d := m.draft(t, "a")
	want := func(d config.Draft, secret string, state account.State, words string) {
		t.Helper()
		s := m.Try(t.Context(), d, secret)
		if s.Health.State != state || !strings.Contains(s.Health.Explanation+s.Health.Remedy, words) {
			t.Errorf("%s: %s %s, want %s, %q", s.Health.State, s.Health.Explanation, s.Health.Remedy, state, words)
		}
	}
	want(d, "", account.Healthy, "")
	want(d, "kt-bad", account.InvalidToken, "(just given)")
	d.Provider = "nowhere"
	want(d, "kt-good", account.Misconfigured, `not "nowhere"`)

	// Who answers is compared with whom the profile belongs to.
	d = m.draft(t, "a")
	dir, err := config.StateDir(m.app.getenv)
	if err != nil {
		t.Fatal(err)
	}
	s := m.Try(t.Context(), d, "")
	if err := m.withStore(dir, func(store *client.Store) { store.Repin("a", s.Endpoint, "user_x") }); err != nil {
		t.Fatal(err)
	}
	want(d, "", account.WrongAccount, "user_x")
	fresh := config.Draft{Name: "c", Provider: "katapult", BaseURL: d.BaseURL, Source: config.SourceKeyring, Reference: "rollcall/c"}
	want(fresh, "kt-good", account.Healthy, "")
}

func TestManagerApplyAndUndo(t *testing.T) {
	t.Parallel()
	m := newTestManager(t)
	ctx := t.Context()
	text := func() string {
		data, err := os.ReadFile(m.path)
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
	said, err := m.Apply(ctx, config.Change{Action: config.ActionUpdate, Profile: "a", Draft: d}, "")
	if err != nil || !strings.Contains(text(), "[profiles.c]") || !strings.Contains(text(), "My label") {
		t.Fatalf("%q, %v\n%s", said, err, text())
	}
	// What somebody else changes elsewhere since then stays.
	if err := os.WriteFile(m.path, []byte(text()+"# theirs\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err = m.Undo(ctx); err != nil || text() != original+"# theirs\n" {
		t.Errorf("%q, %v\n%s", said, err, text())
	}
	if want := "took back the last change: c is called a again"; said != want {
		t.Errorf("it said %q, want %q", said, want)
	}
	if _, err := m.Apply(ctx, config.Change{Action: config.ActionUpdate, Profile: "a", Draft: m.draft(t, "a")}, "kt-new"); err == nil ||
		strings.Contains(err.Error(), "kt-new") {
		t.Errorf("a secret was stored in the file: %v", err)
	}
	if _, err := m.Apply(ctx, config.Change{Action: config.ActionRemove, Profile: "none"}, ""); err == nil {
		t.Error("what is not there was removed")
	}
}

func TestManagerUse(t *testing.T) {
	t.Parallel()
	m := newTestManager(t)
	active, said, err := m.Use(t.Context(), "b")
	if err != nil || active != "b" || said != "made b the active profile" {
		t.Errorf("%q, %q, %v", active, said, err)
	}
	dir, err := config.StateDir(m.app.getenv)
	if err != nil {
		t.Fatal(err)
	}
	c, err := loadOrEmpty(m.path)
	if err != nil {
		t.Fatal(err)
	}
	chosen, err := config.Choose(config.Question{Getenv: m.app.getenv, Dir: dir, StateDir: dir, Config: c})
	if err != nil || chosen.Profile != "b" {
		t.Errorf("%+v, %v", chosen, err)
	}
}

// TestOpenURL lets nothing but a page through, and nothing at all where a
// browser would open in the terminal.
func TestOpenURL(t *testing.T) {
	t.Parallel()
	m := newTestManager(t)
	for _, address := range []string{
		"", "file:///etc/passwd", "javascript:alert(1)", "/usr/bin/true", "-x", "https://", "ssh://host", "http:", "https:host", "%",
	} {
		if err := m.OpenURL(t.Context(), address); err == nil || !strings.HasPrefix(err.Error(), "only pages") {
			t.Errorf("%q: %v", address, err)
		}
	}
	if m.app.hasDesktop() {
		return
	}
	if err := m.OpenURL(t.Context(), "https://example.org/x"); err == nil || !strings.Contains(err.Error(), "open https://example.org/x yourself") {
		t.Errorf("without a desktop: %v", err)
	}
}
