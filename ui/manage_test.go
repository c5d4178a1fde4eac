package ui

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/config"
	"rollcall/config/credential"
)

func TestAddingAProfile(t *testing.T) { synctest.Test(t, testAddingAProfile) }

func testAddingAProfile(t *testing.T) {
	b, k := kept(t, 100, 30)
	b.press("a")
	b.wants(t, "Add a profile", "[ Test ]", "[ Cancel ]")
	// q is a letter here, and a name that is taken is told when it is left.
	b.write("work")
	b.lacks(t, "already")
	b.press("tab")
	b.wants(t, `there is a profile "work" already`)
	b.press("shift+tab", "ctrl+u")
	b.write("qq")
	b.press("tab", "tab", "tab")
	b.wants(t, "keyring of the system")
	b.press("tab", "tab")
	b.wants(t, "rollcall/qq")
	b.send(tea.PasteMsg{Content: "s3cret-token\n"})
	b.lacks(t, "s3cret")
	b.wants(t, "************")
	b.press("tab")
	b.write("My own")
	b.press("tab")
	b.write("prod, eu")
	b.press("enter")
	b.wants(t, "Asking Katapult who you would be")
	if len(k.tried) != 0 {
		t.Fatal("Update asks itself")
	}
	for _, m := range b.run(t) {
		b.send(m)
	}
	d := k.tried[0]
	if d.Name != "qq" || d.Provider != "katapult" || d.Source != credential.SourceKeyring || d.Reference != "rollcall/qq" ||
		d.Label != "My own" || !slices.Equal(d.Tags, []string{"prod", "eu"}) || k.secrets[0] != "s3cret-token" {
		t.Errorf("tried %+v with %q", d, k.secrets[0])
	}
	b.wants(t, "You would be Sam Roe (user_8bXgZk3QpL)", "healthy", "[ Save ]", "[ Change ]")
	b.press("enter")
	b.settleAll(t, k)
	b.wants(t, "added qq; U undoes")
	if names(b) != "work lab qq" || b.selection.current().name != "qq" || !strings.Contains(string(k.data), "# from the lab") {
		t.Errorf("profiles %s, %s selected:\n%s", names(b), b.selection.current().name, k.data)
	}
	if strings.Contains(string(k.data), "s3cret") {
		t.Error("the secret is in the file")
	}
	b.press("U")
	b.settleAll(t, k)
	b.wants(t, "undid it; ctrl+y does it again")
	b.press("ctrl+y")
	b.settleAll(t, k)
	b.wants(t, "did it again; U undoes")
	if names(b) != "work lab qq" {
		t.Errorf("done again: %s", names(b))
	}
	b.press("U")
	b.settleAll(t, k)
	if names(b) != "work lab" {
		t.Errorf("after undo: %s", names(b))
	}
}

func TestAFailedTestCanBeSavedOnPurpose(t *testing.T) {
	synctest.Test(t, testAFailedTestCanBeSavedOnPurpose)
}

func testAFailedTestCanBeSavedOnPurpose(t *testing.T) {
	b, k := kept(t, 100, 30)
	k.answer = sampleSnapshots()[8]
	b.press("E", "up", "up")
	b.wants(t, "Edit work", "environment variable", "WORK")
	b.press("enter")
	for _, m := range b.run(t) {
		b.send(m)
	}
	b.wants(t, "invalid token", "to do", "[ Save anyway ]")
	// What enter does at first is to go back and mend it.
	b.press("enter")
	b.wants(t, "[ Test ]")
	b.press("up", "up", "enter")
	for _, m := range b.run(t) {
		b.send(m)
	}
	b.press("left", "enter")
	b.settleAll(t, k)
	b.wants(t, "changed work")
}

func TestEscapeDuringTheTestCancelsIt(t *testing.T) {
	synctest.Test(t, testEscapeDuringTheTestCancelsIt)
}

func testEscapeDuringTheTestCancelsIt(t *testing.T) {
	b, k := kept(t, 100, 30)
	b.press("E", "up", "up", "enter")
	asking := b.pending[len(b.pending)-1]
	b.press("esc")
	b.wants(t, "[ Test ]")
	for _, m := range collect(asking) {
		b.send(m)
	}
	if !k.canceled {
		t.Error("the asking goes on")
	}
	b.lacks(t, "You would be")
	b.press("esc")
	if b.overlays.top() != nil {
		t.Error("a form in which nothing was written does not close")
	}
}

func TestRenamingDuplicatingAndMoving(t *testing.T) {
	synctest.Test(t, testRenamingDuplicatingAndMoving)
}

func testRenamingDuplicatingAndMoving(t *testing.T) {
	b, k := kept(t, 100, 30)
	b.press("J")
	b.wants(t, "profiles move where the list is in the order of the file: s and then f sorts it so")
	b.press("s", "f", "n", "enter")
	b.wants(t, "this is its name already")
	b.press("ctrl+u")
	b.write("job")
	b.press("enter")
	b.settleAll(t, k)
	if names(b) != "job lab" || b.selection.current().name != "job" {
		t.Errorf("renamed: %s, %s selected", names(b), b.selection.current().name)
	}
	b.press("D", "enter")
	b.settleAll(t, k)
	if names(b) != "job job-copy lab" || b.selection.current().name != "job-copy" {
		t.Errorf("duplicated: %s, %s selected", names(b), b.selection.current().name)
	}
	b.press("J")
	b.settleAll(t, k)
	if names(b) != "job lab job-copy" || b.selection.current().name != "job-copy" {
		t.Errorf("moved: %s, %s selected", names(b), b.selection.current().name)
	}
	b.press("K")
	b.settleAll(t, k)
	b.press("X")
	b.settleAll(t, k)
	b.wants(t, "switched off job-copy")
	if b.selection.current().snap.Health.State != account.Disabled {
		t.Errorf("job-copy is %s", b.selection.current().snap.Health.State)
	}
	b.press("X")
	b.settleAll(t, k)
	if b.selection.current().snap.Health.State != account.Checking {
		t.Errorf("job-copy is %s", b.selection.current().snap.Health.State)
	}
	b.press("delete")
	b.wants(t, "Remove job-copy from the configuration?", "[ Remove ]", "[ Keep ]")
	b.press("esc", "delete", "enter")
	b.settleAll(t, k)
	b.lacks(t, "removed job-copy", "[ Keep ]")
	if names(b) != "job job-copy lab" {
		t.Errorf("a key too many has removed one: %s", names(b))
	}
	b.press("delete", "tab", "enter")
	b.settleAll(t, k)
	b.wants(t, "removed job-copy; U undoes")
	if names(b) != "job lab" {
		t.Errorf("removed: %s", names(b))
	}
}

func TestUsingAProfile(t *testing.T) { synctest.Test(t, testUsingAProfile) }

func testUsingAProfile(t *testing.T) {
	b, k := kept(t, 120, 30)
	b.lacks(t, "★")
	b.press("down", "u")
	b.settleAll(t, k)
	b.wants(t, "lab ★")
	if !slices.Equal(k.used, []string{"lab"}) {
		t.Errorf("used %v", k.used)
	}
}

func TestWhatIsNotSavedIsShownWithItsLines(t *testing.T) {
	synctest.Test(t, testWhatIsNotSavedIsShownWithItsLines)
}

func testWhatIsNotSavedIsShownWithItsLines(t *testing.T) {
	b, k := kept(t, 100, 30)
	path := t.TempDir() + "/config.toml"
	k.fail = config.Save(path+"/none/config.toml", func([]byte) ([]byte, error) { return nil, errors.New("no luck\x1b[31m") })
	if k.fail == nil {
		t.Skip("it was saved")
	}
	b.press("X")
	for _, m := range b.run(t) {
		b.send(m)
	}
	b.wants(t, "That did not work")
	if strings.Contains(b.View().Content, "\x1b[31mno") {
		t.Error("an escape sequence gets through")
	}
	b.press("esc")
	if b.overlays.top() != nil {
		t.Error("escape does not close it")
	}

	// The palette makes way for what there is to write by hand.
	blocked := t.TempDir() + "/file"
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	k.fail = config.Save(blocked+"/config.toml", func([]byte) ([]byte, error) { return []byte("tags = 1\n"), nil })
	b.press(":")
	b.write("tag +x")
	b.press("enter")
	for _, m := range b.run(t) {
		b.send(m)
	}
	b.wants(t, "That did not work", "put a folder in place of the file")
	b.press("esc")
	if b.overlays.top() != nil {
		t.Error("the palette stays")
	}
}

// What another run has done is undone once the person has seen what that is.
func TestUndoOfAnotherRunAsks(t *testing.T) { synctest.Test(t, testUndoOfAnotherRunAsks) }

func testUndoOfAnotherRunAsks(t *testing.T) {
	b, k := kept(t, 100, 30)
	k.before, k.data, k.foreign = k.data, []byte("changed"), 7
	press := func(key string) {
		t.Helper()
		b.press(key)
		for _, m := range b.run(t) {
			b.send(m)
		}
	}
	press("U")
	b.wants(t, "Another run of rollcall has done this: tagged work, 2m ago.", "[ Take it back ]")
	press("enter")
	if b.overlays.top() != nil || string(k.data) != "changed" {
		t.Errorf("enter has undone it: %s", k.data)
	}
	press("U")
	b.press("left")
	press("enter")
	b.wants(t, "undid it")
	if string(k.data) == "changed" {
		t.Error("it was not undone")
	}
}

// Where there is nobody to change anything, the keys say so.
func TestNothingCanBeChanged(t *testing.T) {
	for _, key := range strings.Fields("a E n D X delete J K U u") {
		b := mixed(Options{}, 120, 36).filed()
		b.press(key)
		b.wants(t, "profiles cannot be changed here")
		if b.overlays.top() != nil {
			t.Errorf("%s opens something", key)
		}
	}
}

func TestOpeningPages(t *testing.T) { synctest.Test(t, testOpeningPages) }

func testOpeningPages(t *testing.T) {
	b, k := kept(t, 160, 45)
	s := sampleSnapshots()[0]
	a := *s.Account
	a.User.URL = "https://example.org/u/1"
	a.Organizations = slices.Clone(a.Organizations)
	a.Organizations[0].URL, a.Organizations[1].URL = "https://example.org/o/1", "file:///etc/passwd"
	s.Account = &a
	b.send(account.Event{Snapshots: []account.Snapshot{s}})
	b.press("O")
	b.run(t)
	b.press("tab", "tab", "O")
	b.run(t)
	b.press("down", "O")
	b.wants(t, "no page is known of this")
	if fmt.Sprint(k.opened) != "[https://example.org/u/1 https://example.org/o/1]" {
		t.Errorf("opened %v", k.opened)
	}
	if link := "\x1b]8;;https://example.org/u/1\x07"; !strings.Contains(b.View().Content, link) {
		t.Error("the page is no link")
	}
	checkSize(t, b, 160, 45)
}
