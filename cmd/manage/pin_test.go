package manage

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/config"
	"rollcall/config/credential"
)

// pinOf is the user that a profile is pinned to.
func (m *Manager) pinOf(t *testing.T, name string) (id string) {
	t.Helper()
	if err := m.lend(func(s *store.Store) error {
		id, _ = s.Pin(name, m.Services.Endpoint("katapult", "", nil))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return id
}

// TestPin pins to whoever answers, asks anew after that, and can be undone.
func TestPin(t *testing.T) {
	t.Parallel()
	m, _, tried := newTestManager(t)
	answer := account.Snapshot{Health: account.Health{State: account.Healthy}, Account: &account.Account{User: account.User{ID: "user_b"}}}
	m.Check = func(_ context.Context, asked Trial, _ *store.Store) account.Snapshot {
		*tried = asked
		return answer
	}
	var refreshed []string
	m.Refresh = func(names ...string) { refreshed = append(refreshed, names...) }
	c, err := m.Load()
	if err != nil {
		t.Fatal(err)
	}
	p := c.Profiles[0]
	if err := m.lend(func(s *store.Store) error { return s.Repin("a", m.Services.Endpoint("katapult", "", nil), "user_a") }); err != nil {
		t.Fatal(err)
	}
	done, err := m.Pin(t.Context(), c, p)
	if err != nil || !done.Done() || done.Before != "user_a" || tried.Profile.Identity != "" || m.pinOf(t, "a") != "user_b" {
		t.Errorf("%v, %+v, pinned to %s", err, done, m.pinOf(t, "a"))
	}
	if strings.Join(refreshed, " ") != "a" {
		t.Errorf("asked anew: %q", refreshed)
	}
	m.takesBack(t, "took back: pinned a to user_b; a is pinned to user_a again")
	for _, state := range []account.State{account.NoUser, account.InvalidToken, account.Unreachable} {
		answer = account.Snapshot{Health: account.Health{State: state}, Account: &account.Account{User: account.User{ID: "user_c"}}}
		if done, err := m.Pin(t.Context(), c, p); err != nil || done.Done() || m.pinOf(t, "a") != "user_a" {
			t.Errorf("%s: %v, %+v, pinned to %s", state, err, done, m.pinOf(t, "a"))
		}
	}
	p.Identity = "user_x"
	if _, err := m.Pin(t.Context(), c, p); err == nil || !strings.Contains(err.Error(), "its identity setting") {
		t.Errorf("%v", err)
	}
}

// TestPinOfARemovedProfile gives the pin of a profile back with it, and to no other one of
// its name, however that comes into the file.
func TestPinOfARemovedProfile(t *testing.T) {
	t.Parallel()
	m, env, _ := newTestManager(t)
	env["OTHER"] = "kt-other"
	endpoint := m.Services.Endpoint("katapult", "", nil)
	pin := func(user string) {
		t.Helper()
		if err := m.lend(func(s *store.Store) error { s.PinOnce("a", endpoint, user); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	want := func(user string) {
		t.Helper()
		if is := m.pinOf(t, "a"); is != user {
			t.Errorf("it is pinned to %q, want %q", is, user)
		}
	}
	pin("user_1")
	original := "default_profile = 'b'\n" + m.text(t)
	if err := os.WriteFile(m.Path, []byte(original), 0o600); err != nil {
		t.Fatal(err)
	}
	remove := config.Edit{Kind: config.EditRemove, Profile: "a"}
	m.change(t, remove)
	want("")
	New(m.Options).takesBack(t, "took back: removed a")
	want("user_1")

	m.change(t, remove)
	m.change(t, config.Edit{Kind: config.EditAdd, Draft: config.Draft{Name: "a", Provider: "katapult", Source: credential.SourceEnv, Reference: "OTHER"}})
	want("")
	pin("user_2")
	m.takesBack(t, "took back: added a")
	want("")
	m.takesBack(t, "took back: removed a")
	want("user_1")
	m.doesAgain(t, "did again: removed a")
	m.doesAgain(t, "did again: added a")
	want("user_2")

	if err := os.WriteFile(m.Path, []byte(original), 0o600); err != nil {
		t.Fatal(err)
	}
	m.change(t, remove)
	if err := os.WriteFile(m.Path, []byte(original), 0o600); err != nil {
		t.Fatal(err)
	}
	want("")
}

// TestPinToAnotherAddress pins to where the service has itself asked now, beside the
// user or, where the configuration names that one, alone. Undo takes both back at once.
func TestPinToAnotherAddress(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	answer := account.Snapshot{
		Health: account.Health{State: account.Healthy}, Account: &account.Account{User: account.User{ID: "user_b"}}, Named: "https://new.example/me",
	}
	m.Check = func(context.Context, Trial, *store.Store) account.Snapshot { return answer }
	m.Refresh = func(...string) {}
	c, err := m.Load()
	if err != nil {
		t.Fatal(err)
	}
	p, endpoint := c.Profiles[0], m.Services.Endpoint("katapult", "", nil)
	place := func() (address string) {
		if err := m.lend(func(s *store.Store) error { address, _ = s.Place("a", endpoint); return nil }); err != nil {
			t.Fatal(err)
		}
		return address
	}
	if err := m.lend(func(s *store.Store) error { return s.RepinAt("a", endpoint, "user_a", "https://old.example/me") }); err != nil {
		t.Fatal(err)
	}
	if done, err := m.Pin(t.Context(), c, p); err != nil || !done.Moved || m.pinOf(t, "a") != "user_b" || place() != "https://new.example/me" {
		t.Errorf("%v, %+v, pinned to %s at %s", err, done, m.pinOf(t, "a"), place())
	}
	m.takesBack(t, "took back: pinned a to user_b; let a be asked at https://new.example/me; a is pinned to user_a again; a is asked at https://old.example/me alone again")
	if m.pinOf(t, "a") != "user_a" || place() != "https://old.example/me" {
		t.Errorf("after undo it is pinned to %s at %s", m.pinOf(t, "a"), place())
	}
	p.Identity = "user_b"
	if done, err := m.Pin(t.Context(), c, p); err != nil || !done.Moved || m.pinOf(t, "a") != "user_a" || place() != "https://new.example/me" {
		t.Errorf("%v, %+v, pinned to %s at %s", err, done, m.pinOf(t, "a"), place())
	}
	m.takesBack(t, "took back: let a be asked at https://new.example/me; a is asked at https://old.example/me alone again")
}

// TestSnooze keeps a snooze with what the service said last, and undo takes it
// back.
func TestSnooze(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	until := time.Now().Add(time.Hour).Truncate(time.Millisecond)
	p := config.Profile{Name: "a", Provider: "katapult"}
	if err := m.lend(func(s *store.Store) error {
		s.Save(account.Snapshot{
			Profile: "a", Endpoint: m.Services.Endpoint("katapult", "", nil), Health: account.Health{State: account.Unreachable},
			Verdict: account.Verdict{State: account.InvalidToken},
		})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	z, err := m.Snooze(p, account.Snooze{Until: until, Note: "later"})
	if err != nil || z.Verdict != account.InvalidToken {
		t.Errorf("%v, %+v", err, z)
	}
	m.takesBack(t, "took back: snoozed a; a is no longer snoozed")
	if z, err := m.Snooze(p, account.Snooze{}); err != nil || z != (account.Snooze{}) {
		t.Errorf("%v, %+v", err, z)
	}
}
