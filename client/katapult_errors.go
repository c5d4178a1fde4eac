package client

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/netip"
	"strings"

	"rollcall/client/account"
	"rollcall/client/text"
)

// katapultError is Katapult's error object. Only the code is sure to be there.
type katapultError struct {
	Code        lenient[string] `json:"code"`
	Description lenient[string] `json:"description"`
	Detail      lenient[struct {
		Details        lenient[string]   `json:"details"`
		Errors         lenient[[]string] `json:"errors"`
		Issue          lenient[string]   `json:"issue"`
		IPAddress      lenient[string]   `json:"ip_address"`
		Scopes         lenient[[]string] `json:"scopes"`
		TotalPermitted lenient[float64]  `json:"total_permitted"`
	}] `json:"detail"`
}

// readKatapultError reads the error object with its envelope, as the service
// sends it, or without, as its description shows it.
func readKatapultError(body []byte) katapultError {
	var e struct {
		Error lenient[katapultError] `json:"error"`
		katapultError
	}
	if json.Unmarshal(trimBody(body), &e) != nil {
		return katapultError{}
	}
	if e.Error.v.Code.v != "" {
		return e.Error.v
	}
	return e.katapultError
}

func katapultRefusal(a answer, q question) account.Diagnosis {
	e := readKatapultError(a.body)
	d := refusal(a, q, e.diagnose(q), e.Code.v, e.Description.v)
	d.Limit = e.limit()
	return d
}

// limit is the number of requests a minute that the error names.
func (e katapultError) limit() int64 {
	if n := e.Detail.v.TotalPermitted.v; n >= 1 && n < 1e12 {
		return int64(n)
	}
	return 0
}

// diagnose tells what the code means; the zero diagnosis where it is unknown.
func (e katapultError) diagnose(q question) account.Diagnosis {
	detail := e.Detail.v
	reason := text.Because(detail.Details.v)
	switch e.Code.v {
	case "missing_api_token":
		return diagnosed(account.CredentialMissing, "Katapult got no token although one was sent: something on the way removed it.",
			"Look for a proxy or gateway before "+q.endpoint+" that drops the Authorization header.")
	case "invalid_api_token":
		return diagnosed(account.InvalidToken, "Katapult does not know this token, or it has expired or been revoked"+reason+".", q.renew("in Katapult"))
	case "invalid_capabilities_token":
		return diagnosed(account.InvalidToken, "Katapult does not accept this capabilities token: it is not valid, has expired, or has the wrong signature.",
			"Get a new capabilities token and put it in place of the old one"+q.kept()+".")
	case "unauthorized_network_for_api_token":
		return katapultNetwork(detail.IPAddress.v)
	case "scope_not_granted":
		return katapultScopes(detail.Scopes.v, q)
	case "organization_suspended":
		return diagnosed(account.Forbidden, "The token's organization is suspended.", "Ask an owner of the organization to settle this with Katapult.")
	case "organization_not_activated":
		return diagnosed(account.Forbidden, "The token's organization is not activated yet.", "Ask an owner of the organization to activate it in Katapult.")
	case "permission_denied":
		return diagnosed(account.Forbidden, "Katapult does not permit this token what was asked"+reason+".",
			"Ask an administrator of the organization for the permission, or use another token"+q.kept()+".")
	case "no_user_associated_with_identity":
		return diagnosed(account.NoUser, "The token is good, but it belongs to an organization and not to a person.",
			"Nothing is broken; to see a person here, use a token of a user"+q.kept()+".")
	case "organization_not_found":
		return diagnosed(account.NotFound, "Katapult does not know the organization that the request is for.",
			"Check that "+q.endpoint+" is Katapult's core API; if it is, look for a newer rollcall.")
	case "route_not_found":
		return diagnosed(account.NotFound, "Katapult has nothing at "+q.endpoint+".",
			"Check base_url in the profile; the public address is "+katapult{}.info().DefaultURL+".")
	case "rate_limit_reached":
		if n := e.limit(); n > 0 {
			return diagnosed(account.RateLimited, fmt.Sprintf("Katapult allows this token %d requests a minute, and they are used up.", n), waitForLimit)
		}
		return diagnosed(account.RateLimited, "Katapult allows this token no more requests this minute.", waitForLimit)
	case "service_unavailable":
		return diagnosed(account.Unavailable, "Katapult cannot answer at the moment.", "Wait: this most often passes by itself; if it does not, look at Katapult's status page.")
	case "unhandled_exception":
		return diagnosed(account.ServerError, "Katapult failed while it answered.", "Refresh in a while; if it stays so, tell Katapult's support.")
	case "validation_error", "invalid_json_body", "missing_required_argument", "invalid_argument",
		"invalid_field_spec", "generic_runtime_error":
		return diagnosed(account.BadRequest, "Katapult does not understand the request"+text.Because(cmp.Or(strings.Join(detail.Errors.v, "; "), detail.Issue.v))+".",
			"Check that "+q.endpoint+" is Katapult's core API; if it is, look for a newer rollcall.")
	}
	return account.Diagnosis{}
}

func katapultNetwork(told string) account.Diagnosis {
	addr, err := netip.ParseAddr(told)
	// What names a zone may be any text.
	address := addr.WithZone("").String()
	if err != nil {
		return diagnosed(account.NetworkDenied, "This token may not be used from your present address.",
			"Add your address to the token's networks in Katapult, or ask from an allowed one.")
	}
	return diagnosed(account.NetworkDenied, "This token may not be used from "+address+".",
		"Add "+address+" to the token's networks in Katapult, or ask from an allowed address.")
}

func katapultScopes(scopes []string, q question) account.Diagnosis {
	var short []string
	for _, s := range scopes {
		short = append(short, katapultScope(s))
	}
	needed := text.AnyOf(short)
	if needed == "" {
		return diagnosed(account.ScopeMissing, "The token lacks a scope that this needs.", "Give the token more scopes in Katapult, or use a token that has them"+q.kept()+".")
	}
	return diagnosed(account.ScopeMissing, "The token lacks the scope "+needed+".",
		"Give the token the scope "+needed+" in Katapult, or use a token that has it"+q.kept()+".")
}

// katapultScope is the short form of a scope, which OAuth prefixes.
func katapultScope(s string) string { return strings.TrimPrefix(s, "api.katapult.io/core/v1/") }
