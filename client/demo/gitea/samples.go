package gitea

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"time"

	known "rollcall/client/account"
	"rollcall/client/demo/sample"
)

// section is the heading that the profiles of services for code come under.
const section = "Code"

// scopeMissing is the state of a token that may not ask for its user.
const scopeMissing = "scope_missing"

// profile is a sample profile with what Gitea knows of its credential; nil for one that it does
// not know any more.
type profile struct {
	sample.Profile
	account *account
}

// profiles are all sample profiles of Gitea.
func profiles(now time.Time) []profile {
	all := append(good(now), bad(now)...)
	for i := range all {
		p := &all[i]
		p.Section = section
		if p.Username == "" {
			p.Token = mint(p.Name)
		}
		if p.State != "not_found" {
			p.Known = p.known(now)
		}
	}
	return all
}

// good are the profiles that answer.
func good(now time.Time) []profile {
	return []profile{
		{
			Profile: sample.Profile{
				Name: "garden", Label: "Roe Consulting", Tags: []string{"prod"},
				About: "Organizations with roles, two e-mail addresses; another organization comes after three minutes",
				State: "healthy", Latency: 64 * time.Millisecond,
			},
			account: &account{user: sam(now), scopes: []string{"read:organization", "read:user"}},
		}, {
			Profile: sample.Profile{
				Name: "almanac", Label: "Changelogs", Tags: []string{"client"},
				About: "A token for the user alone, which tells of organizations by the teams",
				State: "healthy", Latency: 47 * time.Millisecond,
			},
			account: &account{user: member(5302, "almanac", "Almanac"), scopes: []string{"read:user"}},
		}, {
			Profile: sample.Profile{
				Name: "greenhouse", Label: "Build farm",
				About: "A user name and a password, of an administrator who signs in by a directory",
				State: "healthy", Latency: 118 * time.Millisecond, Username: "greenhouse", Password: "demo-greenhouse",
			},
			account: &account{user: keeper()},
		},
	}
}

// bad are the profiles of which something is wrong.
func bad(now time.Time) []profile {
	return []profile{
		{
			Profile: sample.Profile{
				Name: "harvest", Tags: []string{"staging"},
				About: "A token for repositories alone: it may not ask who it is",
				State: scopeMissing, Status: http.StatusForbidden, Latency: 52 * time.Millisecond,
			},
			account: &account{user: sam(now), scopes: []string{"write:package", "read:repository"}},
		}, {
			Profile: sample.Profile{
				Name: "compost", Label: "Old mirrors",
				About: "A token that somebody has deleted",
				State: "invalid_token", Status: http.StatusUnauthorized, Latency: 39 * time.Millisecond,
			},
		}, {
			Profile: sample.Profile{
				Name: "orchard", Label: "Orchard project", Tags: []string{"client"},
				About: "A user whom the administrators let in no more",
				State: "forbidden", Status: http.StatusForbidden, Latency: 44 * time.Millisecond,
			},
			account: &account{user: &user{id: 5305, login: "orchard", emails: []string{"orchard@otter-labs.example"}, prohibited: true}, scopes: []string{"all"}},
		}, {
			Profile: sample.Profile{
				Name: "seedling", Label: "New colleague",
				About: "A user who must choose a new password first",
				State: "forbidden", Status: http.StatusForbidden, Latency: 41 * time.Millisecond,
			},
			account: &account{user: &user{id: 5306, login: "seedling", emails: []string{"seedling@otter-labs.example"}, fresh: true}, scopes: []string{"read:user"}},
		}, {
			Profile: sample.Profile{
				Name: "hedge", Path: "/forge",
				About: "An address with a path too much",
				State: "not_found", Latency: 23 * time.Millisecond,
			},
			account: &account{user: sam(now), scopes: []string{"read:user"}},
		}, {
			Profile: sample.Profile{
				Name: "beehive", Label: "Package index",
				About: "A proxy before it that has had enough",
				State: "rate_limited", Latency: 19 * time.Millisecond,
			},
			account: &account{user: member(5308, "beehive", "Package index"), scopes: []string{"read:user", "read:package"}, crowded: true},
		},
	}
}

// sam is the person of most samples, who is let into an organization after a while.
func sam(now time.Time) *user {
	return &user{
		id: 5301, login: "samroe", name: "Sam Roe", emails: []string{"sam@roe.example", "sam.roe@acme.example"},
		teams: []team{
			{21, "Owners", organization{31, "roe-consulting", "Roe Consulting"}, "owner"},
			{22, "Website", organization{32, "acme", "Acme"}, "write"},
			{23, "Readers", organization{32, "acme", "Acme"}, "read"},
			{24, "Maintainers", organization{33, "otter-labs", "Otter Labs"}, "admin"},
		},
		joined: team{25, "Readers", organization{34, "harbour-works", "Harbour Works"}, "read"}, from: now.Add(sample.ChangesAfter),
	}
}

// member is a person with one organization.
func member(id int64, login, name string) *user {
	return &user{
		id: id, login: login, name: name, emails: []string{login + "@otter-labs.example"},
		teams: []team{{26, "Robots", organization{33, "otter-labs", "Otter Labs"}, "read"}},
	}
}

// keeper is an administrator whom a directory signs in.
func keeper() *user {
	u := member(5303, "greenhouse", "Rudolf Lingens")
	u.admin, u.source, u.loginName = true, 2, "rlingens@otter-labs.example"
	return u
}

// mint is a token under a name, always the same for it: forty hexadecimal digits.
func mint(name string) string {
	sum := sha256.Sum256([]byte("gitea " + name))
	return hex.EncodeToString(sum[:20])
}

// renewed is the n-th token of the sample, and the account that it gives: as before,
// but for what was wrong with the token itself.
func (p *profile) renewed(n int, now time.Time) (string, *account) {
	acc := account{user: member(5304, "compost", "Old mirrors"), scopes: []string{"read:user"}}
	if p.account != nil {
		acc = *p.account
	}
	acc.crowded = false
	if p.State == scopeMissing {
		acc.scopes = []string{"read:organization", "read:user"}
	}
	return mint(p.Name + strconv.Itoa(n)), &acc
}

// known is what an earlier run knows of the account: the answer to who it is, and
// what details told.
func (p *profile) known(now time.Time) *known.Account {
	acc := p.account
	if acc == nil {
		_, acc = p.renewed(0, now)
	}
	told := &known.Account{
		User:  known.User{ID: strconv.FormatInt(acc.user.id, 10), FullName: acc.user.name, Username: acc.user.login, Emails: acc.user.emails},
		Token: known.Token{Scopes: acc.scopes},
	}
	if p.Username != "" {
		told.Token.Kind = "password"
	}
	if acc.user.source != 0 {
		told.LinkedAccounts = []known.LinkedAccount{{IDP: "source " + strconv.FormatInt(acc.user.source, 10), SubjectID: acc.user.loginName}}
	}
	told.Organizations = []known.Organization{}
	for _, t := range acc.user.in(now) {
		o := t.organization
		if n := len(told.Organizations); n == 0 || told.Organizations[n-1].SubDomain != o.name {
			told.Organizations = append(told.Organizations, known.Organization{
				ID: strconv.FormatInt(o.id, 10), Name: o.fullName, SubDomain: o.name, Role: t.permission,
			})
		}
	}
	return told
}
