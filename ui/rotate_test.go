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
	b.answer(t)
	b.wants(t, "New secret of work", "made at   https://my.katapult.io", "kept in   keyring rollcall/work", "→ page ○ paste ○ proved ○ written ○ old refused", "[ Test ]  [ Browse ]  [ Skip ]")
	b.press("enter")
	b.answer(t)
	if !slices.Equal(k.opened, []string{"https://my.katapult.io"}) || k.rotations[0].Step != account.RotationPaste {
		t.Errorf("opened %v; %+v", k.opened, k.rotations)
	}
	b.wants(t, "● page → paste ○ proved", "paste the new one here")
	b.press("enter")
	b.wants(t, "paste the new secret here")
	f := b.rotation().lane().form
	b.give(t, "kt-new-secret")
	b.lacks(t, "kt-new")
	b.wants(t, "● page ● paste ● proved → written ○ old refused", "● read, write", "in 10d ", "● in 90d", "[ Replace ]", "until you delete it there")
	if len(k.rotated) != 0 || k.tried[0].Name != "work" || k.secrets[0] != "kt-new-secret" {
		t.Fatalf("tried %+v with %q; replaced %q", k.tried, k.secrets, k.rotated)
	}
	b.press("enter")
	b.wants(t, "Saving work")
	b.answer(t)
	b.wants(t, "replaced the secret of work; U undoes", "● written → old refused", "[ Ask ]")
	if !slices.Equal(k.rotated, []string{"work rollcall/work kt-new-secret"}) {
		t.Errorf("replaced %q", k.rotated)
	}
	if f.secret.Value() != "" {
		t.Errorf("the form has %q", f.secret.Value())
	}
	b.answer(t)

	// The old one is good until somebody deletes it at the service.
	k.old = account.Snapshot{Health: account.Health{State: account.Healthy}}
	b.press("enter")
	b.answer(t)
	b.wants(t, "▲ The service takes the old one still.")
	k.refused = true
	b.press("enter")
	b.answer(t)
	b.wants(t, "● written ● old refused", "The service refuses the old one; what was kept of it is deleted.")
	if !slices.Equal(k.asked, []string{"work", "work"}) {
		t.Errorf("asked %v", k.asked)
	}
	b.press("esc")
	if b.overlays.top() != nil {
		t.Error("escape does not close it")
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
	b.wants(t, "▲ read", "it lacks the scope write", "▲ in 5d", "it ends in 5d, which is not later than the old one", "[ Replace anyway ]")
	b.press("enter")
	b.wants(t, "[ Test ]")
	b.press("enter")
	b.answer(t)
	b.press("left", "enter")
	b.answer(t)
	if !slices.Equal(k.rotated, []string{"work rollcall/work kt-worse"}) {
		t.Errorf("replaced %q", k.rotated)
	}
	b.press("esc")

	other := a
	other.User.ID, other.User.FullName = "user_other", "Kim Doe"
	k.answer.Account = &other
	b.press("N")
	b.give(t, "kt-of-another")
	b.wants(t, "✗ Kim Doe (user_other)", "it belongs to Kim Doe (user_other)", "[ Back ]")
	b.lacks(t, "Replace")
	b.press("esc")

	k.answer = sampleSnapshots()[8]
	b.give(t, "kt-bad")
	b.wants(t, "✗ proved", "invalid token", "to do", "[ Back ]")
	b.lacks(t, "Replace", "You would be")
}

// Where the old secret cannot be kept, that is said, and the new one is not
// lost by it.
func TestRotatingWithoutAKeyring(t *testing.T) { synctest.Test(t, testRotatingWithoutAKeyring) }

func testRotatingWithoutAKeyring(t *testing.T) {
	b, k := rotated(t, 100, 30)
	b.press("down", "N")
	b.wants(t, "New secret of admin", "made at   the service", "kept in   file /tmp/password", "● page → paste", "[ Test ]  [ Skip ]")
	k.fail = fmt.Errorf("%w: it is locked", ErrNotKept)
	b.give(t, "kt-new")
	b.wants(t, "not known")
	b.press("enter")
	b.answer(t)
	b.wants(t, "That did not work", "locked")
	b.press("esc")
	b.wants(t, "▲ the old one cannot be kept", "[ Replace anyway ]")
	b.press("left", "enter")
	b.answer(t)
	b.wants(t, "replaced the secret of admin", "Nothing is kept of the old one.")
	b.lacks(t, "undoes")
	b.press("esc")

	// Another error leads back to what was written.
	k.fail = errors.New("the file is gone")
	b.press("up", "N")
	b.give(t, "kt-new")
	b.press("enter")
	b.answer(t)
	b.press("esc")
	b.wants(t, "******", "[ Test ]")
}

// The secret, the lanes and the buttons can be clicked, and nothing that was written is
// lost by a click.
func TestClickingWhileRotating(t *testing.T) {
	b, _ := rotated(t, 100, 30)
	b.press("space", "space", "N")
	b.wants(t, "Rotation of 2 secrets, 0 written")
	b.click(t, "[ Test ]")
	b.wants(t, "paste the new secret here")
	b.press("tab", "x")
	b.lacks(t, "*")
	b.click(t, "secret  ")
	b.write("kt")
	b.wants(t, "**")
	b.click(t, "admin  ●")
	b.lacks(t, "**")
	b.wants(t, "file /tmp/password")
	b.click(t, "work   ")
	b.wants(t, "**")
	b.send(tea.MouseClickMsg{X: 0, Y: 0, Button: tea.MouseLeft})
	b.press("esc")
	b.wants(t, "0 of 2 are written. Left, it goes on later where it is, without what you pasted")
	b.click(t, "[ Stay ]")
	b.wants(t, "**")
	b.press("esc")
	b.click(t, "[ End it ]")
	if b.overlays.top() != nil || len(b.roster.rotations) > 0 {
		t.Errorf("it goes on:\n%s", b.text())
	}
}

// TestRotatingMany goes from lane to lane, leaves one out, is left and taken up again
// where it was, and is called off; what was pasted is then gone.
func TestRotatingMany(t *testing.T) { synctest.Test(t, testRotatingMany) }

func testRotatingMany(t *testing.T) {
	b, k := rotated(t, 120, 36)
	b.press("*", "N")
	b.answer(t)
	b.wants(t, "Rotation of 3 secrets, 0 written")
	b.give(t, "kt-new-1")
	b.press("enter")
	b.answer(t)
	b.wants(t, "3 secrets, 1 written")
	if l := b.rotation().lane(); l.Profile != "admin" || !l.writing() {
		t.Errorf("it goes on with %s", l.Profile)
	}
	// A lane that is left keeps what was pasted, while the dialog is there.
	b.send(tea.PasteMsg{Content: "kt-new-2"})
	b.press("down", "tab", "tab", "enter")
	b.answer(t)
	b.wants(t, "skipped")
	b.press("up")
	b.wants(t, "********")
	held := b.rotation().lane().form
	b.press("esc")
	b.wants(t, "1 of 3 are written.")
	b.press("enter")
	if held.secret.Value() != "" || b.overlays.top() != nil {
		t.Errorf("what was pasted is held: %q", held.secret.Value())
	}
	b.wants(t, "ctrl+n goes on with the rotation")
	if got := fmt.Sprint(k.rotations[0].Step, k.rotations[1].Step, k.rotations[2].Step); got != "oldpageskipped" {
		t.Errorf("it was left at %s", got)
	}

	// Another start of the dashboard knows of it.
	again := newBench(Options{Config: k.config(t), Manage: k})
	again.send(tea.WindowSizeMsg{Width: 120, Height: 36}, RotationsMsg{All: k.rotations, Resumed: true})
	again.wants(t, "a rotation was left, with 1 profile to do: ctrl+n goes on with it")
	again.press("down", "f")
	again.wants(t, "Rotation of 3 secrets, 1 written")
	if l := again.rotation().lane(); l.Profile != "admin" || l.form.dirty() {
		t.Errorf("it goes on with %s", l.Profile)
	}
	again.press("down", "enter")
	again.answer(t)
	if k.rotations[2].Step != account.RotationPage {
		t.Errorf("it is not taken up: %+v", k.rotations[2])
	}
	again.press("esc", "right", "enter")
	again.answer(t)
	if len(k.rotations) > 0 {
		t.Errorf("it is not called off: %+v", k.rotations)
	}
	again.press("ctrl+n")
	again.wants(t, "no rotation was begun")
}

// What the service of a profile does by itself is taken in while the dialog is there.
func TestRotationsByThemselves(t *testing.T) {
	b, k := rotated(t, 100, 30)
	k.rotations = []account.Rotation{{Profile: "work", Step: account.RotationOld, Written: noon, Until: noon.AddDate(0, 0, 6)}}
	b.send(RotationsMsg{All: k.rotations})
	b.press("f")
	b.wants(t, "for undo, for 6d at most")
	b.send(RotationsMsg{All: []account.Rotation{{Profile: "work", Step: account.RotationDone, Written: noon, Refused: true}}, Said: "work: the old token is refused"})
	b.wants(t, "The service refuses the old one", "work: the old token is refused")
}

// What the person stores by themselves is compared, and taken as written when it is
// the new one. That there is no way back is said first.
func TestRotatingWhatOthersStore(t *testing.T) { synctest.Test(t, testRotatingWhatOthersStore) }

func testRotatingWhatOthersStore(t *testing.T) {
	b, k := rotated(t, 100, 30)
	b.press("down", "down", "N")
	b.wants(t, "New secret of lab", "first     rollcall cannot write where the command pass", "there is no undo")
	k.missing = true
	b.give(t, "kt-new")
	b.wants(t, "→ Store the new secret with: pass insert -f lab", "[ Compare ]")
	b.press("enter")
	b.answer(t)
	b.wants(t, "▲ Command pass does not give the new one yet.", "[ Compare ]")
	k.missing = false
	b.press("enter")
	b.answer(t)
	b.wants(t, "● written · old refused", "Nothing is kept of the old one.")
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
	for _, size := range [][2]int{{40, 10}, {80, 24}, {120, 36}} {
		name := func(s string) string { return fmt.Sprintf("%s-%dx%d", s, size[0], size[1]) }
		b, k := rotated(t, size[0], size[1])
		shot := func(s string) {
			t.Helper()
			golden(t, name(s), b.text())
			checkSize(t, b, size[0], size[1])
			if strings.Contains(b.View().Content, "kt-") {
				t.Error("a secret is on the screen")
			}
		}
		b.press("N")
		shot("rotate")
		b.give(t, "kt-new-secret")
		shot("rotate-answer")
		b.press("enter")
		b.answer(t)
		shot("rotate-old")
		b.press("esc")
		a := *k.answer.Account
		a.Token.Scopes, a.Token.Expiry.At = []string{"read"}, noon.AddDate(0, 0, 5)
		k.answer.Account = &a
		b.press("N")
		b.give(t, "kt-worse")
		shot("rotate-worse")
		b.press("esc", "esc", "right", "enter")
		b.answer(t)
		b.press("down", "down", "N")
		b.give(t, "kt-elsewhere")
		shot("rotate-elsewhere")
	}
}

// TestGoldenLanes shows four lanes at once where there is room, the open one where there
// is not, and scrolls twenty.
func TestGoldenLanes(t *testing.T) { synctest.Test(t, testGoldenLanes) }

func testGoldenLanes(t *testing.T) {
	for _, size := range [][2]int{{40, 10}, {80, 24}, {120, 36}} {
		for _, n := range []int{4, 20} {
			k := &keeper{answer: sampleSnapshots()[0]}
			for i := range n {
				k.data = fmt.Appendf(k.data, "[profiles.token-%02d]\nprovider = 'katapult'\ntoken = { file = 't%d' }\n", i+1, i)
				step := []account.RotationStep{account.RotationOld, account.RotationPage, account.RotationSkipped, account.RotationPaste}[i%4]
				k.old.Health.State = account.Healthy
				k.rotations = append(k.rotations, account.Rotation{Profile: fmt.Sprintf("token-%02d", i+1), Step: step, Begun: noon})
				if i%4 == 0 {
					k.rotations[i].Written = noon
				}
			}
			b := newBench(Options{Config: k.config(t), Manage: k})
			b.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]}, RotationsMsg{All: k.rotations})
			b.press("ctrl+n")
			name := fmt.Sprintf("lanes-%d-%dx%d", n, size[0], size[1])
			golden(t, name, b.text())
			b.give(t, "kt-new")
			golden(t, name+"-proved", b.text())
			b.press("esc", "pgdown", "pgdown", "pgdown")
			golden(t, name+"-down", b.text())
			checkSize(t, b, size[0], size[1])
		}
	}
}
