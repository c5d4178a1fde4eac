package talk

import (
	"rollcall/client/insight"
	"rollcall/config"
	"rollcall/config/query"
)

// order is what the list is sorted by; reversed turns that round.
type order struct {
	by       insight.Order
	reversed bool
}

// usual reports whether the list is in the order of urgency, in sections.
func (o order) usual() bool { return o.by == insight.OrderUrgency && !o.reversed }

func (o order) String() string {
	if o.reversed {
		return "-" + string(o.by)
	}
	return string(o.by)
}

// orderNames are the words for the orders.
func orderNames() (names []string) {
	for _, o := range insight.Orders() {
		names = append(names, string(o))
	}
	return names
}

// inView is the saved view that the list is kept to; the zero value for none.
type inView struct {
	config.View
	// asked is the query of the view, outside the order of the list without it.
	asked   query.Query
	outside order
}

// on reports whether the list is kept to a view.
func (v *inView) on() bool { return v.Name != "" }
