//go:build unix

package main

import (
	"strings"
	"testing"
)

// threeBare is a configuration of three profiles without a default one.
var threeBare = strings.TrimPrefix(three, "default_profile = \"b\"\n")

// TestUndoOfChoices takes back what was done last, whatever kind it is of.
func TestUndoOfChoices(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.write(".config/rollcall/config.toml", threeBare)
	undo := func(want string) {
		t.Helper()
		r := w.run("undo")
		r.expect(t, 0)
		if want += ".\n"; r.stdout != want {
			t.Errorf("it said %q, want %q", r.stdout, want)
		}
	}
	w.run("add", "a2", "--provider", "katapult", "--env", "T", "--no-test").expect(t, 0)
	w.run("use", "a2").expect(t, 0)
	undo("Took back: made a2 the active profile; no profile is chosen as the active one again")
	w.run("list").expect(t, 0)
	if r := w.run("list"); !strings.Contains(r.stdout, "a2") {
		t.Errorf("undo of use has removed a profile:\n%s", r.stdout)
	}
	w.run("use", "a").expect(t, 0)
	w.run("use", "--clear").expect(t, 0)
	undo("Took back: forgot a as the active profile; a is chosen as the active profile again")
	w.run("bind", ".", "c").expect(t, 0)
	w.run("bind", "--remove", ".").expect(t, 0)
	if r := w.run("undo"); !strings.HasSuffix(r.stdout, " is tied to c again.\n") {
		t.Errorf("it said %q", r.stdout)
	}
	if r := w.run("undo"); !strings.HasSuffix(r.stdout, " is tied to no profile again.\n") {
		t.Errorf("it said %q", r.stdout)
	}
	undo("Took back: made a the active profile; no profile is chosen as the active one again")
	w.run("snooze", "a", "7d", "--note", "one").expect(t, 0)
	w.run("snooze", "a", "9d", "--note", "two").expect(t, 0)
	undo("Took back: snoozed a; a is snoozed again")
	if r := w.run("snooze"); !strings.Contains(r.stdout, "one") || strings.Contains(r.stdout, "two") {
		t.Errorf("the snoozes:\n%s", r.stdout)
	}
	w.run("snooze", "a", "off").expect(t, 0)
	undo("Took back: ended the snooze of a; a is snoozed again")
	undo("Took back: snoozed a; a is no longer snoozed")
	undo("Took back: added a2")
	w.run("undo").expect(t, 2, "nothing is left to take back", "(added a2), run 'rollcall undo --redo'")
	if r := w.run("undo", "--redo"); r.status != 0 || r.stdout != "Did again: added a2.\n" {
		t.Errorf("%+v", r)
	}
}

// TestUndoOfAPin pins a profile to the user from before.
func TestUndoOfAPin(t *testing.T) {
	t.Parallel()
	g := newGate(t, map[string]string{"kt-sam": "Sam"})
	_, _, run := managed(t, g)
	run("status", "one").expect(t, 0)
	g.mu.Lock()
	g.users["kt-sam"] = "Kim"
	g.mu.Unlock()
	run("pin", "one").expect(t, 0)
	run("undo").expect(t, 0)
	run("status", "one").expect(t, 1)
}

// TestUndoAsks shows what would be taken back, where that is not what was done last.
func TestUndoAsks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := w.write(".config/rollcall/config.toml", threeBare)
	state := "XDG_STATE_HOME=" + w.home + "/.local/state"
	w.run("use", "a").expect(t, 0)
	w.run("remove", "c", "--yes").expect(t, 0, "undo")
	undo := func() *terminal { return start(t, 120, 10, []string{state}, "undo", "--config", path) }
	m := undo()
	m.shows("Took back: removed c.")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	m = undo()
	m.shows("This is not the last that was done: made a the active profile", "Take it back?")
	m.press("\r")
	m.shows("nothing was changed")
	if status := m.exit(); status != 2 {
		t.Errorf("exit status %d", status)
	}
	if got := w.which(); got.Profile != "a" {
		t.Errorf("the active profile is %+v", got)
	}
	m = undo()
	m.shows("Take it back?")
	m.press("y\r")
	m.shows("no profile is chosen as the active one again")
	m.exit()
	w.run("which").expect(t, 2, "no profile is the active one here")
}

// TestRemovedChoice leaves no choice behind of a profile that is gone.
func TestRemovedChoice(t *testing.T) {
	t.Parallel()
	w := newWorld(t).with("TOKEN_A=kt-a", "TOKEN_B=kt-b", "TOKEN_C=kt-c")
	for _, tt := range []struct{ file, said, which string }{
		{threeBare, "Removed a; no profile is active now: choose one with 'rollcall use NAME'.\n", ""},
		{three, "Removed a; b is the active profile now: it is the default_profile of ", "b"},
	} {
		w.write(".config/rollcall/config.toml", tt.file)
		w.run("use", "a").expect(t, 0)
		if r := w.run("remove", "a", "-y"); r.status != 0 || !strings.HasPrefix(r.stdout, tt.said) {
			t.Errorf("%+v", r)
		}
		if tt.which != "" {
			if got := w.which(); got.Profile != tt.which {
				t.Errorf("%+v", got)
			}
			continue
		}
		const why = "no profile is the active one here; name one, or choose one with 'rollcall use NAME'"
		w.run("which").expect(t, 2, why)
		w.run("env").expect(t, 2, why)
		w.run("exec", "--", "true").expect(t, 125, why)
		if r := w.run("list"); r.status != 0 || strings.Contains(r.stdout, "*") {
			t.Errorf("%+v", r)
		}
	}
}

// TestProfileFlagSelects leaves the star with the active profile.
func TestProfileFlagSelects(t *testing.T) {
	t.Parallel()
	w := newWorld(t).with("TERM=dumb")
	path := w.write(".config/rollcall/config.toml", threeBare)
	w.run("use", "b").expect(t, 0)
	m := start(t, 120, 36, []string{"XDG_STATE_HOME=" + w.home + "/.local/state"}, "--config", path, "--profile", "c")
	m.until("c selected and b active", func(s string) bool {
		selected, active := false, false
		for line := range strings.Lines(s) {
			selected = selected || strings.Contains(line, "▌") && strings.Contains(line, " c ")
			active = active || strings.Contains(line, " b ★")
			if strings.Contains(line, " c ★") {
				t.Fatalf("the star is on c:\n%s", s)
			}
		}
		return selected && active
	})
	w.run("--accessible", "--profile", "d").expect(t, 2, `there is no profile "d"`)
	c := w.talk("--accessible", "--profile", "c")
	c.hear("need you now")
	c.enter("l all")
	c.hear("b, active")
}
