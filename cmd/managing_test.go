package cmd

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/cmd/manage"
	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/ui"
)

var _ ui.Manager = dashboardManager{}

// newTestManaging changes a configuration with the profile a, of a service that
// knows the token kt-good as Sam.
func newTestManaging(t *testing.T) dashboardManager {
	t.Helper()
	answers := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.Header.Get("Authorization") != "Bearer kt-good" {
			w.WriteHeader(http.StatusForbidden)
			_, _ = io.WriteString(w, `{"error":{"code":"invalid_api_token","description":"No","detail":{}}}`)
			return
		}
		_, _ = io.WriteString(w, `{"user":{"id":"user_s","first_name":"Sam","last_name":"Roe"},"organizations":[],"api_token_id":null}`)
	}))
	t.Cleanup(answers.Close)
	dir := t.TempDir()
	env := map[string]string{"HOME": dir, "USERPROFILE": dir, "LocalAppData": filepath.Join(dir, "state")}
	a := &app{console: console{services: builtIn(), getenv: func(name string) string { return env[name] }}, now: time.Now}
	path := filepath.Join(dir, "config.toml")
	file := "[profiles.a]\nprovider = 'katapult'\nbase_url = '" + answers.URL + "'\ntoken = 'kt-good' # mine\n"
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	return dashboardManager{manage.New(a.manageOptions(path)), &a.console, time.Now, newBackground(func() {}), t.Context(), a.newLender()}
}

func TestTryAtTheService(t *testing.T) {
	t.Parallel()
	m := newTestManaging(t)
	c, err := m.Load()
	if err != nil {
		t.Fatal(err)
	}
	d := config.DraftOf(c.Profiles[0])
	want := func(d config.Draft, secret string, state account.State, words string) {
		t.Helper()
		s := m.Try(t.Context(), d, secret)
		if s.Health.State != state || !strings.Contains(s.Health.Explanation+s.Health.Remedy, words) {
			t.Errorf("%s: %s %s, want %s, %q", s.Health.State, s.Health.Explanation, s.Health.Remedy, state, words)
		}
	}
	want(d, "", account.Healthy, "")
	want(d, "kt-bad", account.InvalidToken, "in place of the old one.")
	d.Provider = "nowhere"
	want(d, "kt-good", account.Misconfigured, `not "nowhere"`)

	// Who answers is compared with whom the profile belongs to.
	d = config.DraftOf(c.Profiles[0])
	s := m.Try(t.Context(), d, "")
	state, err := m.Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(state.Repin("a", s.Endpoint, "user_x"), state.Close()); err != nil {
		t.Fatal(err)
	}
	want(d, "", account.WrongAccount, "user_x")
	fresh := config.Draft{Name: "c", Provider: "katapult", BaseURL: d.BaseURL, Source: credential.SourceKeyring, Reference: "rollcall/c"}
	want(fresh, "kt-good", account.Healthy, "")
}
