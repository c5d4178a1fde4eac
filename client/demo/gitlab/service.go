package gitlab

import (
	"time"

	"rollcall/client/demo/sample"
)

// Service is a GitLab with its sample profiles.
func Service(now func() time.Time) sample.Service {
	s := sample.Service{
		Provider: "gitlab", About: "GitLab below a path",
		Identity: "/api/v4/user", Header: "PRIVATE-TOKEN: ", TokenOf: tokenOf,
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
