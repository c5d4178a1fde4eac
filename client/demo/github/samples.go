package github

import (
	"net/http"
	"time"

	"rollcall/client/demo/sample"
)

// section is the heading that the profiles of services for code come under.
const section = "Code"

// profile is a sample profile with what GitHub knows of its token.
type profile struct {
	sample.Profile
	account *account
	// prefix is what its tokens begin with, which tells their kind.
	prefix string
}

// The first letters of tokens.
const (
	classic      = "ghp_"
	fineGrained  = "github_pat_"
	installation = "ghs_"
	app          = "gho_"
)

// profiles are all sample profiles of GitHub. Those that end soon do so in relation
// to now.
func profiles(now time.Time) []profile {
	all := append(people(now), programs(now)...)
	for i := range all {
		p := &all[i]
		p.Section, p.Token = section, mint(p.prefix, p.Name)
		p.Known = p.known(now)
	}
	return all
}

// people are the profiles of persons.
func people(now time.Time) []profile {
	roe := sam(now)
	return []profile{
		{
			Profile: sample.Profile{
				Name: "code", Label: "Otter Labs", Tags: []string{"prod"},
				About: "Organizations with roles, one pending and one behind single sign-on; another comes after three minutes",
				State: "healthy", Latency: 61 * time.Millisecond,
			},
			account: &account{user: roe, scopes: []string{"read:org", "repo", "user:email", "workflow"}, graphql: 3912}, prefix: classic,
		}, {
			Profile: sample.Profile{
				Name: "website", Label: "Company site", Tags: []string{"client"},
				About: "A fine-grained token that ends in 6 days, and may not see e-mail addresses",
				State: "expiring", Latency: 74 * time.Millisecond,
			},
			account: &account{user: roe, permissions: []string{"members"}, end: sample.Days(now, 6).Truncate(time.Second), elsewhere: true}, prefix: fineGrained,
		}, {
			Profile: sample.Profile{
				Name: "reading", Label: "Reading groups",
				About: "More organizations than a page has, and 60 requests an hour: what has not changed costs nothing",
				State: "healthy", Latency: 88 * time.Millisecond,
			},
			account: &account{user: kim(), scopes: []string{"read:org"}, limit: 60}, prefix: app,
		}, {
			Profile: sample.Profile{
				Name: "intern", Tags: []string{"client"},
				About: "An account that was suspended",
				State: "forbidden", Status: http.StatusForbidden, Latency: 52 * time.Millisecond,
			},
			account: &account{user: &user{id: 90210777, login: "summer-intern", name: "Noa Berg", suspended: true}, scopes: []string{}}, prefix: classic,
		},
	}
}

// programs are the profiles of programs.
func programs(now time.Time) []profile {
	return []profile{
		{
			Profile: sample.Profile{
				Name: "deploys", Label: "Deploy app", Tags: []string{"prod"},
				About: "The installation of an app, which is nobody",
				State: "no_user", Status: http.StatusForbidden, Latency: 47 * time.Millisecond,
			},
			account: &account{}, prefix: installation,
		}, {
			Profile: sample.Profile{
				Name: "crawler", Label: "Licence scan",
				About: "A program that asks too much at once: a secondary limit",
				State: "rate_limited", Status: http.StatusForbidden, Latency: 39 * time.Millisecond,
			},
			account: &account{user: helper(90210601, "licence-scan", "Licence Scan"), scopes: []string{"public_repo"}, burst: true}, prefix: classic,
		}, {
			Profile: sample.Profile{
				Name: "notes", Label: "Public notes", Tags: []string{"staging"},
				About: "A token that was found in a public place, and revoked",
				State: "invalid_token", Status: http.StatusUnauthorized, Latency: 44 * time.Millisecond,
			},
			account: &account{user: helper(90210602, "notes-bot", "Notes Bot"), scopes: []string{"repo"}, revoked: true}, prefix: classic,
		},
	}
}
