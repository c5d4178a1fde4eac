package katapult

import (
	"net/http"
	"net/netip"

	"rollcall/client/demo/web"
)

// refusal is how Katapult says no.
type refusal struct {
	status      int
	Code        string     `json:"code"`
	Description *string    `json:"description"`
	Detail      web.Object `json:"detail"`
}

// newRefusal says no with a code of Katapult's; the detail may be nil.
func newRefusal(status int, code, description string, detail web.Object) *refusal {
	if detail == nil {
		detail = web.Object{}
	}
	return &refusal{status, code, &description, detail}
}

// write sends the error as the service really does, in an object around it that
// its description leaves out.
func (e *refusal) write(w http.ResponseWriter) {
	w.Header().Set("X-Api-Schema", "json-error")
	web.SendJSON(w, e.status, web.Object{"error": e})
}

func errMissingToken() *refusal {
	return newRefusal(http.StatusBadRequest, "missing_api_token",
		"The request carries no API token; send one as a bearer in the Authorization header", nil)
}

func errInvalidToken(details *string) *refusal {
	return newRefusal(http.StatusForbidden, "invalid_api_token",
		"The API token is not valid: it does not exist or has expired", web.Object{"details": details})
}

func errNetwork(from netip.Addr) *refusal {
	return newRefusal(http.StatusForbidden, "unauthorized_network_for_api_token",
		"This network may not use the API with this token", web.Object{"ip_address": from.String()})
}

func errScope(scopes ...string) *refusal {
	return newRefusal(http.StatusForbidden, "scope_not_granted",
		"The identity was not granted the scope that this endpoint needs", web.Object{"scopes": scopes})
}

func errOrgSuspended() *refusal {
	return newRefusal(http.StatusForbidden, "organization_suspended",
		"The organization was found but is suspended", nil)
}

func errNoUser() *refusal {
	return newRefusal(http.StatusNotFound, "no_user_associated_with_identity",
		"This API token belongs to no user", nil)
}

func errOrgNotFound() *refusal {
	return newRefusal(http.StatusNotFound, "organization_not_found",
		"No organization matches the arguments", nil)
}

func errRouteNotFound() *refusal {
	return newRefusal(http.StatusNotFound, "route_not_found",
		"No route matches the requested path", nil)
}

func errAmbiguousLookup() *refusal {
	return newRefusal(http.StatusBadRequest, "invalid_argument",
		"The organization is named in more than one way", web.Object{"issue": "ambiguous_lookup_values"})
}

func errRateLimit(permitted int) *refusal {
	return newRefusal(http.StatusTooManyRequests, "rate_limit_reached",
		"The rate limit for this type of request is reached", web.Object{"total_permitted": permitted})
}

func errUnavailable() *refusal {
	return newRefusal(http.StatusServiceUnavailable, "service_unavailable",
		"The service is unavailable at present, try again later", nil)
}
