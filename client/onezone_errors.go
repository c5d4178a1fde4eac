package client

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/text"
)

// onezoneError is one layer of Onezone's errors, which hold each other.
type onezoneError struct {
	ID          lenient[string]         `json:"id"`
	Description lenient[string]         `json:"description"`
	Details     lenient[onezoneDetails] `json:"details"`
}

type onezoneDetails struct {
	AuthError  json.RawMessage `json:"authError"`
	TokenError json.RawMessage `json:"tokenError"`
	DataError  json.RawMessage `json:"specificError"`

	Caveat      json.RawMessage         `json:"caveat"`
	Hint        lenient[string]         `json:"hint"`
	IDP         lenient[string]         `json:"idp"`
	Key         lenient[string]         `json:"key"`
	Limit       lenient[int64]          `json:"limit"`
	MaxTTL      lenient[int64]          `json:"maxTtl"`
	Reference   lenient[string]         `json:"reference"`
	ServiceName lenient[string]         `json:"serviceName"`
	Received    lenient[map[string]any] `json:"received"`
	Service     lenient[struct {
		Type lenient[string] `json:"type"`
		ID   lenient[string] `json:"id"`
	}] `json:"service"`
}

// onezoneMaxDepth bounds the layers that are looked into.
const onezoneMaxDepth = 8

// readOnezoneErrors returns the layers of an error, the cause last.
func readOnezoneErrors(body []byte) []onezoneError {
	var envelope struct {
		Error lenient[onezoneError] `json:"error"`
		onezoneError
	}
	if json.Unmarshal(trimBody(body), &envelope) != nil {
		return nil
	}
	e := envelope.Error.v
	if e.ID.v == "" {
		e = envelope.onezoneError
	}
	var layers []onezoneError
	for e.ID.v != "" && len(layers) < onezoneMaxDepth {
		layers = append(layers, e)
		e = e.cause()
	}
	return layers
}

// cause is the error inside; the zero error where there is none.
func (e onezoneError) cause() onezoneError {
	d := e.Details.v
	for _, raw := range []json.RawMessage{d.AuthError, d.TokenError, d.DataError} {
		var inner onezoneError
		if raw != nil && json.Unmarshal(raw, &inner) == nil && inner.ID.v != "" {
			return inner
		}
	}
	return onezoneError{}
}

func onezoneRefusal(a answer, q question) account.Diagnosis {
	layers := readOnezoneErrors(a.body)
	if len(layers) == 0 {
		return refusal(a, q, account.Diagnosis{}, "", "")
	}
	cause := layers[len(layers)-1]
	for _, e := range layers {
		// Another token than ours is to blame, whatever is wrong with it.
		if id := e.ID.v; id == "badServiceToken" || id == "badConsumerToken" {
			return refusal(a, q, diagnosed(account.Misconfigured, "Onezone refuses a second token, which rollcall does not send ("+id+").",
				"Look for a proxy or gateway before "+q.endpoint+" that adds headers to requests."), cause.ID.v, cause.Description.v)
		}
	}
	d := cause.diagnoseCredential(q)
	if d.State == "" {
		d = cause.diagnoseService(q)
	}
	return refusal(a, q, d, cause.ID.v, cause.Description.v)
}

// diagnoseCredential tells what a cause means that concerns the token, the
// password or the account; the zero diagnosis for any other.
func (e onezoneError) diagnoseCredential(q question) account.Diagnosis {
	d, renew := e.Details.v, q.renew("in Onezone")
	switch e.ID.v {
	case "unauthorized":
		if !q.basic {
			renew = "Check that the whole, current token is stored" + q.kept() + ", and that no proxy on the way drops the X-Auth-Token header."
		}
		return diagnosed(account.InvalidToken, "Onezone does not accept the "+q.credential()+" and gives no reason.", renew)
	case "badToken", "badValueToken":
		return diagnosed(account.InvalidToken, "Onezone cannot read this as a token: it may be cut off or belong to another service.",
			"Check that the whole token is stored"+q.kept()+", or create a new one in Onezone.")
	case "tokenInvalid":
		return diagnosed(account.InvalidToken, "The token was not issued by this Onezone, or it was changed"+onezoneIssuer(q)+".",
			"Check that base_url is the zone that issued the token"+q.kept()+", or create a new token there and put it in place of this one.")
	case "tokenRevoked":
		return diagnosed(account.InvalidToken, "The token has been revoked.", renew)
	case "tokenTooLarge":
		most := ""
		if d.Limit.v > 0 {
			most = fmt.Sprintf("the %d bytes that ", d.Limit.v)
		}
		return diagnosed(account.InvalidToken, "The token is longer than "+most+"Onezone takes.", "Check that only the token itself is stored"+q.kept()+".")
	case "tokenSubjectInvalid":
		return diagnosed(account.InvalidToken, "The account that the token belonged to is gone.", "Use a token of an account that exists"+q.kept()+".")
	case "tokenSessionInvalid":
		return diagnosed(account.InvalidToken, "The browser session that the token belonged to is over.", renew)
	case "notAnAccessToken":
		return diagnosed(account.InvalidToken, "This is "+onezoneTokenType(d.Received.v)+", and only an access token can be used here.",
			"Create an access token in Onezone and put it in place of this one"+q.kept()+".")
	case "tokenCaveatUnverified":
		return onezoneCaveat(d.Caveat, q)
	case "tokenCaveatUnknown":
		return diagnosed(account.InvalidToken, "The token has a caveat that this Onezone does not know"+text.Because(caveatText(d.Caveat))+".", renew)
	case "tokenTimeCaveatRequired":
		limit := ""
		if d.MaxTTL.v > 0 && d.MaxTTL.v < 1e9 {
			limit = " within " + text.Roughly(time.Duration(d.MaxTTL.v)*time.Second)
		}
		return diagnosed(account.InvalidToken, "This Onezone takes only tokens that end"+limit+", and this one does not.",
			"Create a token with a time caveat in Onezone and put it in place of this one"+q.kept()+".")
	case "tokenServiceForbidden":
		return diagnosed(account.Forbidden, "The token may not be used by "+onezoneService(d)+".", "Use a token without a service caveat"+q.kept()+".")
	case "badIdpAccessToken":
		return diagnosed(account.InvalidToken, "The identity provider"+quoted(d.IDP.v)+" does not accept this token.",
			"Get a new token from the identity provider"+quoted(d.IDP.v)+" and put it in place of the old one"+q.kept()+".")
	case "badBasicCredentials":
		return diagnosed(account.InvalidToken, "Onezone does not accept this user name and password.", renew)
	case "basicAuthNotSupported":
		return diagnosed(account.Misconfigured, "This Onezone takes no user names and passwords.", "Create a token in Onezone and use it instead of username and password in the profile.")
	case "basicAuthDisabled":
		return diagnosed(account.Forbidden, "Signing in with a password is switched off for this user.",
			"Create a token in Onezone and use it instead of username and password, or ask the zone's administrators to allow passwords.")
	case "userBlocked":
		return onezoneBlocked(q)
	}
	return account.Diagnosis{}
}

// diagnoseService tells what any other cause means.
func (e onezoneError) diagnoseService(q question) account.Diagnosis {
	d := e.Details.v
	switch e.ID.v {
	case "forbidden", "forbiddenWithHint":
		return diagnosed(account.Forbidden, "Onezone does not allow this to the account"+text.Because(d.Hint.v)+".",
			"Ask the administrators of "+q.host+" for the privilege, or use another "+q.credential()+q.kept()+".")
	case "notFound":
		return diagnosed(account.NoUser, "The "+q.credential()+" is good, but it belongs to a Oneprovider and not to a person.",
			"Nothing is broken; to see a person here, use a token of a user"+q.kept()+".")
	case "notAnIdentityToken":
		return diagnosed(account.Misconfigured, "Onezone refuses a second token, which rollcall does not send ("+e.ID.v+").",
			"Look for a proxy or gateway before "+q.endpoint+" that adds headers to requests.")
	case "internalServerError":
		if d.Reference.v == "" {
			return diagnosed(account.ServerError, "Onezone failed while it answered.", "Refresh in a while; if it stays so, tell the administrators of "+q.host+".")
		}
		reference := text.Clip(d.Reference.v, text.MaxFact)
		return diagnosed(account.ServerError, "Onezone failed while it answered, and noted it under the reference "+reference+".",
			"Refresh in a while; if it stays so, tell the administrators of "+q.host+" the reference "+reference+".")
	case "notImplemented":
		return diagnosed(account.ServerError, "This Onezone does not have what was asked for.", "Ask the administrators of "+q.host+" for its version: it may be too old for rollcall.")
	case "serviceUnavailable", "timeout", "temporaryFailure", "unregisteredOneprovider",
		"noConnectionToOnezone", "noConnectionToPeerOneprovider", "noConnectionToClusterNode":
		return diagnosed(account.Unavailable, "Onezone cannot answer at the moment ("+e.ID.v+").",
			"Wait: this most often passes by itself; if it does not, tell the administrators of "+q.host+".")
	case "externalServiceOperationFailed":
		which := "A service that Onezone needs"
		if d.ServiceName.v != "" {
			which = "The service" + quoted(d.ServiceName.v) + ", which Onezone needs,"
		}
		return diagnosed(account.Unavailable, which+" failed.",
			"Wait: this most often passes by itself; if it does not, tell the administrators of "+q.host+".")
	case "malformedData", "missingRequiredValue", "badData", "notAnInviteToken":
		return onezoneBadRequest(e, "does not understand the request", q)
	case "notSupported":
		return onezoneBadRequest(e, "does not support what was asked for", q)
	case "alreadyExists", "limitReached", "posix", "badMessage", "inviteTokenSubjectNotAuthorized",
		"inviteTokenUsageLimitReached", "inviteTokenConsumerInvalid", "inviteTokenTargetIdInvalid":
		return onezoneBadRequest(e, "refuses the request", q)
	}
	if strings.HasPrefix(e.ID.v, "badValue") {
		return onezoneBadRequest(e, "does not understand the request", q)
	}
	return account.Diagnosis{}
}

// onezoneBadRequest tells what Onezone does instead of answering, and what the
// error says of the part of the request that it is about.
func onezoneBadRequest(e onezoneError, does string, q question) account.Diagnosis {
	d, about := e.Details.v, ""
	if d.Key.v != "" {
		about = "its" + quoted(d.Key.v)
	}
	about = strings.Join(text.Filled([]string{about, d.Hint.v}), ", ")
	return diagnosed(account.BadRequest, "Onezone "+does+" ("+text.Clip(e.ID.v, text.MaxCode)+")"+text.Because(about)+".",
		"Check that "+q.endpoint+" is Onezone's API; if it is, look for a newer rollcall.")
}

// onezoneService is the service that an error names, in words.
func onezoneService(d onezoneDetails) string {
	kind, id := strings.TrimSuffix(d.Service.v.Type.v, "-"), d.Service.v.ID.v
	if kind == "" {
		return "the service that presents it"
	}
	return text.Clip(serviceName(strings.TrimSuffix(kind+"-"+id, "-")), text.MaxFact)
}

func onezoneBlocked(q question) account.Diagnosis {
	return diagnosed(account.Forbidden, "The administrators of "+q.host+" have blocked this account.", "Ask them to unblock it, or use another account.")
}

// onezoneIssuer is where the token says that it comes from, as a clause.
func onezoneIssuer(q question) string {
	if m, ok := parseMacaroon(q.secret); ok {
		return text.Because("it says that it comes from " + cmp.Or(m.location, "nowhere"))
	}
	return ""
}

// onezoneTokenType tells the type of a token from its JSON form.
func onezoneTokenType(received map[string]any) string {
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
