package ui

import "rollcall/client/account"

// budgetInk is green, yellow or red for what is left of a budget.
func budgetInk(in *inks, l account.RateLimit) ink {
	switch {
	case *l.Remaining <= 0:
		return in.fail
	case float64(*l.Remaining) < 0.25*float64(*l.Limit):
		return in.warn
	default:
		return in.ok
	}
}
