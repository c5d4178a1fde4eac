package ui

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/config"
)

// TestRemedies has an action and a phrase for every state that asks for one, and an
// action that can be done.
func TestRemedies(t *testing.T) {
	parse := func(lines string) *row {
		c, err := config.Parse("config.toml", []byte("[profiles.a]\nprovider = \"katapult\"\n"+lines), knownProviders())
		if err != nil {
			t.Fatal(err)
		}
		return newRoster(c, sampleServices, noon).rows[0]
	}
	env, ring, literal := `token = { env = "TOKEN" }`, `token = { keyring = "rollcall/a" }`, `token = "kt-x"`
	ends := &account.Account{Token: account.Token{Expiry: account.Expiry{Kind: account.ExpiryDate, At: noon.AddDate(0, 0, 5)}}}
	for _, tt := range []struct {
		lines  string
		health account.Health
		does   account.Action
		phrase string
	}{
		{ring, account.Health{State: account.Healthy}, "", ""},
		{ring, account.Health{State: account.Checking}, "", ""},
		{ring + "\ndisabled = true", account.Health{State: account.Disabled}, "", ""},
		{ring, account.Health{State: account.NoUser}, "", ""},
		{ring, account.Health{State: account.InvalidToken}, account.ActionRotate, "make a new token, prove it"},
		{ring, account.Health{State: account.ScopeMissing}, account.ActionRotate, "make a new token, prove it"},
		{ring, account.Health{State: account.Expiring}, account.ActionRotate, "make a new token, prove it"},
		{env, account.Health{State: account.Expiring}, account.ActionRotate, "make a new token for env TOKEN"},
		{literal, account.Health{State: account.InvalidToken}, account.ActionLogIn, "make a new token, keep it in the keyring"},
		{env, account.Health{State: account.CredentialMissing}, account.ActionLogIn, "store the secret"},
		{ring, account.Health{State: account.WrongAccount}, account.ActionPin, "pin it to the user who answers now"},
		{ring + "\nidentity = \"user_x\"", account.Health{State: account.WrongAccount}, account.ActionEdit, "edit its lines in the file"},
		{ring, account.Health{State: account.Misconfigured}, account.ActionEdit, "edit its lines in the file"},
		{ring, account.Health{State: account.NotFound}, account.ActionEdit, "edit its lines in the file"},
		{ring, account.Health{State: account.NetworkDenied}, account.ActionOpen, "open the page"},
		{ring, account.Health{State: account.Unreachable, SignIn: true}, account.ActionOpen, "sign in to the network"},
		{ring, account.Health{State: account.Forbidden}, account.ActionCopy, "copy what to do"},
		{ring, account.Health{State: account.CredentialMissing, Action: account.ActionCopy, Command: "chmod 600 x"}, account.ActionCopy, "copy the command"},
		{ring, account.Health{State: account.RateLimited}, account.ActionAsk, "ask again"},
	} {
		r := parse(tt.lines)
		r.snap = &account.Snapshot{Profile: "a", Health: tt.health, Account: ends}
		does, phrase := remedyOf(r)
		if does != tt.does || phrase != tt.phrase {
			t.Errorf("%s, %s: %s, %q; want %s, %q", tt.lines, tt.health.State, does, phrase, tt.does, tt.phrase)
		}
		if does != "" && fixes()[does] == nil {
			t.Errorf("nothing does %s", does)
		}
	}
	for _, s := range account.States() {
		r := parse(ring)
		r.snap = &account.Snapshot{Profile: "a", Health: account.Health{State: s}, Account: ends}
		if does, phrase := remedyOf(r); (does == "") != (phrase == "") || does != "" && fixes()[does] == nil {
			t.Errorf("%s: %s, %q", s, does, phrase)
		}
	}
}

// workIn is a dashboard of a file, whose profile work is in a state.
func workIn(t *testing.T, h account.Health) (*bench, *keeper) {
	t.Helper()
	b, k := kept(t, 100, 30)
	s := healthy("work", account.User{ID: "user_b", FullName: "Kim Larsen"}, 40)
	s.Health = h
	b.send(account.Event{Snapshots: []account.Snapshot{s}})
	b.pending = nil
	return b, k
}

func TestFix(t *testing.T) { synctest.Test(t, testFix) }

func testFix(t *testing.T) {
	b, _ := workIn(t, account.Health{State: account.Healthy})
	b.press("f")
	b.wants(t, "nothing is to be fixed at work")

	// What a variable holds cannot be replaced from here, which is said.
	b, _ = workIn(t, account.Health{State: account.InvalidToken})
	b.press("f")
	b.wants(t, "New secret of work", "cannot set the variable WORK")

	b, _ = workIn(t, account.Health{State: account.Unreachable})
	b.press("f")
	b.wants(t, "checking work")

	b, k := workIn(t, account.Health{State: account.NetworkDenied})
	b.press("f")
	b.settleAll(t, k)
	if len(k.opened) != 1 || k.opened[0] != sampleTokenPage("katapult", "", nil) {
		t.Errorf("opened %q", k.opened)
	}

	b, _ = workIn(t, account.Health{State: account.Forbidden, Remedy: "Ask the administrator."})
	b.press("f")
	b.wants(t, "copied the remedy: Ask the administrator.")
	if !slices.Contains(b.run(t), tea.SetClipboard("Ask the administrator.")()) {
		t.Error("the remedy is not copied")
	}

	b, _ = workIn(t, account.Health{State: account.Misconfigured})
	b.press("f")
	b.wants(t, "the configuration cannot be edited here")
}

func TestFixOfAWrongAccount(t *testing.T) { synctest.Test(t, testFixOfAWrongAccount) }

func testFixOfAWrongAccount(t *testing.T) {
	b, k := workIn(t, account.Health{State: account.WrongAccount, Wanted: "user_a"})
	b.press("f")
	b.wants(t, "Pin work", "work answers as Kim Larsen (user_b). Until now it belonged to", "user_a", "[ Pin ]")
	// The safe answer is the one in focus.
	b.press("enter")
	b.press("f", "left", "enter")
	b.settleAll(t, k)
	b.wants(t, "pinned work; U undoes")
	if len(k.pinned) != 1 || k.pinned[0] != "work" {
		t.Errorf("pinned %q", k.pinned)
	}
}

// Whoever logs in has the secret in the keyring, and the profile takes it from there.
func TestLogIn(t *testing.T) { synctest.Test(t, testLogIn) }

func testLogIn(t *testing.T) {
	b, k := workIn(t, account.Health{State: account.CredentialMissing})
	k.answer = healthy("work", account.User{ID: "user_b", FullName: "Kim Larsen"}, 40)
	b.press("f")
	b.wants(t, "Secret of work", "kept in", "keyring rollcall/work")
	b.send(tea.PasteMsg{Content: "kt-new"})
	b.press("enter")
	for _, m := range b.run(t) {
		b.send(m)
	}
	b.wants(t, "[ Store ]")
	b.press("enter")
	b.settleAll(t, k)
	b.wants(t, "stored the secret of work in the keyring; changed work; U undoes")
	if !strings.Contains(string(k.data), `token = { keyring = "rollcall/work" }`) || k.secrets[len(k.secrets)-1] != "kt-new" {
		t.Errorf("with %q:\n%s", k.secrets, k.data)
	}
	if b.overlays.top() != nil {
		t.Error("the form is still there")
	}
}

func TestSnoozing(t *testing.T) { synctest.Test(t, testSnoozing) }

func testSnoozing(t *testing.T) {
	b, k := kept(t, 100, 30)
	b.press("z")
	b.wants(t, "Snooze work", "until", "7d", "[ Save ]")
	b.press("ctrl+u")
	b.write("2w")
	b.press("tab")
	b.write("Kim makes a new one")
	b.press("enter")
	b.settleAll(t, k)
	b.wants(t, "snoozed work; U undoes")
	if want := "work 2w Kim makes a new one"; len(k.snoozed) != 1 || k.snoozed[0] != want {
		t.Errorf("%q, want %q", k.snoozed, want)
	}
	// What is wrong is said in the form, with all that was written in it.
	k.fail = errWrongTime{}
	b.press("z", "ctrl+u", "x", "enter")
	b.settleAll(t, k)
	b.wants(t, "that is no time", "[ Save ]")
	b.press("esc")
	k.fail = nil
	// One that is snoozed is woken by the same keys.
	s := healthy("work", account.User{ID: "user_b"}, 40)
	s.Snooze = account.Snooze{Until: noon.AddDate(0, 0, 7), Note: "later"}
	b.send(account.Event{Snapshots: []account.Snapshot{s}})
	b.press("z")
	b.wants(t, "off", "later")
	b.press("enter")
	b.settleAll(t, k)
	if want := "work off later"; k.snoozed[len(k.snoozed)-1] != want {
		t.Errorf("%q, want %q", k.snoozed, want)
	}
}

type errWrongTime struct{}

func (errWrongTime) Error() string { return "that is no time" }

// The editor has the terminal, and what it leaves is told of.
func TestEditFile(t *testing.T) {
	asked := ""
	o := Options{EditFile: func(profile string) (string, error) { asked = profile; return "saved config.toml", nil }}
	b := mixed(o, 100, 30)
	b.press("e")
	if cmd := b.editFile(); cmd == nil {
		t.Fatal("no editor is started")
	}
	// The framework runs it beside the program; this is what it does then.
	said, err := b.options.EditFile("work")
	b.send(fileEditedMsg{said, err})
	b.wants(t, "saved config.toml; U undoes")
	b.send(fileEditedMsg{})
	b.wants(t, "nothing was changed")
	if asked != "work" {
		t.Errorf("asked for %q", asked)
	}
	b.press("P", "e")
	b.wants(t, "leave private mode first")
}

// TestCopyMenu shows a value in full where no clipboard takes it.
func TestCopyMenu(t *testing.T) {
	b := mixed(Options{}, 100, 30)
	b.press("y", "down", "s")
	b.wants(t, "The name", "Sam Roe", "shift")
	b.press("esc")
	b.wants(t, "Copy")
	b.press("p")
	b.wants(t, "copied the ")
	if b.overlays.top() != nil {
		t.Error("the menu is still there")
	}
	for _, size := range [][2]int{{40, 10}, {80, 24}, {300, 100}} {
		b.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		b.press("y")
		checkSize(t, b, size[0], size[1])
		b.press("esc")
	}
}
