package gitlab

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// refusal is either of GitLab's two forms: that of OAuth, and a message that begins
// with the status.
type refusal struct {
	Error       service.Lenient[string] `json:"error"`
	Description service.Lenient[string] `json:"error_description"`
	Scope       service.Lenient[string] `json:"scope"`
	Message     service.Lenient[string] `json:"message"`
}

// readRefusal reads either; the zero refusal where a body is neither.
func readRefusal(body []byte) refusal {
	var e refusal
	if json.Unmarshal(service.TrimBody(body), &e) != nil {
		return refusal{}
	}
	return e
}

// code is that of OAuth; a message is no code.
func (e refusal) code() string {
	if strings.ContainsAny(e.Error.V, " \t") {
		return ""
	}
	return e.Error.V
}

// words are what the service says for people: the message without the status that it
// begins with.
func (e refusal) words(status int) string {
	if e.Description.V != "" {
		return e.Description.V
	}
	begin := fmt.Sprint(status, " ", http.StatusText(status))
	for _, message := range []string{e.Message.V, e.Error.V} {
		if rest, ok := strings.CutPrefix(message, begin); ok && strings.HasPrefix(rest, " - ") {
			return strings.TrimPrefix(rest, " - ")
		}
		if message != "" && message != e.code() {
			return message
		}
	}
	return ""
}

// refused tells what a refusal means.
func refused(a service.Answer, q service.Asked) account.Diagnosis {
	e := readRefusal(a.Body)
	for _, s := range []*string{&e.Description.V, &e.Message.V, &e.Error.V, &e.Scope.V} {
		*s = q.Redact(*s)
	}
	return service.Refusal(a, q, e.diagnose(a, q), e.code(), e.words(a.Status))
}

// diagnose tells what a refusal means; the zero diagnosis where its status alone has
// to tell.
func (e refusal) diagnose(a service.Answer, q service.Asked) account.Diagnosis {
	switch e.code() {
	case "invalid_token":
		return e.invalid(q)
	case "dpop_error":
		return service.Diagnosed(account.InvalidToken, "The owner of this token lets GitLab take it only with a proof of possession (DPoP), which rollcall does not make.",
			"Turn that off in the settings of the user, or use another token"+q.Kept()+".").By(account.ActionOpen)
	case "insufficient_scope":
		return scopeMissing(e.Scope.V, q)
	case "restricted_language_server_client_error":
		return service.Diagnosed(account.Forbidden, "GitLab lets only editors that are new enough use the tokens of this user.",
			"Ask an administrator of "+q.Host+" about that setting, or use another token"+q.Kept()+".")
	}
	k, message := kindOf(q.Secret()), strings.ToLower(e.Message.V)
	switch {
	case a.Status == 401 && k.useless:
		return service.Diagnosed(account.InvalidToken, "This is a "+k.word+", which GitLab's API does not take.",
			"Put a personal, project or group access token in its place"+q.Kept()+".")
	case a.Status == 401 && strings.HasPrefix(message, "401"):
		return service.Diagnosed(account.InvalidToken, "GitLab does not know this token: it was never made at "+q.Host+", was deleted, or got lost on the way.", q.Renew("in GitLab"))
	case a.Status == 403:
		return e.forbidden(q)
	case a.Status == 404 && strings.HasPrefix(message+strings.ToLower(e.Error.V), "404"):
		return service.Diagnosed(account.NotFound, "GitLab has nothing at "+q.Endpoint+".",
			q.Remedy("Check base_url in the profile: it is the address of the installation, with the path that it lies below.", "Look for a newer rollcall."))
	case a.Status == 429:
		return service.Diagnosed(account.RateLimited, q.Host+" takes no more requests of this user for now"+ofThrottle(a, q)+".", service.WaitForLimit)
	}
	return account.Diagnosis{}
}

// ofThrottle names the limit that is used up, as a clause; empty where an answer
// names none.
func ofThrottle(a service.Answer, q service.Asked) string {
	name := strings.ReplaceAll(strings.TrimPrefix(q.Redact(a.Header.Get("Ratelimit-Name")), "throttle_"), "_", " ")
	if name == "" {
		return ""
	}
	return " (" + text.Clip(name, text.MaxFact) + ")"
}

// invalid tells the four causes apart that GitLab has one code for.
func (e refusal) invalid(q service.Asked) account.Diagnosis {
	words := strings.ToLower(e.Description.V)
	switch {
	case strings.Contains(words, "expired"):
		return service.Diagnosed(account.InvalidToken, "GitLab says that this token has expired.", q.Renew("in GitLab"))
	case strings.Contains(words, "revoked"):
		return service.Diagnosed(account.InvalidToken, "GitLab says that this token was revoked: somebody did that, or it was found in a public place.", q.Renew("in GitLab"))
	case strings.Contains(words, "impersonation"):
		return service.Diagnosed(account.InvalidToken, "An administrator made this token to act as the user, and that is switched off.",
			"Put a token that the user has made in its place"+q.Kept()+".")
	}
	return service.Diagnosed(account.InvalidToken, "GitLab does not know this token: it was never made at "+q.Host+", or was deleted.", q.Renew("in GitLab"))
}

// scopeMissing names the scopes of which the token needs one; the service has spaces
// between them.
func scopeMissing(scopes string, q service.Asked) account.Diagnosis {
	all := strings.Fields(text.Clip(scopes, text.MaxDescription))
	if len(all) == 0 {
		return service.Diagnosed(account.ScopeMissing, "The token lacks a scope that this needs.",
			"Make a token with more scopes in GitLab and put it in place of this one"+q.Kept()+": those of a token cannot be changed.")
	}
	long := make([]string, len(all))
	for i, scope := range all {
		long[i] = named(scope)
	}
	return service.Diagnosed(account.ScopeMissing, "The token lacks the scope "+text.AnyOf(long)+".",
		"Make a token with the scope "+text.AnyOf(all)+" in GitLab and put it in place of this one"+q.Kept()+": those of a token cannot be changed.")
}
