package account_test

import (
	"slices"
	"testing"
	"time"

	"rollcall/client/account"
)

// after makes a history of one check a minute.
func after(states ...account.State) (history []account.Check) {
	for i, s := range states {
		history = append(history, account.Check{At: midday.Add(time.Duration(i) * time.Minute), State: s})
	}
	return history
}

func TestAvailabilityAndFailing(t *testing.T) {
	tests := []struct {
		name    string
		history []account.Check
		share   float64
		checks  int
		failing int
	}{
		{"none", nil, 0, 0, 0},
		{"all well", after(account.Healthy, account.Expiring, account.NoUser), 1, 3, 0},
		{"half", after(account.Healthy, account.Unreachable, account.Healthy, account.InvalidToken), 0.5, 4, 1},
		{"limits do not count", after(account.Healthy, account.RateLimited, account.RateLimited), 1, 1, 0},
		{"nor do they end a row", after(account.Healthy, account.Unavailable, account.RateLimited, account.ServerError), 1. / 3, 3, 2},
		{"another's account", after(account.WrongAccount), 0, 1, 1},
		{"only limits", after(account.RateLimited), 0, 0, 0},
	}
	for _, tt := range tests {
		if share, checks := account.Availability(tt.history); share != tt.share || checks != tt.checks {
			t.Errorf("%s: available for %v of %d", tt.name, share, checks)
		}
		if n := account.ConsecutiveFailures(tt.history); n != tt.failing {
			t.Errorf("%s: %d failing", tt.name, n)
		}
	}
}

var midday = time.Date(2026, 1, 2, 12, 0, 0, 123000000, time.UTC)

func TestSpells(t *testing.T) {
	at := func(hours int) time.Time { return midday.Add(time.Duration(hours) * time.Hour) }
	check := func(hours int, s account.State) account.Check { return account.Check{At: at(hours), State: s} }
	for _, c := range []struct {
		name   string
		checks []account.Check
		want   []account.Spell
	}{
		{"none", nil, nil},
		{"one, just now", []account.Check{check(0, account.Healthy)}, []account.Spell{{From: at(0), To: at(0), State: account.Healthy, Checks: 1}}},
		{"states one after the other", []account.Check{
			check(-30, account.Healthy), check(-20, account.Healthy), check(-10, account.Unreachable), check(-5, account.Healthy),
		}, []account.Spell{
			{From: at(-30), To: at(-10), State: account.Healthy, Checks: 2}, {From: at(-10), To: at(-5), State: account.Unreachable, Checks: 1},
			{From: at(-5), To: at(0), State: account.Healthy, Checks: 1},
		}},
		{"a week in which nobody asked", []account.Check{check(-240, account.Healthy), check(-72, account.Healthy)}, []account.Spell{
			{From: at(-240), To: at(-204), State: account.Healthy, Checks: 1}, {From: at(-72), To: at(-36), State: account.Healthy, Checks: 1},
		}},
	} {
		if got := account.Spells(c.checks, at(0)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestSpellsGoOn(t *testing.T) {
	at := func(hours int) time.Time { return midday.Add(time.Duration(hours) * time.Hour) }
	earlier := []account.Spell{
		{From: at(-90), To: at(-40), State: account.Healthy, Checks: 50}, {From: at(-40), To: at(-20), State: account.Unreachable, Checks: 20},
	}
	for _, c := range []struct {
		name   string
		checks []account.Check
		want   []account.Spell
	}{
		{"with nothing", nil, earlier},
		{"with the same state", []account.Check{{At: at(-19), State: account.Unreachable}}, []account.Spell{
			earlier[0], {From: at(-40), To: at(0), State: account.Unreachable, Checks: 21},
		}},
		{"with checks that it has", []account.Check{{At: at(-40), State: account.Healthy}, {At: at(-5), State: account.Healthy}}, []account.Spell{
			{From: at(-90), To: at(0), State: account.Healthy, Checks: 52},
		}},
	} {
		if got := account.SpellsWith(earlier, c.checks, at(0)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
