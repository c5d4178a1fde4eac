package katapult

import (
	"net/http"
	"time"

	"rollcall/client/demo/web"
)

// newHandler serves the part of Katapult's core API that rollcall asks, to
// accounts by their tokens.
func newHandler(now func() time.Time, byToken map[string]*account) http.Handler {
	d := &directory{now: now, limits: web.NewLimiter(now), byToken: byToken}
	routes := http.NewServeMux()
	for pattern, answer := range map[string]endpoint{
		"GET /core/v1/users/current":                           showUser,
		"GET /core/v1/organizations":                           listOrganizations,
		"GET /core/v1/organizations/{organization}":            showOrganization,
		"GET /core/v1/organizations/{organization}/api_tokens": listTokens(d),
	} {
		routes.Handle(pattern, identified(d, answer))
	}
	routes.HandleFunc("GET /avatars/{picture}", web.ServeAvatar) // for anybody
	routes.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		errRouteNotFound().write(w) // found before the token is looked at
	})
	return routes
}

// identified serves an endpoint to those whose token is accepted.
func identified(d *directory, answer endpoint) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		acc, fail := d.authenticate(w.Header(), r)
		var body any
		if fail == nil {
			w.Header().Set("Access-Control-Allow-Origin", "*")
			body, fail = answer(r, acc)
		}
		if fail != nil {
			fail.write(w)
			return
		}
		text := web.Encode(body)
		if acc.cut {
			text = text[:len(text)/2]
		}
		w.Header().Set("Content-Type", "application/json")
		w.Write(text)
	})
}

// showUser tells who the token's owner is.
func showUser(r *http.Request, acc *account) (any, *refusal) {
	if acc.user == nil {
		return nil, errNoUser()
	}
	orgs := []web.Object{}
	for _, o := range acc.orgs {
		orgs = append(orgs, web.Object{"id": o.ID, "name": o.Name, "sub_domain": o.SubDomain})
	}
	user := *acc.user
	user.AvatarURL = web.AvatarURL(r.Host, user.ID)
	answer := web.Object{"user": user, "organizations": orgs, "api_token_id": nil}
	if acc.record.ID != "" {
		answer["api_token_id"] = acc.record.ID
	}
	return answer, nil
}
