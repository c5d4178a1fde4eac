package ui

import (
	"fmt"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
)

// noKeyring is a machine without a keyring, with variables of tokens.
func noKeyring() StorageMsg {
	return StorageMsg{NoKeyring: "no keyring service runs in this session", Variables: []string{"KATAPULT_API_KEY", "CI_TOKEN"}}
}

// A form offers the places for secrets that work here, and says why others do not.
func TestStorage(t *testing.T) {
	b, _ := kept(t, 100, 30)
	b.send(noKeyring())
	b.press("a", "tab", "tab", "tab")
	b.wants(t, "< environment variable >", "keyring of the system: no keyring service runs in", "this session")
	for range 5 {
		b.press("right")
		b.lacks(t, "< keyring of the system >")
	}
	f := b.overlays.top().(*profileForm)
	for f.value("source") != "env" {
		b.press("right")
	}
	b.press("tab")
	b.wants(t, "set here, right takes one: KATAPULT_API_KEY,", "CI_TOKEN")
	b.press("right", "right")
	if f.value("reference") != "CI_TOKEN" {
		t.Errorf("the variable is %q", f.value("reference"))
	}
	// A file is no variable.
	b.press("up", "right", "tab")
	b.lacks(t, "set here")
}

// Who cannot store a secret in a keyring chooses another place for it.
func TestLogInWithoutAKeyring(t *testing.T) { synctest.Test(t, testLogInWithoutAKeyring) }

func testLogInWithoutAKeyring(t *testing.T) {
	b, _ := workIn(t, account.Health{State: account.CredentialMissing})
	b.send(noKeyring())
	b.press("f")
	b.wants(t, "Edit work", "no keyring service runs in this session: choose another place")
}

// TestGoldenFixes are the screens of what mends a profile.
func TestGoldenFixes(t *testing.T) { synctest.Test(t, testGoldenFixes) }

func testGoldenFixes(t *testing.T) {
	for _, size := range [][2]int{{40, 10}, {80, 24}, {120, 36}} {
		for _, c := range []struct {
			name    string
			health  account.Health
			storage StorageMsg
			keys    []string
		}{
			{"pin", account.Health{State: account.WrongAccount, Wanted: "user_a"}, StorageMsg{}, []string{"f"}},
			{"log-in", account.Health{State: account.CredentialMissing}, StorageMsg{}, []string{"f"}},
			{"snooze", account.Health{State: account.Healthy}, StorageMsg{}, []string{"z"}},
			{"copy", account.Health{State: account.InvalidToken, Remedy: "Make a new one."}, StorageMsg{}, []string{"y"}},
			{"copy-shown", account.Health{State: account.Healthy}, StorageMsg{}, []string{"y", "s"}},
			{"form-places", account.Health{State: account.Healthy}, noKeyring(), []string{"a", "tab", "tab", "tab"}},
			{"form-offers", account.Health{State: account.Healthy}, noKeyring(), []string{"a", "tab", "tab", "tab", "tab"}},
		} {
			b, _ := workIn(t, c.health)
			b.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]}, c.storage)
			b.press(c.keys...)
			checkSize(t, b, size[0], size[1])
			golden(t, fmt.Sprintf("%s-%dx%d", c.name, size[0], size[1]), b.text())
		}
	}
}
