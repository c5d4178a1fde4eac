package ui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
)

const rotatedFile = `[profiles.work]
provider = "katapult"
token = { keyring = "rollcall/work" }

[profiles.admin]
provider = "onezone"
base_url = "https://zone.example.org"
username = "admin"
password = { file = "/tmp/password" }

[profiles.lab]
provider = "onezone"
base_url = "https://lab.example.org"
token = { command = ["pass", "show", "lab"] }
`

// rotated is a dashboard whose first profile has a token with scopes and an
// end, and a keeper that answers with another such token.
func rotated(t *testing.T, w, h int) (*bench, *keeper) {
	t.Helper()
	token := func(days int, scopes ...string) account.Snapshot {
		s := sampleSnapshots()[0]
		a := *s.Account
		a.Token.Scopes = scopes
		a.Token.Expiry = account.Expiry{Kind: account.ExpiryDate, At: noon.AddDate(0, 0, days)}
		s.Account = &a
		return s
	}
	k := &keeper{data: []byte(rotatedFile), answer: token(90, "read", "write")}
	b := newBench(Options{Config: k.config(t), Manage: k})
	b.send(tea.WindowSizeMsg{Width: w, Height: h})
	old := token(10, "read", "write")
	old.Profile = "work"
	b.send(account.Event{Snapshots: []account.Snapshot{old}})
	b.pending = nil
	return b, k
}

// give pastes a secret and tests it.
func (b *bench) give(t *testing.T, secret string) {
	t.Helper()
	b.send(tea.PasteMsg{Content: secret + "\n"})
	b.press("enter")
	b.answer(t)
}

// answer runs what is to be run, and takes in what comes of it.
func (b *bench) answer(t *testing.T) {
	t.Helper()
	for _, m := range b.run(t) {
		b.send(m)
	}
}

func TestRotating(t *testing.T) { synctest.Test(t, testRotating) }

func testRotating(t *testing.T) {
	b, k := rotated(t, 100, 30)
	b.press("N")
	b.wants(t, "New secret of work", "made at   https://my.katapult.io", "kept in   keyring rollcall/work", "paste the new one here", "[ Test ]  [ Browse ]  [ Cancel ]")
	b.press("enter")
	b.wants(t, "paste the new secret here")
	b.press("tab", "right", "enter")
	b.answer(t)
	if !slices.Equal(k.opened, []string{"https://my.katapult.io"}) {
		t.Errorf("opened %v", k.opened)
	}
	b.press("up", "up")
	f := b.overlays.top().(*secretForm)
	b.give(t, "kt-new-secret")
	b.lacks(t, "kt-new")
	b.wants(t, "● Sam Roe (user_8bXgZk3QpL), as before", "● none less", "● it ends in 90d, later than the old one", "[ Replace ]", "until you delete it there")
	if len(k.rotated) != 0 || k.tried[0].Name != "work" || k.secrets[0] != "kt-new-secret" {
		t.Fatalf("tried %+v with %q; replaced %q", k.tried, k.secrets, k.rotated)
	}
	b.press("enter")
	b.wants(t, "Saving work")
	b.answer(t)
	b.wants(t, "replaced the secret of work; U undoes")
	if !slices.Equal(k.rotated, []string{"work rollcall/work kt-new-secret"}) || b.overlays.top() != nil {
		t.Errorf("replaced %q", k.rotated)
	}
	if f.secret.Value() != "" {
		t.Errorf("the form has %q", f.secret.Value())
	}
}

// A secret that is worse is named so in each respect, and replaces the old one
// on purpose only; that of another user never does.
func TestRotatingToAWorseSecret(t *testing.T) { synctest.Test(t, testRotatingToAWorseSecret) }

func testRotatingToAWorseSecret(t *testing.T) {
	b, k := rotated(t, 100, 30)
	a := *k.answer.Account
	a.Token.Scopes, a.Token.Expiry.At = []string{"read"}, noon.AddDate(0, 0, 5)
	k.answer.Account = &a
	b.press("N")
	b.give(t, "kt-worse")
	b.wants(t, "as before", "▲ it lacks the scope write", "▲ it ends in 5d, which is not later than the old", "[ Replace anyway ]")
	b.press("enter")
	b.wants(t, "[ Test ]")
	b.press("enter")
	b.answer(t)
	b.press("left", "enter")
	b.answer(t)
	if !slices.Equal(k.rotated, []string{"work rollcall/work kt-worse"}) {
		t.Errorf("replaced %q", k.rotated)
	}

	other := a
	other.User.ID, other.User.FullName = "user_other", "Kim Doe"
	k.answer.Account = &other
	b.press("N")
	b.give(t, "kt-of-another")
	b.wants(t, "✗ it belongs to Kim Doe (user_other), and the old", "[ Back ]")
	b.lacks(t, "Replace")
	b.press("esc", "esc", "tab", "enter")

	k.answer = sampleSnapshots()[8]
	b.press("N")
	b.give(t, "kt-bad")
	b.wants(t, "invalid token", "to do", "[ Back ]")
	b.lacks(t, "Replace", "You would be")
}

// Where the old secret cannot be kept, that is said, and the new one is not
// lost by it.
func TestRotatingWithoutAKeyring(t *testing.T) { synctest.Test(t, testRotatingWithoutAKeyring) }

func testRotatingWithoutAKeyring(t *testing.T) {
	b, k := rotated(t, 100, 30)
	b.press("down", "N")
	b.wants(t, "New secret of admin", "made at   the service", "kept in   file /tmp/password", "[ Test ]  [ Cancel ]")
	k.fail = fmt.Errorf("%w: it is locked", ErrNotKept)
	b.give(t, "kt-new")
	b.wants(t, "not known, so not compared")
	b.press("enter")
	b.answer(t)
	b.wants(t, "That did not work", "locked")
	b.press("esc")
	b.wants(t, "▲ the old one cannot be kept", "[ Replace anyway ]")
	b.press("left", "enter")
	b.answer(t)
	b.wants(t, "replaced the secret of admin")
	b.lacks(t, "undoes")

	// Another error leads back to what was written.
	k.fail = errors.New("the file is gone")
	b.press("up", "N")
	b.give(t, "kt-new")
	b.press("enter")
	b.answer(t)
	b.press("esc")
	b.wants(t, "******", "[ Test ]")
}

// The secret and the buttons can be clicked, and nothing that was written is
// lost by a click.
func TestClickingWhileRotating(t *testing.T) {
	b, _ := rotated(t, 100, 30)
	b.press("N")
	b.click(t, "[ Test ]")
	b.wants(t, "paste the new secret here")
	b.press("down", "x")
	b.lacks(t, "*")
	b.click(t, "secret  ")
	b.write("kt")
	b.wants(t, "**")
	b.send(tea.MouseClickMsg{X: 0, Y: 0, Button: tea.MouseLeft})
	b.click(t, "[ Cancel ]")
	b.click(t, "[ Keep writing ]")
	b.wants(t, "New secret of work", "**")
	b.click(t, "[ Cancel ]")
	b.click(t, "[ Throw away ]")
	if b.overlays.top() != nil {
		t.Errorf("the form is still there:\n%s", b.text())
	}
}

func TestSecretsThatAreNotOurs(t *testing.T) {
	b, _ := rotated(t, 100, 30)
	b.press("down", "down", "N")
	b.wants(t, "New secret of lab", "where the command pass takes the secret from", "→ Store the new secret with: pass insert -f lab")
	b.press("esc")
	if b.overlays.top() != nil {
		t.Error("escape does not close it")
	}
	b = mixed(Options{}, 120, 36)
	b.press("N")
	b.wants(t, "profiles cannot be changed here")
}

// In private the page, which names the service's host, is not shown.
func TestRotatingInPrivate(t *testing.T) {
	b, _ := rotated(t, 100, 30)
	b.press("P", "N")
	b.lacks(t, "katapult.io", "Browse")
}

func TestGoldenRotation(t *testing.T) { synctest.Test(t, testGoldenRotation) }

func testGoldenRotation(t *testing.T) {
	for _, size := range [][2]int{{40, 10}, {80, 24}} {
		name := func(s string) string { return fmt.Sprintf("%s-%dx%d", s, size[0], size[1]) }
		b, k := rotated(t, size[0], size[1])
		b.press("N")
		golden(t, name("rotate"), b.text())
		b.give(t, "kt-new-secret")
		golden(t, name("rotate-answer"), b.text())
		b.press("esc", "esc", "tab", "enter")
		a := *k.answer.Account
		a.Token.Scopes, a.Token.Expiry.At = []string{"read"}, noon.AddDate(0, 0, 5)
		k.answer.Account = &a
		b.press("N")
		b.give(t, "kt-worse")
		golden(t, name("rotate-worse"), b.text())
		b.press("esc", "esc", "tab", "enter", "down", "down", "N")
		golden(t, name("rotate-elsewhere"), b.text())
		checkSize(t, b, size[0], size[1])
		if strings.Contains(b.View().Content, "kt-") {
			t.Error("a secret is on the screen")
		}
	}
}
