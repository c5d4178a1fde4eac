package client

import (
	"net/http"
	"rollcall/client/account"
	"slices"
)

const katapultGood = `{"user":{"id":"user_1aZk7QmPq2sT9xYb","first_name":"Mira","last_name":"Okafor","avatar_url":"https://avatars.example/mira.png"},
 "organizations":[{"id":"org_7hGq2LpXw9Rt4Vn1","name":"Otter Labs","sub_domain":"otter-labs"},{"id":"org_2","name":"B","sub_domain":null,"new":1}],
 "api_token_id":"apit_3cVb5NmKj8Hg6Fd2"}`

// katapultErrors has a row per error of the service; each is sent with its
// envelope and without.
var katapultErrors = []reading{
	{status: 400, body: `{"code":"missing_api_token","description":"No token","detail":{}}`,
		state: account.CredentialMissing, code: "missing_api_token", says: []string{"one was sent", "removed it"}, tells: []string{"proxy", "https://api.example.org/v1/me"}},
	{status: 403, body: `{"code":"invalid_api_token","description":"x","detail":{"details":"Token expired on Monday."}}`,
		state: account.InvalidToken, code: "invalid_api_token", says: []string{"Token expired on Monday."}, tells: []string{"env WORK_SECRET", "Katapult"}},
	{name: "without details", status: 403, body: `{"code":"invalid_api_token","description":null,"detail":{"details":null}}`,
		state: account.InvalidToken, code: "invalid_api_token", says: []string{"expired or been revoked."}, tells: []string{"env WORK_SECRET"}},
	{status: 403, body: `{"code":"invalid_capabilities_token","detail":null}`,
		state: account.InvalidToken, code: "invalid_capabilities_token", says: []string{"capabilities token"}, tells: []string{"env WORK_SECRET"}},
	{status: 403, body: `{"code":"unauthorized_network_for_api_token","detail":{"ip_address":"203.0.113.7"}}`,
		state: account.NetworkDenied, code: "unauthorized_network_for_api_token", says: []string{"203.0.113.7"}, tells: []string{"Add 203.0.113.7"}},
	{name: "with an address of version 6", status: 403, body: `{"code":"unauthorized_network_for_api_token","detail":{"ip_address":"2001:db8:0::1%text"}}`,
		state: account.NetworkDenied, code: "unauthorized_network_for_api_token", says: []string{"from 2001:db8::1."}, tells: []string{"Add 2001:db8::1 to"}},
	{name: "with no address", status: 403, body: `{"code":"unauthorized_network_for_api_token","detail":{"ip_address":"203.0.113.7, so call 555"}}`,
		state: account.NetworkDenied, code: "unauthorized_network_for_api_token", says: []string{"present address"}, tells: []string{"your address"}},
	{name: "without address", status: 403, body: `{"code":"unauthorized_network_for_api_token","detail":{"ip_address":5}}`,
		state: account.NetworkDenied, code: "unauthorized_network_for_api_token", says: []string{"present address"}, tells: []string{"your address"}},
	{status: 403, body: `{"code":"scope_not_granted","detail":{"scopes":["api.katapult.io/core/v1/organizations:read","organizations"]}}`,
		state: account.ScopeMissing, code: "scope_not_granted", says: []string{"the scope organizations:read or organizations."}, tells: []string{"the scope organizations:read or organizations", "env WORK_SECRET"}},
	{name: "without scopes", status: 403, body: `{"code":"scope_not_granted","detail":"none"}`,
		state: account.ScopeMissing, code: "scope_not_granted", says: []string{"lacks a scope"}, tells: []string{"more scopes"}},
	{status: 403, body: `{"code":"organization_suspended"}`,
		state: account.Forbidden, code: "organization_suspended", says: []string{"suspended"}, tells: []string{"owner"}},
	{status: 403, body: `{"code":"organization_not_activated"}`,
		state: account.Forbidden, code: "organization_not_activated", says: []string{"not activated"}, tells: []string{"owner"}},
	{status: 403, body: `{"code":"permission_denied","detail":{"details":"read only"}}`,
		state: account.Forbidden, code: "permission_denied", says: []string{"read only"}, tells: []string{"permission"}},
	{status: 404, body: `{"code":"no_user_associated_with_identity","description":"There is no user"}`,
		state: account.NoUser, code: "no_user_associated_with_identity", says: []string{"good", "organization"}, tells: []string{"user"}},
	{status: 404, body: `{"code":"organization_not_found"}`,
		state: account.NotFound, code: "organization_not_found", says: []string{"the organization"}, tells: []string{"https://api.example.org/v1/me"}},
	{status: 404, body: `{"code":"route_not_found"}`,
		state: account.NotFound, code: "route_not_found", says: []string{"https://api.example.org/v1/me"}, tells: []string{"https://api.katapult.io"}},
	{status: 422, body: `{"code":"validation_error","detail":{"errors":["a is wrong","b is long"]}}`,
		state: account.BadRequest, code: "validation_error", says: []string{"a is wrong; b is long"}, tells: []string{"https://api.example.org/v1/me"}},
	{status: 429, body: `{"code":"rate_limit_reached","detail":{"total_permitted":100}}`,
		state: account.RateLimited, code: "rate_limit_reached", limit: 100, says: []string{"100 requests a minute"}, tells: []string{"Wait"}},
	{name: "without a number", status: 429, body: `{"code":"rate_limit_reached","detail":{"total_permitted":"many"}}`,
		state: account.RateLimited, code: "rate_limit_reached", says: []string{"no more"}, tells: []string{"Wait"}},
	{status: 503, body: `{"code":"service_unavailable"}`, state: account.Unavailable, code: "service_unavailable", says: []string{"at the moment"}, tells: []string{"Wait"}},
	{status: 500, body: `{"code":"unhandled_exception","description":null,"detail":{}}`,
		state: account.ServerError, code: "unhandled_exception", says: []string{"failed"}, tells: []string{"support"}},
	{status: 400, body: `{"code":"invalid_json_body"}`, state: account.BadRequest, code: "invalid_json_body", says: []string{"understand"}, tells: []string{"Katapult"}},
	{status: 400, body: `{"code":"missing_required_argument"}`, state: account.BadRequest, code: "missing_required_argument"},
	{status: 400, body: `{"code":"invalid_argument","detail":{"issue":"missing_lookup_value"}}`, state: account.BadRequest, code: "invalid_argument", says: []string{"missing_lookup_value"}},
	{status: 400, body: `{"code":"invalid_field_spec"}`, state: account.BadRequest, code: "invalid_field_spec"},
	{status: 400, body: `{"code":"generic_runtime_error"}`, state: account.BadRequest, code: "generic_runtime_error"},
	{name: "code over status", status: 401, body: `{"code":"scope_not_granted","detail":{"scopes":["a"]}}`, state: account.ScopeMissing, code: "scope_not_granted"},
	{name: "code over success", status: 200, body: `{"code":"service_unavailable"}`, state: account.Unavailable, code: "service_unavailable"},
	{name: "blame in a fault", status: 500, body: `{"code":"invalid_api_token"}`, state: account.ServerError, code: "invalid_api_token"},
	{name: "blame under load", status: 429, body: `{"code":"invalid_api_token"}`, state: account.RateLimited, code: "invalid_api_token"},
	{name: "unknown code", status: 409, body: `{"code":"deadlock","description":"later"}`, state: account.BadRequest, code: "deadlock"},
	{name: "unknown code, limited", status: 403, header: http.Header{"Retry-After": {"3"}}, body: `{"code":"slow_down"}`, state: account.RateLimited, code: "slow_down"},
	{name: "unknown code of a fault", status: 504, body: `{"code":"gateway"}`, state: account.Unavailable, code: "gateway"},
}

// katapultOthers are answers that are no errors of the service's own.
var katapultOthers = []reading{
	{name: "portal", status: 200, body: portal, state: account.BadResponse, says: []string{"web page", "captive portal"}, tells: []string{"https://api.example.org/v1/me"}},
	{name: "empty", status: 200, state: account.BadResponse, says: []string{"empty"}},
	{name: "cut off", status: 200, body: katapultGood[:60], state: account.BadResponse, says: []string{"breaks off after 60 bytes"}},
	{name: "plain text", status: 200, body: "OK", state: account.BadResponse, says: []string{"not JSON"}},
	{name: "null", status: 200, body: "null", state: account.BadResponse, says: []string{"who the user is"}},
	{name: "a list", status: 200, body: "[]", state: account.BadResponse, says: []string{"a list"}},
	{name: "no user", status: 200, body: `{"organizations":[]}`, state: account.BadResponse, says: []string{"who the user is"}},
	{name: "user is text", status: 200, body: `{"user":"mira"}`, state: account.BadResponse, says: []string{"user is text"}},
	{name: "no id", status: 200, body: `{"user":{"first_name":"M"}}`, state: account.BadResponse, says: []string{"who the user is"}},
	{name: "blank id", status: 200, body: `{"user":{"id":" "}}`, state: account.BadResponse},
	{name: "number as id", status: 200, body: `{"user":{"id":5}}`, state: account.BadResponse, says: []string{"user.id is a number"}},
	{name: "organizations no list", status: 200, body: `{"user":{"id":"u"},"organizations":{}}`, state: account.BadResponse, says: []string{"organizations is an object"}},
	{name: "empty 401", status: 401, state: account.InvalidToken, tells: []string{"env WORK_SECRET"}},
	{name: "portal 401", status: 401, body: portal, state: account.BadResponse, says: []string{"captive portal"}},
	{name: "empty 403", status: 403, state: account.Forbidden},
	{name: "page 403", status: 403, body: portal, state: account.Forbidden, says: []string{"firewall"}},
	{name: "page 404", status: 404, body: portal, state: account.NotFound, tells: []string{"base_url"}},
	{name: "page 502", status: 502, body: portal, state: account.Unavailable},
	{name: "empty 500", status: 500, state: account.ServerError},
	{name: "code of wrong type", status: 400, body: `{"error":{"code":5,"description":[]}}`, state: account.BadRequest},
	{name: "error of wrong type", status: 400, body: `{"error":"x","code":"validation_error"}`, state: account.BadRequest, code: "validation_error"},
}

// katapultReadings are all the answers that are no good ones.
func katapultReadings() []reading { return slices.Concat(katapultErrors, katapultOthers) }
