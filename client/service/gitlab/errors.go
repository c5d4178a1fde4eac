package gitlab

import (
	"encoding/json"
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

// refused tells what a refusal means.
func refused(a service.Answer, q service.Asked) account.Diagnosis {
	e := readRefusal(a.Body)
	e.Description.V, e.Message.V = q.Redact(e.Description.V), q.Redact(e.Message.V)
	d := e.diagnose(a, q)
	words := e.Description.V
	if words == "" {
		words = strings.TrimSpace(strings.TrimPrefix(e.Message.V, strings.TrimSpace(e.status(a))))
	}
	return service.Refusal(a, q, d, e.code(), words)
}

// status is what messages begin with: "403 Forbidden".
func (refusal) status(a service.Answer) string {
	return strings.TrimSpace(http.StatusText(a.Status))
}

// diagnose tells what a refusal means; the zero diagnosis where its status alone has
// to tell.
func (e refusal) diagnose(a service.Answer, q service.Asked) account.Diagnosis {
	switch e.code() {
	case "invalid_token":
		return e.invalid(q)
	case "dpop_error":
		return service.Diagnosed(account.InvalidToken, "The owner of this token has GitLab want a proof of possession with it, which is none.",
			"Turn the proof of possession (DPoP) off in the settings of the user, or use another token"+q.Kept()+".").By(account.ActionOpen)
	case "insufficient_scope":
		return scopeMissing(e.Scope.V, q)
	case "restricted_language_server_client_error":
		return service.Diagnosed(account.Forbidden, "GitLab lets this user's tokens be used by an editor's language server only where it is new enough.",
			"Ask an administrator of "+q.Host+" about that setting, or use another token"+q.Kept()+".")
	}
	switch message := strings.ToLower(e.Message.V); {
	case a.Status == 401 && kindOf(q.Secret()).useless:
		return service.Diagnosed(account.InvalidToken, "This is a "+kindOf(q.Secret()).word+", which GitLab's API does not take.",
			"Put a personal, project or group access token in its place"+q.Kept()+".")
	case a.Status == 401 && e.Message.V != "":
		return service.Diagnosed(account.InvalidToken, "GitLab does not accept this token.", q.Renew("in GitLab"))
	case a.Status == 403 && strings.Contains(message, "forbidden"):
		return forbidden(message, q)
	case a.Status == 404 && strings.HasPrefix(strings.TrimSpace(message+strings.ToLower(e.Error.V)), "404"):
		return service.Diagnosed(account.NotFound, "GitLab has nothing at "+q.Endpoint+".",
			"Check base_url in the profile: it is the address of the installation, with the path that it lies below.")
	}
	return account.Diagnosis{}
}

// invalid tells the four causes apart that GitLab has one code for.
func (e refusal) invalid(q service.Asked) account.Diagnosis {
	words := strings.ToLower(e.Description.V)
	switch {
	case strings.Contains(words, "expired"):
		return service.Diagnosed(account.InvalidToken, "GitLab says that this token has expired.", q.Renew("in GitLab"))
	case strings.Contains(words, "revoked"):
		return service.Diagnosed(account.InvalidToken, "GitLab says that this token was revoked. Somebody did that, or GitLab found it in a public place.", q.Renew("in GitLab"))
	case strings.Contains(words, "impersonation"):
		return service.Diagnosed(account.InvalidToken, "This token acts for another user, which an administrator has switched off.",
			"Use a token that the user has made"+q.Kept()+".")
	}
	return service.Diagnosed(account.InvalidToken, "GitLab does not know this token: it was never made at this installation, or was deleted.", q.Renew("in GitLab"))
}

// scopeMissing names the scopes of which the token needs one; the service has spaces
// between them.
func scopeMissing(scopes string, q service.Asked) account.Diagnosis {
	needed := text.AnyOf(strings.Fields(text.Clip(q.Redact(scopes), text.MaxDescription)))
	if needed == "" {
		needed = "read_user"
	}
	return service.Diagnosed(account.ScopeMissing, "The token lacks the scope "+needed+".",
		"Make a token that has the scope "+needed+" in GitLab and put it in place of the old one"+q.Kept()+".")
}

// forbidden is a refusal of the user, whose reason the message has.
func forbidden(message string, q service.Asked) account.Diagnosis {
	ask := "Ask an administrator of " + q.Host
	switch {
	case strings.Contains(message, "blocked"), strings.Contains(message, "banned"):
		return service.Diagnosed(account.Forbidden, "This user is blocked.", ask+" to let the user in again, or use the token of another one"+q.Kept()+".")
	case strings.Contains(message, "deactivated"):
		return service.Diagnosed(account.Forbidden, "This user is deactivated, as GitLab does with users who are away for long.", "Sign in to "+q.Host+" in a browser: that activates the user again.").By(account.ActionOpen)
	case strings.Contains(message, "password"):
		return service.Diagnosed(account.Forbidden, "The password of this user has expired, and so do the tokens rest.", "Sign in to "+q.Host+" in a browser and choose a new password.").By(account.ActionOpen)
	case strings.Contains(message, "terms"):
		return service.Diagnosed(account.Forbidden, "This user has not accepted the terms of the service.", "Sign in to "+q.Host+" in a browser and accept them.").By(account.ActionOpen)
	case strings.Contains(message, "confirm"), strings.Contains(message, "approval"):
		return service.Diagnosed(account.Forbidden, "This user is not confirmed yet.", "Follow the link in the e-mail of "+q.Host+", or ask an administrator there.")
	case strings.Contains(message, " ip "), strings.Contains(message, "ip address"):
		return service.Diagnosed(account.NetworkDenied, "GitLab does not take requests of this user from your present address.", ask+" to allow your address, or ask from an allowed one.").By(account.ActionCopy)
	}
	return account.Diagnosis{}
}
