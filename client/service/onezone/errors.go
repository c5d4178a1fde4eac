package onezone

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// refusal is one layer of Onezone's errors, which hold each other.
type refusal struct {
	ID          service.Lenient[string]         `json:"id"`
	Description service.Lenient[string]         `json:"description"`
	Details     service.Lenient[refusalDetails] `json:"details"`
}

type refusalDetails struct {
	AuthError  json.RawMessage `json:"authError"`
	TokenError json.RawMessage `json:"tokenError"`
	DataError  json.RawMessage `json:"specificError"`

	Caveat      json.RawMessage                                 `json:"caveat"`
	Hint        service.Lenient[string]                         `json:"hint"`
	IDP         service.Lenient[string]                         `json:"idp"`
	Key         service.Lenient[string]                         `json:"key"`
	Limit       service.Lenient[int64]                          `json:"limit"`
	MaxTTL      service.Lenient[int64]                          `json:"maxTtl"`
	Reference   service.Lenient[string]                         `json:"reference"`
	ServiceName service.Lenient[string]                         `json:"serviceName"`
	Received    service.Lenient[service.Keyed[json.RawMessage]] `json:"received"`
	Service     service.Lenient[struct {
		Type service.Lenient[string] `json:"type"`
		ID   service.Lenient[string] `json:"id"`
	}] `json:"service"`
}

// maxDepth bounds the layers that are looked into.
const maxDepth = 8

// readRefusals returns the layers of an error, the cause last.
// They are without the secret in what sentences take from them.
func readRefusals(body []byte, redact func(string) string) []refusal {
	var envelope struct {
		Error service.Lenient[refusal] `json:"error"`
		refusal
	}
	if json.Unmarshal(service.TrimBody(body), &envelope) != nil {
		return nil
	}
	e := envelope.Error.V
	if e.ID.V == "" {
		e = envelope.refusal
	}
	var layers []refusal
	for e.ID.V != "" && len(layers) < maxDepth {
		layers = append(layers, e.redacted(redact))
		e = e.cause()
	}
	return layers
}

// redacted is the error without the secret in what sentences take from it.
func (e refusal) redacted(redact func(string) string) refusal {
	d := &e.Details.V
	for _, s := range []*string{
		&e.ID.V, &d.Hint.V, &d.IDP.V, &d.Key.V, &d.Reference.V, &d.ServiceName.V, &d.Service.V.Type.V, &d.Service.V.ID.V,
	} {
		*s = redact(*s)
	}
	return e
}

// contradicts reports whether what an id blames the request for is of another class
// than the status of the answer. What an id says of the service itself, that it is
// busy or failed, stands under any status: nothing then blames the token.
func contradicts(s account.State, status int) bool {
	class := map[account.State]int{account.Forbidden: 403, account.NoUser: 404, account.BadRequest: 400}[s]
	switch {
	case class == 0 || status < 400:
		return false
	case status >= 500, status == 401, status == 403, status == 404, status == 408, status == 429:
		return class != status
	}
	return class != 400
}

// cause is the error inside; the zero error where there is none.
func (e refusal) cause() refusal {
	d := e.Details.V
	for _, raw := range []json.RawMessage{d.AuthError, d.TokenError, d.DataError} {
		var inner refusal
		if raw != nil && json.Unmarshal(raw, &inner) == nil && inner.ID.V != "" {
			return inner
		}
	}
	return refusal{}
}

func diagnose(a service.Answer, q service.Asked) account.Diagnosis {
	layers := readRefusals(a.Body, q.Redact)
	if len(layers) == 0 {
		return service.Refusal(a, q, account.Diagnosis{}, "", "")
	}
	cause := layers[len(layers)-1]
	for _, e := range layers {
		// Another token than ours is to blame, whatever is wrong with it.
		if id := e.ID.V; id == "badServiceToken" || id == "badConsumerToken" {
			return service.Refusal(a, q, service.Diagnosed(account.Misconfigured, "Onezone refuses a second token, which rollcall does not send ("+id+").",
				"Look for a proxy or gateway before "+q.Endpoint+" that adds headers to requests.").By(account.ActionCopy), cause.ID.V, cause.Description.V)
		}
	}
	d := cause.diagnoseCredential(q)
	if d.State == "" {
		if d = cause.diagnoseService(q); d.State == "" || contradicts(d.State, a.Status) {
			d = service.ByStatus(a, q, "Onezone", cause.ID.V)
		}
	}
	return service.Refusal(a, q, d, cause.ID.V, cause.Description.V)
}

// diagnoseCredential tells what a cause means that concerns the token, the
// password or the account; the zero diagnosis for any other.
func (e refusal) diagnoseCredential(q service.Asked) account.Diagnosis {
	d, renew := e.Details.V, q.Renew("in Onezone")
	switch e.ID.V {
	case "unauthorized":
		if !q.Basic() {
			renew = "Check that the whole, current token is stored" + q.Kept() + ", and that no proxy on the way drops the X-Auth-Token header."
		}
		return service.Diagnosed(account.InvalidToken, "Onezone does not accept the "+q.Credential()+" and gives no reason.", renew)
	case "badToken", "badValueToken":
		return service.Diagnosed(account.InvalidToken, "Onezone cannot read this as a token: it may be cut off or belong to another service.",
			"Check that the whole token is stored"+q.Kept()+", or create a new one in Onezone.")
	case "tokenInvalid":
		return service.Diagnosed(account.InvalidToken, "The token was not issued by this Onezone, or it was changed"+issuerOf(q)+".",
			"Check that base_url is the zone that issued the token"+q.Kept()+", or create a new token there and put it in place of this one.").By(account.ActionEdit)
	case "tokenRevoked":
		return service.Diagnosed(account.InvalidToken, "The token has been revoked.", renew)
	case "tokenTooLarge":
		most := ""
		if d.Limit.V > 0 {
			most = fmt.Sprintf("the %d bytes that ", d.Limit.V)
		}
		return service.Diagnosed(account.InvalidToken, "The token is longer than "+most+"Onezone takes.", "Check that only the token itself is stored"+q.Kept()+".")
	case "tokenSubjectInvalid":
		return service.Diagnosed(account.InvalidToken, "The account that the token belonged to is gone.", "Use a token of an account that exists"+q.Kept()+".")
	case "tokenSessionInvalid":
		return service.Diagnosed(account.InvalidToken, "The browser session that the token belonged to is over.", renew)
	case "notAnAccessToken":
		return service.Diagnosed(account.InvalidToken, "This is "+tokenType(d.Received.V.Kept)+", and only an access token can be used here.",
			"Create an access token in Onezone and put it in place of this one"+q.Kept()+".")
	case "tokenCaveatUnverified":
		// A caveat cannot be taken out of a token: another token is wanted.
		return caveatRefused(d.Caveat, q).By(account.ActionRotate)
	case "tokenCaveatUnknown":
		return service.Diagnosed(account.InvalidToken, "The token has a caveat that this Onezone does not know"+text.Because(q.Redact(caveatText(d.Caveat)))+".", renew)
	case "tokenTimeCaveatRequired":
		limit := ""
		if d.MaxTTL.V > 0 && d.MaxTTL.V < 1e9 {
			limit = " within " + text.Roughly(time.Duration(d.MaxTTL.V)*time.Second)
		}
		return service.Diagnosed(account.InvalidToken, "This Onezone takes only tokens that end"+limit+", and this one does not.",
			"Create a token with a time caveat in Onezone and put it in place of this one"+q.Kept()+".")
	case "tokenServiceForbidden":
		return service.Diagnosed(account.Forbidden, "The token may not be used by "+serviceOf(d)+".", "Use a token without a service caveat"+q.Kept()+".").By(account.ActionRotate)
	case "badIdpAccessToken":
		return service.Diagnosed(account.InvalidToken, "The identity provider"+quoted(d.IDP.V)+" does not accept this token.",
			"Get a new token from the identity provider"+quoted(d.IDP.V)+" and put it in place of the old one"+q.Kept()+".")
	case "badBasicCredentials":
		return service.Diagnosed(account.InvalidToken, "Onezone does not accept this user name and password.", renew)
	case "basicAuthNotSupported":
		return service.Diagnosed(account.Misconfigured, "This Onezone takes no user names and passwords.", "Create a token in Onezone and use it instead of username and password in the profile.")
	case "basicAuthDisabled":
		return service.Diagnosed(account.Forbidden, "Signing in with a password is switched off for this user.",
			"Create a token in Onezone and use it instead of username and password, or ask the zone's administrators to allow passwords.").By(account.ActionEdit)
	case "userBlocked":
		return blocked(q)
	}
	return account.Diagnosis{}
}

// diagnoseService tells what any other cause means.
func (e refusal) diagnoseService(q service.Asked) account.Diagnosis {
	d := e.Details.V
	switch e.ID.V {
	case "forbidden", "forbiddenWithHint":
		return service.Diagnosed(account.Forbidden, "Onezone does not allow this to the account"+text.Because(d.Hint.V)+".",
			"Ask the administrators of "+q.Host+" for the privilege, or use another "+q.Credential()+q.Kept()+".")
	case "notFound":
		return service.Diagnosed(account.NoUser, "The "+q.Credential()+" is good, but it belongs to a Oneprovider and not to a person.",
			"Nothing is broken; to see a person here, use a token of a user"+q.Kept()+".")
	case "notAnIdentityToken":
		return service.Diagnosed(account.Misconfigured, "Onezone refuses a second token, which rollcall does not send ("+e.ID.V+").",
			"Look for a proxy or gateway before "+q.Endpoint+" that adds headers to requests.").By(account.ActionCopy)
	case "internalServerError":
		if d.Reference.V == "" {
			return service.Diagnosed(account.ServerError, "Onezone failed while it answered.", "Check again in a while; if it stays so, tell the administrators of "+q.Host+".")
		}
		reference := text.Clip(d.Reference.V, text.MaxFact)
		return service.Diagnosed(account.ServerError, "Onezone failed while it answered, and noted it under the reference "+reference+".",
			"Check again in a while; if it stays so, tell the administrators of "+q.Host+" the reference "+reference+".")
	case "notImplemented":
		return service.Diagnosed(account.ServerError, "This Onezone does not have what was asked for.", "Ask the administrators of "+q.Host+" for its version: it may be too old for rollcall.").By(account.ActionCopy)
	case "serviceUnavailable", "timeout", "temporaryFailure", "unregisteredOneprovider",
		"noConnectionToOnezone", "noConnectionToPeerOneprovider", "noConnectionToClusterNode":
		return service.Diagnosed(account.Unavailable, "Onezone cannot answer at the moment ("+e.ID.V+").",
			"Wait: this most often passes by itself; if it does not, tell the administrators of "+q.Host+".")
	case "externalServiceOperationFailed":
		which := "A service that Onezone needs"
		if d.ServiceName.V != "" {
			which = "The service" + quoted(d.ServiceName.V) + ", which Onezone needs,"
		}
		return service.Diagnosed(account.Unavailable, which+" failed.",
			"Wait: this most often passes by itself; if it does not, tell the administrators of "+q.Host+".")
	case "malformedData", "missingRequiredValue", "badData", "notAnInviteToken":
		return badRequest(e, "does not understand the request", q)
	case "notSupported":
		return badRequest(e, "does not support what was asked for", q)
	case "alreadyExists", "limitReached", "posix", "badMessage", "inviteTokenSubjectNotAuthorized",
		"inviteTokenUsageLimitReached", "inviteTokenConsumerInvalid", "inviteTokenTargetIdInvalid":
		return badRequest(e, "refuses the request", q)
	}
	if strings.HasPrefix(e.ID.V, "badValue") {
		return badRequest(e, "does not understand the request", q)
	}
	return account.Diagnosis{}
}

// badRequest tells what Onezone does instead of answering, and what the
// error says of the part of the request that it is about.
func badRequest(e refusal, does string, q service.Asked) account.Diagnosis {
	d, about := e.Details.V, ""
	if d.Key.V != "" {
		about = "its" + quoted(d.Key.V)
	}
	about = strings.Join(text.FirstNonEmpty([]string{about, d.Hint.V}), ", ")
	return service.Diagnosed(account.BadRequest, "Onezone "+does+" ("+text.Clip(e.ID.V, text.MaxCode)+")"+text.Because(about)+".",
		"Check that "+q.Endpoint+" is Onezone's API; if it is, look for a newer rollcall.")
}

// serviceOf is the service that an error names, in words.
func serviceOf(d refusalDetails) string {
	kind, id := strings.TrimSuffix(d.Service.V.Type.V, "-"), d.Service.V.ID.V
	if kind == "" {
		return "the service that presents it"
	}
	return text.Clip(serviceName(strings.TrimSuffix(kind+"-"+id, "-")), text.MaxFact)
}

func blocked(q service.Asked) account.Diagnosis {
	return service.Diagnosed(account.Forbidden, "The administrators of "+q.Host+" have blocked this account.", "Ask them to unblock it, or use another account.")
}

// issuerOf is where the token says that it comes from, as a clause.
func issuerOf(q service.Asked) string {
	if m, ok := parseMacaroon(q.Secret()); ok {
		return text.Because("it says that it comes from " + cmp.Or(m.location, "nowhere"))
	}
	return ""
}

// tokenType tells the type of a token from its JSON form.
func tokenType(received map[string]json.RawMessage) string {
	for _, t := range []struct{ key, words string }{{"identityToken", "an identity token"}, {"inviteToken", "an invite token"}} {
		if _, ok := received[t.key]; ok {
			return t.words
		}
	}
	return "another kind of token"
}

// quoted adds a name to a clause.
func quoted(name string) string {
	if name == "" {
		return ""
	}
	return ` "` + text.Clip(name, text.MaxFact) + `"`
}
