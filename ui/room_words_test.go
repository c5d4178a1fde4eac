package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
)

// Where something is wrong with what is written, nothing is said of an older query.
func TestAWrongQueryIsNotTakenForAnother(t *testing.T) {
	b := mixed(Options{}, 100, 30)
	b.press("/")
	b.write("state:foo")
	b.press("enter")
	b.wants(t, `there is no state "foo"`, "esc clears the filter")
	b.lacks(t, "No profile matches")
}

// Keys that have nothing to act on are not named at the bottom.
func TestHintsNameOnlyWhatCanBeDone(t *testing.T) {
	bottom := func(b *bench) string { return b.hints().line(b.styles, 200) }
	b := mixed(Options{Manage: &keeper{}}, 120, 36)
	if !strings.Contains(bottom(b), "fix") {
		t.Fatalf("a profile cannot be fixed: %s", bottom(b))
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
	s := b.roster.rows[0].snap
	s.Health = account.Health{State: account.WrongAccount, CheckedAt: noon}
	s.Verdict = account.Verdict{State: account.WrongAccount, At: noon}
	s.Since = noon.Add(-50 * time.Hour)
	b.send(account.Event{Snapshots: []account.Snapshot{s}})
	b.wants(t, "wrong account  for 2d")
}
