package katapult

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// refusal is Katapult's error object. Only the code is sure to be there.
type refusal struct {
	Code        service.Lenient[string] `json:"code"`
	Description service.Lenient[string] `json:"description"`
	Detail      service.Lenient[struct {
		Details        service.Lenient[string]               `json:"details"`
		Errors         service.Lenient[service.List[string]] `json:"errors"`
		Issue          service.Lenient[string]               `json:"issue"`
		IPAddress      service.Lenient[string]               `json:"ip_address"`
		Scopes         service.Lenient[service.List[string]] `json:"scopes"`
		TotalPermitted service.Lenient[float64]              `json:"total_permitted"`
	}] `json:"detail"`
}

// readRefusal reads the error object with its envelope, as the service
// sends it, or without, as its description shows it.
func readRefusal(body []byte) refusal {
	var e struct {
		Error service.Lenient[refusal] `json:"error"`
		refusal
	}
	if json.Unmarshal(service.TrimBody(body), &e) != nil {
		return refusal{}
	}
	if e.Error.V.Code.V != "" {
		return e.Error.V
	}
	return e.refusal
}

func refused(a service.Answer, q service.Asked) account.Diagnosis {
	e := readRefusal(a.Body).redacted(q.Redact)
	d := e.diagnose(q)
	if d.State == "" && e.Code.V != "" {
		d = service.ByStatus(a, q, "Katapult", e.Code.V)
	}
	d = service.Refusal(a, q, d, e.Code.V, e.Description.V)
	d.Limit = e.limit()
	return d
}

// redacted is the error without the secret in what sentences take from it.
func (e refusal) redacted(redact func(string) string) refusal {
	d := &e.Detail.V
	d.Details.V, d.Issue.V = redact(d.Details.V), redact(d.Issue.V)
	for _, list := range [][]string{d.Errors.V.Kept, d.Scopes.V.Kept} {
		for i := range list {
			list[i] = redact(list[i])
		}
	}
	return e
}

// limit is the number of requests a minute that the error names.
func (e refusal) limit() int64 {
	if n := e.Detail.V.TotalPermitted.V; n >= 1 && n < 1e12 {
		return int64(n)
	}
	return 0
}

// diagnose tells what the code means; the zero diagnosis where it is unknown.
func (e refusal) diagnose(q service.Asked) account.Diagnosis {
	detail := e.Detail.V
	reason := text.Because(detail.Details.V)
	switch e.Code.V {
	case "missing_api_token":
		return service.Diagnosed(account.CredentialMissing, "Katapult got no token although one was sent: something on the way removed it.",
			"Look for a proxy or gateway before "+q.Endpoint+" that drops the Authorization header.").By(account.ActionCopy)
	case "invalid_api_token":
		if ended := statedEnd(detail.Details.V); !ended.IsZero() {
			d := service.Diagnosed(account.InvalidToken, "Katapult says that this token has expired.", q.Renew("in Katapult"))
			d.EndClaimed = ended
			return d
		}
		return service.Diagnosed(account.InvalidToken, "Katapult does not know this token, or it has expired or been revoked"+reason+".", q.Renew("in Katapult"))
	case "invalid_capabilities_token":
		return service.Diagnosed(account.InvalidToken, "Katapult does not accept this capabilities token: it is not valid, has expired, or has the wrong signature.",
			"Get a new capabilities token and put it in place of the old one"+q.Kept()+".")
	case "unauthorized_network_for_api_token":
		return networkDenied(detail.IPAddress.V)
	case "scope_not_granted":
		return scopeMissing(detail.Scopes.V.Kept, q)
	case "organization_suspended":
		return service.Diagnosed(account.Forbidden, "The token's organization is suspended.", "Ask an owner of the organization to settle this with Katapult.")
	case "organization_not_activated":
		return service.Diagnosed(account.Forbidden, "The token's organization is not activated yet.", "Ask an owner of the organization to activate it in Katapult.")
	case "permission_denied":
		return service.Diagnosed(account.Forbidden, "Katapult does not permit this token what was asked"+reason+".",
			"Ask an administrator of the organization for the permission, or use another token"+q.Kept()+".")
	case "no_user_associated_with_identity":
		return service.Diagnosed(account.NoUser, "The token is good, but it belongs to an organization and not to a person.",
			"Nothing is broken; to see a person here, use a token of a user"+q.Kept()+".")
	case "organization_not_found":
		return service.Diagnosed(account.NotFound, "Katapult does not know the organization that the request is for.",
			"Check that "+q.Endpoint+" is Katapult's core API; if it is, look for a newer rollcall.")
	case "route_not_found":
		return service.Diagnosed(account.NotFound, "Katapult has nothing at "+q.Endpoint+".",
			q.Remedy("Check base_url in the profile; the public address is "+Service{}.Info().DefaultURL+".", "Look for a newer rollcall."))
	case "rate_limit_reached":
		if n := e.limit(); n > 0 {
			return service.Diagnosed(account.RateLimited, fmt.Sprintf("Katapult allows this token %d requests a minute, and they are used up.", n), service.WaitForLimit)
		}
		return service.Diagnosed(account.RateLimited, "Katapult allows this token no more requests this minute.", service.WaitForLimit)
	case "service_unavailable":
		return service.Diagnosed(account.Unavailable, "Katapult cannot answer at the moment.", "Wait: this most often passes by itself; if it does not, look at Katapult's status page.")
	case "unhandled_exception":
		return service.Diagnosed(account.ServerError, "Katapult failed while it answered.", "Check again in a while; if it stays so, tell Katapult's support.")
	case "validation_error", "invalid_json_body", "missing_required_argument", "invalid_argument",
		"invalid_field_spec", "generic_runtime_error":
		return service.Diagnosed(account.BadRequest, "Katapult does not understand the request"+text.Because(cmp.Or(strings.Join(detail.Errors.V.Kept, "; "), detail.Issue.V))+".",
			"Check that "+q.Endpoint+" is Katapult's core API; if it is, look for a newer rollcall.")
	}
	return account.Diagnosis{}
}

// expiredOn finds the day, and the time of day where it is named, on which a token
// expired.
var expiredOn = text.Pattern(`(?i)\bexpired (?:on|at|since) (\d{4}-\d{2}-\d{2})(?:[T ](?:at )?(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?)?`)

// statedEnd is the end that a reason of Katapult's names, which are in UTC unless
// they say otherwise; zero where it names none.
func statedEnd(reason string) time.Time {
	found := expiredOn().FindStringSubmatch(reason)
	if found == nil {
		return time.Time{}
	}
	clock := cmp.Or(found[2], "00:00:00")
	if len(clock) == len("15:04") {
		clock += ":00"
	}
	at, err := time.Parse(time.RFC3339, found[1]+"T"+clock+strings.ToUpper(cmp.Or(found[3], "Z")))
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}

func networkDenied(told string) account.Diagnosis {
	addr, err := netip.ParseAddr(told)
	// What names a zone may be any text.
	address := addr.WithZone("").String()
	if err != nil {
		return service.Diagnosed(account.NetworkDenied, "This token may not be used from your present address.",
			"Add your address to the token's networks in Katapult, or ask from an allowed one.")
	}
	return service.Diagnosed(account.NetworkDenied, "This token may not be used from "+address+".",
		"Add "+address+" to the token's networks in Katapult, or ask from an allowed address.")
}

func scopeMissing(scopes []string, q service.Asked) account.Diagnosis {
	var short []string
	for _, s := range scopes {
		short = append(short, shortScope(s))
	}
	needed := text.AnyOf(short)
	if needed == "" {
		return service.Diagnosed(account.ScopeMissing, "The token lacks a scope that this needs.", "Give the token more scopes in Katapult, or use a token that has them"+q.Kept()+".").By(account.ActionOpen)
	}
	return service.Diagnosed(account.ScopeMissing, "The token lacks the scope "+needed+".",
		"Give the token the scope "+needed+" in Katapult, or use a token that has it"+q.Kept()+".").By(account.ActionOpen)
}

// shortScope is the short form of a scope, which OAuth prefixes.
func shortScope(s string) string { return strings.TrimPrefix(s, "api.katapult.io/core/v1/") }
