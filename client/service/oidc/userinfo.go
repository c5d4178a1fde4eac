package oidc

import (
	"encoding/base64"
	"encoding/json"
	"mime"
	"slices"
	"strings"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// read is what an answer of the UserInfo endpoint means.
func read(a service.Answer, q service.Asked) (*account.Account, account.Diagnosis) {
	if a.Status/100 != 2 {
		return nil, refused(a, q)
	}
	signed := false
	if kind, _, _ := mime.ParseMediaType(a.Header.Get("Content-Type")); kind == "application/jwt" {
		payload, problem := payloadOf(a.Body)
		if problem == encrypted {
			return nil, service.Diagnosed(account.BadResponse, problem,
				"Use a token of another client, or ask those who run "+q.Host+" to answer this one unencrypted"+q.Kept()+".").By(account.ActionRotate)
		}
		if problem != "" {
			return nil, service.BadResponse(a, q, problem)
		}
		a.Body, signed = payload, true
	}
	var body claims
	if problem := service.Decode(a, &body); problem != "" {
		return nil, service.BadResponse(a, q, problem)
	}
	if body.subject() == "" {
		return nil, refused(a, q)
	}
	acc := body.account(q.Secret())
	if signed {
		acc.Token.Facts = append(acc.Token.Facts, account.Fact{Name: "answer", Value: "signed; the signature is not verified", Source: "service"})
	}
	return acc, account.Diagnosis{State: account.Healthy}
}

// encrypted says of an answer that nobody but its client can read it.
const encrypted = "The answer is encrypted for the client that the token was issued to."

// payloadOf is what a signed answer says; the problem is a sentence where it
// cannot be read.
func payloadOf(body []byte) (payload []byte, problem string) {
	parts := strings.Split(string(service.TrimBody(body)), ".")
	switch len(parts) {
	case 3:
	case 5:
		return nil, encrypted
	default:
		return nil, "The answer is no JSON Web Token, though it says so."
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil || !json.Valid(payload) {
		return nil, "The answer is a JSON Web Token that cannot be read."
	}
	return payload, ""
}

func refused(a service.Answer, q service.Asked) account.Diagnosis {
	r := readRefusal(a)
	r.description, r.scope = q.Redact(r.description), q.Redact(r.scope)
	d := r.diagnose(a, q)
	return service.Refusal(a, q, d, r.code, r.description)
}

// diagnose tells what a refusal means; the zero diagnosis where its status says as
// much. Of three providers only one sends a code for a token that it does not know, so that a status
// of 401 is enough. That a provider would take a DPoP token, too, says nothing of this one.
func (r refusal) diagnose(a service.Answer, q service.Asked) account.Diagnosis {
	token, _ := service.ParseJWT(q.Secret())
	switch {
	case r.code == "use_dpop_nonce", r.code == "invalid_dpop_proof":
		return boundToKey(q)
	case r.code == "invalid_token", r.code == "" && a.Status == 401 && !isPage(a):
		if r.saysMissing() {
			return removed(q)
		}
		switch token.Bound() {
		case service.BoundToKey:
			return boundToKey(q)
		case service.BoundToCertificate:
			return boundToCertificate()
		}
		return r.invalid(a, token, q)
	case r.code == "insufficient_scope":
		return r.lacks(token, q)
	case r.code == "invalid_request" && r.saysMissing():
		return removed(q)
	case r.code == "invalid_request":
		return service.Diagnosed(account.BadRequest, q.Host+" does not understand the request"+reason(r.description)+".",
			"Check that "+q.Endpoint+" is the UserInfo endpoint of OpenID Connect; if it is, look for a newer rollcall.")
	case r.code == "insufficient_user_authentication":
		return service.Diagnosed(account.Forbidden, q.Host+" wants a stronger or a more recent sign-in than the one that this token comes from"+reason(r.description)+".",
			"Sign in at the provider anew, and put the new access token in place of this one"+q.Kept()+".").By(account.ActionRotate)
	}
	return account.Diagnosis{}
}

// isPage reports whether a web page was sent, as captive portals do.
func isPage(a service.Answer) bool { return strings.HasPrefix(string(service.TrimBody(a.Body)), "<") }

// removed is the diagnosis of a token that did not arrive.
func removed(q service.Asked) account.Diagnosis {
	return service.Diagnosed(account.CredentialMissing, q.Host+" got no token although one was sent: something on the way removed it.",
		"Look for a proxy or gateway before "+q.Endpoint+" that drops the Authorization header.").By(account.ActionCopy)
}

// invalid is the diagnosis of a token that is not accepted, with what it says of
// itself that explains it.
func (r refusal) invalid(a service.Answer, token service.JWT, q service.Asked) account.Diagnosis {
	if issuer := text.Clip(q.Redact(token.Issuer()), text.MaxFact); q.Base != "" && issuer != "" && issuer != q.Base {
		return service.Diagnosed(account.InvalidToken, q.Host+" does not accept this token, which says that it comes from "+issuer+".",
			"Make base_url the issuer of the token, or put one of "+q.Base+" in its place"+q.Kept()+".").By(account.ActionEdit)
	}
	explanation := q.Host + " does not accept this token: it has expired, was revoked, or is no access token of this provider."
	switch why := reason(r.description); {
	case !token.Ends().IsZero() && token.Ends().Before(a.At):
		explanation = q.Host + " does not accept this token any more: it has expired."
	case why != "":
		explanation = q.Host + " does not accept this token" + why + "."
	}
	return service.Diagnosed(account.InvalidToken, explanation, renew("", q))
}

// renew is the remedy for a token that will not do. It is not made on a page: it comes from
// signing in.
func renew(with string, q service.Asked) string {
	return "Sign in at the provider anew" + with + ", and put the new access token in place of the old one" + q.Kept() + "."
}

// lacks is the diagnosis of a token without a scope. The scopes that the refusal
// names are all needed.
func (r refusal) lacks(token service.JWT, q service.Asked) account.Diagnosis {
	scopes := slices.DeleteFunc(strings.Fields(r.scope), func(s string) bool { return slices.Contains(token.Scopes(), s) })
	if len(scopes) == 0 {
		return service.Diagnosed(account.ScopeMissing, "The token lacks a scope that UserInfo needs.", renew(" with the scope openid", q))
	}
	word := " scope "
	if len(scopes) > 1 {
		word = " scopes "
	}
	needed := text.AllOf(scopes)
	return service.Diagnosed(account.ScopeMissing, "The token lacks the"+word+needed+".", renew(" with the"+word+needed, q))
}

// boundToKey is the diagnosis of a token that is of use only to the holder of a key (RFC 9449).
func boundToKey(q service.Asked) account.Diagnosis {
	return service.Misconfigured("The token is tied to a key (DPoP), and rollcall can show tokens only by themselves.",
		"Get a token that is tied to no key, and put it in place of this one"+q.Kept()+".").By(account.ActionRotate)
}

// boundToCertificate is the diagnosis of a token that is of use only beside a certificate (RFC 8705).
func boundToCertificate() account.Diagnosis {
	return service.Misconfigured("The token is tied to a client certificate, and that was not shown with it.",
		"Set client_cert and client_key of the profile to the certificate that the token was issued for.")
}
