package oidc

import (
	"net"
	"net/http"
	"slices"

	"rollcall/client/demo/web"
)

// issuer is one of those that the service has.
type issuer struct {
	// slash is set where its name ends with a slash.
	slash bool
	// away is set where its UserInfo endpoint is at another origin.
	away bool
	// plain is set where it refuses in plain text.
	plain bool
}

// issuers are all of them, by their part of the path.
func issuers() map[string]issuer {
	return map[string]issuer{
		"roe": {}, "acme": {}, "library": {away: true}, "intranet": {slash: true}, "partner": {plain: true},
	}
}

// account is what an issuer knows of an access token and its user.
type account struct {
	issuer string
	claims web.Object
	scopes []string
	// no is answered to every request with the token; nil for none.
	no *refusal
	// joined is a group that the user is in from a moment on.
	joined string
}

// claimsOf are the claims that each scope tells.
func claimsOf(scope string) []string {
	switch scope {
	case "openid":
		return []string{"sub"}
	case "profile":
		return []string{"name", "given_name", "family_name", "preferred_username", "picture", "updated_at"}
	case "email":
		return []string{"email", "email_verified"}
	case "groups":
		return []string{"groups"}
	}
	return nil
}

// told are the claims of the user that the token's scopes tell.
func (acc *account) told() web.Object {
	told := web.Object{}
	for _, scope := range acc.scopes {
		for _, claim := range claimsOf(scope) {
			if v, ok := acc.claims[claim]; ok {
				told[claim] = v
			}
		}
	}
	return told
}

// refusal is how an issuer says no. scheme is that of the challenge, Bearer mostly; code is
// empty where the answer is in plain text.
type refusal struct {
	status                           int
	scheme, code, description, scope string
}

// write sends the refusal in the header and in the body.
func (e *refusal) write(w http.ResponseWriter, issuer string) {
	if e.code == "" {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(e.status)
		_, _ = w.Write([]byte(e.description + "\n"))
		return
	}
	challenge := e.scheme + ` realm="` + issuer + `", error="` + e.code + `", error_description="` + e.description + `"`
	body := web.Object{"error": e.code, "error_description": e.description}
	if e.scope != "" {
		challenge += `, scope="` + e.scope + `"`
		body["scope"] = e.scope
	}
	w.Header().Set("Www-Authenticate", challenge)
	w.Header().Set("Cache-Control", "no-store")
	web.SendJSON(w, e.status, body)
}

func errInvalid(i issuer) *refusal {
	if i.plain {
		return &refusal{status: http.StatusUnauthorized, description: "access token invalid"}
	}
	return &refusal{status: http.StatusUnauthorized, scheme: "Bearer", code: "invalid_token", description: "invalid token provided"}
}

func errScope() *refusal {
	return &refusal{
		status: http.StatusForbidden, scheme: "Bearer", code: "insufficient_scope", description: "access token missing openid scope", scope: "openid",
	}
}

func errStepUp() *refusal {
	return &refusal{
		status: http.StatusUnauthorized, scheme: "Bearer", code: "insufficient_user_authentication", description: "More recent authentication is required",
	}
}

func errProof() *refusal {
	return &refusal{status: http.StatusUnauthorized, scheme: "DPoP", code: "invalid_dpop_proof", description: "DPoP proof is missing"}
}

// server answers for all issuers.
type server struct {
	later   func() bool
	byToken map[string]*account
}

// newHandler serves the discovery and the UserInfo of each issuer.
func newHandler(s *server) http.Handler {
	routes := http.NewServeMux()
	routes.HandleFunc("GET "+root+"{issuer}/.well-known/openid-configuration", describe)
	routes.HandleFunc("GET "+root+"{issuer}"+userInfo, s.tell)
	routes.HandleFunc("GET /avatars/{picture}", web.ServeAvatar) // for anybody
	return routes
}

// root is what the paths of all issuers have before their names, userInfo the path of who-am-I
// below one.
const (
	root     = "/id/"
	userInfo = "/me"
)

// describe tells what an issuer is, to anybody.
func describe(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("issuer")
	i, ok := issuers()[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	base := "http://" + r.Host + root + name
	at, named := base+userInfo, base
	if i.away {
		// The same place under another name is another origin.
		if _, port, err := net.SplitHostPort(r.Host); err == nil {
			at = "http://localhost:" + port + root + name + userInfo
		}
	}
	if i.slash {
		named += "/"
	}
	web.SendJSON(w, http.StatusOK, web.Object{
		"issuer": named, "userinfo_endpoint": at, "authorization_endpoint": base + "/auth", "token_endpoint": base + "/token",
		"jwks_uri": base + "/jwks", "scopes_supported": []string{"openid", "profile", "email", "groups"},
		"response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"},
		"id_token_signing_alg_values_supported": []string{"RS256"},
	})
}

// tell tells who the user of a token is.
func (s *server) tell(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("issuer")
	i := issuers()[name]
	acc := s.byToken[web.Bearer(r)]
	base := "http://" + r.Host + root + name
	var no *refusal
	switch {
	case web.Bearer(r) == "" && !i.plain:
		// A challenge for DPoP alone is all that oidc-provider sends.
		w.Header().Set("Www-Authenticate", `DPoP realm="`+base+`", algs="ES256 Ed25519 EdDSA"`)
		web.SendJSON(w, http.StatusUnauthorized, web.Object{"error": "invalid_token", "error_description": "no access token provided"})
		return
	case acc == nil, acc.issuer != name:
		no = errInvalid(i)
	case acc.no != nil:
		no = acc.no
	case !slices.Contains(acc.scopes, "openid"):
		no = errScope()
	}
	if no != nil {
		no.write(w, base)
		return
	}
	told := acc.told()
	if groups, ok := told["groups"].([]string); ok && acc.joined != "" && s.later() {
		told["groups"] = append(slices.Clone(groups), acc.joined)
	}
	if _, ok := told["picture"]; ok {
		told["picture"] = web.AvatarURL(r.Host, told["sub"].(string))
	}
	w.Header().Set("Cache-Control", "no-store")
	web.SendJSON(w, http.StatusOK, told)
}
