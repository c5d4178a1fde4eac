package demo

import "time"

// ms is the unit of latencies.
const ms = time.Millisecond

// everyday are the accounts that are looked at most; some are Onezone's.
func everyday(now time.Time, rudolf *onezoneUser) []sample {
	roe, otter := org("Roe Consulting", "roe"), org("Otter Labs", "otter-labs")
	return []sample{
		{
			section: "Every day", profile: "work", label: "Roe Consulting", tags: []string{"prod"},
			about: "Three organizations, and a token that never ends", state: "healthy",
			host: hostKatapult, latency: 42 * ms,
			katapult: &katapultAccount{
				user: sam(), orgs: []katapultOrg{roe, org("Acme", "acme"), otter},
				record: record("rollcall laptop", roe, "organizations:read", "api_tokens:read", "virtual_machines:read"),
			},
		}, {
			profile: "datahub", label: "Otter Lab data", tags: []string{"research"},
			about: "Two linked accounts, two e-mail addresses, five groups", state: "healthy",
			host: hostOnezone, latency: 88 * ms, onezone: &onezoneAccount{user: rudolf},
		}, {
			profile: "ci", label: "Build runners", tags: []string{"prod"},
			about: "A token of an organization, which belongs to no user",
			state: "no_user", code: "no_user_associated_with_identity",
			host: hostKatapult, latency: 57 * ms,
			katapult: &katapultAccount{orgs: []katapultOrg{otter}, record: record("build runners", otter)},
		}, {
			profile: "staging", tags: []string{"staging"},
			about: "A token that has expired", state: "invalid_token", code: "invalid_api_token",
			host: hostKatapult, latency: 35 * ms,
			katapult: &katapultAccount{
				user: sam(), orgs: []katapultOrg{otter}, record: record("staging deploys", otter).until(days(now, -3)),
			},
		}, {
			profile: "admin", label: "Zone administrator", tags: []string{"prod", "research"},
			about: "A user name and a password in place of a token", state: "healthy",
			host: hostOnezone, latency: 110 * ms, username: "admin", password: "demo-admin-password",
			onezone: &onezoneAccount{user: administrator()},
		},
	}
}

// devices are the accounts of programs and things, looked at every day, too.
func devices(now time.Time, rudolf *onezoneUser) []sample {
	otter := org("Otter Labs", "otter-labs")
	roe, metrics := org("Roe Consulting", "roe"), katapultToken{RateLimit: 5}
	return []sample{
		{
			profile: "personal", about: "A token for nothing but itself; a second organization comes after three minutes",
			state: "healthy", host: hostKatapult, latency: 64 * ms,
			katapult: &katapultAccount{
				user: sam(), orgs: []katapultOrg{org("Sam's garden server", "sams-garden")},
				record: record("phone", org("Sam's garden server", "sams-garden"), "virtual_machines:read"),
				joined: org("Allotment club", "allotment-club"), from: now.Add(changesAfter),
			},
		}, {
			profile: "metrics", label: "Grafana exporter", tags: []string{"prod"},
			about: "Five requests a minute: refresh a few times to reach the limit", state: "healthy",
			host: hostKatapult, latency: 29 * ms,
			katapult: &katapultAccount{user: person("Metrics", "Exporter"), orgs: []katapultOrg{otter}, record: metrics},
		}, {
			profile: "edge", label: "Field gateway", tags: []string{"research"},
			about: "Every third check meets an overloaded proxy, which asks to wait", state: "healthy",
			host: hostEdge, latency: 140 * ms, onezone: &onezoneAccount{user: researcher("field", "Field Gateway")},
		}, {
			profile: "laptop", label: "Old laptop",
			about: "A token that was revoked", state: "invalid_token", code: "tokenRevoked",
			host: hostOnezone, latency: 76 * ms, onezone: &onezoneAccount{user: rudolf, revoked: true},
		}, {
			profile: "release", label: "Release window", tags: []string{"staging"},
			about: "A token that ends two minutes after the start", state: "expiring",
			host: hostKatapult, latency: 46 * ms,
			katapult: &katapultAccount{
				user: sam(), orgs: []katapultOrg{otter},
				record: record("release window", otter, "api_tokens:read").until(now.Add(2 * time.Minute)),
			},
		}, {
			profile: "console", label: "Web console",
			about: "A sign-in through a browser: the token is a JWT, and has no record", state: "healthy",
			host: hostKatapult, latency: 53 * ms, jwt: true,
			katapult: &katapultAccount{
				user: sam(), orgs: []katapultOrg{roe, otter}, record: katapultToken{RateLimit: 100}.until(days(now, 25)),
			},
		},
	}
}

// clients are accounts held for others.
func clients(now time.Time) []sample {
	acme, north := org("Acme", "acme"), org("Northwind", "northwind")
	north.tokens = 1200
	return []sample{
		{
			section: "Clients", profile: "acme", label: "Acme", tags: []string{"client", "prod"},
			about: "A token that ends in 12 days", state: "expiring", host: hostKatapult, latency: 48 * ms,
			katapult: &katapultAccount{
				user: sam(), orgs: []katapultOrg{acme},
				record: record("on-call", acme, "organizations:read", "api_tokens:read").until(days(now, 12)),
			},
		}, {
			profile: "northwind", label: "Northwind", tags: []string{"client"},
			about: "A token that ends in 9 days, one of more than a thousand",
			state: "expiring", host: hostKatapult, latency: 71 * ms,
			katapult: &katapultAccount{
				user: sam(), orgs: []katapultOrg{north},
				record: record("migration", north, "organizations:read", "api_tokens").until(days(now, 9)),
			},
		}, {
			profile: "agency", label: "Harbour agency", tags: []string{"client"},
			about: "Forty organizations, and no scope to read token records", state: "healthy",
			host: hostKatapult, latency: 95 * ms,
			katapult: &katapultAccount{
				user: person("Ines", "Ferreira"), orgs: manyOrgs(),
				record: record("agency", manyOrgs()[0], "organizations:read"),
			},
		}, {
			profile: "world", label: "International", tags: []string{"client"},
			about: "Names that are long, Chinese, Arabic, emoji or hostile", state: "healthy",
			host: hostKatapult, latency: 120 * ms,
			katapult: &katapultAccount{
				user: person("Bartholomäus Maximilian Christopher", "Featherstonehaugh-Cholmondeley von Württemberg 欧阳"),
				orgs: hardOrgs(), record: record("world", hardOrgs()[0]),
			},
		}, {
			profile: "shared", label: "Shared inbox", tags: []string{"client"}, identity: sam().ID,
			about: "Pinned to one person, but another answers", state: "wrong_account",
			host: hostKatapult, latency: 52 * ms,
			katapult: &katapultAccount{user: person("Kim", "Larsen"), orgs: []katapultOrg{acme}, record: record("inbox", acme)},
		}, {
			profile: "batch", label: "Night jobs", tags: []string{"client"},
			about: "A budget that others have used up", state: "rate_limited", code: "rate_limit_reached",
			host: hostKatapult, latency: 33 * ms,
			katapult: &katapultAccount{
				user: person("Night", "Jobs"), orgs: []katapultOrg{north}, record: record("night", north), crowded: true,
			},
		},
	}
}

// hosting are accounts that meet what stands between them and an answer.
func hosting() []sample {
	otter := org("Otter Labs", "otter-labs")
	account := func(name string) *katapultAccount {
		return &katapultAccount{user: sam(), orgs: []katapultOrg{otter}, record: record(name, otter)}
	}
	office, audit, site, mirror := account("office"), account("audit"), account("dr-site"), account("mirror")
	office.record = office.record.from("198.51.100.0/24", "203.0.113.9")
	audit.fail, audit.flat = errScope("users", "users:read"), true
	site.fail = errUnavailable()
	mirror.cut = true
	return []sample{
		{
			section: "Hosting", profile: "office", tags: []string{"prod"},
			about: "A token for the networks of an office only",
			state: "network_denied", code: "unauthorized_network_for_api_token",
			host: hostKatapult, latency: 39 * ms, katapult: office,
		}, {
			profile: "audit", label: "Yearly audit",
			about: "A token without the scope, refused without the usual wrapper",
			state: "scope_missing", code: "scope_not_granted",
			host: hostKatapult, latency: 61 * ms, katapult: audit,
		}, {
			profile: "dr-site", label: "Disaster recovery", tags: []string{"prod"},
			about: "A service that is always under maintenance", state: "unavailable", code: "service_unavailable",
			host: hostKatapult, latency: 82 * ms, katapult: site,
		}, {
			profile: "mirror", about: "Answers that lack their end", state: "bad_response",
			host: hostKatapult, latency: 155 * ms, katapult: mirror,
		}, {
			profile: "gateway", label: "Through the proxy", tags: []string{"staging"},
			about: "A proxy that removes the credential", state: "credential_missing", code: "missing_api_token",
			host: hostGateway, latency: 44 * ms, katapult: account("gateway"),
		}, {
			profile: "backup", tags: []string{"prod"},
			about: "A host that resets every connection", state: "unreachable",
			host: hostBroken, latency: 20 * ms, katapult: account("backup"),
		},
	}
}
