package cmd

import (
	"bytes"
	"slices"
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
	if err := writeAccount(&b, screen{}, now, (&app{console: console{services: builtIn()}, now: func() time.Time { return now }}).newAccountPage(p, s.Harmless(), 14*24*time.Hour)); err != nil {
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
	a := &app{console: console{services: builtIn()}, now: func() time.Time { return now }}
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
			"forbidden, stale; urgency now; due for 3d, since 2026-11-18 12:00 UTC; remedy Ask those who run the service."},
		{account.Healthy, account.Snapshot{Verdict: verdict(account.Healthy, 3*day), Account: ends(80 * day)},
			"healthy; urgency fine; due ends in 80d, on 2027-02-09 12:00 UTC"},
		{account.Expiring, account.Snapshot{Verdict: verdict(account.Expiring, 3*day), Account: ends(-3 * day)},
			"expiring; urgency now; due ended 3d ago, on 2026-11-18 12:00 UTC; " +
				"remedy Renew it, and put the new one where this profile takes its token from.; command rollcall rotate work"},
		{account.Unavailable, account.Snapshot{Verdict: verdict(account.Healthy, 3*day), NextAt: now.Add(time.Minute)},
			"healthy, stale; urgency waiting; due asked again in 1m"},
		{account.Forbidden, account.Snapshot{
			Verdict: verdict(account.Forbidden, 3*day), Snooze: account.Snooze{Until: now.Add(7 * day), Verdict: account.Forbidden},
		}, "forbidden; urgency snoozed; due snoozed for 7d, until 2026-11-28 12:00 UTC; remedy Ask them."},
		{account.Disabled, account.Snapshot{}, "disabled; urgency off"},
	} {
		tt.snapshot.Health.State = tt.state
		if tt.state == account.Forbidden {
			tt.snapshot.Health.Remedy = "Ask them."
		}
		var told []string
		for _, row := range headSection(screen{}, now, a.newAccountPage(config.Profile{Name: "work"}, tt.snapshot, 14*day)) {
			switch name := strings.TrimSpace(row[0].text); {
			case len(told) == 0:
				told = append(told, row[1].text)
			case slices.Contains([]string{"urgency", "due", "remedy", "command"}, name):
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
		"2026-11-30 12:00 UTC, in 9d (JWT, not verified)": {Kind: account.ExpiryDate, At: now.Add(9 * 24 * time.Hour), Source: "JWT, not verified"},
		"2026-11-21 11:58 UTC, 2m ago (service)":          {Kind: account.ExpiryDate, At: now.Add(-2 * time.Minute), Source: "service"},
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
		"":                                    {{Name: "core", ResetAt: now.Add(time.Minute)}},
		"  budget  3/30, full again in 41s\n": {search},
		"  budget  search: 3/30, full again in 41s\n          core: 4987/5000\n          7 left\n": {
			search, core, {Name: "odd", ResetAt: now.Add(time.Minute)}, {Remaining: ptr(int64(7))},
		},
	} {
		var b bytes.Buffer
		if err := writeRows(&b, screen{}, limitRows(limits, now)); err != nil || b.String() != want {
			t.Errorf("got %v\n%swant\n%s", err, b.String(), want)
		}
	}
}
