package service

import (
	"encoding/json"
	"regexp"
	"strings"

	"rollcall/client/account"
	"rollcall/client/text"
)

// ByStatus is the diagnosis of an error in the service's own envelope whose code
// its reader does not know, or whose code contradicts the status: the status
// decides, and the words name the service and the code. The envelope proves that
// the address is right, so that a 404 does not blame it.
func ByStatus(a Answer, q Asked, title, code string) account.Diagnosis {
	q.Host = title
	d := DiagnoseStatus(a, q)
	if a.Status == 404 {
		d = Diagnosed(account.NotFound, title+" does not have what was asked for.",
			"Look for a newer rollcall: what answers is "+title+", so that the address is right.").By(account.ActionCopy)
	}
	if code = text.Clip(q.Redact(code), text.MaxCode); code != "" {
		d.Explanation = strings.TrimSuffix(d.Explanation, ".") + ": " + code + "."
	}
	return d
}

// oauthCode is what OAuth allows as the code of an error, and nothing that is a
// sentence.
var oauthCode = text.Pattern(`^[a-z][a-z0-9_.-]*$`)

// oauthChallenge is the code, and the words, in the header of a refusal.
var (
	oauthChallenge = text.Pattern(`(?i)(?:^|[\s,])error="?([^",\s]+)`)
	oauthWords     = text.Pattern(`(?i)error_description="([^"]*)"`)
)

// OAuthError is the code and the description of a refusal in the form of OAuth, in
// the body or the header; both are empty where there is none. Gateways before a
// service send such.
func OAuthError(a Answer) (code, description string) {
	var body struct {
		Error       Lenient[string] `json:"error"`
		Description Lenient[string] `json:"error_description"`
	}
	if json.Unmarshal(TrimBody(a.Body), &body) == nil && oauthCode().MatchString(body.Error.V) {
		return body.Error.V, body.Description.V
	}
	challenge := a.Header.Get("WWW-Authenticate")
	if code = first(oauthChallenge(), challenge); oauthCode().MatchString(code) {
		return code, first(oauthWords(), challenge)
	}
	return "", ""
}

// first is what the group of an expression matches in a text.
func first(e *regexp.Regexp, s string) string {
	if found := e.FindStringSubmatch(s); found != nil {
		return found[1]
	}
	return ""
}
