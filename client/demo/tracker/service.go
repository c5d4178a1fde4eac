package tracker

import (
	"time"

	"rollcall/client/demo/sample"
	"rollcall/client/demo/web"
)

// description is what the configuration of the demo says of the service.
const description = `title       = "Tracker"
url         = "/api/me"
auth        = "Bearer {token}"
id          = "$.id"
name        = "{$.first} {$.last}"
username    = "$.login"
email       = "$.email"
avatar      = "$.picture"
organizations = { list = "$.projects[*]", id = "$.key", name = "$.name", role = "$.role", word = "projects" }
token_name  = "$.token.name"
expiry      = { path = "$.token.ends", null = "never" }
scopes      = { path = "$.token.may", split = " " }
code        = "$.problem"
description = "$.text"
rate_limit  = { limit = "X-Quota", remaining = "X-Quota-Left", reset = "X-Quota-Seconds", reset_as = "seconds" }
states = [
  { status = 403, when = { "$.problem" = "revoked" }, state = "invalid_token", explanation = "Somebody revoked this token in Tracker." },
  { status = 403, when = { "$.problem" = "may_not" }, state = "scope_missing" },
  { status = 200, when = { "$.guest" = true }, state = "invalid_token", explanation = "Tracker answers as to a guest: it does not know this token." },
  { status = 409, state = "no_user" },
]
`

// Service is the tracker with its sample profiles.
func Service(now func() time.Time) sample.Service {
	s := &server{now: now, limits: web.NewLimiter(now), byToken: map[string]*account{}}
	out := sample.Service{
		Provider: "tracker", About: "A service of one's own, described in the configuration", Description: description,
		Identity: "/api/me", Header: "Authorization: Bearer ", TokenOf: web.Bearer,
	}
	for _, one := range profiles(now()) {
		s.byToken[one.Token] = one.account
		for n := range sample.Spares {
			token, acc := one.renewed(n+2, now().Add(sample.Renewal))
			s.byToken[token] = acc
			one.Spares = append(one.Spares, token)
		}
		out.Profiles = append(out.Profiles, one.Profile)
	}
	out.Handler = newHandler(s)
	return out
}
