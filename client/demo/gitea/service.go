package gitea

import (
	"time"

	"rollcall/client/demo/sample"
)

// Service is a Gitea with its sample profiles.
func Service(now func() time.Time) sample.Service {
	out := sample.Service{
		Provider: "gitea", About: "Gitea or Forgejo",
		Identity: prefix + "/user", Header: "Authorization: token ", TokenOf: tokenOf,
	}
	s := &server{now: now, byToken: map[string]*account{}, byPassword: map[[2]string]*account{}}
	for _, one := range profiles(now()) {
		switch {
		case one.Username != "":
			s.byPassword[[2]string{one.Username, one.Password}] = one.account
		case one.account != nil:
			s.byToken[one.Token] = one.account
		}
		for n := range sample.Spares {
			if one.Username != "" {
				break
			}
			token, acc := one.renewed(n+2, now())
			s.byToken[token] = acc
			one.Spares = append(one.Spares, token)
		}
		out.Profiles = append(out.Profiles, one.Profile)
	}
	out.Handler = newHandler(s)
	return out
}
