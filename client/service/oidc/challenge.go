package oidc

import (
	"cmp"
	"encoding/json"
	"net/http"
	"strings"

	"rollcall/client/service"
	"rollcall/client/text"
)

// challenge is one of those in WWW-Authenticate (RFC 9110, section 11.6.1). Scheme and
// names are in lower case.
type challenge struct {
	scheme string
	values map[string]string
}

// challenges are all of an answer: in one header or several, quoted or not.
func challenges(h http.Header) (all []challenge) {
	for _, rest := range h.Values("WWW-Authenticate") {
		for {
			rest = strings.TrimLeft(rest, " \t,")
			end := strings.IndexFunc(rest, func(r rune) bool { return !isTokenRune(r) })
			if end < 0 {
				end = len(rest)
			}
			if end == 0 {
				break
			}
			word, after := strings.ToLower(rest[:end]), strings.TrimLeft(rest[end:], " \t")
			if !strings.HasPrefix(after, "=") {
				all = append(all, challenge{word, map[string]string{}})
				rest = after
				continue
			}
			if len(all) == 0 {
				all = append(all, challenge{"", map[string]string{}})
			}
			all[len(all)-1].values[word], rest = value(strings.TrimLeft(after[1:], " \t"))
		}
	}
	return all
}

func isTokenRune(r rune) bool {
	return r > ' ' && r < 0x7f && !strings.ContainsRune(`()<>@,;:\"/[]?={}`, r)
}

// value is a value at the beginning of a text, and what follows it.
func value(s string) (v, rest string) {
	if !strings.HasPrefix(s, `"`) {
		end := strings.IndexAny(s, ", \t")
		if end < 0 {
			end = len(s)
		}
		return s[:end], s[end:]
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:]
		case s[i] == '\\' && i+1 < len(s):
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String(), ""
}

// refusal is what a refusal says, in its headers or its body.
type refusal struct {
	code, description, scope string
	// bearer and dpop are set where the header asks for a token of that sort.
	bearer, dpop bool
}

// codeForm is what OAuth allows as the code of an error.
var codeForm = text.Pattern(`^[a-z][a-z0-9_.-]{0,60}$`)

// readRefusal reads the error of RFC 6750 from the headers or, as many providers
// send it, from the body. A body that is no JSON is the description.
func readRefusal(a service.Answer) (r refusal) {
	for _, c := range challenges(a.Header) {
		r.bearer = r.bearer || c.scheme == "bearer"
		r.dpop = r.dpop || c.scheme == "dpop"
		if code := c.values["error"]; r.code == "" && codeForm().MatchString(code) {
			r.code, r.description, r.scope = code, c.values["error_description"], c.values["scope"]
		}
	}
	var body struct {
		Error       service.Lenient[string] `json:"error"`
		Description service.Lenient[string] `json:"error_description"`
		Scope       service.Lenient[string] `json:"scope"`
	}
	if json.Unmarshal(service.TrimBody(a.Body), &body) == nil && codeForm().MatchString(body.Error.V) {
		if r.code == "" {
			r.code = body.Error.V
		}
		if r.code == body.Error.V {
			r.description, r.scope = cmp.Or(r.description, body.Description.V), cmp.Or(r.scope, body.Scope.V)
		}
	}
	if r.description == "" && r.code == "" {
		r.description = service.ErrorText(a)
	}
	return r
}

// missing matches the words for a request that came without a token.
var missing = text.Pattern(`(?i)\bno (?:valid )?(?:access |bearer )?(?:token|authorization|credentials?)\b|` +
	`\b(?:token|authorization|credentials?)(?: header)? (?:(?:is|was|are) (?:missing|required|not provided)\b|missing\W*$)|` +
	`\bmissing (?:an? |the )?(?:access |bearer )?(?:token|authorization|credentials?)\b`)

// saysMissing reports whether the refusal says that no token came.
func (r refusal) saysMissing() bool { return missing().MatchString(r.description) }
