package cmd

import (
	"slices"
	"testing"
	"time"

	"rollcall/client"
)

// TestWorseThan compares a new token with the old one, as far as both are known.
func TestWorseThan(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	day := func(n int) client.Expiry {
		return client.Expiry{Kind: client.ExpiryDate, At: now.AddDate(0, 0, n)}
	}
	never, unknown := client.Expiry{Kind: client.ExpiryNever}, client.Expiry{}
	type token = client.Token
	for _, tt := range []struct {
		name       string
		was, fresh token
		want       []string
	}{
		{"nothing known", token{}, token{}, nil},
		{"later", token{Expiry: day(1)}, token{Expiry: day(2)}, nil},
		{"as late", token{Expiry: day(2)}, token{Expiry: day(2)}, []string{"it ends in 2 days, which is not later than the old one"}},
		{"sooner", token{Expiry: day(9)}, token{Expiry: day(2)}, []string{"it ends in 2 days, which is not later than the old one"}},
		{"now never", token{Expiry: day(9)}, token{Expiry: never}, nil},
		{"no more never", token{Expiry: never}, token{Expiry: day(2)}, []string{"it ends in 2 days, and the old one never does"}},
		{"never", token{Expiry: never}, token{Expiry: never}, nil},
		{"now unknown", token{Expiry: day(9)}, token{Expiry: unknown}, nil},
		{"was unknown", token{Expiry: unknown}, token{Expiry: day(1)}, nil},
		{"scopes", token{Scopes: []string{"a", "b"}}, token{Scopes: []string{"b", "a", "c"}}, nil},
		{"fewer scopes", token{Scopes: []string{"a", "b", "c"}}, token{Scopes: []string{"b"}}, []string{"it lacks the scopes a, c"}},
		{"one less", token{Scopes: []string{"a", "b"}}, token{Scopes: []string{"b"}}, []string{"it lacks the scope a"}},
		{"no restriction", token{Scopes: []string{"a"}}, token{Scopes: []string{}}, nil},
		{"a restriction", token{Scopes: []string{}}, token{Scopes: []string{"a"}}, []string{"it is restricted to a, and the old one is not"}},
		{"scopes now unknown", token{Scopes: []string{"a"}}, token{}, nil},
		{"scopes were unknown", token{}, token{Scopes: []string{"a"}}, nil},
		{"both", token{Scopes: []string{"a"}, Expiry: day(9)}, token{Scopes: []string{"b"}, Expiry: day(2)},
			[]string{"it lacks the scope a", "it ends in 2 days, which is not later than the old one"}},
	} {
		old, fresh := client.Snapshot{Account: &client.Account{Token: tt.was}}, client.Snapshot{Account: &client.Account{Token: tt.fresh}}
		if got := worseThan(old, fresh, now); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	if got := worseThan(client.Snapshot{}, client.Snapshot{}, now); got != nil {
		t.Errorf("of nothing: %q", got)
	}
}

func TestStoreHint(t *testing.T) {
	t.Parallel()
	for command, want := range map[string]string{
		"pass show work":     "Store the new one with: pass insert -f work",
		"gopass show 'my x'": "Store the new one with: gopass insert -f 'my x'",
		"pass work":          "Store the new one in the program that it asks",
		"op read 'op://x":    "Store the new one in the program that it asks",
	} {
		if got := storeHint(command); got != want {
			t.Errorf("%s: %q, want %q", command, got, want)
		}
	}
}
