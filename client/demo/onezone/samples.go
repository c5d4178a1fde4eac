package onezone

import (
	"encoding/base64"
	"fmt"
	"time"

	"rollcall/client/demo/fault"
	"rollcall/client/demo/sample"
)

// profile is a sample profile with what the zone knows of its
// credential.
type profile struct {
	sample.Profile
	account *account
}

// profiles are all sample profiles of the zone. Those that end soon do
// so in relation to now.
func profiles(now time.Time) []profile {
	rudolf := rudolfLingens()
	var all []profile
	for _, section := range []struct {
		title   string
		samples []profile
	}{
		{sample.EveryDay, daily(rudolf)},
		{"Research", research(now, rudolf)},
		{"Research", refused(now, rudolf)},
		{"Other zones", zones(rudolf)},
		{"Other zones", failing(rudolf)},
	} {
		for _, s := range section.samples {
			s.Section = section.title
			s.issue()
			s.Known = s.account.known()
			all = append(all, s)
		}
	}
	return all
}

// issue makes the sample's token, where it has no password.
func (s *profile) issue() {
	if s.Username != "" {
		return
	}
	s.account.name(s.Name)
	s.Token = s.account.mint()
}

// daily are the profiles of the zone that are looked at most.
func daily(rudolf *user) []profile {
	return []profile{
		{
			Profile: sample.Profile{
				Name: "datahub", Label: "Otter Lab data", Tags: []string{"research"},
				About: "Two linked accounts, two e-mail addresses, five groups",
				State: "healthy", Latency: 88 * time.Millisecond,
			},
			account: &account{user: rudolf},
		}, {
			Profile: sample.Profile{
				Name: "admin", Label: "Zone administrator", Tags: []string{"prod", "research"},
				About: "A user name and a password in place of a token",
				State: "healthy", Latency: 110 * time.Millisecond,
				Username: "admin", Password: "demo-admin-password",
			},
			account: &account{user: administrator()},
		}, {
			Profile: sample.Profile{
				Name: "edge", Label: "Field gateway", Tags: []string{"research"},
				About: "Every third check meets an overloaded proxy, which asks to wait",
				State: "healthy", Latency: 140 * time.Millisecond,
				Fault: fault.Overload,
			},
			account: &account{user: researcher("field", "Field Gateway")},
		}, {
			Profile: sample.Profile{
				Name: "laptop", Label: "Old laptop",
				About: "A token that was revoked",
				State: "invalid_token", Code: "tokenRevoked", Latency: 76 * time.Millisecond,
			},
			account: &account{user: rudolf, revoked: true},
		},
	}
}

// research are profiles of the zone, most of them under some condition.
func research(now time.Time, rudolf *user) []profile {
	// The same person under another name: one address and one linked account
	// are those of the first.
	teaching := researcher("lingens", "Rudolf Lingens")
	teaching.emails, teaching.linked = rudolf.emails[:1], rudolf.linked[:1]
	sky := researcher("nightsky", "Night Sky Archive")
	slow := researcher("tromso", "Tromsø Ground Station")
	slow.legacy = true
	return []profile{
		{
			Profile: sample.Profile{
				Name: "egi", Label: "EGI federation", Tags: []string{"research"},
				About: "A token under several conditions that ends in 5 days",
				State: "expiring", Latency: 132 * time.Millisecond,
			},
			account: &account{user: oddPerson(), caveats: []string{
				fmt.Sprintf("time < %d", sample.Days(now, 5).Unix()), "ip = 127.0.0.0/8|10.0.0.0/8", "interface = rest", "service = ozw-onezone|opw-*",
			}},
		}, {
			Profile: sample.Profile{
				Name: "observatory", Label: "Night sky archive", Tags: []string{"research"},
				About: "A token under conditions of every kind but those on files, at the zone that is gone at times",
				State: "healthy", Latency: 118 * time.Millisecond,
				Fault: fault.Tides,
			},
			account: &account{user: sky, caveats: []string{
				"time < 1924992000", "ip = 127.0.0.1|10.0.0.0/8", "asn = 64500|64501",
				"geo.country = PL|FR", "geo.region != Asia", "interface = rest", "service = ozw-onezone",
				"consumer = usr-" + sky.id + "|grp-" + hexID("data stewards"), "api = ozw/get/user.*.*:*",
			}},
		}, {
			Profile: sample.Profile{
				Name: "fellow", Label: "Visiting fellow", Tags: []string{"research"},
				About: "A user whose group and e-mail address change after three minutes",
				State: "healthy", Latency: 97 * time.Millisecond,
			},
			account: &account{user: fellow(now.Add(sample.ChangesAfter))},
		}, {
			Profile: sample.Profile{
				Name: "teaching", Tags: []string{"research"},
				About: "Another account of the person behind datahub, at the zone that is gone at times",
				State: "healthy", Latency: 92 * time.Millisecond,
				Fault: fault.Tides,
			},
			account: &account{user: teaching},
		}, {
			Profile: sample.Profile{
				Name: "satellite", Tags: []string{"research"},
				About: "Answers that take more than a second, in the form of an old zone that is gone at times",
				State: "healthy", Latency: 1200 * time.Millisecond,
				Fault: fault.Tides,
			},
			account: &account{user: slow},
		},
	}
}

// refused are profiles whose token the zone does not take.
func refused(now time.Time, rudolf *user) []profile {
	blocked := researcher("former", "Former Member")
	blocked.blocked = true
	ended := fmt.Sprintf("time < %d", sample.Days(now, -4).Unix())
	return []profile{
		{
			Profile: sample.Profile{
				Name: "provider", Label: "Oneprovider Harbor",
				About: "A token of a Oneprovider, which is no user",
				State: "no_user", Code: "notFound", Latency: 67 * time.Millisecond,
			},
			account: &account{oneprovider: storage},
		}, {
			Profile: sample.Profile{
				Name: "cluster", Label: "HPC cluster", Tags: []string{"research"},
				About: "A token for the cluster's network only",
				State: "network_denied", Code: "tokenCaveatUnverified", Latency: 84 * time.Millisecond,
			},
			account: &account{user: rudolf, caveats: []string{"ip = 10.20.0.0/16|192.0.2.7"}},
		}, {
			Profile: sample.Profile{
				Name: "mount", Label: "Mounted space",
				About: "A token to read files with, not to call the API with",
				State: "scope_missing", Code: "tokenCaveatUnverified", Latency: 73 * time.Millisecond,
			},
			account: &account{user: rudolf, caveats: []string{
				"data.readonly", "interface = oneclient",
				"data.path = " + base64.StdEncoding.EncodeToString([]byte("/"+rudolf.spaces[0].id+"/2026")), "data.objectid = " + hexID("calibration"),
			}},
		}, {
			Profile: sample.Profile{
				Name: "workshop", Label: "Summer school",
				About: "A token whose time has passed",
				State: "invalid_token", Code: "tokenCaveatUnverified", Latency: 79 * time.Millisecond,
			},
			account: &account{user: rudolf, caveats: []string{ended}},
		}, {
			Profile: sample.Profile{
				Name:  "alumni",
				About: "A user who was blocked",
				State: "forbidden", Code: "userBlocked", Latency: 101 * time.Millisecond,
			},
			account: &account{user: blocked},
		},
	}
}

// zones are profiles for which the host, the address or the password is the
// trouble.
func zones(rudolf *user) []profile {
	ops, kiosk := researcher("ops", "Operations"), researcher("kiosk", "Library kiosk")
	kiosk.basicAuth, kiosk.password = true, "demo-kiosk-password"
	// The same person once more: one linked account is that of the first, and
	// no address.
	harbour := researcher("harbour", "Rudolf Lingens")
	harbour.emails, harbour.linked = []string{"lingens@harbour.example.com"}, rudolf.linked[1:]
	return []profile{
		{
			Profile: sample.Profile{
				Name: "harbour", Label: "Harbour zone", Tags: []string{"research"},
				About: "A zone that is gone for 75 seconds of every six minutes; the person behind datahub again",
				State: "healthy", Latency: 105 * time.Millisecond,
				Fault: fault.Tides,
			},
			account: &account{user: harbour},
		}, {
			Profile: sample.Profile{
				Name: "ops", Tags: []string{"prod"},
				About: "A user who may not sign in with a password",
				State: "forbidden", Code: "basicAuthDisabled", Latency: 58 * time.Millisecond,
				Username: "ops", Password: "demo-ops-password",
			},
			account: &account{user: ops},
		}, {
			Profile: sample.Profile{
				Name:  "kiosk",
				About: "A wrong password: the right one is demo-kiosk-password",
				State: "invalid_token", Code: "badBasicCredentials", Latency: 62 * time.Millisecond,
				Username: "kiosk", Password: "demo-old-password",
			},
			account: &account{user: kiosk},
		}, {
			Profile: sample.Profile{
				Name:  "archive",
				About: "A wrong address: the path leads nowhere",
				State: "not_found", Latency: 25 * time.Millisecond,
				Path: "/archive",
			},
			account: &account{user: rudolf},
		},
	}
}

// failing are profiles that get no good answer, or do not ask.
func failing(rudolf *user) []profile {
	sandbox, grid := researcher("sandbox", "Sandbox"), researcher("grid", "Grid Robot")
	sandbox.fail, grid.fail = errNotSupported(), errInternal()
	return []profile{
		{
			Profile: sample.Profile{
				Name: "sandbox", Tags: []string{"staging"},
				About: "A zone that does not support the question",
				State: "bad_request", Code: "notSupported", Latency: 46 * time.Millisecond,
			},
			account: &account{user: sandbox},
		}, {
			Profile: sample.Profile{
				Name: "grid", Label: "Grid robot", Tags: []string{"research"},
				About: "A server error with a reference to quote",
				State: "server_error", Code: "internalServerError", Latency: 180 * time.Millisecond,
			},
			account: &account{user: grid},
		}, {
			Profile: sample.Profile{
				Name: "campus", Label: "Campus guest network",
				About: "A login page in place of the answer",
				State: "bad_response", Latency: 21 * time.Millisecond,
				Fault: fault.Login,
			},
			account: &account{user: rudolf},
		}, {
			Profile: sample.Profile{
				Name:  "moved",
				About: "A zone that redirects to another host",
				State: "misconfigured", Latency: 31 * time.Millisecond,
				Fault: fault.Moved,
			},
			account: &account{user: rudolf},
		}, {
			Profile: sample.Profile{
				Name:  "retired",
				About: "Switched off",
				State: "disabled", Latency: 50 * time.Millisecond,
				Disabled: true,
			},
			account: &account{user: rudolf},
		},
	}
}
