package talk

import "rollcall/client/insight"

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
