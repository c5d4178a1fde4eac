package katapult

import (
	"time"

	"rollcall/client/demo/fault"
	"rollcall/client/demo/sample"
	"rollcall/client/demo/web"
)

// Service is Katapult with its sample profiles.
func Service(now func() time.Time) sample.Service {
	s := sample.Service{
		Provider: "katapult", About: "Katapult",
		Identity: "/core/v1/users/current", Header: "Authorization: Bearer ", TokenOf: web.Bearer,
		Detours: []sample.Detour{
			{Fault: fault.Strip, About: "Katapult behind a proxy that removes credentials"},
			{Fault: fault.Reset, About: "a host that resets every connection"},
		},
	}
	accounts := map[string]*account{}
	start := now()
	for _, one := range profiles(start) {
		accounts[one.Token] = one.account
		for n := range sample.Spares {
			token, acc := one.renewed(n+2, start.Add(sample.Renewal))
			accounts[token] = acc
			one.Spares = append(one.Spares, token)
		}
		s.Profiles = append(s.Profiles, one.Profile)
	}
	s.Handler = newHandler(now, accounts)
	return s
}
