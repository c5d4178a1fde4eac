package demo

import (
	"net/http"
	"time"
)

// newKatapult serves the part of Katapult's core API that rollcall asks, to
// accounts by their tokens.
func newKatapult(now func() time.Time, byToken map[string]*katapultAccount) http.Handler {
	d := &katapultDirectory{now: now, limits: newLimiter(now), byToken: byToken}
	routes := http.NewServeMux()
	for pattern, answer := range map[string]katapultEndpoint{
		"GET /core/v1/users/current":                           currentUser,
		"GET /core/v1/organizations":                           organizations,
		"GET /core/v1/organizations/{organization}":            organization,
		"GET /core/v1/organizations/{organization}/api_tokens": apiTokens(d),
	} {
		routes.Handle(pattern, identified(d, answer))
	}
	routes.HandleFunc("GET /avatars/{picture}", serveAvatar) // for anybody
	routes.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		errRouteNotFound().write(w, false) // found before the token is looked at
	})
	return routes
}

// identified serves an endpoint to those whose token is accepted.
func identified(d *katapultDirectory, answer katapultEndpoint) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		acc, fail := d.authenticate(w.Header(), r)
		var body any
		if fail == nil {
			w.Header().Set("Access-Control-Allow-Origin", "*")
			body, fail = answer(r, acc)
		}
		if fail != nil {
			fail.write(w, acc != nil && acc.flat)
			return
		}
		text := encode(body)
		if acc.cut {
			text = text[:len(text)/2]
		}
		w.Header().Set("Content-Type", "application/json")
		w.Write(text)
	})
}

// currentUser tells who the token's owner is.
func currentUser(r *http.Request, acc *katapultAccount) (any, *katapultError) {
	if acc.user == nil {
		return nil, errNoUser()
	}
	orgs := []object{}
	for _, o := range acc.orgs {
		orgs = append(orgs, object{"id": o.ID, "name": o.Name, "sub_domain": o.SubDomain})
	}
	user := *acc.user
	user.AvatarURL = avatarAddress(r.Host, user.ID)
	answer := object{"user": user, "organizations": orgs, "api_token_id": nil}
	if acc.record.ID != "" {
		answer["api_token_id"] = acc.record.ID
	}
	return answer, nil
}
