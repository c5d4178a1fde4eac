package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
)

// A term of which something is wrong asks nothing, and the line says what is shown
// meanwhile: no query that stands nowhere on the screen goes on.
func TestAWrongTermAsksNothing(t *testing.T) {
	for _, view := range []string{"d", "o", "v"} {
		b := mixed(Options{}, 100, 30)
		b.press(view, "/")
		b.write("ends<")
		b.wants(t, "wanted after ends<", "all are shown until then")
		b.lacks(t, "No profile matches", "matches the filter")
		if n := len(b.selection.visible); n != 13 {
			t.Errorf("%d profiles are shown", n)
		}
		b.press("ctrl+u")
		b.write("name:datahub state:foo")
		b.press("enter")
		b.wants(t, `there is no state "foo"`, "shown until then: name:datahub")
		if n := len(b.selection.visible); n != 1 {
			t.Errorf("%d profiles are shown", n)
		}
		b.press("esc")
		b.lacks(t, "until then")
	}
}

// Keys that have nothing to act on are not named at the bottom.
func TestHintsNameOnlyWhatCanBeDone(t *testing.T) {
	bottom := func(b *bench) string { return ansi.Strip(b.hints().line(b.styles, 200)) }
	b := mixed(Options{Manage: &keeper{}}, 120, 36)
	b.press("9")
	if !strings.Contains(bottom(b), "fix") {
		t.Fatalf("a profile cannot be fixed: %s", bottom(b))
	}
	b.press("1")
	if got := bottom(b); strings.Contains(got, "fix") || !strings.Contains(got, "r check") {
		t.Errorf("at a profile without fault: %s", got)
	}
	b.press("h")
	if got := bottom(b); strings.Contains(got, "fix") || !strings.Contains(got, "open") {
		t.Errorf("at a folded heading: %s", got)
	}
	b.press("/")
	b.write("qqq")
	b.press("enter")
	if got := bottom(b); strings.Contains(got, "fix") || strings.Contains(got, "open") || !strings.Contains(got, "filter") {
		t.Errorf("without a profile: %s", got)
	}
}

// The sorts are told in full on the narrowest screen.
func TestSortsAreToldInFull(t *testing.T) {
	b := mixed(Options{}, 100, 30)
	b.press("s")
	b.send(tea.WindowSizeMsg{Width: 40, Height: 16})
	b.wants(t, againTurns, "the earliest first", "J K move a profile")
	b.press("f", "s")
	b.wants(t, againTurns, "who needs you first")
}

// How long a state lasts is told in full where its time of day has no room.
func TestSinceIsNotCut(t *testing.T) {
	b := mixed(Options{}, 110, 24)
	s := *b.roster.rows[0].snap
	s.Health = account.Health{State: account.WrongAccount, CheckedAt: noon}
	s.Verdict = account.Verdict{State: account.WrongAccount, At: noon}
	s.Since = noon.Add(-50 * time.Hour)
	b.send(account.Event{Snapshots: []account.Snapshot{s}})
	b.wants(t, "wrong account  for 2d")
}
