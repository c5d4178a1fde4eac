package cmd

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/config"
	"rollcall/config/credential"
)

// TestWriteAccount holds what show prints of a full profile.
func TestWriteAccount(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 5, 0, time.UTC)
	p := config.Profile{Name: "work", Provider: "katapult", Label: "Work", Tags: []string{"prod"}, Token: credential.Env("KATAPULT_API_KEY")}
	s := fullSnapshot()
	s.Account.Token.Facts = []account.Fact{
		{Name: "zone", Value: "Otter Zone", Source: "service"},
		{Name: "space", Value: "Attic", Source: "service"}, {Name: "space", Value: "Sensor archive\x1b[2J"},
	}
	var b bytes.Buffer
	if err := writeAccount(&b, screen{}, now, (&app{now: func() time.Time { return now }}).newAccountPage(p, s.Printable(), 14*24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	golden(t, "show.txt", b.Bytes())
	if strings.ContainsRune(b.String(), '\x1b') {
		t.Error("an escape sequence was printed")
	}
}

// TestWriteStanding tells of a profile whose last check says less than its verdict.
func TestWriteStanding(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	a := &app{now: func() time.Time { return now }}
	ends := func(in time.Duration) *account.Account {
		return &account.Account{Token: account.Token{Expiry: account.Expiry{Kind: account.ExpiryDate, At: now.Add(in)}}}
	}
	const day = 24 * time.Hour
	verdict := func(s account.State, since time.Duration) account.Verdict {
		return account.Verdict{State: s, At: now.Add(-time.Hour), Since: now.Add(-since)}
	}
	for _, tt := range []struct {
		state    account.State
		snapshot account.Snapshot
		want     string
	}{
		{account.Unreachable, account.Snapshot{Verdict: verdict(account.Forbidden, 3*day)},
			"verdict forbidden, 1h ago; urgency now; due since 2026-11-18T12:00:00Z, 3d ago"},
		{account.Healthy, account.Snapshot{Verdict: verdict(account.Healthy, 3*day), Account: ends(80 * day)}, "urgency fine; due ends in 80d"},
		{account.Expiring, account.Snapshot{Verdict: verdict(account.Expiring, 3*day), Account: ends(-3 * day)},
			"urgency now; due ended 3d ago"},
		{account.Unavailable, account.Snapshot{Verdict: verdict(account.Healthy, 3*day), NextAt: now.Add(time.Minute)},
			"verdict healthy, 1h ago; urgency waiting; due next try in 1m"},
		{account.Forbidden, account.Snapshot{
			Verdict: verdict(account.Forbidden, 3*day), Snooze: account.Snooze{Until: now.Add(7 * day), Verdict: account.Forbidden},
		}, "urgency snoozed; due snoozed until 2026-11-28T12:00:00Z, in 7d"},
		{account.Disabled, account.Snapshot{}, "urgency off"},
	} {
		tt.snapshot.Health.State = tt.state
		var told []string
		for _, row := range healthSection(screen{}, now, a.newAccountPage(config.Profile{Name: "work"}, tt.snapshot, 14*day)) {
			if name := strings.TrimSpace(row[0].text); name == "verdict" || name == "urgency" || name == "due" {
				told = append(told, name+" "+row[1].text)
			}
		}
		if got := strings.Join(told, "; "); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}

func TestExpiryLine(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for want, e := range map[string]account.Expiry{
		"unknown":              {},
		"never":                {Kind: account.ExpiryNever},
		"never (token record)": {Kind: account.ExpiryNever, Source: "token record"},
		"2026-11-30T12:00:00Z, in 9d (JWT, not verified)": {Kind: account.ExpiryDate, At: now.Add(9 * 24 * time.Hour), Source: "JWT, not verified"},
		"2026-11-21T11:58:00Z, 2m ago (service)":          {Kind: account.ExpiryDate, At: now.Add(-2 * time.Minute), Source: "service"},
	} {
		if got := expiryLine(e, now); got != want {
			t.Errorf("%+v: %q, want %q", e, got, want)
		}
	}
}

// TestShowLimits has budgets of which one says nothing, and one by itself.
func TestShowLimits(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	search := account.RateLimit{Name: "search", Limit: ptr(int64(30)), Remaining: ptr(int64(3)), ResetAt: now.Add(41 * time.Second)}
	core := account.RateLimit{Name: "core", Limit: ptr(int64(5000)), Remaining: ptr(int64(4987)), ResetAt: now.Add(-time.Second)}
	for want, limits := range map[string][]account.RateLimit{
		"": {{Name: "core", ResetAt: now.Add(time.Minute)}},
		"  rate limit  3/30, full again in 41s\n": {search},
		"  rate limit  search: 3/30, full again in 41s\n              core: 4987/5000\n              7 left\n": {
			search, core, {Name: "odd", ResetAt: now.Add(time.Minute)}, {Remaining: ptr(int64(7))},
		},
	} {
		var b bytes.Buffer
		if err := writeRows(&b, screen{}, limitRows(limits, now)); err != nil || b.String() != want {
			t.Errorf("got %v\n%swant\n%s", err, b.String(), want)
		}
	}
}
