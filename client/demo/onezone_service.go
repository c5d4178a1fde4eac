package demo

import "time"

// onezoneService is a zone with its sample profiles.
func onezoneService(now func() time.Time) sampleService {
	s := sampleService{
		Provider: "onezone", About: "Onezone",
		Identity: "/api/v3/onezone/user", Header: "X-Auth-Token: ", TokenOf: tokenOf,
		Detours: []detour{
			{Fault: faultOverload, About: "Onezone behind a proxy that is overloaded at times"},
			{Fault: faultLogin, About: "a network that answers everything with its login page"},
			{Fault: faultMoved, About: "a zone that redirects to another host"},
			{Fault: faultTides, About: "a zone that is gone for 20 seconds of every two minutes"},
		},
	}
	var accounts []*onezoneAccount
	for _, one := range onezoneSamples(now()) {
		accounts = append(accounts, one.account)
		s.Profiles = append(s.Profiles, one.sample)
	}
	s.Handler = newOnezone(now, accounts)
	return s
}
