package insight

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
)

// The columns that are orders of their own beside those of [Orders].
const (
	orderEmail   Order = "email"
	orderHost    Order = "host"
	orderLabel   Order = "label"
	orderTags    Order = "tags"
	orderOrgs    Order = "orgs"
	orderExpires Order = "expires"
	orderBudget  Order = "budget"
	orderLatency Order = "latency"
	orderSince   Order = "since"
	orderChanged Order = "changed"
	orderSource  Order = "source"
	orderToken   Order = "token"
	orderNote    Order = "note"
)

// AllOrders are the orders of [Orders], and after them one for each other column.
func AllOrders() []Order {
	all := Orders()
	for _, c := range Columns() {
		if o := Order(c); c != ColumnProfile && !slices.Contains(all, o) {
			all = append(all, o)
		}
	}
	return all
}

// OrderNames are the words for all orders.
func OrderNames() (names []string) {
	for _, o := range AllOrders() {
		names = append(names, string(o))
	}
	return names
}

// Key is the value of a profile in a column. Profiles are ordered by the number, and
// those with the same number by the text; those whose value is unknown come last,
// whatever the direction.
type Key struct {
	Number  float64
	Text    string
	Unknown bool
}

// Compare compares two values that are known.
func (k Key) Compare(o Key) int {
	return cmp.Or(cmp.Compare(k.Number, o.Number), strings.Compare(k.Text, o.Text))
}

// TextKey sorts by a text, whatever its case; an empty one is unknown.
func TextKey(s string) Key { return Key{Text: strings.ToLower(s), Unknown: s == ""} }

// agoKey sorts by how long ago something was, the latest first.
func agoKey(at time.Time) Key { return Key{Number: -float64(at.Unix()), Unknown: at.IsZero()} }

// Key is the value of a profile in the column that the order is called after. It is
// the zero one for the orders of [Orders].
func (o Order) Key(s *Sortable) Key {
	switch o {
	case orderHost:
		return TextKey(s.Host)
	case orderLabel:
		return TextKey(s.Label)
	case orderTags:
		return TextKey(strings.Join(s.Tags, " "))
	case orderSource:
		return TextKey(s.Source)
	case orderSince:
		return agoKey(s.Standing.Since)
	}
	if s.Snapshot == nil {
		return Key{Unknown: true}
	}
	return o.snapshotKey(s)
}

// snapshotKey is the value in a column of what the service says.
func (o Order) snapshotKey(s *Sortable) Key {
	snap := s.Snapshot
	switch o {
	case orderLatency:
		return Key{Number: float64(snap.Health.Latency), Unknown: snap.Health.Latency <= 0}
	case orderBudget:
		return budgetKey(snap.RateLimit)
	case orderExpires:
		return expiryKey(snap.Expiry())
	case orderChanged:
		return agoKey(LastChange(snap))
	case orderNote:
		if s.Standing.Urgency == UrgencySnoozed {
			return TextKey(snap.Snooze.Note)
		}
		return TextKey(snap.Health.Explanation)
	}
	a := snap.Account
	switch {
	case a == nil:
		return Key{Unknown: true}
	case o == orderOrgs:
		return Key{Number: float64(a.CountOrganizations())}
	case o == orderEmail && len(a.User.Emails) > 0:
		return TextKey(a.User.Emails[0])
	case o == orderToken:
		return TextKey(cmp.Or(a.Token.Name, a.Token.ID))
	}
	return Key{Unknown: true}
}

// budgetKey has the least that is left first.
func budgetKey(l account.RateLimit) Key {
	if l.Remaining == nil || l.Limit == nil || *l.Limit <= 0 {
		return Key{Unknown: true}
	}
	return Key{Number: float64(*l.Remaining) / float64(*l.Limit)}
}

// expiryKey has the earliest end first, and never after all of them.
func expiryKey(e account.Expiry) Key {
	switch e.KindOrUnknown() {
	case account.ExpiryDate:
		return Key{Number: float64(e.At.Unix())}
	case account.ExpiryNever:
		return Key{Number: math.MaxFloat64}
	}
	return Key{Unknown: true}
}
