package ui

import (
	"fmt"
	"strings"
	"time"

	"rollcall/client"
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
func knownProviders() []config.Provider {
	var all []config.Provider
	for _, p := range client.Providers() {
		all = append(all, config.Provider{Name: p.Name, DefaultURL: p.DefaultURL, Basic: p.Basic})
	}
	return all
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
func checks(outcomes string) []client.Check {
	states := map[rune]client.State{
		'h': client.Healthy, 'r': client.RateLimited, 'u': client.Unavailable, 'i': client.InvalidToken,
		'x': client.Unreachable, 'n': client.NetworkDenied, 'e': client.Expiring,
	}
	var out []client.Check
	for i, o := range outcomes {
		c := client.Check{At: noon.Add(time.Duration(i-len(outcomes)+1) * time.Minute), State: states[o], HTTPStatus: 200}
		if o != 'x' {
			c.Latency = time.Duration(30+(i*37)%60) * time.Millisecond
			c.Phases = client.Phases{
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

func healthy(name string, u client.User, ms int) client.Snapshot {
	return client.Snapshot{
		Profile: name, Endpoint: "https://api.katapult.io/core/v1/users/current",
		Health: client.Health{
			State: client.Healthy, HTTPStatus: 200, CheckedAt: noon.Add(-18 * time.Second), Attempts: 1,
			Latency: time.Duration(ms) * time.Millisecond, LastOKAt: noon.Add(-18 * time.Second),
		},
		Account: &client.Account{User: u}, AccountAt: noon.Add(-18 * time.Second),
		History: checks("hhhhhhhhhhhhhhhh"), NextAt: noon.Add(42 * time.Second),
	}
}

func failing(name string, state client.State, status int, code, says, explains, remedy string) client.Snapshot {
	return client.Snapshot{
		Profile: name, Endpoint: "https://api.katapult.io/core/v1/users/current",
		Health: client.Health{
			State: state, HTTPStatus: status, Code: code, Description: says, Explanation: explains, Remedy: remedy,
			CheckedAt: noon.Add(-18 * time.Second), Latency: 61 * time.Millisecond, Attempts: 1,
		},
		NextAt: noon.Add(42 * time.Second),
	}
}

// sampleSnapshots is one of each sort that people meet.
func sampleSnapshots() []client.Snapshot {
	work := healthy("work", client.User{
		ID: "user_8bXgZk3QpL", FirstName: "Sam", LastName: "Roe", FullName: "Sam Roe",
		Username: "sam", Emails: []string{"sam@example.org"}, CreatedAt: noon.AddDate(-6, -11, 0),
	}, 42)
	work.Account.Organizations = []client.Organization{
		{ID: "org_1", Name: "Acme", SubDomain: "acme", Role: "owner"},
		{ID: "org_2", Name: "Northwind Traders", SubDomain: "northwind", Role: "member"},
		{ID: "org_3", Name: "Initech", SubDomain: "initech", Role: "member"},
	}
	work.Account.Token = client.Token{
		ID: "tok_5Yc0", Name: "laptop", Kind: "personal", Scopes: []string{"organizations:read", "users:read", "virtual_machines"},
		Networks: []string{}, Expiry: client.Expiry{Kind: client.ExpiryDate, At: noon.AddDate(0, 0, 83), Source: "token record"},
	}
	work.RateLimit = client.RateLimit{Limit: pointer(int64(100)), Remaining: pointer(int64(87)), ResetAt: noon.Add(41 * time.Second)}
	work.History = checks("hhhhhrrhhhhhhuhhhhhhhhhhhh")
	work.Account.Token.Caveats = []string{"only from 10.0.0.0/8", "read-only"}
	work.Account.Token.Facts = []client.Fact{
		{Name: "issuer", Value: "id.example.org", Source: "JWT, not verified"}, {Name: "zone", Value: "Example zone", Source: "service"},
	}
	work.Changes = []client.Change{
		{At: noon.Add(-26 * time.Hour), Kind: client.ChangeOrganization, Is: "Initech"},
		{At: noon.Add(-3 * time.Hour), Kind: client.ChangeRole, What: "Acme", Was: "member", Is: "owner"},
	}

	datahub := healthy("datahub", client.User{
		ID: "9a1b0f6a1c2d3e4f5a6b7c8d9e0f1a2b", FullName: "Rada Lingens", Username: "rlingens",
		Emails: []string{"rada@example.org", "r.lingens@lab.example.org"}, CreatedAt: noon.AddDate(-4, 0, 0),
		BasicAuthEnabled: pointer(false),
	}, 118)
	datahub.Endpoint = "https://datahub.example.org/api/v3/onezone/user"
	datahub.Changes = []client.Change{{At: noon.Add(-40 * time.Minute), Kind: client.ChangeEmail, Is: "r.lingens@lab.example.org"}}
	datahub.Account.LinkedAccounts = []client.LinkedAccount{
		{IDP: "github", SubjectID: "1978412", FullName: "Rada Lingens", Username: "rada-l", Emails: []string{"rada@example.org"}},
		{IDP: "egi", SubjectID: "f00dd00d@egi.example", FullName: "R. Lingens", Entitlements: []string{"vo:climate/member", "vo:ocean/admin"}},
	}
	datahub.Account.Organizations = []client.Organization{
		{ID: "g1", Name: "Climate group", Kind: "team"}, {ID: "g2", Name: "Ocean unit", Kind: "unit"},
	}
	datahub.Account.Token.Expiry = client.Expiry{Kind: client.ExpiryNever, Source: "caveat"}
	datahub.Warnings = []string{"the credential file can be read by others"}

	crowd := healthy("crowd", client.User{ID: "user_crowd", FullName: "Charlie Rowd"}, 57)
	for i := range 40 {
		crowd.Account.Organizations = append(crowd.Account.Organizations, client.Organization{
			ID: fmt.Sprint("org_", i), Name: fmt.Sprintf("Organization number %d", i+1), SubDomain: fmt.Sprintf("org%d", i+1),
		})
	}
	crowd.Account.Token.Expiry = client.Expiry{Kind: client.ExpiryDate, At: noon.Add(42*time.Minute + 7*time.Second), Source: "JWT"}
	crowd.Busy = true
	crowd.Account.User.Emails = []string{"Rada@example.org"}

	wide := healthy("wide", client.User{
		ID: "u-wide", FullName: "山田太郎とその長い名前の家族 " + strings.Repeat("無限", 20), Username: "محمد",
		Emails: []string{"e\u0301mile@example.org", "👩‍🔬@example.org"},
	}, 3100)
	wide.Account.Organizations = []client.Organization{
		{ID: "o1", Name: "国立情報学研究所 National Institute of Informatics", SubDomain: "nii", Kind: "organization"},
		{ID: "o2", Name: "مركز الأبحاث", Kind: "unit"}, {ID: "o3", Name: "🚀 Rocket 👩‍🚀 crew", Kind: "team"},
	}

	soon := healthy("soon", client.User{ID: "u-soon", FullName: "Eve Soon"}, 80)
	soon.Health.State = client.Expiring
	soon.Health.Explanation = "This token ends in 9 days."
	soon.Health.Remedy = "Make a new one before then, and put it where this profile's token is."
	soon.Account.Token.Expiry = client.Expiry{Kind: client.ExpiryDate, At: noon.AddDate(0, 0, 9), Source: "caveat"}

	soon.Changes = []client.Change{{At: noon.Add(-time.Hour), Kind: client.ChangeState, Was: "healthy", Is: "expiring"}}
	ci := failing("ci", client.NoUser, 404, "no_user_associated_with_identity", "No user was found.",
		"The token is good but belongs to no user.", "Use a token of a person if you need one.")

	busy := healthy("busy", client.User{ID: "user_busy", FullName: "Bea Usy"}, 31)
	busy.Health.State, busy.Health.HTTPStatus = client.RateLimited, 429
	busy.Health.Code = "rate_limit_reached"
	busy.Health.Explanation = "This token has made all of its 100 requests of this minute."
	busy.Health.Remedy = "Wait; rollcall asks again by itself."
	busy.Health.RetryAt, busy.NextAt = noon.Add(41*time.Second), noon.Add(41*time.Second)
	busy.AccountAt = noon.Add(-5 * time.Minute)
	busy.Health.LastOKAt = busy.AccountAt
	busy.RateLimit = client.RateLimit{Limit: pointer(int64(100)), Remaining: pointer(int64(0)), ResetAt: noon.Add(41 * time.Second)}
	busy.History = checks("hhhhhhhhhhhhhrrrrr")

	flaky := failing("flaky", client.Unavailable, 503, "temporaryFailure", "",
		"datahub is not available for the moment.", "Nothing to do: rollcall asks again.")
	flaky.Health.Attempts = 3
	flaky.Busy = true

	staging := failing("staging", client.InvalidToken, 403, "invalid_api_token", "The API token is not valid.",
		"Katapult does not accept this token: it was revoked, or never existed.",
		"Make a new token at https://my.katapult.io and put it into $STAGING_KEY.")
	staging.Account = &client.Account{User: client.User{ID: "user_stage", FullName: "Stan Aging", Emails: []string{"stan@example.org"}}}
	staging.Account.Token.Expiry = client.Expiry{Kind: client.ExpiryDate, At: noon.Add(-40 * time.Minute), Source: "token record"}
	staging.AccountAt = noon.Add(-3 * time.Hour)
	staging.Health.LastOKAt = staging.AccountAt
	staging.History = checks("hhhhiiiiiiiiiiii")
	staging.Since = staging.History[4].At
	staging.Changes = []client.Change{{At: staging.Since, Kind: client.ChangeState, Was: "healthy", Is: "invalid_token"}}
	staging.History[15].Exchange = &client.Exchange{
		Method: "GET", URL: "https://api.katapult.io/core/v1/users/current",
		Request:  []string{"Accept: application/json", "Authorization: Bearer (hidden)", "User-Agent: rollcall"},
		Response: []string{"HTTP/1.1 403 Forbidden", "Content-Type: application/json", "X-RateLimit-Remaining: 99"},
		Body:     []string{`{`, `  "error": {`, `    "code": "invalid_api_token",`, `    "description": "The API token is not valid."`, `  }`, `}`},
	}
	staging.Health.CheckedAt = staging.History[15].At

	office := failing("office", client.NetworkDenied, 403, "unauthorized_network_for_api_token", "",
		"This token may not be used from 203.0.113.7.", "Add that address to the token's networks.")
	lab := failing("lab", client.Unreachable, 0, "", "",
		"lab.example.org could not be found: no such host.", "Check base_url, and whether you need a VPN.")
	lab.Health.Latency = 0
	lab.History = checks("hhhxxxxxx")
	old := client.Snapshot{Profile: "old", Health: client.Health{State: client.Disabled}}
	fresh := client.Snapshot{Profile: "new", Health: client.Health{State: client.Checking}, Busy: true}
	return []client.Snapshot{work, datahub, crowd, wide, soon, ci, busy, flaky, staging, office, lab, old, fresh}
}
