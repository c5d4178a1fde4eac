package oidctest

import (
	"context"
	"encoding/base64"
	"net/http"
	"slices"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/servicetest"
)

// Issuer is the one of the tests, and UserInfo what it names.
const (
	Issuer   = "https://api.example.org/v1"
	UserInfo = "https://api.example.org/v1/me"
)

// Good is the answer of oidc-provider to a token with the scopes openid, profile, email and
// groups.
const Good = `{"sub":"u1","name":"Mira Okafor","given_name":"Mira","family_name":"Okafor","preferred_username":"mokafor",
 "picture":"https://id.example/p.png","updated_at":1767300000,"email":"mira@otter.example","email_verified":true,"groups":["admins","staff"]}`

// Description is the part of its description that counts.
const Description = `{"issuer":"` + Issuer + `","userinfo_endpoint":"` + UserInfo + `","scopes_supported":["openid"]}`

// atUserInfo is a service of an issuer that describes itself well.
type atUserInfo struct{ service.Service }

// AtUserInfo has a service get the answer of a row from the UserInfo endpoint.
func AtUserInfo(s service.Service) service.Service { return atUserInfo{s} }

func (s atUserInfo) Identify(ctx context.Context, ask service.Ask, q service.Asked) (*account.Account, account.Diagnosis) {
	q.Base = Issuer
	return s.Service.Identify(ctx, func(ctx context.Context, r service.Request) (service.Answer, error) {
		if r.Bare {
			return service.Answer{Status: 200, Body: []byte(Description)}, nil
		}
		return ask(ctx, r)
	}, q)
}

// atDiscovery is a service that asks for the description.
type atDiscovery struct{ service.Service }

// AtDiscovery has a service get the answer of a row in place of the issuer's description.
func AtDiscovery(s service.Service) service.Service { return atDiscovery{s} }

func (s atDiscovery) Identify(ctx context.Context, ask service.Ask, q service.Asked) (*account.Account, account.Diagnosis) {
	q.Base, q.Endpoint = Issuer, Issuer+"/.well-known/openid-configuration"
	return s.Service.Identify(ctx, ask, q)
}

// Token is a JSON Web Token with claims, whose signature is none.
func Token(claims string) string {
	return "eyJhbGciOiJub25lIn0." + base64.RawURLEncoding.EncodeToString([]byte(claims)) + ".c2ln"
}

func bearer(parameters string) http.Header {
	return http.Header{"Www-Authenticate": {"Bearer " + parameters}}
}

var (
	plainText = http.Header{"Content-Type": {"text/plain; charset=utf-8"}}
	onlyDPoP  = http.Header{"Www-Authenticate": {`DPoP realm="https://api.example.org", algs="ES256 Ed25519 EdDSA"`}}
	signed    = http.Header{"Content-Type": {"application/jwt; charset=utf-8"}}
)

// Errors are the refusals of UserInfo.
var Errors = []servicetest.Reading{
	{Name: "invalid, oidc-provider", Status: 401, Header: bearer(`realm="https://api.example.org", error="invalid_token", error_description="invalid token provided"`),
		Body: `{"error":"invalid_token","error_description":"invalid token provided"}`, Code: "invalid_token",
		State: account.InvalidToken, Says: []string{"expired, was revoked"}, Tells: []string{"Sign in", "env WORK_SECRET"}},
	{Name: "no token came, oidc-provider", Status: 401, Header: onlyDPoP,
		Body: `{"error":"invalid_token","error_description":"no access token provided"}`, Code: "invalid_token",
		State: account.CredentialMissing, Says: []string{"removed it"}, Tells: []string{"proxy", UserInfo}},
	{Name: "without openid, oidc-provider", Status: 403, Header: bearer("realm=\"https://api.example.org\", error=\"insufficient_scope\", error_description=\"access token missing openid scope\", scope=\"openid\""),
		Body: `{"error":"insufficient_scope","error_description":"access token missing openid scope","scope":"openid"}`, Code: "insufficient_scope",
		State: account.ScopeMissing, Says: []string{"lacks the scope openid."}, Tells: []string{"the scope openid", "env WORK_SECRET"}},
	{Name: "basic, oidc-provider", Status: 400, Header: bearer(`realm="https://api.example.org", error="invalid_request", error_description="authorization header value type must be Bearer or DPoP"`),
		Body: `{"error":"invalid_request","error_description":"authorization header value type must be Bearer or DPoP"}`, Code: "invalid_request",
		State: account.BadRequest, Says: []string{"must be Bearer or DPoP"}, Tells: []string{UserInfo}},
	{Name: "a word in backticks, oidc-provider", Status: 400, Body: "{\"error\":\"invalid_request\",\"error_description\":\"`DPoP` tokens must be used with a key\"}", Code: "invalid_request",
		State: account.BadRequest, Says: []string{`"DPoP" tokens`}},
	{Name: "invalid, zitadel", Status: 401, Header: plainText, Body: "access token invalid\n",
		State: account.InvalidToken, Says: []string{"expired, was revoked"}, Tells: []string{"env WORK_SECRET"}},
	{Name: "invalid, Gitea", Status: 401, Header: plainText, Body: "Failed to authenticate user\n",
		State: account.InvalidToken, Says: []string{"Failed to authenticate user."}, Tells: []string{"env WORK_SECRET"}},
	{Name: "no token came, Gitea", Status: 401, Header: bearer(`realm="Gitea OAuth2"`), Body: "no valid authorization",
		State: account.CredentialMissing, Says: []string{"removed it"}, Tells: []string{"proxy"}},
	{Name: "empty", Status: 401, State: account.InvalidToken, Says: []string{"does not accept"}},
	{Name: "challenge without an error", Status: 401, Header: bearer(`realm="x"`), State: account.InvalidToken, Says: []string{"does not accept"}},
	{Name: "DPoP challenge alone", Status: 401, Header: onlyDPoP, State: account.InvalidToken, Says: []string{"does not accept"}},
	{Name: "why, in the header alone", Status: 401, Header: bearer(`error="invalid_token", error_description="The session is over"`), Code: "invalid_token",
		State: account.InvalidToken, Says: []string{"this token: The session is over."}},
	{Name: "a nonce is wanted, RFC 9449", Status: 401, Header: http.Header{"Www-Authenticate": {`DPoP error="use_dpop_nonce", error_description="Resource server requires nonce in DPoP proof"`}}, Code: "use_dpop_nonce",
		State: account.Misconfigured, Says: []string{"tied to a key"}, Tells: []string{"env WORK_SECRET"}},
	{Name: "a proof is wanted, RFC 9449", Status: 401, Header: http.Header{"Www-Authenticate": {`Bearer realm="x"`, `DPoP error="invalid_dpop_proof"`}}, Code: "invalid_dpop_proof",
		State: account.Misconfigured, Says: []string{"tied to a key"}},
	{Name: "token of a key", Status: 401, Header: onlyDPoP, Secret: Token(`{"iss":"` + Issuer + `","cnf":{"jkt":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}}`),
		State: account.Misconfigured, Says: []string{"tied to a key"}, Tells: []string{"tied to no key"}},
	{Name: "token of a certificate", Status: 401, Header: bearer(`error="invalid_token"`), Code: "invalid_token",
		Secret: Token(`{"iss":"` + Issuer + `","cnf":{"x5t#S256":"bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"}}`),
		State:  account.Misconfigured, Says: []string{"client certificate"}, Tells: []string{"client_cert"}},
	{Name: "token of another issuer", Status: 401, Header: plainText, Body: "access token invalid", Secret: Token(`{"iss":"https://other.example"}`),
		State: account.InvalidToken, Says: []string{"comes from https://other.example."}, Tells: []string{"base_url", "env WORK_SECRET"}},
	{Name: "five parts are no JWT, zitadel", Status: 401, Header: plainText, Body: "access token invalid", Secret: "eyJpc3MiOiJodHRwczovL290aGVyIn0.a.b.c.d",
		State: account.InvalidToken, Says: []string{"expired, was revoked"}},
	{Name: "several scopes, RFC 6750", Status: 403, Header: bearer(`realm="example", error="insufficient_scope", scope="openid profile email"`), Code: "insufficient_scope",
		Secret: Token(`{"iss":"` + Issuer + `","scope":"email"}`),
		State:  account.ScopeMissing, Says: []string{"the scopes openid and profile."}, Tells: []string{"the scopes openid and profile"}},
	{Name: "a scope, which is not named", Status: 403, Body: `{"error":"insufficient_scope"}`, Code: "insufficient_scope",
		State: account.ScopeMissing, Says: []string{"a scope"}, Tells: []string{"openid"}},
	{Name: "malformed, RFC 6750", Status: 400, Body: `{"error":"invalid_request","error_description":"The request is missing an access token"}`, Code: "invalid_request",
		State: account.CredentialMissing, Says: []string{"removed it"}},
	{Name: "stronger sign-in, RFC 9470", Status: 401, Header: bearer(`error="insufficient_user_authentication", error_description="More recent authentication is required", max_age="5"`), Code: "insufficient_user_authentication",
		State: account.Forbidden, Says: []string{"more recent", "More recent authentication is required."}, Tells: []string{"Sign in"}},
	{Name: "forbidden", Status: 403, Body: `{"error":"access_denied","error_description":"The user is blocked."}`, Code: "access_denied",
		State: account.Forbidden, Tells: []string{"env WORK_SECRET"}},
	{Name: "blame in a fault", Status: 500, Body: `{"error":"invalid_token"}`, Code: "invalid_token", State: account.ServerError},
	{Name: "too many", Status: 429, Header: http.Header{"Retry-After": {"5"}}, Body: `{"error":"slow_down"}`, Code: "slow_down", State: account.RateLimited},
	{Name: "gone", Status: 404, Header: plainText, Body: "404 page not found", State: account.NotFound, Says: []string{UserInfo}},
	{Name: "login page", Status: 401, Body: servicetest.Portal, State: account.BadResponse, Says: []string{"captive portal"}},
}

// Others are answers of UserInfo that are no refusals.
var Others = []servicetest.Reading{
	{Name: "portal", Status: 200, Body: servicetest.Portal, State: account.BadResponse, Says: []string{"captive portal"}},
	{Name: "nothing", Status: 200, State: account.BadResponse, Says: []string{"empty"}},
	{Name: "cut off", Status: 200, Body: Good[:60], State: account.BadResponse, Says: []string{"breaks off"}},
	{Name: "no subject", Status: 200, Body: `{"name":"Mira"}`, State: account.BadResponse, Says: []string{"who the user is"}},
	{Name: "subject is an object", Status: 200, Body: `{"sub":{}}`, State: account.BadResponse, Says: []string{"who the user is"}},
	{Name: "null", Status: 200, Body: "null", State: account.BadResponse},
	{Name: "a list", Status: 200, Body: "[]", State: account.BadResponse, Says: []string{"a list"}},
	{Name: "encrypted", Status: 200, Header: signed, Body: "a.b.c.d.e", State: account.BadResponse, Says: []string{"encrypted for the client"}},
	{Name: "signed, of nothing", Status: 200, Header: signed, Body: "a.b.c", State: account.BadResponse, Says: []string{"cannot be read"}},
	{Name: "signed, but no token", Status: 200, Header: signed, Body: Good, State: account.BadResponse, Says: []string{"though it says so"}},
}

// Discoveries are answers in place of the issuer's description.
var Discoveries = []servicetest.Reading{
	{Name: "none there", Status: 404, Header: plainText, Body: "404 page not found", State: account.NotFound, Says: []string{"no issuer"}, Tells: []string{"slash", "base_url"}},
	{Name: "not for everybody", Status: 401, State: account.Misconfigured, Says: []string{"to everybody (status 401)"}, Tells: []string{"base_url"}},
	{Name: "forbidden", Status: 403, Body: servicetest.Portal, State: account.Misconfigured, Says: []string{"status 403"}},
	{Name: "a page", Status: 200, Body: servicetest.Portal, State: account.BadResponse, Says: []string{"captive portal"}},
	{Name: "no issuer", Status: 200, Body: `{"userinfo_endpoint":"` + UserInfo + `"}`, State: account.BadResponse, Says: []string{"which issuer"}},
	{Name: "another issuer", Status: 200, Body: `{"issuer":"https://other.example"}`, State: account.Misconfigured, Says: []string{"is https://other.example, and not " + Issuer}, Tells: []string{"exactly https://other.example,"}},
	{Name: "with a slash", Status: 200, Body: `{"issuer":"` + Issuer + `/"}`, State: account.Misconfigured, Says: []string{"the slash at the end counts"}, Tells: []string{"exactly " + Issuer + "/,"}},
	{Name: "a family of issuers", Status: 200, Body: `{"issuer":"https://login.example/{tenantid}/v2.0"}`, State: account.Misconfigured, Says: []string{"{tenantid}"}, Tells: []string{"tenant"}},
	{Name: "no UserInfo", Status: 200, Body: `{"issuer":"` + Issuer + `"}`, State: account.Misconfigured, Says: []string{"no UserInfo"}, Tells: []string{"switch UserInfo on"}},
	{Name: "UserInfo is null", Status: 200, Body: `{"issuer":"` + Issuer + `","userinfo_endpoint":null}`, State: account.Misconfigured, Says: []string{"no UserInfo"}},
	{Name: "UserInfo is no address", Status: 200, Body: `{"issuer":"` + Issuer + `","userinfo_endpoint":"/me"}`, State: account.Misconfigured, Says: []string{"not an address"}},
	{Name: "fault", Status: 500, State: account.ServerError, Says: []string{"500"}},
	{Name: "down", Status: 503, State: account.Unavailable, Says: []string{"503"}},
}

// Readings are all the answers of UserInfo that are no good ones.
func Readings() []servicetest.Reading { return slices.Concat(Errors, Others) }
