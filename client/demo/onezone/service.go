package onezone

import (
	"time"

	"rollcall/client/demo/fault"
	"rollcall/client/demo/sample"
)

// Service is a zone with its sample profiles.
func Service(now func() time.Time) sample.Service {
	s := sample.Service{
		Provider: "onezone", About: "Onezone",
		Identity: "/api/v3/onezone/user", Header: "X-Auth-Token: ", TokenOf: tokenOf,
		Detours: []sample.Detour{
			{Fault: fault.Overload, About: "Onezone behind a proxy that is overloaded at times"},
			{Fault: fault.Login, About: "a network that answers everything with its login page"},
			{Fault: fault.Moved, About: "a zone that redirects to another host"},
			{Fault: fault.Tides, About: "a zone that is gone for 75 seconds of every six minutes"},
		},
	}
	var accounts []*account
	start := now()
	for _, one := range profiles(start) {
		accounts = append(accounts, one.account)
		for n := range sample.Spares {
			if one.Username != "" {
				break // A password is not given out.
			}
			acc := one.renewed(n+2, start.Add(sample.Renewal))
			accounts = append(accounts, acc)
			one.Spares = append(one.Spares, acc.mint())
		}
		s.Profiles = append(s.Profiles, one.Profile)
	}
	s.Handler = newHandler(now, accounts)
	return s
}
