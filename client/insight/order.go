package insight

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
)

// Order is what profiles can be sorted by, in a word that may be that of a column.
type Order string

// The orders, by the words that people write.
const (
	// OrderUrgency is that of [Standing.Compare].
	OrderUrgency Order = "urgency"
	// OrderDue has the earliest due first.
	OrderDue     Order = "due"
	OrderName    Order = "name"
	OrderState   Order = "state"
	OrderService Order = "service"
	OrderUser    Order = "user"
	// OrderFile is the order of the configuration.
	OrderFile Order = "file"
)

// Orders are those that a list of profiles has, whatever its columns.
func Orders() []Order {
	return []Order{OrderUrgency, OrderDue, OrderName, OrderState, OrderService, OrderUser, OrderFile}
}

// Sortable is what orders look at in a profile.
type Sortable struct {
	Name, Service, User string
	Standing            *Standing
	// The rest is looked at by the orders of columns alone. Snapshot is nil where
	// nothing is known.
	Label, Host, Source string
	Tags                []string
	Snapshot            *account.Snapshot
}

// Sort sorts profiles, which are named by their places in the configuration. Of
// those that are alike the earlier one comes first. Turned round, the order is the
// opposite, but what is not known still comes last.
func (o Order) Sort(profiles []int, reversed bool, of func(profile int) Sortable) {
	slices.SortFunc(profiles, func(a, b int) int {
		if o == OrderFile && reversed {
			return cmp.Compare(b, a)
		}
		return cmp.Or(o.Compare(of(a), of(b), reversed), cmp.Compare(a, b))
	})
}

// Compare compares two profiles; in the order of the file all are alike.
func (o Order) Compare(a, b Sortable, reversed bool) int {
	c, known := o.compare(a, b)
	if known && reversed {
		return -c
	}
	return c
}

// compare compares two profiles. Known is not set where one of them comes last
// whatever the direction.
func (o Order) compare(a, b Sortable) (order int, known bool) {
	switch o {
	case OrderDue:
		at, bt := a.Standing.dueAt(), b.Standing.dueAt()
		return earlier(at, bt), !at.IsZero() && !bt.IsZero()
	case OrderName:
		return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.Name, b.Name)), true
	case OrderState:
		return cmp.Compare(stateRank(a.Standing.State), stateRank(b.Standing.State)), true
	case OrderService:
		return strings.Compare(a.Service, b.Service), true
	case OrderUser:
		if a.User == "" || b.User == "" {
			// Nobody comes last.
			return -strings.Compare(a.User, b.User), a.User == b.User
		}
		return strings.Compare(strings.ToLower(a.User), strings.ToLower(b.User)), true
	case OrderFile:
		return 0, true
	case OrderUrgency, "":
		return a.Standing.Compare(*b.Standing), true
	}
	return compareKeys(o.Key(&a), o.Key(&b))
}

// compareKeys compares two values in a column.
func compareKeys(a, b Key) (order int, known bool) {
	switch {
	case a.Unknown && b.Unknown:
		return 0, false
	case a.Unknown:
		return 1, false
	case b.Unknown:
		return -1, false
	}
	return a.Compare(b), true
}

// dueAt is the moment of the due; far ahead for never, zero for none.
func (s Standing) dueAt() time.Time {
	if s.Due.Kind == DueNever {
		return time.Unix(1<<40, 0)
	}
	return s.Due.At
}

// stateRank puts the states in the order of what is wrong with them, those that
// say nothing last.
func stateRank(s account.State) int {
	severities := []account.Severity{account.SeverityFail, account.SeverityWarn, account.SeverityOK, account.SeverityNone}
	all := account.States()
	return slices.Index(severities, s.Severity())*len(all) + slices.Index(all, s)
}
