package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
)

// inked is the share of the cells of a screen, in percent, that something is
// written in.
func inked(screen string) int {
	cells, ink := 0, 0
	for l := range strings.Lines(screen) {
		for _, r := range strings.TrimSuffix(l, "\n") {
			w := ansi.StringWidth(string(r))
			cells += w
			if r != ' ' {
				ink += w
			}
		}
	}
	return 100 * ink / max(1, cells)
}

// longHistory is the first of the samples with as many checks and organizations as
// somebody has who has used the program for a while.
func longHistory() account.Snapshot {
	s := sampleSnapshots()[0]
	s.History = checks(strings.Repeat("hhhhhhhhhhruhhhhhhhh", 10))
	a := *s.Account
	for i := range 12 {
		a.Organizations = append(a.Organizations, account.Organization{
			ID: fmt.Sprint("o", i), Name: fmt.Sprintf("Department number %d of Northwind Traders", i+1), SubDomain: fmt.Sprintf("department%d", i+1), Role: "member",
		})
	}
	a.User.URL = "https://katapult.io/users/sam-roe"
	s.Account = &a
	return s
}

// TestArrangements are the screens of the classes of sizes with a profile of which
// much is known, one with empty lists, one that fails and one that is not known yet.
func TestArrangements(t *testing.T) {
	empty := inState(account.Healthy)
	empty.Account = &account.Account{User: empty.Account.User}
	for name, s := range map[string]account.Snapshot{
		"long": longHistory(), "empty": empty, "failing": inState(account.InvalidToken), "loading": inState(account.Checking),
	} {
		for _, size := range [][2]int{{80, 24}, {100, 30}, {120, 36}, {160, 45}, {200, 50}, {300, 80}} {
			b := newBench(Options{})
			all := append(sampleSnapshots()[1:], s)
			b.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]}, account.Event{Snapshots: all})
			b.press("1")
			checkSize(t, b, size[0], size[1])
			golden(t, fmt.Sprintf("room-%s-%dx%d", name, size[0], size[1]), b.text())
		}
	}
}

// TestLittleIsEmpty keeps the screens from becoming emptier, frames included.
func TestLittleIsEmpty(t *testing.T) {
	for size, least := range map[[2]int]int{{80, 24}: 55, {120, 36}: 45, {200, 50}: 35} {
		c, all := manyProfiles(42)
		b := newBench(Options{Config: c})
		b.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]}, account.Event{Snapshots: all})
		share := inked(b.text())
		t.Logf("%v: %d %%", size, share)
		if share < least {
			t.Errorf("at %v %d %% of the cells are inked, %d at least:\n%s", size, share, least, b.text())
		}
	}
}

// Nothing about a profile is cut in a pane that has room for it.
func TestNothingIsCutBesideFreeCells(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {200, 50}, {300, 80}} {
		b := newBench(Options{})
		b.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]}, account.Event{Snapshots: []account.Snapshot{longHistory()}})
		b.press("1")
		for _, s := range b.dashboard.layout.slots {
			if s.shown == paneProfiles {
				continue
			}
			d := b.dashboard.details[s.shown]
			for _, it := range d.filled.Items {
				if text := ansi.Strip(strings.Join(it.Lines(), "\n")); strings.Contains(text, "…") && d.window.total <= d.window.height {
					t.Errorf("%v: %q is cut in a pane with free lines", size, text)
				}
			}
		}
	}
}
