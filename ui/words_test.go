package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
)

// Help is there from every overlay in which nothing is written, and escape leads back.
func TestHelpFromOverlays(t *testing.T) {
	for keys, title := range map[string]string{
		"i": "╭ Incidents", "!": "╭ Problems", "s": "╭ Sort by", "o c": "╭ Columns of the overview", "p b": "Rada Lingens", "ctrl+x": "╭ Remove",
	} {
		b := mixed(Options{Manage: &keeper{}}, 120, 36)
		b.press("2")
		b.press(strings.Fields(keys)...)
		b.wants(t, title)
		b.press("?")
		if _, ok := b.overlays.top().(*help); !ok {
			t.Errorf("%s: no help:\n%s", keys, b.text())
			continue
		}
		b.press("esc")
		b.wants(t, title)
	}
	b := mixed(Options{Manage: &keeper{}}, 120, 36)
	b.press("a", "?")
	if _, ok := b.overlays.top().(*help); ok {
		t.Error("a question mark cannot be written into a form")
	}
}

// The timeline tells ends, also of what is snoozed.
func TestTheTimelineTellsEnds(t *testing.T) {
	all := sampleSnapshots()
	for _, i := range []int{0, 1, 8} {
		all[i].Snooze = account.Snooze{Until: noon.AddDate(0, 0, 7), Verdict: all[i].Verdict.State}
	}
	b := newBench(Options{})
	b.send(tea.WindowSizeMsg{Width: 140, Height: 36}, account.Event{Snapshots: all})
	b.press("t")
	b.wants(t, "ends 83d, snoozed", "never, snoozed", "ended 40m ago")
	b.lacks(t, "snoozed 7d")
}

// A user's name that is too long for its column has the cells that the row leaves free
// beside it, in a row with a reason, too.
func TestAUsersNameIsNotCutBesideFreeCells(t *testing.T) {
	all := sampleSnapshots()
	a := *all[4].Account
	a.User.FullName = "Evangelina Soonest-Lingens"
	all[4].Account = &a
	for _, size := range [][2]int{{200, 50}, {300, 80}} {
		b := newBench(Options{})
		b.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]}, account.Event{Snapshots: all})
		b.wants(t, "Evangelina Soonest-Lingens")
	}
}

// A share and a moment say what they are of.
func TestChecksSayWhatTheyAreOf(t *testing.T) {
	b := mixed(Options{}, 200, 50)
	b.press("1")
	b.wants(t, "95.8 % of 24 good", "healthy since 11:49")
	b = mixed(Options{}, 80, 24)
	b.press("1", "enter")
	b.wants(t, "% of 24")
}

// Where there is height, all that is known of an organization is told.
func TestOrganizationsAreToldInFullWhereThereIsRoom(t *testing.T) {
	b := mixed(Options{}, 300, 80)
	b.press("1")
	b.wants(t, "acme · owner", "org_1")
	b = mixed(Options{}, 120, 36)
	b.press("1")
	b.lacks(t, "org_1")
}
