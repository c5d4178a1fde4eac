package ui

import (
	"rollcall/client/account"
	"rollcall/ui/theme"
)

// fewLeft is how many requests are soon spent, however large a share of the budget
// they are.
const fewLeft = 10

// budgetInk is green, yellow or red for what is left of a budget.
func budgetInk(in *theme.Inks, l account.RateLimit) theme.Ink {
	switch {
	case *l.Remaining <= 0:
		return in.Fail
	case float64(*l.Remaining) < 0.25*float64(*l.Limit), *l.Remaining < fewLeft && *l.Remaining < *l.Limit:
		return in.Warn
	default:
		return in.OK
	}
}
