package demo

import (
	"encoding/base64"
	"fmt"
	"time"
)

// research are accounts of a zone, most of them under some condition.
func research(now time.Time, rudolf *onezoneUser) []sample {
	// The same person under another name: one address and one linked account
	// are those of the first.
	teaching := researcher("lingens", "Rudolf Lingens")
	teaching.emails, teaching.linked = rudolf.emails[:1], rudolf.linked[:1]
	sky := researcher("nightsky", "Night Sky Archive")
	slow := researcher("tromso", "Tromsø Ground Station")
	slow.legacy = true
	return []sample{
		{
			section: "Research", profile: "egi", label: "EGI federation", tags: []string{"research"},
			about: "A token under several conditions that ends in 5 days", state: "expiring",
			host: hostOnezone, latency: 132 * ms,
			onezone: &onezoneAccount{user: oddPerson(), caveats: []string{
				fmt.Sprintf("time < %d", days(now, 5).Unix()), "ip = 127.0.0.0/8|10.0.0.0/8", "interface = rest", "service = ozw-onezone|opw-*",
			}},
		}, {
			profile: "observatory", label: "Night sky archive", tags: []string{"research"},
			about: "A token under conditions of every kind but those on files", state: "healthy",
			host: hostOnezone, latency: 118 * ms,
			onezone: &onezoneAccount{user: sky, caveats: []string{
				"time < 1924992000", "ip = 127.0.0.1|10.0.0.0/8", "asn = 64500|64501",
				"geo.country = PL|FR", "geo.region != Asia", "interface = rest", "service = ozw-onezone",
				"consumer = usr-" + sky.id + "|grp-" + hexID("data stewards"), "api = ozw/get/user.*.*:*",
			}},
		}, {
			profile: "fellow", label: "Visiting fellow", tags: []string{"research"},
			about: "A user whose group and e-mail address change after three minutes", state: "healthy",
			host: hostOnezone, latency: 97 * ms, onezone: &onezoneAccount{user: fellow(now.Add(changesAfter))},
		}, {
			profile: "teaching", tags: []string{"research"},
			about: "Another account of the person behind datahub", state: "healthy",
			host: hostOnezone, latency: 92 * ms, onezone: &onezoneAccount{user: teaching},
		}, {
			profile: "satellite", tags: []string{"research"},
			about: "Answers that take three seconds, in the form of an old zone", state: "healthy",
			host: hostOnezone, latency: 3000 * ms, onezone: &onezoneAccount{user: slow},
		},
	}
}

// refused are accounts of a zone whose token it does not take.
func refused(now time.Time, rudolf *onezoneUser) []sample {
	blocked := researcher("former", "Former Member")
	blocked.blocked = true
	ended := fmt.Sprintf("time < %d", days(now, -4).Unix())
	return []sample{
		{
			profile: "provider", label: "Oneprovider Harbor",
			about: "A token of a Oneprovider, which is no user", state: "no_user", code: "notFound",
			host: hostOnezone, latency: 67 * ms, onezone: &onezoneAccount{oneprovider: storage},
		}, {
			profile: "cluster", label: "HPC cluster", tags: []string{"research"},
			about: "A token for the cluster's network only", state: "network_denied", code: "tokenCaveatUnverified",
			host: hostOnezone, latency: 84 * ms,
			onezone: &onezoneAccount{user: rudolf, caveats: []string{"ip = 10.20.0.0/16|192.0.2.7"}},
		}, {
			profile: "mount", label: "Mounted space",
			about: "A token to read files with, not to call the API with", state: "scope_missing", code: "tokenCaveatUnverified",
			host: hostOnezone, latency: 73 * ms,
			onezone: &onezoneAccount{user: rudolf, caveats: []string{
				"data.readonly", "interface = oneclient",
				"data.path = " + base64.StdEncoding.EncodeToString([]byte("/"+rudolf.spaces[0].id+"/2026")), "data.objectid = " + hexID("calibration"),
			}},
		}, {
			profile: "workshop", label: "Summer school",
			about: "A token whose time has passed", state: "invalid_token", code: "tokenCaveatUnverified",
			host: hostOnezone, latency: 79 * ms,
			onezone: &onezoneAccount{user: rudolf, caveats: []string{ended}},
		}, {
			profile: "alumni", about: "A user who was blocked", state: "forbidden", code: "userBlocked",
			host: hostOnezone, latency: 101 * ms, onezone: &onezoneAccount{user: blocked},
		},
	}
}

// zones are accounts whose zone, address or password is the trouble.
func zones(rudolf *onezoneUser) []sample {
	ops, kiosk := researcher("ops", "Operations"), researcher("kiosk", "Library kiosk")
	kiosk.basicAuth, kiosk.password = true, "demo-kiosk-password"
	// The same person once more: one linked account is that of the first, and
	// no address.
	harbour := researcher("harbour", "Rudolf Lingens")
	harbour.emails, harbour.linked = []string{"lingens@harbour.example.com"}, rudolf.linked[1:]
	sandbox, grid := researcher("sandbox", "Sandbox"), researcher("grid", "Grid Robot")
	sandbox.fail, grid.fail = errNotSupported(), errInternal()
	return []sample{
		{
			section: "Other zones", profile: "harbour", label: "Harbour zone", tags: []string{"research"},
			about: "A zone that is gone for 20 seconds of every two minutes; the person behind datahub again",
			state: "healthy", host: hostTides, latency: 105 * ms, onezone: &onezoneAccount{user: harbour},
		}, {
			profile: "ops", tags: []string{"prod"},
			about: "A user who may not sign in with a password", state: "forbidden", code: "basicAuthDisabled",
			host: hostOnezone, latency: 58 * ms, username: "ops", password: "demo-ops-password",
			onezone: &onezoneAccount{user: ops},
		}, {
			profile: "kiosk", about: "A wrong password", state: "invalid_token", code: "badBasicCredentials",
			host: hostOnezone, latency: 62 * ms, username: "kiosk", password: "demo-old-password",
			onezone: &onezoneAccount{user: kiosk},
		}, {
			profile: "archive", about: "A wrong address: the path leads nowhere", state: "not_found",
			host: hostOnezone, path: "/archive", latency: 25 * ms, onezone: &onezoneAccount{user: rudolf},
		}, {
			profile: "sandbox", tags: []string{"staging"},
			about: "A zone that does not support the question", state: "bad_request", code: "notSupported",
			host: hostOnezone, latency: 46 * ms, onezone: &onezoneAccount{user: sandbox},
		}, {
			profile: "grid", label: "Grid robot", tags: []string{"research"},
			about: "A server error with a reference to quote", state: "server_error", code: "internalServerError",
			host: hostOnezone, latency: 180 * ms, onezone: &onezoneAccount{user: grid},
		}, {
			profile: "campus", label: "Campus guest network",
			about: "A login page in place of the answer", state: "bad_response",
			host: hostPortal, latency: 21 * ms, onezone: &onezoneAccount{user: rudolf},
		}, {
			profile: "moved", about: "A zone that redirects to another host", state: "misconfigured",
			host: hostMoved, latency: 31 * ms, onezone: &onezoneAccount{user: rudolf},
		}, {
			profile: "retired", about: "Switched off", state: "disabled", disabled: true,
			host: hostOnezone, latency: 50 * ms, onezone: &onezoneAccount{user: rudolf},
		},
	}
}
