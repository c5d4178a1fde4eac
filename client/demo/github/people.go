package github

import (
	"fmt"
	"time"

	"rollcall/client/demo/sample"
)

// sam is the person of most samples, who asks for an organization after a while.
func sam(now time.Time) *user {
	return &user{
		id: 90210417, login: "samroe", name: "Sam Roe", public: "",
		emails: []email{{"sam@roe.example", true}, {"sam.roe@acme.example", true}, {"samm@roe.example", false}},
		socials: []social{
			{"mastodon", "https://social.example/@samroe"}, {"generic", "https://roe.example"},
		},
		members: []membership{
			{id: 4101, login: "roe-consulting", role: "admin"}, {id: 4102, login: "otter-labs", role: "member"},
			{id: 4103, login: "acme", role: "billing_manager"}, {id: 4104, login: "harbour-works", role: "member", pending: true},
			{id: 21955855, login: "northwind", role: "member", signOn: true},
		},
		joined: membership{id: 4105, login: "allotment-club", role: "member"}, from: now.Add(sample.ChangesAfter),
	}
}

// kim looks after pages and belongs to more organizations than fit on a page.
func kim() *user {
	u := &user{
		id: 90210553, login: "kim-larsen", name: "Kim Larsen", public: "kim@larsen.example",
		emails: []email{{"kim@larsen.example", true}},
	}
	for i := range 130 {
		u.members = append(u.members, membership{id: int64(5001 + i), login: fmt.Sprintf("reading-group-%03d", i+1), role: "member"})
	}
	return u
}

// helper is a user that a program acts as.
func helper(id int64, login, name string) *user {
	return &user{id: id, login: login, name: name, emails: []email{{login + "@otter-labs.example", true}}, members: []membership{{id: 4102, login: "otter-labs", role: "member"}}}
}
