package insight_test

import (
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
)

// TestCompare sets a new token beside the old one, as far as both are known.
func TestCompare(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	day := func(n int) account.Expiry {
		return account.Expiry{Kind: account.ExpiryDate, At: now.AddDate(0, 0, n)}
	}
	never, unknown := account.Expiry{Kind: account.ExpiryNever}, account.Expiry{}
	sam, kim := account.User{ID: "u1", FullName: "Sam"}, account.User{ID: "u2"}
	const (
		same    = "ok: Sam (u1), as before"
		fine    = "ok: none less"
		silent  = "none: not known, so not compared"
		notless = "which is not later than the old one"
	)
	type acc = account.Account
	type token = account.Token
	for _, tt := range []struct {
		name              string
		was, fresh        acc
		user, scopes, end string
	}{
		{"nothing known", acc{}, acc{}, silent, silent, silent},
		{"the same user", acc{User: sam}, acc{User: sam}, same, silent, silent},
		{"another user", acc{User: sam}, acc{User: kim}, "fail: it belongs to u2, and the old one to Sam (u1)", silent, silent},
		{"no user", acc{User: sam}, acc{}, silent, silent, silent},
		{"old user unknown", acc{}, acc{User: sam}, "none: Sam (u1); the old one is not known", silent, silent},
		{"later", acc{Token: token{Expiry: day(1)}}, acc{Token: token{Expiry: day(2)}},
			silent, silent, "ok: it ends in 2d, later than the old one"},
		{"as late", acc{Token: token{Expiry: day(2)}}, acc{Token: token{Expiry: day(2)}},
			silent, silent, "warn: it ends in 2d, " + notless},
		{"sooner", acc{Token: token{Expiry: day(9)}}, acc{Token: token{Expiry: day(2)}},
			silent, silent, "warn: it ends in 2d, " + notless},
		{"now never", acc{Token: token{Expiry: day(9)}}, acc{Token: token{Expiry: never}}, silent, silent, "ok: it never ends"},
		{"no more never", acc{Token: token{Expiry: never}}, acc{Token: token{Expiry: day(2)}},
			silent, silent, "warn: it ends in 2d, and the old one never does"},
		{"now unknown", acc{Token: token{Expiry: day(9)}}, acc{Token: token{Expiry: unknown}}, silent, silent, silent},
		{"was unknown", acc{Token: token{Expiry: unknown}}, acc{Token: token{Expiry: day(2)}},
			silent, silent, "none: it ends in 2d; the old end is not known"},
		{"was unknown, now never", acc{Token: token{Expiry: unknown}}, acc{Token: token{Expiry: never}}, silent, silent, "ok: it never ends"},
		{"scopes", acc{Token: token{Scopes: []string{"a", "b"}}}, acc{Token: token{Scopes: []string{"b", "a", "c"}}}, silent, fine, silent},
		{"fewer scopes", acc{Token: token{Scopes: []string{"a", "b", "c"}}}, acc{Token: token{Scopes: []string{"b"}}},
			silent, "warn: it lacks the scopes a, c", silent},
		{"one less", acc{Token: token{Scopes: []string{"a", "b"}}}, acc{Token: token{Scopes: []string{"b"}}},
			silent, "warn: it lacks the scope a", silent},
		{"no restriction", acc{Token: token{Scopes: []string{"a"}}}, acc{Token: token{Scopes: []string{}}}, silent, "ok: not restricted", silent},
		{"a restriction", acc{Token: token{Scopes: []string{}}}, acc{Token: token{Scopes: []string{"a"}}},
			silent, "warn: it is restricted to a, and the old one is not", silent},
		{"scopes now unknown", acc{Token: token{Scopes: []string{"a"}}}, acc{}, silent, silent, silent},
		{"scopes were unknown", acc{}, acc{Token: token{Scopes: []string{"a"}}}, silent, silent, silent},
	} {
		got := insight.Compare(account.Snapshot{Account: &tt.was}, account.Snapshot{Account: &tt.fresh}, now)
		for i, want := range []string{tt.user, tt.scopes, tt.end} {
			if said := string(got[i].Severity) + ": " + got[i].Text; said != want {
				t.Errorf("%s: %s %q, want %q", tt.name, got[i].About, said, want)
			}
		}
	}
	// Neither nothing nor the token of a wrong account can be compared with.
	wrong := account.Snapshot{Account: &acc{User: kim}, Health: account.Health{State: account.WrongAccount}}
	for _, old := range []account.Snapshot{{}, wrong} {
		for _, c := range insight.Compare(old, account.Snapshot{Account: &acc{User: sam}}, now) {
			if c.Severity != account.SeverityNone {
				t.Errorf("with %+v: %+v", old, c)
			}
		}
	}
}

// TestComparedWords say what each of two secrets has, side by side.
func TestComparedWords(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	of := func(id string, scopes []string, e account.Expiry) account.Snapshot {
		return account.Snapshot{Account: &account.Account{User: account.User{ID: id}, Token: account.Token{Scopes: scopes, Expiry: e}}}
	}
	date := func(days int) account.Expiry {
		return account.Expiry{Kind: account.ExpiryDate, At: now.AddDate(0, 0, days)}
	}
	for _, tt := range []struct {
		old, fresh account.Snapshot
		want       string
	}{
		{of("u1", []string{"a", "b"}, date(-2)), of("u1", []string{}, date(9)), "user: u1 | u1; scopes: a, b | not restricted; end: 2d ago | in 9d"},
		{account.Snapshot{}, of("u2", nil, account.Expiry{Kind: account.ExpiryNever}), "user: not known | u2; scopes: not known | not known; end: not known | never"},
	} {
		var words []string
		for _, c := range insight.Compare(tt.old, tt.fresh, now) {
			words = append(words, c.About+": "+c.Was+" | "+c.Is)
		}
		if got := strings.Join(words, "; "); got != tt.want {
			t.Errorf("%s\nwant %s", got, tt.want)
		}
	}
}
