package ui

import (
	"strconv"

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

// budgetWords are what is left of a budget; empty where nothing is known of it.
func budgetWords(l account.RateLimit) string {
	switch {
	case l.Remaining == nil && l.Limit == nil:
		return ""
	case l.Remaining == nil:
		return "limit " + number(l.Limit)
	case l.Limit == nil:
		return number(l.Remaining) + " left"
	}
	return number(l.Remaining) + "/" + number(l.Limit)
}

func number(n *int64) string {
	if n == nil {
		return "unknown"
	}
	return strconv.FormatInt(*n, 10)
}
