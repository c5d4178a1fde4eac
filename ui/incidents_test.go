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

// An outage is told of once when it begins and once when it is over, and never as a
// change of the profiles that it concerns.
func TestOutageIsToldOnce(t *testing.T) {
	down := func(state account.State, minute int, names ...string) account.Event {
		all := later(minute, state, names...)
		for i := range all {
			all[i].Health.HTTPStatus, all[i].Endpoint = 503, "https://edge.example.org/api/v3/onezone/user"
		}
		return account.Event{Snapshots: all}
	}
	b := mixed(Options{}, 120, 36)
	b.send(down(account.Unavailable, 1, "datahub"))
	b.lacks(t, "▌ ")
	b.send(down(account.Unavailable, 1, "datahub", "wide"))
	b.wants(t, "▌ edge.example.org is unavailable, 2 profiles")
	b.send(noticeEndedMsg{b.Model.notice.generation})
	// That it shows in another way, and in one profile more, is the same outage.
	b.send(down(account.Unreachable, 2, "datahub"), down(account.ServerError, 2, "wide", "soon"))
	b.lacks(t, "is out of order, ", "datahub:", "wide:", "changed.")
	b.send(down(account.Healthy, 3, "wide"))
	b.wants(t, "▌ edge.example.org answers again")
	b.lacks(t, "wide:")
	b.send(noticeEndedMsg{b.Model.notice.generation}, down(account.Healthy, 3, "datahub"), down(account.InvalidToken, 3, "soon"))
	b.wants(t, "▌ soon: invalid token, was expiring")
	b.lacks(t, "answers again", "datahub:")
}

// Whoever starts in an outage sees it, and is not told that it has begun.
func TestOutageAtTheStartIsNoNews(t *testing.T) {
	b := newBench(Options{})
	b.send(tea.WindowSizeMsg{Width: 120, Height: 36}, account.Event{Snapshots: networkDown()})
	if n := b.Model.notice.text; n != "" {
		t.Errorf("it is told: %s", n)
	}
	b.send(account.Event{Snapshots: later(1, account.Healthy, "work")})
	b.wants(t, "api.katapult.io answers again")
}
