package insight_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
)

// TestColumnOrders sorts by what only a column tells; what is unknown comes last both
// ways.
func TestColumnOrders(t *testing.T) {
	t.Parallel()
	n := func(v int64) *int64 { return &v }
	now := noon()
	all := []insight.Sortable{
		{
			Name: "a", Label: "beta", Host: "z.example.org", Source: "keyring", Tags: []string{"prod"}, Standing: &insight.Standing{Since: now},
			Snapshot: &account.Snapshot{
				Account: &account.Account{
					User:  account.User{Emails: []string{"zoe@example.org"}},
					Token: account.Token{Name: "ci", Expiry: account.Expiry{Kind: account.ExpiryNever}}, Organizations: make([]account.Organization, 2),
				},
				Health:    account.Health{State: account.Healthy, Latency: 20, Explanation: "why"},
				RateLimit: account.RateLimit{Limit: n(100), Remaining: n(5)},
				Changes:   []account.Change{{At: now.Add(-time.Hour)}},
			},
		},
		{
			Name: "b", Label: "Alpha", Host: "a.example.org", Source: "env", Tags: []string{"client"}, Standing: &insight.Standing{Since: now.Add(-time.Hour)},
			Snapshot: &account.Snapshot{
				Account: &account.Account{
					User: account.User{Emails: []string{"Ada@example.org"}}, Organizations: make([]account.Organization, 1),
					Token: account.Token{ID: "9", Expiry: account.Expiry{Kind: account.ExpiryDate, At: now}},
				},
				Health:    account.Health{State: account.Healthy, Latency: 30, Explanation: "a reason"},
				RateLimit: account.RateLimit{Limit: n(100), Remaining: n(90)},
				Changes:   []account.Change{{At: now}},
			},
		},
		{Name: "none", Standing: &insight.Standing{}},
	}
	want := map[insight.Order][2]string{
		"email": {"b a none", "a b none"}, "host": {"b a none", "a b none"}, "label": {"b a none", "a b none"},
		"tags": {"b a none", "a b none"}, "orgs": {"b a none", "a b none"}, "expires": {"b a none", "a b none"},
		"budget": {"a b none", "b a none"}, "latency": {"a b none", "b a none"}, "since": {"a b none", "b a none"},
		"changed": {"b a none", "a b none"}, "source": {"b a none", "a b none"}, "token": {"b a none", "a b none"},
		"note": {"b a none", "a b none"},
	}
	for by, orders := range want {
		for i, reversed := range []bool{false, true} {
			order := []int{2, 0, 1}
			by.Sort(order, reversed, func(i int) insight.Sortable { return all[i] })
			var names []string
			for _, i := range order {
				names = append(names, all[i].Name)
			}
			if got := strings.Join(names, " "); got != orders[i] {
				t.Errorf("by %s, reversed %v: got %s, want %s", by, reversed, got, orders[i])
			}
		}
	}
	// Every column but that of the names is an order.
	for _, column := range insight.Columns() {
		if is := slices.Contains(insight.AllOrders(), insight.Order(column)); is != (column != insight.ColumnProfile) {
			t.Errorf("%s is an order: %v", column, is)
		}
	}
	if len(want)+len(insight.Orders()) != len(insight.AllOrders()) {
		t.Errorf("orders that are not looked at: %q", insight.OrderNames())
	}
}
