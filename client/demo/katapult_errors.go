package demo

import (
	"net/http"
	"net/netip"
)

// katapultError is how Katapult says no.
type katapultError struct {
	status      int
	Code        string  `json:"code"`
	Description *string `json:"description"`
	Detail      object  `json:"detail"`
}

// katapultFailure says no with a code of Katapult's; the detail may be nil.
func katapultFailure(status int, code, description string, detail object) *katapultError {
	if detail == nil {
		detail = object{}
	}
	return &katapultError{status, code, &description, detail}
}

// write sends the error, flat or as the framework really wraps it.
func (e *katapultError) write(w http.ResponseWriter, flat bool) {
	var body any = object{"error": e}
	if flat {
		body = e
	}
	w.Header().Set("X-Api-Schema", "json-error")
	sendJSON(w, e.status, body)
}

func errMissingToken() *katapultError {
	return katapultFailure(http.StatusBadRequest, "missing_api_token",
		"The request carries no API token; send one as a bearer in the Authorization header", nil)
}

func errInvalidToken(details *string) *katapultError {
	return katapultFailure(http.StatusForbidden, "invalid_api_token",
		"The API token is not valid: it does not exist or has expired", object{"details": details})
}

func errNetwork(from netip.Addr) *katapultError {
	return katapultFailure(http.StatusForbidden, "unauthorized_network_for_api_token",
		"This network may not use the API with this token", object{"ip_address": from.String()})
}

func errScope(scopes ...string) *katapultError {
	return katapultFailure(http.StatusForbidden, "scope_not_granted",
		"The identity was not granted the scope that this endpoint needs", object{"scopes": scopes})
}

func errOrgSuspended() *katapultError {
	return katapultFailure(http.StatusForbidden, "organization_suspended",
		"The organization was found but is suspended", nil)
}

func errNoUser() *katapultError {
	return katapultFailure(http.StatusNotFound, "no_user_associated_with_identity",
		"This API token belongs to no user", nil)
}

func errOrgNotFound() *katapultError {
	return katapultFailure(http.StatusNotFound, "organization_not_found",
		"No organization matches the arguments", nil)
}

func errRouteNotFound() *katapultError {
	return katapultFailure(http.StatusNotFound, "route_not_found",
		"No route matches the requested path", nil)
}

func errAmbiguousLookup() *katapultError {
	return katapultFailure(http.StatusBadRequest, "invalid_argument",
		"The organization is named in more than one way", object{"issue": "ambiguous_lookup_values"})
}

func errRateLimit(permitted int) *katapultError {
	return katapultFailure(http.StatusTooManyRequests, "rate_limit_reached",
		"The rate limit for this type of request is reached", object{"total_permitted": permitted})
}

func errUnavailable() *katapultError {
	return katapultFailure(http.StatusServiceUnavailable, "service_unavailable",
		"The service is unavailable at present, try again later", nil)
}
