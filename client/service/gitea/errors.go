package gitea

import (
	"encoding/json"
	"strings"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// message is what a refusal says. There is no code beside it. It is empty where the
// answer is not Gitea's own.
func message(body []byte) string {
	var e struct {
		Message service.Lenient[string] `json:"message"`
	}
	if json.Unmarshal(service.TrimBody(body), &e) != nil {
		return ""
	}
	return strings.TrimSpace(e.Message.V)
}

func refused(a service.Answer, q service.Asked) account.Diagnosis {
	said := q.Redact(message(a.Body))
	d := diagnose(a, q, said)
	if d.State != "" {
		d.Description = text.Clip(said, text.MaxDescription)
	}
	return service.Refusal(a, q, d, "", "")
}

// diagnose tells what a refusal means by its text; the zero diagnosis where that
// says nothing that the status does not.
func diagnose(a service.Answer, q service.Asked, said string) account.Diagnosis {
	lower := strings.ToLower(said)
	has := func(part string) bool { return strings.Contains(lower, part) }
	switch a.Status {
	case 401:
		return unauthorized(q, has)
	case 403:
		if d := scopesRefused(q, said, has); d.State != "" {
			return d
		}
		return userRefused(q, has)
	case 404:
		if said != "" {
			return service.Diagnosed(account.NotFound, q.Host+" is a Gitea, but it does not have what was asked for"+text.Because(said)+".",
				"Look for a newer rollcall: the address is right.").By(account.ActionCopy)
		}
		if strings.HasPrefix(a.Header.Get("Content-Type"), "text/plain") {
			return service.Diagnosed(account.NotFound, "There is no API of Gitea at "+q.Endpoint+": that is not the address of a Gitea, or its API is switched off.",
				"Make base_url the address of its start page; if it is, ask those who run "+q.Host+" for the API.")
		}
	case 500:
		if said != "" {
			return service.Diagnosed(account.ServerError, q.Host+" failed while it answered"+text.Because(said)+".",
				"Check again in a while; if it stays so, tell those who run "+q.Host+".")
		}
	}
	return account.Diagnosis{}
}

// unauthorized is what a status 401 means. Gitea has one text for whatever is wrong
// with a credential: that it never was, has been deleted, or that its user has.
func unauthorized(q service.Asked, has func(string) bool) account.Diagnosis {
	switch {
	case has("token is required"), has("only signed in user"):
		return missing(q)
	case has("webauthn"):
		return service.Diagnosed(account.Forbidden, q.Host+" takes no password of a user who signs in with a security key.",
			"Create a token at "+q.Host+" and use it instead of username and password in the profile.").By(account.ActionEdit)
	case has("otp"):
		return service.Diagnosed(account.Forbidden, q.Host+" wants a code of the second factor beside this password.",
			"Create a token at "+q.Host+" and use it instead of username and password in the profile.").By(account.ActionEdit)
	case q.Basic() && has("invalid username, password or token"):
		return service.Diagnosed(account.InvalidToken, q.Host+" does not accept this user name and password: they are wrong, or the user signs in with a second factor.",
			"Check the username in the profile, and the password"+q.Kept()+"; with a second factor only a token will do.")
	case has("invalid username, password or token"), has("user does not exist"):
		return service.Diagnosed(account.InvalidToken, q.Host+" does not know this token: it was deleted, its user was, or it belongs to another installation.",
			q.Renew("at "+q.Host))
	}
	return account.Diagnosis{}
}

// missing is the diagnosis of a request whose credential did not arrive, or was not
// looked at.
func missing(q service.Asked) account.Diagnosis {
	if q.Basic() {
		return service.Diagnosed(account.CredentialMissing, q.Host+" took no notice of the password: passwords are switched off there, or something on the way removed it.",
			"Create a token at "+q.Host+" and use it instead of username and password in the profile.").By(account.ActionEdit)
	}
	return service.Diagnosed(account.CredentialMissing, q.Host+" got no token although one was sent: something on the way removed it.",
		"Look for a proxy or gateway before "+q.Endpoint+" that drops the Authorization header.").By(account.ActionCopy)
}

// scopesRefused is what a refusal means that is about the scopes of the token.
func scopesRefused(q service.Asked, said string, has func(string) bool) account.Diagnosis {
	if r, ok := readScopes(said); ok {
		return scopeMissing(r, q)
	}
	switch {
	case has("token scope is limited to public"):
		return service.Diagnosed(account.ScopeMissing, "The token may see public things only (public-only), and the user is not public.",
			"Create a token without public-only at "+q.Host+" and put it in place of this one"+q.Kept()+".")
	case has("checking scope failed"), has("parsing public resource scope failed"):
		return service.Diagnosed(account.ScopeMissing, "The token has a scope that this version of Gitea does not know.",
			q.Renew("with the scope read:user at "+q.Host))
	}
	return account.Diagnosis{}
}

// scopeMissing tells which scopes the token lacks. They cannot be given to a token
// that there is.
func scopeMissing(r scopeRefusal, q service.Asked) account.Diagnosis {
	lacks := r.missing()
	if len(lacks) == 0 {
		return service.Diagnosed(account.ScopeMissing, "The token lacks a scope that this needs.",
			q.Renew("with the scope read:user at "+q.Host))
	}
	scopes := "scope "
	if len(lacks) > 1 {
		scopes = "scopes "
	}
	has := ""
	switch {
	case len(r.own) > 0:
		has = "; it has " + text.AllOf(r.own)
	case r.own != nil:
		has = "; it has none"
	}
	return service.Diagnosed(account.ScopeMissing, "The token lacks the "+scopes+text.AllOf(lacks)+has+".",
		q.Renew("with the "+scopes+text.AllOf(lacks)+" at "+q.Host))
}

// userRefused is what a refusal means that is about the user. The text for a user
// who is prohibited is also that for one who is not active.
func userRefused(q service.Asked, has func(string) bool) account.Diagnosis {
	switch {
	case has("only signed in user"):
		return missing(q)
	case has("prohibited from signing in"):
		return prohibited(q)
	case has("not activated"):
		return inactive(q)
	case has("must change your password"):
		return service.Diagnosed(account.Forbidden, "The user must choose a new password before "+q.Host+" answers again.",
			"Sign in at "+q.Host+" in a browser, change the password, then check again.").By(account.ActionOpen)
	}
	return account.Diagnosis{}
}

func prohibited(q service.Asked) account.Diagnosis {
	return service.Diagnosed(account.Forbidden, "The administrators of "+q.Host+" have blocked this account, or it was never activated.",
		"Ask them to let the account sign in, or use another account.")
}

func inactive(q service.Asked) account.Diagnosis {
	return service.Diagnosed(account.Forbidden, "This account is not activated.",
		"Follow the link in the mail that "+q.Host+" sent, or ask its administrators to activate the account.")
}
