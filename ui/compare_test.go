package ui

import (
	"testing"
	"time"

	"rollcall/client"
)

// TestCompare sets a new token beside the old one, as far as both are known.
func TestCompare(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	day := func(n int) client.Expiry {
		return client.Expiry{Kind: client.ExpiryDate, At: now.AddDate(0, 0, n)}
	}
	never, unknown := client.Expiry{Kind: client.ExpiryNever}, client.Expiry{}
	sam, kim := client.User{ID: "u1", FullName: "Sam"}, client.User{ID: "u2"}
	const (
		same    = "ok: Sam (u1), as before"
		fine    = "ok: none less"
		silent  = "none: not known, so not compared"
		notless = "which is not later than the old one"
	)
	type account = client.Account
	type token = client.Token
	for _, tt := range []struct {
		name              string
		was, fresh        account
		user, scopes, end string
	}{
		{"nothing known", account{}, account{}, silent, silent, silent},
		{"the same user", account{User: sam}, account{User: sam}, same, silent, silent},
		{"another user", account{User: sam}, account{User: kim}, "fail: it belongs to u2, and the old one to Sam (u1)", silent, silent},
		{"no user", account{User: sam}, account{}, silent, silent, silent},
		{"old user unknown", account{}, account{User: sam}, "none: Sam (u1); the old one is not known", silent, silent},
		{"later", account{Token: token{Expiry: day(1)}}, account{Token: token{Expiry: day(2)}},
			silent, silent, "ok: it ends in 2 days, later than the old one"},
		{"as late", account{Token: token{Expiry: day(2)}}, account{Token: token{Expiry: day(2)}},
			silent, silent, "warn: it ends in 2 days, " + notless},
		{"sooner", account{Token: token{Expiry: day(9)}}, account{Token: token{Expiry: day(2)}},
			silent, silent, "warn: it ends in 2 days, " + notless},
		{"now never", account{Token: token{Expiry: day(9)}}, account{Token: token{Expiry: never}}, silent, silent, "ok: it never ends"},
		{"no more never", account{Token: token{Expiry: never}}, account{Token: token{Expiry: day(2)}},
			silent, silent, "warn: it ends in 2 days, and the old one never does"},
		{"now unknown", account{Token: token{Expiry: day(9)}}, account{Token: token{Expiry: unknown}}, silent, silent, silent},
		{"was unknown", account{Token: token{Expiry: unknown}}, account{Token: token{Expiry: day(2)}},
			silent, silent, "none: it ends in 2 days; the old end is not known"},
		{"was unknown, now never", account{Token: token{Expiry: unknown}}, account{Token: token{Expiry: never}}, silent, silent, "ok: it never ends"},
		{"scopes", account{Token: token{Scopes: []string{"a", "b"}}}, account{Token: token{Scopes: []string{"b", "a", "c"}}}, silent, fine, silent},
		{"fewer scopes", account{Token: token{Scopes: []string{"a", "b", "c"}}}, account{Token: token{Scopes: []string{"b"}}},
			silent, "warn: it lacks the scopes a, c", silent},
		{"one less", account{Token: token{Scopes: []string{"a", "b"}}}, account{Token: token{Scopes: []string{"b"}}},
			silent, "warn: it lacks the scope a", silent},
		{"no restriction", account{Token: token{Scopes: []string{"a"}}}, account{Token: token{Scopes: []string{}}}, silent, "ok: not restricted", silent},
		{"a restriction", account{Token: token{Scopes: []string{}}}, account{Token: token{Scopes: []string{"a"}}},
			silent, "warn: it is restricted to a, and the old one is not", silent},
		{"scopes now unknown", account{Token: token{Scopes: []string{"a"}}}, account{}, silent, silent, silent},
		{"scopes were unknown", account{}, account{Token: token{Scopes: []string{"a"}}}, silent, silent, silent},
	} {
		got := Compare(client.Snapshot{Account: &tt.was}, client.Snapshot{Account: &tt.fresh}, now)
		for i, want := range []string{tt.user, tt.scopes, tt.end} {
			if said := string(got[i].Severity) + ": " + got[i].Text; said != want {
				t.Errorf("%s: %s %q, want %q", tt.name, got[i].About, said, want)
			}
		}
	}
	// Neither nothing nor the token of a wrong account can be compared with.
	wrong := client.Snapshot{Account: &account{User: kim}, Health: client.Health{State: client.WrongAccount}}
	for _, old := range []client.Snapshot{{}, wrong} {
		for _, c := range Compare(old, client.Snapshot{Account: &account{User: sam}}, now) {
			if c.Severity != client.SeverityNone {
				t.Errorf("with %+v: %+v", old, c)
			}
		}
	}
}
