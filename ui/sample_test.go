package ui

import (
	"fmt"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/config"
)

// noon is when the samples are looked at.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

const sampleTOML = `
[profiles.work]
provider = "katapult"
token = { env = "KATAPULT_API_KEY" }
tags = ["prod"]
[profiles.datahub]
provider = "onezone"
base_url = "https://datahub.example.org"
token = { file = "/home/sam/.config/datahub.token" }
label = "Research data"
[profiles.crowd]
provider = "katapult"
token = { env = "CROWD" }
[profiles.wide]
provider = "onezone"
base_url = "https://onezone.example.org"
token = { env = "WIDE" }
tags = ["test", "eu"]
[profiles.soon]
provider = "onezone"
base_url = "https://onezone.example.org"
token = { env = "SOON" }
[profiles.ci]
provider = "katapult"
token = { env = "CI_TOKEN" }
[profiles.busy]
provider = "katapult"
token = { env = "BUSY" }
[profiles.flaky]
provider = "onezone"
base_url = "https://flaky.example.org"
token = { env = "FLAKY" }
[profiles.staging]
provider = "katapult"
token = { env = "STAGING_KEY" }
tags = ["staging"]
[profiles.office]
provider = "katapult"
token = { env = "OFFICE" }
[profiles.lab]
provider = "onezone"
base_url = "https://lab.example.org"
token = { env = "LAB" }
[profiles.old]
provider = "katapult"
token = { env = "OLD" }
disabled = true
[profiles.new]
provider = "katapult"
token = { env = "NEW" }
`

// knownProviders are the services as the configuration knows them.
func knownProviders() config.Services {
	var all []config.Provider
	for _, p := range sampleServices {
		all = append(all, config.Provider{Name: p.Name, DefaultURL: p.DefaultURL, Basic: p.Basic})
	}
	return config.Services{Known: all}
}

func sampleProfiles() *config.Config {
	c, err := config.Parse("config.toml", []byte(sampleTOML), knownProviders())
	if err != nil {
		panic(err)
	}
	c.Path = "/home/sam/.config/rollcall/config.toml"
	c.UI.Mouse = true
	return c
}

func pointer[T any](v T) *T { return &v }

// checks is a history that ends at noon, one check a minute; each letter is
// the outcome of one.
func checks(outcomes string) []account.Check {
	states := map[rune]account.State{
		'h': account.Healthy, 'r': account.RateLimited, 'u': account.Unavailable, 'i': account.InvalidToken,
		'x': account.Unreachable, 'n': account.NetworkDenied, 'e': account.Expiring,
	}
	var out []account.Check
	for i, o := range outcomes {
		c := account.Check{At: noon.Add(time.Duration(i-len(outcomes)+1) * time.Minute), State: states[o], HTTPStatus: 200}
		if o != 'x' {
			c.Latency = time.Duration(30+(i*37)%60) * time.Millisecond
			c.Phases = account.Phases{
				DNS: 2 * time.Millisecond, Connect: 4 * time.Millisecond, TLS: 9 * time.Millisecond,
				FirstByte: c.Latency - 20*time.Millisecond,
			}
		} else {
			c.HTTPStatus, c.Code = 0, "dns"
		}
		if o == 'i' {
			c.HTTPStatus, c.Code = 403, "invalid_api_token"
		}
		out = append(out, c)
	}
	return out
}

func healthy(name string, u account.User, ms int) account.Snapshot {
	return account.Snapshot{
		Profile: name, Service: "katapult", Endpoint: "https://api.katapult.io/core/v1/users/current",
		Health: account.Health{
			State: account.Healthy, HTTPStatus: 200, CheckedAt: noon.Add(-18 * time.Second), Attempts: 1,
			Latency: time.Duration(ms) * time.Millisecond, LastOKAt: noon.Add(-18 * time.Second),
		},
		Account: &account.Account{User: u}, AccountAt: noon.Add(-18 * time.Second),
		History: checks("hhhhhhhhhhhhhhhh"), NextAt: noon.Add(42 * time.Second),
	}
}

func failing(name string, state account.State, status int, code, says, explains, remedy string) account.Snapshot {
	return account.Snapshot{
		Profile: name, Service: "katapult", Endpoint: "https://api.katapult.io/core/v1/users/current",
		Health: account.Health{
			State: state, HTTPStatus: status, Code: code, Description: says, Explanation: explains, Remedy: remedy,
			CheckedAt: noon.Add(-18 * time.Second), Latency: 61 * time.Millisecond, Attempts: 1,
		},
		NextAt: noon.Add(42 * time.Second),
	}
}

// sampleSnapshots is one of each sort that people meet.
func sampleSnapshots() []account.Snapshot {
	work := healthy("work", account.User{
		ID: "user_8bXgZk3QpL", FirstName: "Sam", LastName: "Roe", FullName: "Sam Roe",
		Username: "sam", Emails: []string{"sam@example.org"}, CreatedAt: noon.AddDate(-6, -11, 0),
	}, 42)
	work.Account.Organizations = []account.Organization{
		{ID: "org_1", Name: "Acme", SubDomain: "acme", Role: "owner"},
		{ID: "org_2", Name: "Northwind Traders", SubDomain: "northwind", Role: "member"},
		{ID: "org_3", Name: "Initech", SubDomain: "initech", Role: "member"},
	}
	work.Account.Token = account.Token{
		ID: "tok_5Yc0", Name: "laptop", Kind: "personal", Scopes: []string{"organizations:read", "users:read", "virtual_machines"},
		Networks: []string{}, Expiry: account.Expiry{Kind: account.ExpiryDate, At: noon.AddDate(0, 0, 83), Source: "token record"},
	}
	work.RateLimit = account.RateLimit{Limit: pointer(int64(100)), Remaining: pointer(int64(87)), ResetAt: noon.Add(41 * time.Second)}
	work.History = checks("hhhhhrrhhhhhhuhhhhhhhhhhhh")
	work.Account.Token.Caveats = []account.Caveat{{Kind: account.CaveatAddress, Values: []string{"10.0.0.0/8"}}, {Kind: account.CaveatReadOnly}}
	work.Account.Token.Facts = []account.Fact{
		{Name: "issuer", Value: "id.example.org", Source: "JWT, not verified"}, {Name: "zone", Value: "Example zone", Source: "service"},
	}
	work.Changes = []account.Change{
		{At: noon.Add(-26 * time.Hour), Kind: account.ChangeOrganization, Is: account.Value{Name: "Initech"}},
		{At: noon.Add(-3 * time.Hour), Kind: account.ChangeRole, What: "Acme", Was: account.Value{Name: "member"}, Is: account.Value{Name: "owner"}},
	}

	datahub := healthy("datahub", account.User{
		ID: "9a1b0f6a1c2d3e4f5a6b7c8d9e0f1a2b", FullName: "Rada Lingens", Username: "rlingens",
		Emails: []string{"rada@example.org", "r.lingens@lab.example.org"}, CreatedAt: noon.AddDate(-4, 0, 0),
		BasicAuthEnabled: pointer(false),
	}, 118)
	datahub.Service, datahub.Endpoint = "onezone", "https://datahub.example.org/api/v3/onezone/user"
	datahub.Changes = []account.Change{{At: noon.Add(-40 * time.Minute), Kind: account.ChangeEmail, Is: account.Value{Name: "r.lingens@lab.example.org"}}}
	datahub.Account.LinkedAccounts = []account.LinkedAccount{
		{IDP: "github", SubjectID: "1978412", FullName: "Rada Lingens", Username: "rada-l", Emails: []string{"rada@example.org"}},
		{IDP: "egi", SubjectID: "f00dd00d@egi.example", FullName: "R. Lingens", Entitlements: []string{"vo:climate/member", "vo:ocean/admin"}},
	}
	datahub.Account.Organizations = []account.Organization{
		{ID: "g1", Name: "Climate group", Kind: "team"}, {ID: "g2", Name: "Ocean unit", Kind: "unit"},
	}
	datahub.Account.Token.Expiry = account.Expiry{Kind: account.ExpiryNever, Source: "caveat"}
	datahub.Notes = account.Notes{{Kind: account.NoteCredential, Cause: "the credential file can be read by others"}}

	crowd := healthy("crowd", account.User{ID: "user_crowd", FullName: "Charlie Rowd"}, 57)
	for i := range 40 {
		crowd.Account.Organizations = append(crowd.Account.Organizations, account.Organization{
			ID: fmt.Sprint("org_", i), Name: fmt.Sprintf("Organization number %d", i+1), SubDomain: fmt.Sprintf("org%d", i+1),
		})
	}
	crowd.Account.Token.Expiry = account.Expiry{Kind: account.ExpiryDate, At: noon.Add(42*time.Minute + 7*time.Second), Source: "JWT"}
	crowd.Busy = true
	crowd.Account.User.Emails = []string{"Rada@example.org"}

	wide := healthy("wide", account.User{
		ID: "u-wide", FullName: "山田太郎とその長い名前の家族 " + strings.Repeat("無限", 20), Username: "محمد",
		Emails: []string{"e\u0301mile@example.org", "👩‍🔬@example.org"},
	}, 3100)
	wide.Account.Organizations = []account.Organization{
		{ID: "o1", Name: "国立情報学研究所 National Institute of Informatics", SubDomain: "nii", Kind: "organization"},
		{ID: "o2", Name: "مركز الأبحاث", Kind: "unit"}, {ID: "o3", Name: "🚀 Rocket 👩‍🚀 crew", Kind: "team"},
	}

	soon := healthy("soon", account.User{ID: "u-soon", FullName: "Eve Soon"}, 80)
	soon.Health.State = account.Expiring
	soon.Account.Token.Expiry = account.Expiry{Kind: account.ExpiryDate, At: noon.AddDate(0, 0, 9), Source: "caveat"}

	soon.Changes = []account.Change{{At: noon.Add(-time.Hour), Kind: account.ChangeState, Was: account.Value{State: "healthy"}, Is: account.Value{State: "expiring"}}}
	ci := failing("ci", account.NoUser, 404, "no_user_associated_with_identity", "No user was found.",
		"The token is good but belongs to no user.", "Use a token of a person if you need one.")

	busy := healthy("busy", account.User{ID: "user_busy", FullName: "Bea Usy"}, 31)
	busy.Health.State, busy.Health.HTTPStatus = account.RateLimited, 429
	busy.Health.Code = "rate_limit_reached"
	busy.Health.Explanation = "This token has made all of its 100 requests of this minute."
	busy.Health.Remedy = "Wait; rollcall asks again by itself."
	busy.Health.RetryAt, busy.NextAt = noon.Add(41*time.Second), noon.Add(41*time.Second)
	busy.AccountAt = noon.Add(-5 * time.Minute)
	busy.Health.LastOKAt = busy.AccountAt
	busy.RateLimit = account.RateLimit{Limit: pointer(int64(100)), Remaining: pointer(int64(0)), ResetAt: noon.Add(41 * time.Second)}
	busy.History = checks("hhhhhhhhhhhhhrrrrr")

	flaky := failing("flaky", account.Unavailable, 503, "temporaryFailure", "",
		"datahub is not available for the moment.", "Nothing to do: rollcall asks again.")
	flaky.Health.Attempts = 3
	flaky.Busy = true

	staging := failing("staging", account.InvalidToken, 403, "invalid_api_token", "The API token is not valid.",
		"Katapult does not accept this token: it was revoked, or never existed.",
		"Make a new token at https://my.katapult.io and put it into $STAGING_KEY.")
	staging.Account = &account.Account{User: account.User{ID: "user_stage", FullName: "Stan Aging", Emails: []string{"stan@example.org"}}}
	staging.Account.Token.Expiry = account.Expiry{Kind: account.ExpiryDate, At: noon.Add(-40 * time.Minute), Source: "token record"}
	staging.AccountAt = noon.Add(-3 * time.Hour)
	staging.Health.LastOKAt = staging.AccountAt
	staging.History = checks("hhhhiiiiiiiiiiii")
	staging.Since = staging.History[4].At
	staging.Changes = []account.Change{{At: staging.Since, Kind: account.ChangeState, Was: account.Value{State: "healthy"}, Is: account.Value{State: "invalid_token"}}}
	staging.History[15].Exchange = &account.Exchange{
		Method: "GET", URL: "https://api.katapult.io/core/v1/users/current",
		Request:  []string{"Accept: application/json", "Authorization: Bearer (hidden)", "User-Agent: rollcall"},
		Response: []string{"HTTP/1.1 403 Forbidden", "Content-Type: application/json", "X-RateLimit-Remaining: 99"},
		Body:     []string{`{`, `  "error": {`, `    "code": "invalid_api_token",`, `    "description": "The API token is not valid."`, `  }`, `}`},
	}
	staging.Health.CheckedAt = staging.History[15].At

	office := failing("office", account.NetworkDenied, 403, "unauthorized_network_for_api_token", "",
		"This token may not be used from 203.0.113.7.", "Add that address to the token's networks.")
	lab := failing("lab", account.Unreachable, 0, "", "",
		"lab.example.org could not be found: no such host.", "Check base_url, and whether you need a VPN.")
	lab.Health.Latency = 0
	lab.History = checks("hhhxxxxxx")
	old := account.Snapshot{Profile: "old", Health: account.Health{State: account.Disabled}}
	fresh := account.Snapshot{Profile: "new", Health: account.Health{State: account.Checking}, Busy: true}
	return judged([]account.Snapshot{work, datahub, crowd, wide, soon, ci, busy, flaky, staging, office, lab, old, fresh})
}

// judged gives snapshots the verdicts that the engine gives them; of one that could
// not be asked, the token was good an hour ago where its user is known.
func judged(all []account.Snapshot) []account.Snapshot {
	for i := range all {
		switch s := &all[i]; {
		case s.Health.State.Judges():
			s.Verdict = account.Verdict{State: s.Health.State, At: s.Health.CheckedAt, Since: noon.Add(-3 * time.Hour)}
			if !s.Since.IsZero() {
				s.Verdict.Since = s.Since
			}
		case s.Health.State.Inconclusive() && s.Account != nil:
			s.Verdict = account.Verdict{State: account.Healthy, At: noon.Add(-time.Hour), Since: noon.Add(-time.Hour)}
			s.UnaskedSince = noon.Add(-10 * time.Minute)
		}
	}
	return all
}

// sampleServices are those of the samples.
var sampleServices = services{
	{Name: "katapult", Title: "Katapult", DefaultURL: "https://api.katapult.io", Prefix: "/core/v1", Path: "/users/current", Unlinked: true},
	{Name: "onezone", Title: "Onezone", Prefix: "/api/v3/onezone", Path: "/user", Basic: true, GroupsWord: "groups"},
}

// sampleTokenPage is where the services of the samples give out tokens.
func sampleTokenPage(service, baseURL string, _ map[string]string) string {
	if service == "katapult" && baseURL == "" {
		return "https://my.katapult.io"
	}
	return ""
}
