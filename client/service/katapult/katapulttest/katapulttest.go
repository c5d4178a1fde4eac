package katapulttest

import (
	"net/http"
	"slices"

	"rollcall/client/account"
	"rollcall/client/service/servicetest"
)

const Good = `{"user":{"id":"user_1aZk7QmPq2sT9xYb","first_name":"Mira","last_name":"Okafor","avatar_url":"https://avatars.example/mira.png"},
 "organizations":[{"id":"org_7hGq2LpXw9Rt4Vn1","name":"Otter Labs","sub_domain":"otter-labs"},{"id":"org_2","name":"B","sub_domain":null,"new":1}],
 "api_token_id":"apit_3cVb5NmKj8Hg6Fd2"}`

// Errors has a row per error of the service; each is sent with its
// envelope and without.
var Errors = []servicetest.Reading{
	{Status: 400, Body: `{"code":"missing_api_token","description":"No token","detail":{}}`,
		State: account.CredentialMissing, Code: "missing_api_token", Says: []string{"one was sent", "removed it"}, Tells: []string{"proxy", "https://api.example.org/v1/me"}},
	{Status: 403, Body: `{"code":"invalid_api_token","description":"x","detail":{"details":"Token expired on Monday."}}`,
		State: account.InvalidToken, Code: "invalid_api_token", Says: []string{"Token expired on Monday."}, Tells: []string{"env WORK_SECRET", "Katapult"}},
	{Name: "without details", Status: 403, Body: `{"code":"invalid_api_token","description":null,"detail":{"details":null}}`,
		State: account.InvalidToken, Code: "invalid_api_token", Says: []string{"expired or been revoked."}, Tells: []string{"env WORK_SECRET"}},
	{Status: 403, Body: `{"code":"invalid_capabilities_token","detail":null}`,
		State: account.InvalidToken, Code: "invalid_capabilities_token", Says: []string{"capabilities token"}, Tells: []string{"env WORK_SECRET"}},
	{Status: 403, Body: `{"code":"unauthorized_network_for_api_token","detail":{"ip_address":"203.0.113.7"}}`,
		State: account.NetworkDenied, Code: "unauthorized_network_for_api_token", Says: []string{"203.0.113.7"}, Tells: []string{"Add 203.0.113.7"}},
	{Name: "with an address of version 6", Status: 403, Body: `{"code":"unauthorized_network_for_api_token","detail":{"ip_address":"2001:db8:0::1%text"}}`,
		State: account.NetworkDenied, Code: "unauthorized_network_for_api_token", Says: []string{"from 2001:db8::1."}, Tells: []string{"Add 2001:db8::1 to"}},
	{Name: "with no address", Status: 403, Body: `{"code":"unauthorized_network_for_api_token","detail":{"ip_address":"203.0.113.7, so call 555"}}`,
		State: account.NetworkDenied, Code: "unauthorized_network_for_api_token", Says: []string{"present address"}, Tells: []string{"your address"}},
	{Name: "without address", Status: 403, Body: `{"code":"unauthorized_network_for_api_token","detail":{"ip_address":5}}`,
		State: account.NetworkDenied, Code: "unauthorized_network_for_api_token", Says: []string{"present address"}, Tells: []string{"your address"}},
	{Status: 403, Body: `{"code":"scope_not_granted","detail":{"scopes":["api.katapult.io/core/v1/organizations:read","organizations"]}}`,
		State: account.ScopeMissing, Code: "scope_not_granted", Says: []string{"the scope organizations:read or organizations."}, Tells: []string{"the scope organizations:read or organizations", "env WORK_SECRET"}},
	{Name: "without scopes", Status: 403, Body: `{"code":"scope_not_granted","detail":"none"}`,
		State: account.ScopeMissing, Code: "scope_not_granted", Says: []string{"lacks a scope"}, Tells: []string{"more scopes"}},
	{Status: 403, Body: `{"code":"organization_suspended"}`,
		State: account.Forbidden, Code: "organization_suspended", Says: []string{"suspended"}, Tells: []string{"owner"}},
	{Status: 403, Body: `{"code":"organization_not_activated"}`,
		State: account.Forbidden, Code: "organization_not_activated", Says: []string{"not activated"}, Tells: []string{"owner"}},
	{Status: 403, Body: `{"code":"permission_denied","detail":{"details":"read only"}}`,
		State: account.Forbidden, Code: "permission_denied", Says: []string{"read only"}, Tells: []string{"permission"}},
	{Status: 404, Body: `{"code":"no_user_associated_with_identity","description":"There is no user"}`,
		State: account.NoUser, Code: "no_user_associated_with_identity", Says: []string{"good", "organization"}, Tells: []string{"user"}},
	{Status: 404, Body: `{"code":"organization_not_found"}`,
		State: account.NotFound, Code: "organization_not_found", Says: []string{"the organization"}, Tells: []string{"https://api.example.org/v1/me"}},
	{Status: 404, Body: `{"code":"route_not_found"}`,
		State: account.NotFound, Code: "route_not_found", Says: []string{"https://api.example.org/v1/me"}, Tells: []string{"https://api.katapult.io"}},
	{Status: 422, Body: `{"code":"validation_error","detail":{"errors":["a is wrong","b is long"]}}`,
		State: account.BadRequest, Code: "validation_error", Says: []string{"a is wrong; b is long"}, Tells: []string{"https://api.example.org/v1/me"}},
	{Status: 429, Body: `{"code":"rate_limit_reached","detail":{"total_permitted":100}}`,
		State: account.RateLimited, Code: "rate_limit_reached", Limit: 100, Says: []string{"100 requests a minute"}, Tells: []string{"Wait"}},
	{Name: "without a number", Status: 429, Body: `{"code":"rate_limit_reached","detail":{"total_permitted":"many"}}`,
		State: account.RateLimited, Code: "rate_limit_reached", Says: []string{"no more"}, Tells: []string{"Wait"}},
	{Status: 503, Body: `{"code":"service_unavailable"}`, State: account.Unavailable, Code: "service_unavailable", Says: []string{"at the moment"}, Tells: []string{"Wait"}},
	{Status: 500, Body: `{"code":"unhandled_exception","description":null,"detail":{}}`,
		State: account.ServerError, Code: "unhandled_exception", Says: []string{"failed"}, Tells: []string{"support"}},
	{Status: 400, Body: `{"code":"invalid_json_body"}`, State: account.BadRequest, Code: "invalid_json_body", Says: []string{"understand"}, Tells: []string{"Katapult"}},
	{Status: 400, Body: `{"code":"missing_required_argument"}`, State: account.BadRequest, Code: "missing_required_argument"},
	{Status: 400, Body: `{"code":"invalid_argument","detail":{"issue":"missing_lookup_value"}}`, State: account.BadRequest, Code: "invalid_argument", Says: []string{"missing_lookup_value"}},
	{Status: 400, Body: `{"code":"invalid_field_spec"}`, State: account.BadRequest, Code: "invalid_field_spec"},
	{Status: 400, Body: `{"code":"generic_runtime_error"}`, State: account.BadRequest, Code: "generic_runtime_error"},
	{Name: "code over status", Status: 401, Body: `{"code":"scope_not_granted","detail":{"scopes":["a"]}}`, State: account.ScopeMissing, Code: "scope_not_granted"},
	{Name: "code over success", Status: 200, Body: `{"code":"service_unavailable"}`, State: account.Unavailable, Code: "service_unavailable"},
	{Name: "blame in a fault", Status: 500, Body: `{"code":"invalid_api_token"}`, State: account.ServerError, Code: "invalid_api_token"},
	{Name: "blame under load", Status: 429, Body: `{"code":"invalid_api_token"}`, State: account.RateLimited, Code: "invalid_api_token"},
	{Name: "unknown code", Status: 409, Body: `{"code":"deadlock","description":"later"}`, State: account.BadRequest, Code: "deadlock", Says: []string{"Katapult does not understand", ": deadlock."}},
	{Name: "unknown code, refused", Status: 403, Body: `{"code":"otter_locked"}`, State: account.Forbidden, Code: "otter_locked", Says: []string{"Katapult", "otter_locked"}},
	{Name: "unknown code, nothing there", Status: 404, Body: `{"code":"otter_not_found"}`, State: account.NotFound, Code: "otter_not_found", Says: []string{"Katapult", "otter_not_found"}, Tells: []string{"the address is right"}},
	{Name: "unknown code, limited", Status: 403, Header: http.Header{"Retry-After": {"3"}}, Body: `{"code":"slow_down"}`, State: account.RateLimited, Code: "slow_down"},
	{Name: "unknown code of a fault", Status: 504, Body: `{"code":"gateway"}`, State: account.Unavailable, Code: "gateway"},
}

// Others are answers that are no errors of the service's own.
var Others = []servicetest.Reading{
	{Name: "portal", Status: 200, Body: servicetest.Portal, State: account.BadResponse, Says: []string{"web page", "captive portal"}, Tells: []string{"https://api.example.org/v1/me"}},
	{Name: "empty", Status: 200, State: account.BadResponse, Says: []string{"empty"}},
	{Name: "cut off", Status: 200, Body: Good[:60], State: account.BadResponse, Says: []string{"breaks off after 60 bytes"}},
	{Name: "plain text", Status: 200, Body: "OK", State: account.BadResponse, Says: []string{"not JSON"}},
	{Name: "null", Status: 200, Body: "null", State: account.BadResponse, Says: []string{"who the user is"}},
	{Name: "a list", Status: 200, Body: "[]", State: account.BadResponse, Says: []string{"a list"}},
	{Name: "no user", Status: 200, Body: `{"organizations":[]}`, State: account.BadResponse, Says: []string{"who the user is"}},
	{Name: "user is text", Status: 200, Body: `{"user":"mira"}`, State: account.BadResponse, Says: []string{"user is text"}},
	{Name: "no id", Status: 200, Body: `{"user":{"first_name":"M"}}`, State: account.BadResponse, Says: []string{"who the user is"}},
	{Name: "blank id", Status: 200, Body: `{"user":{"id":" "}}`, State: account.BadResponse},
	{Name: "number as id", Status: 200, Body: `{"user":{"id":5}}`, State: account.BadResponse, Says: []string{"user.id is a number"}},
	{Name: "organizations no list", Status: 200, Body: `{"user":{"id":"u"},"organizations":{}}`, State: account.BadResponse, Says: []string{"organizations is an object"}},
	{Name: "empty 401", Status: 401, State: account.InvalidToken, Tells: []string{"env WORK_SECRET"}},
	{Name: "portal 401", Status: 401, Body: servicetest.Portal, State: account.BadResponse, Says: []string{"captive portal"}},
	{Name: "empty 403", Status: 403, State: account.Forbidden},
	{Name: "page 403", Status: 403, Body: servicetest.Portal, State: account.Forbidden, Says: []string{"firewall"}},
	{Name: "page 404", Status: 404, Body: servicetest.Portal, State: account.NotFound, Tells: []string{"base_url"}},
	{Name: "page 502", Status: 502, Body: servicetest.Portal, State: account.Unavailable},
	{Name: "empty 500", Status: 500, State: account.ServerError},
	{Name: "OAuth", Status: 401, Body: `{"error":"invalid_token","error_description":"It ended."}`, State: account.InvalidToken, Code: "invalid_token"},
	{Name: "OAuth in the header", Status: 401, Header: http.Header{"Www-Authenticate": {`Bearer realm="x", error="invalid_token", error_description="It ended."`}}, State: account.InvalidToken, Code: "invalid_token"},
	{Name: "a sentence as error", Status: 403, Body: `{"error":"Not here"}`, State: account.Forbidden},
	{Name: "code of wrong type", Status: 400, Body: `{"error":{"code":5,"description":[]}}`, State: account.BadRequest},
	{Name: "error of wrong type", Status: 400, Body: `{"error":"x","code":"validation_error"}`, State: account.BadRequest, Code: "validation_error"},
}

// Readings are all the answers that are no good ones.
func Readings() []servicetest.Reading { return slices.Concat(Errors, Others) }
