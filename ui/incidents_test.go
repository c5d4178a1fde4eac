package ui

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
)

func TestIncidents(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.send(account.Event{Snapshots: networkDown()})
	// Where the list has it in sight, no line is taken from the panes.
	b.lacks(t, "i details")
	b.wants(t, "▸ ✗ api.katapult.io can")
	b.press("s", "n")
	b.wants(t, "api.katapult.io cannot be reached: It is the same", "i details")
	b.press("s", "u", "o")
	b.wants(t, "api.katapult.io cannot be reached: It is the same", "i details")
	b.press("i")
	b.wants(t, "to do", "Check the network, and base_url.")
	b.press("i")
	b.send(tea.MouseClickMsg{X: 5, Y: 1, Button: tea.MouseLeft})
	b.wants(t, "to do", "Check the network, and base_url.")
	b.press("esc")
	b.send(account.Event{Snapshots: sampleSnapshots()})
	b.lacks(t, "i details")
	b.press("i")
	b.wants(t, "None: no profiles fail for the same reason.")
}

// Many that begin to fail one after the other are looked at together a few
// times, not with each of them, and in the end all are told of.
func TestIncidentsOfManyAnswers(t *testing.T) {
	b := newBench(Options{Config: firstProfiles(13)})
	b.send(tea.WindowSizeMsg{Width: 100, Height: 30})
	down := networkDown()
	for i := range 40 {
		// Another code each time, so that there is something to look at.
		s := down[i%len(down)]
		s.Health.Code = fmt.Sprint("dns", i/len(down))
		b.send(account.Event{Snapshots: []account.Snapshot{s}})
	}
	if n := b.roster.troubles.looks; n != maxLooks {
		t.Errorf("they were looked at %d times", n)
	}
	for i := range down {
		down[i].Health.Code = "dns"
		b.send(account.Event{Snapshots: down[i : i+1]})
	}
	b.press("o")
	b.lacks(t, "all 12 profiles")
	b.send(clockTickedMsg{noon.Add(time.Second), b.clock.generation})
	b.wants(t, "all 12 profiles")
}
