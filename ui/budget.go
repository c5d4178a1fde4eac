package ui

import (
	"rollcall/client/account"
	"rollcall/ui/theme"
)

// budgetInk is green, yellow or red for what is left of a budget.
func budgetInk(in *theme.Inks, l account.RateLimit) theme.Ink {
	switch {
	case *l.Remaining <= 0:
		return in.Fail
	case float64(*l.Remaining) < 0.25*float64(*l.Limit):
		return in.Warn
	default:
		return in.OK
	}
}
