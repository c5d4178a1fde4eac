package gitlabtest

import (
	"net/http"
	"slices"

	"rollcall/client/account"
	"rollcall/client/service/servicetest"
)

// Good is the user of a token with the scope read_user.
const Good = `{"id":4201,"username":"mokafor","name":"Mira Okafor","state":"active","locked":false,"avatar_url":"https://gitlab.example/u.png","web_url":"https://gitlab.example/mokafor",
 "created_at":"2020-05-06T07:08:09.123Z","bio":"","public_email":"","organization":"","bot":false,"last_sign_in_at":"2026-01-01T08:00:00.000Z","confirmed_at":"2020-05-06T07:10:00.000Z",
 "last_activity_on":"2026-01-02","email":"mira@otter.example","commit_email":"mira@otter.example","theme_id":1,"color_scheme_id":1,"projects_limit":100000,"current_sign_in_at":"2026-01-02T07:00:00.000Z",
 "identities":[{"provider":"github","extern_uid":"90210417","saml_provider_id":null},{"provider":"group_saml","extern_uid":"mira","saml_provider_id":3}],
 "can_create_group":true,"can_create_project":true,"two_factor_enabled":true,"external":false,"private_profile":false}`

// Record is what the server keeps of a token.
const Record = `{"id":77,"name":"rollcall","revoked":false,"created_at":"2026-01-01T00:00:00.000Z","description":null,"scopes":["read_user","read_api"],
 "user_id":4201,"last_used_at":"2026-01-02T03:00:00.000Z","active":true,"expires_at":"2026-12-31"}`

// Deploy is a token for other things than the API. It is worth nothing.
const Deploy = "gldt-00000000000000000000"

// bearer is a refusal in the form of OAuth.
func bearer(code, description string) string {
	return `{"error":"` + code + `","error_description":"` + description + `"}`
}

// challenge is the header that GitLab sends with such refusals.
func challenge(code, description string) http.Header {
	return http.Header{"Www-Authenticate": {`Bearer realm="The API", error="` + code + `", error_description="` + description + `"`}}
}

// The descriptions of four causes that have one code.
const (
	unknown       = "Bad Access Token."
	expired       = "Token is expired. You can either do re-authorization or token refresh."
	revoked       = "Token was revoked. You have to re-authorize from the user."
	impersonation = "Token is an impersonation token but impersonation was disabled."
)

// Tokens has a row for each refusal of a credential.
var Tokens = []servicetest.Reading{
	{Name: "unknown", Status: 401, Header: challenge("invalid_token", unknown), Body: bearer("invalid_token", unknown), State: account.InvalidToken, Code: "invalid_token",
		Says: []string{"does not know", "api.example.org"}, Tells: []string{"in GitLab", "env WORK_SECRET"}},
	{Name: "expired", Status: 401, Header: challenge("invalid_token", expired), Body: bearer("invalid_token", expired), State: account.InvalidToken, Code: "invalid_token",
		Says: []string{"has expired"}, Tells: []string{"new token"}},
	{Name: "revoked", Status: 401, Header: challenge("invalid_token", revoked), Body: bearer("invalid_token", revoked), State: account.InvalidToken, Code: "invalid_token",
		Says: []string{"was revoked"}, Tells: []string{"new token"}},
	{Name: "impersonation", Status: 401, Header: challenge("invalid_token", impersonation), Body: bearer("invalid_token", impersonation), State: account.InvalidToken, Code: "invalid_token",
		Says: []string{"act as the user", "switched off"}, Tells: []string{"that the user has made"}},
	{Name: "not in its list", Status: 401, Body: `{"message":"401 Unauthorized"}`, State: account.InvalidToken, Says: []string{"does not know"}, Tells: []string{"in GitLab"}},
	{Name: "a deploy token", Status: 401, Body: `{"message":"401 Unauthorized"}`, Secret: Deploy, State: account.InvalidToken, Says: []string{"deploy token"}, Tells: []string{"personal, project or group"}},
	{Name: "proof of possession", Status: 401, Body: bearer("dpop_error", "DPoP validation error: DPoP header is missing"), State: account.InvalidToken, Code: "dpop_error",
		Says: []string{"DPoP"}, Tells: []string{"settings of the user"}},
	{Name: "editors only", Status: 401, Body: bearer("restricted_language_server_client_error", "Language server client error: Requests from Editor Extension clients are restricted"), State: account.Forbidden, Code: "restricted_language_server_client_error",
		Says: []string{"editors"}, Tells: []string{"administrator of api.example.org"}},
	{Name: "scope", Status: 403, Body: `{"error":"insufficient_scope","error_description":"The request requires higher privileges than provided by the access token.","scope":"api read_user read_api"}`,
		State: account.ScopeMissing, Code: "insufficient_scope", Says: []string{"api (read and change all that the user can), read_user (read the profile) or read_api"}, Tells: []string{"the scope api, read_user or read_api in GitLab", "cannot be changed"}},
	{Name: "scope without a name", Status: 403, Body: bearer("insufficient_scope", "x"), State: account.ScopeMissing, Code: "insufficient_scope", Says: []string{"lacks a scope"}},
}

// denied is a refusal of a user for a reason.
func denied(reason string) string { return `{"message":"403 Forbidden - ` + reason + `"}` }

// Denials has a row for each refusal of a user.
var Denials = []servicetest.Reading{
	{Name: "blocked", Status: 403, Body: denied("Your account has been blocked."), State: account.Forbidden, Says: []string{"blocked at api.example.org"}, Tells: []string{"let the user in again"}},
	{Name: "deactivated", Status: 403, Body: denied("Your account has been deactivated by your administrator. Please log back in from a web browser to reactivate your account at https://gitlab.example"), State: account.Forbidden,
		Says: []string{"deactivated"}, Tells: []string{"Sign in to api.example.org"}},
	{Name: "not approved", Status: 403, Body: denied("Your account is pending approval from your administrator and hence blocked."), State: account.Forbidden, Says: []string{"not let this user in yet"}, Tells: []string{"approve"}},
	{Name: "terms", Status: 403, Body: denied("You (@mokafor) must accept the Terms of Service in order to perform this action. To accept these terms, please access GitLab from a web browser at https://gitlab.example."), State: account.Forbidden,
		Says: []string{"terms"}, Tells: []string{"accept them"}},
	{Name: "password expired", Status: 403, Body: denied("Your password expired. Please access GitLab from a web browser to update your password."), State: account.Forbidden, Says: []string{"password"}, Tells: []string{"new password"}},
	{Name: "not confirmed", Status: 403, Body: denied("Your primary email address is not confirmed. Please check your inbox for the confirmation instructions. In case the link is expired, you can request a new confirmation email at https://gitlab.example/users/confirmation/new"), State: account.Forbidden,
		Says: []string{"not confirmed"}, Tells: []string{"Follow the link"}},
	{Name: "internal user", Status: 403, Body: denied("This action cannot be performed by internal users"), State: account.Forbidden, Says: []string{"GitLab itself"}, Tells: []string{"another user"}},
	{Name: "for another reason", Status: 403, Body: denied("The moon is full."), State: account.Forbidden, Says: []string{"refuses this user: The moon is full."}, Tells: []string{"api.example.org"}},
	{Name: "for no reason", Status: 403, Body: `{"message":"403 Forbidden"}`, State: account.Forbidden},
	{Name: "an answer of a blocked user", Status: 200, Body: `{"id":7,"username":"sroe","state":"blocked"}`, State: account.Forbidden, Account: true, Says: []string{"this user is blocked"}, Tells: []string{"let the user in"}},
	{Name: "an answer of a banned user", Status: 200, Body: `{"id":7,"username":"sroe","state":"banned"}`, State: account.Forbidden, Account: true, Says: []string{"this user is banned"}},
	{Name: "blocked by the directory", Status: 200, Body: `{"id":7,"username":"sroe","state":"ldap_blocked"}`, State: account.Forbidden, Account: true, Says: []string{"blocked by the directory"}},
}

// ThrottleHeader is what a refusal of one request too many has in its headers.
func ThrottleHeader() http.Header {
	return http.Header{
		"Content-Type": {"text/plain"}, "Retry-After": {"30"}, "Ratelimit-Name": {"throttle_authenticated_api"}, "Ratelimit-Limit": {"600"}, "Ratelimit-Observed": {"601"},
		"Ratelimit-Remaining": {"0"}, "Ratelimit-Reset": {"1609844400"}, "Ratelimit-Resettime": {"Tue, 05 Jan 2021 11:00:00 GMT"},
	}
}

// Others are limits, and answers that are no errors of the service's own.
var Others = []servicetest.Reading{
	{Name: "limit", Status: 429, Header: ThrottleHeader(), Body: "Retry later\n", State: account.RateLimited, Says: []string{"(authenticated api)"}, Tells: []string{"Wait"}},
	{Name: "limit without headers", Status: 429, Body: "Retry later\n", State: account.RateLimited, Says: []string{"for now."}},
	{Name: "nothing there", Status: 404, Body: `{"error":"404 Not Found"}`, State: account.NotFound, Says: []string{"https://api.example.org/v1/me"}, Tells: []string{"path that it lies below"}},
	{Name: "nothing there, in the other form", Status: 404, Body: `{"message":"404 User Not Found"}`, State: account.NotFound, Tells: []string{"base_url"}},
	{Name: "bad request", Status: 400, Body: `{"message":{"name":["is too long"]}}`, State: account.BadRequest},
	{Name: "portal", Status: 200, Body: servicetest.Portal, State: account.BadResponse, Says: []string{"captive portal"}},
	{Name: "page 502", Status: 502, Body: servicetest.Portal, State: account.Unavailable},
	{Name: "empty", Status: 200, State: account.BadResponse, Says: []string{"empty"}},
	{Name: "cut off", Status: 200, Body: Good[:60], State: account.BadResponse, Says: []string{"breaks off"}},
	{Name: "no id", Status: 200, Body: `{"username":"mokafor"}`, State: account.BadResponse, Says: []string{"who the user is"}},
	{Name: "id is text", Status: 200, Body: `{"id":"4201"}`, State: account.BadResponse, Says: []string{"id is text"}},
	{Name: "error of wrong type", Status: 403, Body: `{"error":{"a":1},"message":["b"]}`, State: account.Forbidden},
}

// Readings are all the answers that are no good ones.
func Readings() []servicetest.Reading { return slices.Concat(Tokens, Denials, Others) }
