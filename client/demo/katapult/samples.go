package katapult

import (
	"time"

	"rollcall/client/demo/fault"
	"rollcall/client/demo/sample"
)

// profile is a sample profile with what Katapult knows of its token.
type profile struct {
	sample.Profile
	account *account
	// jwt makes the token one that tells its end, which is the record's.
	jwt bool
}

// profiles are all sample profiles of Katapult. Those that end soon do
// so in relation to now.
func profiles(now time.Time) []profile {
	var all []profile
	for _, section := range []struct {
		title   string
		samples []profile
	}{
		{sample.EveryDay, daily(now)},
		{sample.EveryDay, devices(now)},
		{"Clients", clients(now)},
		{"Clients", oddClients()},
		{"Hosting", hosting()},
	} {
		for _, s := range section.samples {
			s.Section = section.title
			s.issue()
			all = append(all, s)
		}
	}
	return all
}

// issue makes the sample's token.
func (s *profile) issue() {
	s.Token = s.mint(s.Name, s.account)
	s.Known = s.account.known()
}

// mint makes a token of an account under a name.
func (s *profile) mint(name string, acc *account) string {
	if s.jwt {
		return mintJWT(name, *acc.record.ExpiresAt)
	}
	return "kt-demo-" + name
}

// daily are the profiles that are looked at most.
func daily(now time.Time) []profile {
	roe, otter := org("Roe Consulting", "roe"), org("Otter Labs", "otter-labs")
	return []profile{
		{
			Profile: sample.Profile{
				Name: "work", Label: "Roe Consulting", Tags: []string{"prod"},
				About: "Three organizations, and a token that never ends",
				State: "healthy", Latency: 42 * time.Millisecond,
			},
			account: &account{
				user: sam(), orgs: []organization{roe, org("Acme", "acme"), otter},
				record: record("rollcall laptop", roe, "organizations:read", "api_tokens:read", "virtual_machines:read"),
			},
		}, {
			Profile: sample.Profile{
				Name: "ci", Label: "Build runners", Tags: []string{"prod"},
				About: "A token of an organization, which belongs to no user",
				State: "no_user", Code: "no_user_associated_with_identity", Latency: 57 * time.Millisecond,
			},
			account: &account{orgs: []organization{otter}, record: record("build runners", otter)},
		}, {
			Profile: sample.Profile{
				Name: "staging", Tags: []string{"staging"},
				About: "A token that has expired",
				State: "invalid_token", Code: "invalid_api_token", Latency: 35 * time.Millisecond,
			},
			account: &account{
				user: sam(), orgs: []organization{otter}, record: record("staging deploys", otter).until(sample.Days(now, -3)),
			},
		},
	}
}

// devices are the profiles of programs and things, looked at every day, too.
func devices(now time.Time) []profile {
	otter := org("Otter Labs", "otter-labs")
	roe, metrics := org("Roe Consulting", "roe"), token{RateLimit: 5}
	return []profile{
		{
			Profile: sample.Profile{
				Name:  "personal",
				About: "A token for nothing but itself; a second organization comes after three minutes",
				State: "healthy", Latency: 64 * time.Millisecond,
			},
			account: &account{
				user: sam(), orgs: []organization{org("Sam's garden server", "sams-garden")},
				record: record("phone", org("Sam's garden server", "sams-garden"), "virtual_machines:read"),
				joined: org("Allotment club", "allotment-club"), from: now.Add(sample.ChangesAfter),
			},
		}, {
			Profile: sample.Profile{
				Name: "metrics", Label: "Grafana exporter", Tags: []string{"prod"},
				About: "Five requests a minute: check a few times to reach the limit",
				State: "healthy", Latency: 29 * time.Millisecond,
			},
			account: &account{user: person("Metrics", "Exporter"), orgs: []organization{otter}, record: metrics},
		}, {
			Profile: sample.Profile{
				Name: "release", Label: "Release window", Tags: []string{"staging"},
				About: "A token that ends in two hours",
				State: "expiring", Latency: 46 * time.Millisecond,
			},
			account: &account{
				user: sam(), orgs: []organization{otter},
				record: record("release window", otter, "api_tokens:read").until(now.Add(sample.EndsToday)),
			},
		}, {
			Profile: sample.Profile{
				Name: "console", Label: "Web console",
				About: "A sign-in through a browser that ends four minutes after the start: a JWT, without a record",
				State: "expiring", Latency: 53 * time.Millisecond,
			},
			account: &account{
				user: sam(), orgs: []organization{roe, otter}, record: token{RateLimit: 100}.until(now.Add(sample.EndsAfter)),
			},
			jwt: true,
		},
	}
}

// clients are profiles of accounts that are held for others.
func clients(now time.Time) []profile {
	acme, north := org("Acme", "acme"), largeOrg()
	return []profile{
		{
			Profile: sample.Profile{
				Name: "acme", Label: "Acme", Tags: []string{"client", "prod"},
				About: "A token that ends in 12 days",
				State: "expiring", Latency: 48 * time.Millisecond,
			},
			account: &account{
				user: sam(), orgs: []organization{acme},
				record: record("on-call", acme, "organizations:read", "api_tokens:read").until(sample.Days(now, 12)),
			},
		}, {
			Profile: sample.Profile{
				Name: "northwind", Label: "Northwind", Tags: []string{"client"},
				About: "A token that ends in 9 days, one of more than a thousand",
				State: "expiring", Latency: 71 * time.Millisecond,
			},
			account: &account{
				user: sam(), orgs: []organization{north},
				record: record("migration", north, "organizations:read", "api_tokens").until(sample.Days(now, 9)),
			},
		}, {
			Profile: sample.Profile{
				Name: "agency", Label: "Harbour agency", Tags: []string{"client"},
				About: "Forty organizations, and no scope to read token records",
				State: "healthy", Latency: 95 * time.Millisecond,
			},
			account: &account{
				user: person("Ines", "Ferreira"), orgs: manyOrgs(),
				record: record("agency", manyOrgs()[0], "organizations:read"),
			},
		},
	}
}

// oddClients are profiles of others' accounts that are hard to show or to use.
func oddClients() []profile {
	acme, north := org("Acme", "acme"), largeOrg()
	return []profile{
		{
			Profile: sample.Profile{
				Name: "world", Label: "International", Tags: []string{"client"},
				About: "Names that are long, Chinese, Arabic, emoji or hostile",
				State: "healthy", Latency: 120 * time.Millisecond,
			},
			account: &account{
				user: person("Bartholomäus Maximilian Christopher", "Featherstonehaugh-Cholmondeley von Württemberg 欧阳"),
				orgs: hardOrgs(), record: record("world", hardOrgs()[0]),
			},
		}, {
			Profile: sample.Profile{
				Name: "shared", Label: "Shared inbox", Tags: []string{"client"},
				About: "Pinned to one person, but another answers",
				State: "wrong_account", Latency: 52 * time.Millisecond,
				Identity: sam().ID,
			},
			account: &account{user: person("Kim", "Larsen"), orgs: []organization{acme}, record: record("inbox", acme), owner: sam()},
		}, {
			Profile: sample.Profile{
				Name: "batch", Label: "Night jobs", Tags: []string{"client"},
				About: "A budget that others have used up",
				State: "rate_limited", Code: "rate_limit_reached", Latency: 33 * time.Millisecond,
			},
			account: &account{
				user: person("Night", "Jobs"), orgs: []organization{north}, record: record("night", north), crowded: true,
			},
		},
	}
}

// hosting are profiles that meet what stands between them and an answer.
func hosting() []profile {
	otter := org("Otter Labs", "otter-labs")
	account := func(name string) *account {
		return &account{user: sam(), orgs: []organization{otter}, record: record(name, otter)}
	}
	office, audit, site, mirror := account("office"), account("audit"), account("dr-site"), account("mirror")
	office.record = office.record.from("198.51.100.0/24", "203.0.113.9")
	audit.fail = errScope("users", "users:read")
	site.fail = errUnavailable()
	mirror.cut = true
	return []profile{
		{
			Profile: sample.Profile{
				Name: "office", Tags: []string{"prod"},
				About: "A token for the networks of an office only",
				State: "network_denied", Code: "unauthorized_network_for_api_token", Latency: 39 * time.Millisecond,
			},
			account: office,
		}, {
			Profile: sample.Profile{
				Name: "audit", Label: "Yearly audit",
				About: "A token without the scope, refused without the usual wrapper",
				State: "scope_missing", Code: "scope_not_granted", Latency: 61 * time.Millisecond,
			},
			account: audit,
		}, {
			Profile: sample.Profile{
				Name: "dr-site", Label: "Disaster recovery", Tags: []string{"prod"},
				About: "A service that is always under maintenance",
				State: "unavailable", Code: "service_unavailable", Latency: 82 * time.Millisecond,
			},
			account: site,
		}, {
			Profile: sample.Profile{
				Name:  "mirror",
				About: "Answers that lack their end",
				State: "bad_response", Latency: 155 * time.Millisecond,
			},
			account: mirror,
		}, {
			Profile: sample.Profile{
				Name: "gateway", Label: "Through the proxy", Tags: []string{"staging"},
				About: "A proxy that removes the credential",
				State: "credential_missing", Code: "missing_api_token", Latency: 44 * time.Millisecond,
				Fault: fault.Strip,
			},
			account: account("gateway"),
		}, {
			Profile: sample.Profile{
				Name: "backup", Tags: []string{"prod"},
				About: "A host that resets every connection",
				State: "unreachable", Latency: 20 * time.Millisecond,
				Fault: fault.Reset,
			},
			account: account("backup"),
		},
	}
}
