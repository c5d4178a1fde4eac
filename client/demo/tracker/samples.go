package tracker

import (
	"fmt"
	"strconv"
	"time"

	known "rollcall/client/account"
	"rollcall/client/demo/sample"
)

// section is the heading that the profiles come under.
const section = "Own services"

// profile is a sample profile with what the tracker knows of its token.
type profile struct {
	sample.Profile
	account *account
}

// profiles are all sample profiles of the tracker.
func profiles(now time.Time) []profile {
	all := append(good(now), bad(now)...)
	for i := range all {
		p := &all[i]
		p.Section, p.Token = section, mint(p.Name)
		p.Known = p.account.known()
	}
	return all
}

func mint(name string) string { return "tracker-demo-" + name }

func sam() account {
	return account{
		id: 7104, login: "sam", first: "Sam", last: "Roe", tokenName: "laptop", scopes: "issues:read issues:write",
		projects: []project{{"WEB", "Website", "lead"}, {"OPS", "Operations", "member"}},
	}
}

func named(id int, login, first, last string) account {
	return account{id: id, login: login, first: first, last: last, tokenName: login, scopes: "issues:read", projects: []project{{"WEB", "Website", "member"}}}
}

// good are the profiles that answer.
func good(now time.Time) []profile {
	issues, boards, triage := sam(), named(7120, "mo.board", "Mo", "Board"), named(7133, "triage", "Triage", "Helper")
	issues.joined, issues.from = project{"DOC", "Handbook", "member"}, now.Add(sample.ChangesAfter)
	boards.ends = now.AddDate(1, 2, 0).Truncate(time.Second)
	triage.quota = 6
	return []profile{
		{sample.Profile{
			Name: "issues", Label: "Roe Consulting", About: "Projects with roles, and a token that never ends; another project comes after three minutes",
			State: "healthy", Latency: 58 * time.Millisecond,
		}, &issues},
		{sample.Profile{
			Name: "boards", Tags: []string{"client"}, About: "A token that ends next year",
			State: "healthy", Latency: 83 * time.Millisecond,
		}, &boards},
		{sample.Profile{
			Name: "inbox", About: "Six requests a minute: check a few times to reach the limit",
			State: "healthy", Latency: 44 * time.Millisecond,
		}, &triage},
	}
}

// bad are those with something to see to.
func bad(now time.Time) []profile {
	with := func(acc account, problem string) *account {
		acc.problem = problem
		return &acc
	}
	planning := named(7150, "pia.plan", "Pia", "Plan")
	planning.ends = sample.Days(now, 7).Truncate(time.Second)
	return []profile{
		{sample.Profile{
			Name: "planning", About: "A token that ends in a week", State: "expiring", Latency: 71 * time.Millisecond,
		}, &planning},
		{sample.Profile{
			Name: "trainee", About: "A token that was revoked, which a 403 says", State: "invalid_token", Code: revoked, Status: 403, Latency: 52 * time.Millisecond,
		}, with(named(7162, "tara", "Tara", "Young"), revoked)},
		{sample.Profile{
			Name: "hotline", About: "A token for reports alone", State: "scope_missing", Code: mayNot, Status: 403, Latency: 49 * time.Millisecond,
		}, with(named(7171, "hotline", "Hot", "Line"), mayNot)},
		{sample.Profile{
			Name: "lobby", About: "A token that is not known, to which the answer is good but empty", State: "invalid_token", Status: 200, Latency: 61 * time.Millisecond,
		}, with(named(7180, "vic", "Vic", "Itor"), guest)},
		{sample.Profile{
			Name: "squad", About: "A token of a team, which belongs to no user", State: "no_user", Code: team, Status: 409, Latency: 55 * time.Millisecond,
		}, with(named(7191, "squad", "Squad", "Seven"), team)},
		{sample.Profile{
			Name: "imports", About: "Another program uses up all that the limit allows", State: "rate_limited", Code: crowded, Status: 429, Latency: 38 * time.Millisecond,
		}, with(named(7199, "imports", "Import", "Job"), crowded)},
	}
}

// renewed is the n-th token of the sample, and the account that it gives: as before,
// but for what was wrong with the token itself.
func (p *profile) renewed(n int, end time.Time) (string, *account) {
	acc := *p.account
	acc.problem = ""
	if !acc.ends.IsZero() {
		acc.ends = end.Truncate(time.Second)
	}
	return mint(fmt.Sprintf("%s-%d", p.Name, n)), &acc
}

// known is what a good answer told of the account before the start.
func (acc *account) known() *known.Account {
	if acc.problem == team {
		return nil
	}
	told := &known.Account{User: known.User{
		ID: strconv.Itoa(acc.id), FullName: acc.first + " " + acc.last, Username: acc.login, Emails: []string{acc.login + "@example.com"},
	}}
	for _, p := range acc.projects {
		told.Organizations = append(told.Organizations, known.Organization{ID: p.Key, Name: p.Name, Role: p.Role})
	}
	told.Token = known.Token{Name: acc.tokenName, Expiry: known.Expiry{Kind: known.ExpiryNever}}
	if !acc.ends.IsZero() {
		told.Token.Expiry = known.Expiry{Kind: known.ExpiryDate, At: acc.ends.UTC()}
	}
	return told
}
