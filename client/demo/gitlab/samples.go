package gitlab

import (
	"net/http"
	"time"

	"rollcall/client/demo/sample"
)

// section is the heading that the profiles of services for code come under.
const section = "Code"

// scopeMissing is the state of a token that may not ask for its user.
const scopeMissing = "scope_missing"

// profile is a sample profile with what GitLab knows of its token.
type profile struct {
	sample.Profile
	account *account
}

// profiles are all sample profiles of GitLab. Those that end soon do so in relation
// to now.
func profiles(now time.Time) []profile {
	all := append(good(now), bad(now)...)
	for i := range all {
		p := &all[i]
		p.Section, p.Token = section, mint(p.Name)
		if p.Name == "wiki" {
			continue
		}
		p.Path, p.Known = root, p.known(now)
	}
	return all
}

// good are the profiles that answer.
func good(now time.Time) []profile {
	return []profile{
		{
			Profile: sample.Profile{
				Name: "forge", Label: "Roe Consulting", Tags: []string{"prod"},
				About: "Groups with roles and two identities, below a path; another group comes after three minutes",
				State: "healthy", Latency: 83 * time.Millisecond,
			},
			account: &account{user: sam(now), id: 71, name: "rollcall laptop", scopes: []string{"read_user", "read_api"}, end: day(now.AddDate(0, 0, 200))},
		}, {
			Profile: sample.Profile{
				Name: "pipelines", Label: "Website", Tags: []string{"client", "prod"},
				About: "The token of a project, which acts as a bot and ends in 8 days",
				State: "expiring", Latency: 69 * time.Millisecond,
			},
			account: &account{user: bot(), id: 72, name: "pipelines", scopes: []string{"api"}, end: day(now.AddDate(0, 0, 9))},
		}, {
			Profile: sample.Profile{
				Name: "attic", Label: "Old projects",
				About: "A token that the server tells nothing of itself, as old ones do",
				State: "healthy", Latency: 131 * time.Millisecond,
			},
			account: &account{user: member(4311, "rlingens", "Rudolf Lingens"), id: 73, name: "attic", scopes: []string{"read_api"}, old: true},
		},
	}
}

// bad are the profiles of which something is wrong.
func bad(now time.Time) []profile {
	return []profile{
		{
			Profile: sample.Profile{
				Name: "clones", Tags: []string{"staging"},
				About: "A token for repositories alone: it may not ask who it is, but has a record",
				State: scopeMissing, Code: "insufficient_scope", Status: http.StatusForbidden, Latency: 58 * time.Millisecond,
			},
			account: &account{user: sam(now), id: 74, name: "mirror clones", scopes: []string{"read_repository"}, end: day(now.AddDate(0, 0, 300))},
		}, {
			Profile: sample.Profile{
				Name: "nightly", Label: "Nightly builds", Tags: []string{"staging"},
				About: "A token that has expired",
				State: "invalid_token", Code: "invalid_token", Status: http.StatusUnauthorized, Latency: 49 * time.Millisecond,
			},
			account: &account{user: member(4312, "nightly", "Nightly Builds"), id: 75, name: "nightly", scopes: []string{"api"}, end: day(now.AddDate(0, 0, -12))},
		}, {
			Profile: sample.Profile{
				Name: "charity", Label: "Charity run", Tags: []string{"client"},
				About: "A user whom an administrator has blocked",
				State: "forbidden", Status: http.StatusForbidden, Latency: 55 * time.Millisecond,
			},
			account: &account{user: blocked(), id: 76, name: "charity", scopes: []string{"read_user"}},
		}, {
			Profile: sample.Profile{
				Name: "indexer", Label: "Search index",
				About: "A limit that other programs use up",
				State: "rate_limited", Latency: 41 * time.Millisecond,
			},
			account: &account{user: member(4313, "indexer", "Search Index"), id: 77, name: "indexer", scopes: []string{"read_api"}, crowded: true},
		}, {
			Profile: sample.Profile{
				Name:  "wiki",
				About: "An address without the path that the installation lies below",
				State: "not_found", Latency: 27 * time.Millisecond,
			},
			account: &account{user: sam(now), id: 78, name: "wiki", scopes: []string{"read_user"}},
		},
	}
}

// blocked is a user who may not come in.
func blocked() *user {
	u := member(4314, "charity-run", "Ines Ferreira")
	u.blocked = true
	return u
}
