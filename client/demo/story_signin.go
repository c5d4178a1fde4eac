package demo

import (
	"time"

	"rollcall/client/demo/sample"
)

// gardenStories are those of the profiles at Gitea.
func gardenStories() map[string]story {
	return map[string]story{
		"garden":   {events: []event{joined(47*day, "Acme"), promoted(15*day, "Otter Labs", "write", "admin")}},
		"beehive":  {since: 4 * time.Minute},
		"harvest":  {since: 10 * day, snoozed: "For repositories alone, that is as it should be"},
		"compost":  {since: 16 * day, snoozed: "The mirrors go away with the old host"},
		"orchard":  {since: 14 * day, snoozed: "The project is over"},
		"seedling": {since: 3*day - 7*hour, snoozed: "Starts on Monday, with a password of their own"},
		"hedge":    {ever: true, snoozed: "Waiting for the right address"},
	}
}

// signInStories are those of the profiles at issuers of OpenID Connect.
func signInStories(start time.Time) map[string]story {
	return map[string]story{
		"sso":       {events: []event{joined(29*day, "staff")}},
		"visitor":   {events: []event{renewed(start, 78*day, sample.Days(start, 12))}},
		"timesheet": {since: 18 * day, snoozed: "The scope comes with the next version"},
		"payroll":   {since: 5*day - 4*hour, snoozed: "Payroll sends a new token"},
		"partner":   {since: 22 * day, snoozed: "The contract is renewed in spring"},
		"clinic":    {since: 2*day - 8*hour, snoozed: "Signs in again at the next visit"},
		"wallet":    {ever: true, snoozed: "Needs a program that holds the key"},
		"intranet":  {ever: true, snoozed: "Asked which address is the right one"},
	}
}
