package oidc

import (
	"time"

	"rollcall/client/demo/sample"
	"rollcall/client/demo/web"
)

// Service is a host with several issuers of OpenID Connect, and their sample profiles.
func Service(now func() time.Time) sample.Service {
	out := sample.Service{
		Provider: "oidc", About: "OpenID Connect, an issuer a path",
		Identity: userInfo, Header: "Authorization: Bearer ", TokenOf: web.Bearer,
	}
	start := now()
	s := &server{
		later:   func() bool { return !now().Before(start.Add(sample.ChangesAfter)) },
		byToken: map[string]*account{},
	}
	for _, one := range profiles(start) {
		if !one.lost {
			s.byToken[one.Token] = &one.account
		}
		for n := range sample.Spares {
			token, acc := one.renewed(n+2, start)
			s.byToken[token] = acc
			one.Spares = append(one.Spares, token)
		}
		out.Profiles = append(out.Profiles, one.Profile)
	}
	out.Handler = newHandler(s)
	return out
}
