package demo

import (
	"maps"
	"time"

	"rollcall/client/account"
	"rollcall/client/demo/sample"
)

// story is what has become of a sample profile before the demo starts.
type story struct {
	// since is for how long its state is what it is, and not healthy; zero where it
	// has been so since the token was made.
	since time.Duration
	// ever is set where no answer was ever good.
	ever bool
	// snoozed is why the person does not want to be told of the profile; empty where
	// they do.
	snoozed string
	// events are the changes besides, the latest last.
	events []event
}

// event is a change, and how long before the start it was noticed.
type event struct {
	ago    time.Duration
	change account.Change
}

const (
	hour = time.Hour
	day  = 24 * hour
)

// stories are those of the profiles that have one. What is broken for a while
// already, and somebody is at work on, is snoozed: the day is a mixed one, and
// every state can be found in it.
func stories(start time.Time) map[string]story {
	all := map[string]story{
		"work":      {events: []event{joined(38*day, "Otter Labs"), gone(17*day, account.ChangeScope, "users:read")}},
		"datahub":   {events: []event{linked(61*day, "elixir", "38bf3fc2f4c16730481764bd775ae2d1"), added(12*day, account.ChangeEmail, "john.doe@example.com")}},
		"agency":    {events: []event{gone(44*day, account.ChangeOrganization, "Harbour Works"), joined(9*day, "Harbour Studio")}},
		"northwind": {events: []event{renewed(start, 81*day, sample.Days(start, 9))}},
		"acme":      {events: []event{renewed(start, 78*day, sample.Days(start, 12))}},
		"egi":       {events: []event{renewed(start, 85*day, sample.Days(start, 5))}},
		"release":   {events: []event{renewed(start, 29*day, start.Add(sample.EndsToday))}},
		"console":   {events: []event{renewed(start, 30*day, start.Add(sample.EndsAfter))}},
		"admin":     {events: []event{called(21*day, "Zone Admin", "Zone Administrator")}},
		"shared":    {since: 2*day + 3*hour},
		"office":    {since: 3*hour + 10*time.Minute},
		"laptop":    {since: 5*hour + 25*time.Minute},
		"batch":     {since: 8 * time.Minute},
		"dr-site":   {since: 40 * time.Minute},
		"code":      {events: []event{joined(52*day, "acme"), promoted(26*day, "roe-consulting", "member", "admin")}},
		"website":   {events: []event{renewed(start, 84*day, sample.Days(start, 6))}},
		"pipelines": {events: []event{renewed(start, 82*day, start.AddDate(0, 0, 9).UTC().Truncate(day))}},
		"forge":     {events: []event{promoted(34*day, "Acme / Website", "developer", "maintainer"), linked(19*day, "group_saml", "sam.roe@acme.example")}},
		"crawler":   {since: 6 * time.Minute},
	}
	for _, more := range []map[string]story{snoozedStories(), gardenStories(), signInStories(start), ownStories()} {
		maps.Copy(all, more)
	}
	return all
}

// snoozedStories are those of the profiles that nobody wants to hear of this week.
func snoozedStories() map[string]story {
	return map[string]story{
		"staging":  {since: 3*day - 6*hour, snoozed: "Staging is rebuilt, a new token comes with it"},
		"audit":    {since: 11 * day, snoozed: "Asked Katapult's support for the scope"},
		"mirror":   {since: 4 * day, snoozed: "Ticket with the provider: answers lack their end"},
		"gateway":  {since: 6 * day, snoozed: "Network team is at work on the proxy"},
		"backup":   {since: 2 * day, snoozed: "The host moves to the new data centre"},
		"cluster":  {since: 9 * day, snoozed: "Needed again for the next run on the cluster"},
		"mount":    {since: 20 * day, snoozed: "For files only, that is as it should be"},
		"workshop": {since: 4*day - 6*hour, snoozed: "The summer school is over"},
		"alumni":   {since: 33 * day, snoozed: "Asked the administrators"},
		"ops":      {since: 15 * day, snoozed: "Gets a token in place of the password"},
		"kiosk":    {since: 7 * day, snoozed: "The library sends the new password"},
		"archive":  {ever: true, snoozed: "Waiting for the right address"},
		"sandbox":  {ever: true, snoozed: "The zone is updated at the weekend"},
		"grid":     {since: 30 * hour, snoozed: "Ticket with the provider: reference given"},
		"campus":   {since: 5 * day, snoozed: "Back in the office next week"},
		"intern":   {since: 13 * day, snoozed: "The contract is over, the account goes with it"},
		"notes":    {since: 2*day - 5*hour, snoozed: "The new token comes with the next version"},
		"clones":   {since: 24 * day, snoozed: "For repositories alone, that is as it should be"},
		"nightly":  {since: 12 * day, snoozed: "The builds move to another runner"},
		"indexer":  {since: 9 * day, snoozed: "Other programs go over the limit until Friday"},
		"charity":  {since: 6 * day, snoozed: "The next run is in spring"},
		"wiki":     {ever: true, snoozed: "Waiting for the address of the new wiki"},
		"moved":    {since: 8 * day, snoozed: "The old address is switched off next week"},
	}
}

func joined(ago time.Duration, name string) event {
	return added(ago, account.ChangeOrganization, name)
}

func added(ago time.Duration, kind account.ChangeKind, name string) event {
	return event{ago, account.Change{Kind: kind, Is: account.Value{Name: name}}}
}

func gone(ago time.Duration, kind account.ChangeKind, name string) event {
	return event{ago, account.Change{Kind: kind, Was: account.Value{Name: name}}}
}

// called is that a user was given another name.
func called(ago time.Duration, was, is string) event {
	return event{ago, account.Change{
		Kind: account.ChangeUser, What: "full name", Was: account.Value{Name: was}, Is: account.Value{Name: is},
	}}
}

// promoted is that a user was given another role in an organization.
func promoted(ago time.Duration, organization, was, is string) event {
	return event{ago, account.Change{
		Kind: account.ChangeRole, What: organization, Was: account.Value{Name: was}, Is: account.Value{Name: is},
	}}
}

func linked(ago time.Duration, idp, subject string) event {
	return event{ago, account.Change{Kind: account.ChangeLinkedAccount, Is: account.Value{Name: idp, ID: subject}}}
}

// renewed is that a token was renewed, which ends at a moment. The one before it
// would have ended some days later.
func renewed(start time.Time, ago time.Duration, ends time.Time) event {
	end := func(at time.Time) account.Value {
		return account.Value{Ends: account.ExpiryDate, At: at.Truncate(time.Second)}
	}
	return event{ago, account.Change{
		Kind: account.ChangeToken, What: "expiry", Was: end(start.Add(5*day - ago)), Is: end(ends),
	}}
}
