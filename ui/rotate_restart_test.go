package ui

import (
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/config/credential"
)

// TestRotatingAVariable keeps that the new secret of a variable is proved, and waits for
// rollcall to be started anew with it.
func TestRotatingAVariable(t *testing.T) { synctest.Test(t, testRotatingAVariable) }

func testRotatingAVariable(t *testing.T) {
	_, k := rotated(t, 100, 30)
	k.data = []byte(strings.ReplaceAll(rotatedFile, `{ keyring = "rollcall/work" }`, `{ env = "WORK" }`))
	begin := func() *bench {
		b := newBench(Options{Config: k.config(t), Manage: k})
		b.send(tea.WindowSizeMsg{Width: 100, Height: 30})
		b.send(RotationsMsg{All: k.rotations, Resumed: true})
		return b
	}
	b, left := begin(), []string{"● proved → restart pending", "Set WORK to the new secret where it is set, and start rollcall anew", "Then paste the new one here again"}
	b.press("N")
	b.answer(t)
	b.wants(t, "first     rollcall cannot set the variable WORK")
	k.missing = true
	b.give(t, "kt-new")
	b.press("enter")
	b.answer(t)
	b.wants(t, "does not give the new one yet", "→ restart pending", "[ Compare ]")
	if len(k.rotations) != 1 || k.rotations[0].Step != account.RotationRestart {
		t.Errorf("kept is %+v", k.rotations)
	}
	b.press("esc")
	b.wants(t, left...)
	b.press("esc")
	b.wants(t, "It waits for rollcall to be started anew.")

	// Started anew, it is where it was, and is compared with what the variable has then.
	b = begin()
	b.press("ctrl+n")
	b.wants(t, left...)
	b.lacks(t, "kt-new", "first     rollcall")
	k.missing = false
	b.give(t, "kt-new")
	b.press("enter")
	b.answer(t)
	b.wants(t, "● written · old refused", "Nothing is kept of the old one.")
	b.lacks(t, "restart")
}

// TestRotatingOneOfTwo says which of two secrets is replaced, and how the other one is.
func TestRotatingOneOfTwo(t *testing.T) { synctest.Test(t, testRotatingOneOfTwo) }

func testRotatingOneOfTwo(t *testing.T) {
	_, k := rotated(t, 100, 30)
	c := k.config(t)
	c.Profiles[0].SecondToken = credential.Env("APP_KEY")
	b := newBench(Options{Config: c, Manage: k})
	b.send(tea.WindowSizeMsg{Width: 100, Height: 30})
	b.press("N")
	b.answer(t)
	b.wants(t, "second    This replaces the token alone. The second token (env APP_KEY) stays", "set APP_KEY to the new")
}

// TestRestartsComeLast opens the lanes first in which something can be done now.
func TestRestartsComeLast(t *testing.T) {
	b, _ := rotated(t, 100, 30)
	b.send(RotationsMsg{All: []account.Rotation{{Profile: "work", Step: account.RotationRestart}, {Profile: "lab", Step: account.RotationPaste}}})
	b.press("down", "ctrl+n")
	if at := b.rotation().lane().Profile; at != "lab" {
		t.Errorf("opened is %s", at)
	}
}
