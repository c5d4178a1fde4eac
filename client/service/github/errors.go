package github

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// refusal is GitHub's error object. None of it is sure to be there.
type refusal struct {
	Message       service.Lenient[string] `json:"message"`
	Documentation service.Lenient[string] `json:"documentation_url"`
	// Detail is the message of the part of the API for accounts of companies.
	Detail service.Lenient[string] `json:"detail"`
}

// identityRequest is what was refused where that is who the user is.
const identityRequest = "user"

// refused tells what a refusal means. What names the request in a word.
func refused(a service.Answer, q service.Asked, what string) account.Diagnosis {
	var e refusal
	if json.Unmarshal(service.TrimBody(a.Body), &e) != nil {
		e = refusal{}
	}
	message := q.Redact(e.Message.V)
	if message == "" {
		message = q.Redact(e.Detail.V)
	}
	d := service.Refusal(a, q, e.diagnose(a, q, strings.ToLower(message), what), "", message)
	// GitHub has no codes. Its request id is what its support asks for.
	if d.Code == "" {
		d.Code = a.Header.Get("X-Github-Request-Id")
	}
	return d
}

// diagnose tells what a refusal means; the zero diagnosis where its status alone has
// to tell. The order is that in which GitHub's own page tells to look.
func (e refusal) diagnose(a service.Answer, q service.Asked, message, what string) account.Diagnosis {
	says := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(message, p) })
	}
	switch a.Status {
	case 401:
		return e.unauthorized(a, q, says)
	case 403, 429:
		if d := e.limited(a, q, says); d.State != "" || a.Status == 429 {
			return d
		}
		return e.forbidden(a, q, says, what)
	case 404:
		if message == "not found" {
			return service.Diagnosed(account.NotFound, "GitHub has nothing at "+q.Endpoint+", or nothing that this token may see.",
				"Check base_url in the profile; without one github.com is asked.")
		}
	}
	return account.Diagnosis{}
}

func (e refusal) unauthorized(a service.Answer, q service.Asked, says func(...string) bool) account.Diagnosis {
	switch {
	case strings.HasPrefix(a.Header.Get("X-Github-Otp"), "required"):
		return service.Diagnosed(account.Forbidden, "GitHub wants a second factor, as it does for passwords.",
			"Use a personal access token in place of a password"+q.Kept()+".").By(account.ActionRotate)
	case says("requires authentication"):
		return service.Diagnosed(account.CredentialMissing, "GitHub got no token although one was sent: something on the way removed it.",
			"Look for a proxy or gateway before "+q.Endpoint+" that drops the Authorization header.").By(account.ActionCopy)
	case kindOf(q.Secret()).prefix == "ghr_":
		return service.Diagnosed(account.InvalidToken, "This is a refresh token, which only gets other tokens.",
			"Put the token that it is for in its place"+q.Kept()+".")
	case says("bad credentials"):
		return service.Diagnosed(account.InvalidToken, "GitHub does not know this token: it has expired, was revoked, or belongs to another installation.", q.Renew("at GitHub"))
	}
	return account.Diagnosis{}
}

// limited is what a refusal for too many requests means. The primary limit counts
// requests an hour; secondary ones guard against too many at once, and are told of
// by their pages and words.
func (e refusal) limited(a service.Answer, q service.Asked, says func(...string) bool) account.Diagnosis {
	page := e.Documentation.V
	switch {
	case a.Header.Get("X-Ratelimit-Remaining") == "0":
		return service.Diagnosed(account.RateLimited, "GitHub allows the user of this token no more requests this hour.", service.WaitForLimit)
	case a.Header.Get("Retry-After") != "", says("secondary rate limit", "abuse detection"),
		strings.HasSuffix(page, "secondary-rate-limits"), strings.Contains(page, "#abuse-rate-limits"):
		return service.Diagnosed(account.RateLimited, "GitHub finds that too much was asked at once; the hourly limit is not used up.", service.WaitForLimit)
	case says("rate limit exceeded"):
		return service.Diagnosed(account.RateLimited, "GitHub allows no more requests for now.", service.WaitForLimit)
	}
	return account.Diagnosis{}
}

func (e refusal) forbidden(a service.Answer, q service.Asked, says func(...string) bool, what string) account.Diagnosis {
	switch {
	case strings.HasPrefix(a.Header.Get("X-Github-Sso"), "required"):
		return singleSignOn(a.Header.Get("X-Github-Sso"), q)
	case says("ip allow list", "ip address"):
		return service.Diagnosed(account.NetworkDenied, "An organization or enterprise allows only some addresses, and yours is not among them.",
			"Ask an owner to add your address to the allow list, or ask from an allowed one.").By(account.ActionCopy)
	case says("not accessible by integration") && what == identityRequest:
		return service.Diagnosed(account.NoUser, "The token is good, but it belongs to the installation of an app and not to a person.",
			"Nothing is broken; to see a person here, use a token of a user"+q.Kept()+".")
	case says("not accessible by integration", "not accessible by personal access token"):
		return permissionMissing(a.Header.Get("X-Accepted-Github-Permissions"), q)
	case says("suspended"):
		return service.Diagnosed(account.Forbidden, "GitHub has suspended this account.", "Ask GitHub's support, or an administrator of "+q.Host+", what has to be settled.")
	case says("administrative rules", "user-agent"):
		return service.Diagnosed(account.BadRequest, "GitHub does not take requests that do not say who sends them.",
			"Look for a proxy before "+q.Endpoint+" that drops the User-Agent header.").By(account.ActionCopy)
	case says("maximum number of login attempts", "too many failed"):
		return service.Diagnosed(account.RateLimited, "GitHub refuses every token for a while, since too many bad ones came from here.", service.WaitForLimit)
	}
	if lacked := lackedScopes(a); len(lacked) > 0 {
		return scopeMissing(text.AnyOf(lacked), q)
	}
	return account.Diagnosis{}
}

// lackedScopes are the scopes of which a token needs one for what was refused. None
// are where it has one of them, which the refusal then is not about.
func lackedScopes(a service.Answer) []string {
	accepted, has := list(a.Header.Get("X-Accepted-Oauth-Scopes")), scopesOf(a.Header)
	if has == nil || slices.ContainsFunc(accepted, func(s string) bool { return slices.Contains(has, s) }) {
		return nil
	}
	return accepted
}

func scopeMissing(needed string, q service.Asked) account.Diagnosis {
	return service.Diagnosed(account.ScopeMissing, "The token lacks the scope "+needed+".",
		"Give the token the scope "+needed+" at GitHub, or use a token that has it"+q.Kept()+".").By(account.ActionOpen)
}

// permissionMissing names the permissions of which a token needs one set: sets have
// semicolons between them, the permissions of one commas.
func permissionMissing(accepted string, q service.Asked) account.Diagnosis {
	var sets []string
	for set := range strings.SplitSeq(accepted, ";") {
		var all []string
		for _, one := range list(set) {
			name, level, _ := strings.Cut(one, "=")
			all = append(all, strings.TrimSpace(level+" "+strings.ReplaceAll(name, "_", " ")))
		}
		if len(all) > 0 {
			sets = append(sets, strings.Join(all, " and "))
		}
	}
	needed := text.AnyOf(sets)
	if needed == "" {
		return service.Diagnosed(account.ScopeMissing, "The token lacks a permission that this needs.",
			"Give the token more permissions at GitHub, or use a token that has them"+q.Kept()+".").By(account.ActionOpen)
	}
	return service.Diagnosed(account.ScopeMissing, "The token lacks the permission "+needed+".",
		"Give the token the permission "+needed+" at GitHub, or use a token that has it"+q.Kept()+".").By(account.ActionOpen)
}

// singleSignOn is a refusal of an organization until the token was let in there. The
// header names the page that does it.
func singleSignOn(header string, q service.Asked) account.Diagnosis {
	d := service.Diagnosed(account.Forbidden, "An organization wants single sign-on for this token.",
		"Authorize the token for single sign-on in its settings at GitHub.").By(account.ActionOpen)
	_, page, _ := strings.Cut(header, "url=")
	if u, err := url.Parse(strings.TrimSpace(page)); err == nil && u.Scheme == "https" && u.Host != "" {
		d.Remedy = "Authorize the token for single sign-on at " + text.Clip(q.Redact(u.String()), text.MaxFact) + " and check again."
	}
	return d
}
