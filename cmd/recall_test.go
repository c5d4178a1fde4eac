package cmd

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/config"
	"rollcall/ui"
)

// TestRecalled has what the last run left on the first frame, before the program gives the
// dashboard anything, and does what the dashboard wanted done by then.
func TestRecalled(t *testing.T) {
	t.Parallel()
	var seen []string
	r := newRecalled(ui.New(ui.Options{
		Config:  &config.Config{Profiles: []config.Profile{{Name: "work", Provider: "katapult"}}},
		InSight: func(names []string) { seen = names },
	}))
	r.take(tea.WindowSizeMsg{Width: 120, Height: 36})
	r.take(account.Event{Snapshots: []account.Snapshot{{
		Profile: "work", Health: account.Health{State: account.Healthy}, Account: &account.Account{User: account.User{ID: "1", FullName: "Sam Roe"}},
	}}})
	if screen := r.View().Content; !strings.Contains(screen, "Sam Roe") {
		t.Errorf("the first frame is\n%s", screen)
	}
	all, _ := r.Init()().(tea.BatchMsg)
	for len(all) > 0 {
		one := all[0]
		all = all[1:]
		if one == nil || len(seen) > 0 {
			continue
		}
		msg := one()
		if more, ok := msg.(tea.BatchMsg); ok {
			all = append(all, more...)
		}
	}
	if len(seen) != 1 || seen[0] != "work" {
		t.Errorf("what the dashboard wants done is forgotten: it sees %q", seen)
	}
}
