package gitlab

import (
	"time"

	"rollcall/client/demo/sample"
)

// sam is the person of most samples, who is let into a group after a while.
func sam(now time.Time) *user {
	return &user{
		id: 4201, username: "samroe", name: "Sam Roe", emails: []string{"sam@roe.example", "sam.roe@acme.example"},
		identities: []identity{{"github", "90210417"}, {"group_saml", "sam.roe@acme.example"}},
		groups: []group{
			{id: 11, name: "Roe Consulting", path: "roe-consulting", level: 50},
			{id: 12, name: "Acme", path: "acme", level: 30},
			{id: 13, parent: 12, name: "Acme / Website", path: "acme/website", level: 40},
			{id: 14, parent: 12, name: "Acme / Archive", path: "acme/archive", level: 30},
			{id: 15, name: "Otter Labs", path: "otter-labs", level: 20},
		},
		joined: group{id: 16, name: "Harbour Works", path: "harbour-works", level: 10}, from: now.Add(sample.ChangesAfter),
	}
}

// bot is what a project's token acts as.
func bot() *user {
	return &user{
		id: 4307, username: "project_12_bot_8c1e", name: "Website pipelines", bot: true, emails: []string{"project_12_bot_8c1e@noreply.git.example"},
		groups: []group{{id: 13, name: "Acme / Website", path: "acme/website", level: 30}},
	}
}

// member is a person with one group.
func member(id int64, username, name string) *user {
	return &user{
		id: id, username: username, name: name, emails: []string{username + "@otter-labs.example"},
		groups: []group{{id: 15, name: "Otter Labs", path: "otter-labs", level: 30}},
	}
}
