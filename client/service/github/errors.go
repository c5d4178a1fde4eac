package github

import (
	"cmp"
	"encoding/json"
	"strings"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// refusal is GitHub's error object. None of it is sure to be there, and its status
// is a text in one schema and a number in another, so that nobody reads it.
type refusal struct {
	Message       service.Lenient[string] `json:"message"`
	Documentation service.Lenient[string] `json:"documentation_url"`
	// Detail is the message of the part of the API for accounts of companies.
	Detail service.Lenient[string] `json:"detail"`

	// words are the message without the secret, says is that in small letters.
	words, says string
}

// identityRequest is what was refused where that is who the user is.
const identityRequest = "user"

// refused tells what a refusal means. What names the request in a word. GitHub has
// no codes: what tells one refusal from another are headers and the message.
func refused(a service.Answer, q service.Asked, what string) account.Diagnosis {
	var e refusal
	if json.Unmarshal(service.TrimBody(a.Body), &e) != nil {
		e = refusal{}
	}
	// What stands before the API refuses in plain text.
	e.words = q.Redact(cmp.Or(e.Message.V, e.Detail.V, service.ErrorText(a)))
	e.says = strings.ToLower(e.words)
	return service.Refusal(a, q, e.diagnose(a, q, what), "", e.words)
}

// tells reports whether the message holds one of some parts.
func (e refusal) tells(parts ...string) bool {
	for _, part := range parts {
		if strings.Contains(e.says, part) {
			return true
		}
	}
	return false
}

// diagnose tells what a refusal means; the zero diagnosis where its status alone has
// to tell. Limits come first, as GitHub's own page has it: they are told under two
// statuses, of which one means much else.
func (e refusal) diagnose(a service.Answer, q service.Asked, what string) account.Diagnosis {
	switch a.Status {
	case 401:
		return e.unauthorized(a, q)
	case 403, 429:
		if d := e.limited(a); d.State != "" || a.Status == 429 {
			return d
		}
		return e.forbidden(a, q, what)
	case 404:
		if e.tells("not found") {
			return service.Diagnosed(account.NotFound, "GitHub has nothing at "+q.Endpoint+", or nothing that this token may see.",
				q.Remedy("Check base_url in the profile; without one, github.com is asked.",
					"Put another token in place of this one"+q.Kept()+", or look for a newer rollcall."))
		}
	case 400, 422:
		if e.tells("api version", "x-github-api-version") {
			return service.Diagnosed(account.BadRequest, "This GitHub does not know the version "+apiVersion+" of its API.",
				"Look for a newer rollcall, or ask the administrators of "+q.Host+" for a newer GitHub.").By(account.ActionCopy)
		}
	}
	return account.Diagnosis{}
}

// unauthorized tells why a credential was not taken.
func (e refusal) unauthorized(a service.Answer, q service.Asked) account.Diagnosis {
	k := kindOf(q.Secret())
	switch {
	case strings.HasPrefix(a.Header.Get("X-Github-Otp"), "required"):
		return service.Diagnosed(account.Forbidden, "GitHub wants a second factor, as it does for passwords.",
			"Put a personal access token in place of the password"+q.Kept()+".").By(account.ActionRotate)
	case e.tells("requires authentication", "requires you to be authenticated"):
		return service.Diagnosed(account.CredentialMissing, "GitHub got no token although one was sent: something on the way removed it.",
			"Look for a proxy or gateway before "+q.Endpoint+" that drops the Authorization header.").By(account.ActionCopy)
	case e.tells("json web token", "expiration time' claim", "issuer' claim"):
		return service.Diagnosed(account.InvalidToken, "GitHub does not accept this JSON Web Token: it has ended, or its app and its key do not belong together.",
			"Put a token of a user in its place"+q.Kept()+": an app signs itself a new one for each use.")
	case k.word == refreshToken:
		return service.Diagnosed(account.InvalidToken, "This is a refresh token, which is good for nothing but to get another token.",
			"Put the token that it is for in its place"+q.Kept()+".")
	case k.app:
		return service.Diagnosed(account.InvalidToken, "GitHub does not know this "+k.word+": such tokens live for hours at most, and its time is over.",
			"Have the app make a new token and put it in place of the old one"+q.Kept()+".")
	case e.tells("bad credentials"):
		return service.Diagnosed(account.InvalidToken, "GitHub does not know this token: it has expired, was revoked, or belongs to another installation.", q.Renew("at GitHub"))
	}
	return account.Diagnosis{}
}

// limited is what a refusal for too many requests means. The primary limit counts
// requests an hour; secondary ones guard against too many at once, and are told of
// by their pages and words.
func (e refusal) limited(a service.Answer) account.Diagnosis {
	page := e.Documentation.V
	switch {
	case a.Header.Get("X-Ratelimit-Remaining") == "0":
		return service.Diagnosed(account.RateLimited, "GitHub takes no more requests of this user for now: the limit"+ofBucket(a)+" is used up, by all tokens of the user together.", service.WaitForLimit)
	case e.tells("maximum number of login attempts"):
		return service.Diagnosed(account.RateLimited, "GitHub refuses every credential from here for a while, since too many bad ones came.",
			"Wait, and look for a program here that goes on with a token that is no longer good.")
	case e.tells("secondary rate limit", "abuse detection"),
		strings.HasSuffix(page, "secondary-rate-limits"), strings.Contains(page, "#abuse-rate-limits"):
		return service.Diagnosed(account.RateLimited, "GitHub finds that too much was asked at once (a secondary limit); of the hourly limit there is something left.",
			"Wait until the limit is over, and look for programs that ask as this user side by side.")
	case a.Header.Get("Retry-After") != "", e.tells("rate limit exceeded"):
		return service.Diagnosed(account.RateLimited, "GitHub takes no more requests of this user for now.", service.WaitForLimit)
	}
	return account.Diagnosis{}
}

// ofBucket names the bucket of a spent limit, as a clause; empty where an answer
// names none.
func ofBucket(a service.Answer) string {
	for _, b := range a.Limits {
		if b.Spent() && b.Name != "" {
			return " of " + text.Clip(b.Name, text.MaxFact)
		}
	}
	return ""
}
