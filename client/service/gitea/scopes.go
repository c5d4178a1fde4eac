package gitea

import (
	"slices"
	"strings"

	"rollcall/client/text"
)

// scopeRefusal is what a refusal for lack of scopes says.
type scopeRefusal struct {
	// required are the scopes that the request takes, all of them, whatever the text
	// says. own are those of the token; nil where the text does not tell.
	required, own []string
}

// The texts of such a refusal: newer versions tell the scopes of the token, too.
var (
	scopesNow    = text.Pattern(`required scope\(s\), required=\[([^\]]*)\], token scope=(\S*)`)
	scopesBefore = text.Pattern(`required scope\(s\): \[([^\]]*)\]`)
	scopeName    = text.Pattern(`^[a-z]{2,20}([:-][a-z]{2,20})?$`)
)

// readScopes reads the text of a refusal; ok is false where it is about something
// else.
func readScopes(message string) (r scopeRefusal, ok bool) {
	if found := scopesNow().FindStringSubmatch(message); found != nil {
		r.required, r.own = scopeNames(found[1]), scopeNames(found[2])
		if r.own == nil {
			r.own = []string{}
		}
		return r, true
	}
	if found := scopesBefore().FindStringSubmatch(message); found != nil {
		r.required = scopeNames(found[1])
		return r, true
	}
	return r, strings.Contains(message, "required scope")
}

// scopeNames are the scopes in a list with spaces or commas in it.
func scopeNames(list string) (names []string) {
	for _, s := range strings.FieldsFunc(list, func(r rune) bool { return r == ' ' || r == ',' }) {
		if scopeName().MatchString(s) && len(names) < 40 {
			names = append(names, s)
		}
	}
	return names
}

// missing are the required scopes that the token does not have.
func (r scopeRefusal) missing() []string {
	return slices.DeleteFunc(slices.Clone(r.required), func(s string) bool {
		level, area, _ := strings.Cut(s, ":")
		return slices.ContainsFunc(r.own, func(own string) bool {
			return own == s || own == "all" || level == "read" && own == "write:"+area
		})
	})
}
