package demo

// ownStories are those of the profiles of a service that the configuration describes.
func ownStories() map[string]story {
	return map[string]story{
		"issues":   {events: []event{joined(47*day, "Operations"), promoted(15*day, "Website", "member", "lead")}},
		"planning": {snoozed: "The plan for next year brings a new token"},
		"trainee":  {since: 10 * day, snoozed: "The training is over, the account goes with it"},
		"hotline":  {since: 17 * day, snoozed: "For reports alone, that is as it should be"},
		"lobby":    {since: 4*day + 5*hour, snoozed: "Asked Vic for the new token"},
		"squad":    {since: 28 * day, snoozed: "Of a team, that is as it should be"},
		"imports":  {since: 3 * hour, snoozed: "The import ends tonight"},
	}
}
