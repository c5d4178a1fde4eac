package ui

import (
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
)

// TestRotatingTheNamed shows those that are named, and says that others are left. Whoever
// ends it ends none of the others.
func TestRotatingTheNamed(t *testing.T) { synctest.Test(t, testRotatingTheNamed) }

func testRotatingTheNamed(t *testing.T) {
	b, k := rotated(t, 100, 30)
	k.rotations = []account.Rotation{{Profile: "admin", Step: account.RotationPaste, Begun: noon}}
	b.send(RotationsMsg{All: k.rotations})
	b.press("N")
	b.wants(t, "New secret of work", "1 left from before: ctrl+n goes on")
	b.answer(t)

	// What is no secret, or the one that is there, is not sent.
	b.send(tea.PasteMsg{Content: "kt-one\nkt-two\n"})
	b.press("enter")
	b.wants(t, "what you pasted has a line break in it")
	b.give(t, "kt-of-work")
	b.wants(t, "this is the secret that the profile has already", "[ Test ]")
	if len(k.tried) > 0 {
		t.Errorf("sent %q", k.secrets)
	}
	b.press("esc", "right", "enter")
	b.answer(t)
	if len(k.rotations) != 1 || k.rotations[0].Profile != "admin" {
		t.Errorf("left are %+v", k.rotations)
	}
	b.press("ctrl+n")
	b.wants(t, "New secret of admin")
}

// TestRotatingWhatIsRefused does not call an old secret good that the service refuses.
func TestRotatingWhatIsRefused(t *testing.T) { synctest.Test(t, testRotatingWhatIsRefused) }

func testRotatingWhatIsRefused(t *testing.T) {
	b, _ := rotated(t, 100, 30)
	bad := sampleSnapshots()[8]
	bad.Profile, bad.Account = "work", nil
	b.send(account.Event{Snapshots: []account.Snapshot{bad}})
	b.press("N")
	b.give(t, "kt-new")
	b.wants(t, "[ Replace ]", "The service refuses the old one already.")
	b.lacks(t, "until you delete it")
}

// TestOnlyWaiting does not tell at the start of rotations that wait for the old secret to
// be refused.
func TestOnlyWaiting(t *testing.T) {
	b, _ := rotated(t, 100, 30)
	b.send(RotationsMsg{All: []account.Rotation{{Profile: "work", Step: account.RotationOld, Written: noon}}, Resumed: true})
	b.lacks(t, "a rotation was left")
}
