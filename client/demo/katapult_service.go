package demo

import "time"

// katapultService is Katapult with its sample profiles.
func katapultService(now func() time.Time) sampleService {
	s := sampleService{
		Provider: "katapult", About: "Katapult",
		Identity: "/core/v1/users/current", Header: "Authorization: Bearer ", TokenOf: bearer,
		Detours: []detour{
			{Fault: faultStrip, About: "Katapult behind a proxy that removes credentials"},
			{Fault: faultReset, About: "a host that resets every connection"},
		},
	}
	accounts := map[string]*katapultAccount{}
	for _, one := range katapultSamples(now()) {
		accounts[one.Token] = one.account
		s.Profiles = append(s.Profiles, one.sample)
	}
	s.Handler = newKatapult(now, accounts)
	return s
}
