package ui

import (
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"rollcall/config"
)

// Who is active is told by the program: something nearer may win over a choice,
// and another terminal may choose.
func TestTheActiveProfile(t *testing.T) { synctest.Test(t, testTheActiveProfile) }

func testTheActiveProfile(t *testing.T) {
	b, k := kept(t, 120, 30)
	k.nearer = "work"
	b.press("down", "u")
	b.settleAll(t, k)
	b.wants(t, "work ★")
	b.lacks(t, "lab ★")
	b.send(ActiveMsg{Profile: "lab"})
	b.wants(t, "lab ★")
	b.send(ConfigMsg{Config: k.config(t)})
	b.wants(t, "lab ★")
	b.send(ActiveMsg{Problem: "the folder names \x1bnone"})
	b.wants(t, "the folder names")
	b.lacks(t, "★")
}

// A form knows the file as it is now, and an error leaves all that was written.
func TestAFileThatChangesUnderAForm(t *testing.T) { synctest.Test(t, testAFileThatChangesUnderAForm) }

func testAFileThatChangesUnderAForm(t *testing.T) {
	b, k := kept(t, 100, 30)
	b.press("a")
	b.write("late")
	b.press("tab")
	b.lacks(t, "already")
	data, err := config.Edit{Kind: config.EditRename, Profile: "work", To: "late"}.Apply(k.data)
	if err != nil {
		t.Fatal(err)
	}
	k.data = data
	b.send(ConfigMsg{Config: k.config(t)})
	b.wants(t, `there is a profile "late" already`)
	b.press("esc", "tab", "enter")

	b.press("n", "ctrl+u")
	b.write("job")
	if k.data, err = (config.Edit{Kind: config.EditRemove, Profile: "late"}).Apply(k.data); err != nil {
		t.Fatal(err)
	}
	b.press("enter")
	for _, m := range b.run(t) {
		b.send(m)
	}
	b.wants(t, "That did not work", `there is no profile "late"`)
	b.press("esc")
	b.wants(t, "[ Rename ]", "job")
}

// lockedKeyring is an error that knows what to do instead.
type lockedKeyring struct{}

func (lockedKeyring) Error() string { return "the keyring is locked" }

func (lockedKeyring) Remedy() string {
	return "Unlock it, or give the profile a credential from env, file or command."
}

// The first profile, from the welcome screen, with a keyring that is locked.
func TestTheFirstProfileWithoutAKeyring(t *testing.T) {
	synctest.Test(t, testTheFirstProfileWithoutAKeyring)
}

func testTheFirstProfileWithoutAKeyring(t *testing.T) {
	for _, size := range [][2]int{{100, 30}, {40, 10}} {
		k := &keeper{answer: sampleSnapshots()[0], fail: lockedKeyring{}}
		b := newBench(Options{Config: k.config(t), Manage: k, FirstRun: true})
		b.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		b.pending = nil
		b.press("a")
		b.write("first")
		b.press("tab", "tab", "tab", "tab", "tab")
		b.send(tea.PasteMsg{Content: "s3cret-token"})
		b.press("tab")
		b.write("My own")
		b.press("tab", "enter")
		for range 2 {
			for _, m := range b.run(t) {
				b.send(m)
			}
			b.press("enter")
		}
		b.wants(t, "the keyring is locked", "→ Unlock it, or give")
		checkSize(t, b, size[0], size[1])
		b.press("esc")
		b.wants(t, "Add a profile", "[ Test ]")
		f := b.overlays.top().(*profileForm)
		if f.value("name") != "first" || f.value("label") != "My own" || f.secret() != "s3cret-token" {
			t.Errorf("the form has %q, %q and %d characters", f.value("name"), f.value("label"), len(f.secret()))
		}

		// It goes on with another source.
		k.fail = nil
		b.press("tab", "tab", "tab", "right", "tab")
		b.write("FIRST")
		b.press("tab", "tab", "enter")
		for range 2 {
			for _, m := range b.run(t) {
				b.send(m)
			}
			b.press("enter")
		}
		b.settleAll(t, k)
		if names(b) != "first" || !strings.Contains(string(k.data), `{ env = "FIRST" }`) {
			t.Errorf("profiles %q:\n%s\n%s", names(b), k.data, b.text())
		}
	}
}
