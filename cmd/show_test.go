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
	if err := writeAccount(&b, screen{}, now, p, s.Printable(), p.Credential().Source()); err != nil {
		t.Fatal(err)
	}
	golden(t, "show.txt", b.Bytes())
	if strings.ContainsRune(b.String(), '\x1b') {
		t.Error("an escape sequence was printed")
	}
}

func TestExpiryLine(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for want, e := range map[string]account.Expiry{
		"unknown":              {},
		"never":                {Kind: account.ExpiryNever},
		"never (token record)": {Kind: account.ExpiryNever, Source: "token record"},
		"2026-11-30T12:00:00Z, in 9 days (JWT, not verified)": {Kind: account.ExpiryDate, At: now.Add(9 * 24 * time.Hour), Source: "JWT, not verified"},
		"2026-11-21T11:58:00Z, 2 min ago (service)":           {Kind: account.ExpiryDate, At: now.Add(-2 * time.Minute), Source: "service"},
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
		"  rate limit  3/30, full again in 41 s\n": {search},
		"  rate limit  search: 3/30, full again in 41 s\n              core: 4987/5000\n              7 left\n": {
			search, core, {Name: "odd", ResetAt: now.Add(time.Minute)}, {Remaining: ptr(int64(7))},
		},
	} {
		var b bytes.Buffer
		if err := writeRows(&b, screen{}, limitRows(limits, now)); err != nil || b.String() != want {
			t.Errorf("got %v\n%swant\n%s", err, b.String(), want)
		}
	}
}
