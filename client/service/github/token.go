package github

import (
	"net/http"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// kind is what a token is, which its first letters tell.
type kind struct {
	prefix, word string
	// personal tokens are made by people, who say when they end. Scoped ones have
	// scopes, which each answer names.
	personal, scoped bool
}

// kinds are those that there are. The old forms have no first letters of their own.
func kinds() []kind {
	return []kind{
		{"ghp_", "classic personal access token", true, true},
		{"github_pat_", "fine-grained personal access token", true, false},
		{"gho_", "OAuth app token", false, true},
		{"ghu_", "app user token", false, false},
		{"ghs_", "installation token", false, false},
		{"ghr_", "refresh token", false, false},
	}
}

// hexadecimal is the form that personal and OAuth tokens had until 2021.
var hexadecimal = text.Pattern(`^[0-9a-f]{40}$`)

// kindOf is the kind of a secret; the zero value where it has none of the forms.
func kindOf(secret string) kind {
	for _, k := range kinds() {
		if strings.HasPrefix(secret, k.prefix) {
			return k
		}
	}
	switch {
	case hexadecimal().MatchString(secret):
		return kind{word: "personal access or OAuth token of the old form", scoped: true}
	case strings.HasPrefix(secret, "v1."):
		return kind{word: "installation token of the old form"}
	}
	return kind{}
}

// tokenOf is what the headers of an answer, and the form of the secret, tell of a
// token.
func tokenOf(h http.Header, b service.Bearer) account.Token {
	k := kindOf(b.Secret())
	return account.Token{Kind: k.word, Scopes: scopesOf(h), Expiry: k.expiry(h)}
}

// scopesOf are the scopes that an answer names; nil where it names none, as for
// tokens that have permissions instead. An empty list means what is public.
func scopesOf(h http.Header) []string {
	values := h.Values("X-Oauth-Scopes")
	if len(values) == 0 {
		return nil
	}
	return list(strings.Join(values, ","))
}

// list are the parts of a header that has commas between them.
func list(s string) []string {
	all := []string{}
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// zone matches the two ends that the header with the end of a token has. Go's own
// reading of names of zones takes any.
var zone = text.Pattern(`^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (UTC|GMT|[+-]\d{4})$`)

// expiry is when a token ends. GitHub tells the end of each personal token that has
// one; of others it tells nothing.
func (k kind) expiry(h http.Header) account.Expiry {
	const source = "header"
	told := h.Get("Github-Authentication-Token-Expiration")
	if told == "" {
		if k.personal {
			return account.Expiry{Kind: account.ExpiryNever, Source: source}
		}
		return account.Expiry{}
	}
	found := zone().FindStringSubmatch(strings.TrimSpace(told))
	if found == nil {
		return account.Expiry{}
	}
	offset := found[2]
	if offset == "UTC" || offset == "GMT" {
		offset = "+0000"
	}
	at, err := time.Parse("2006-01-02 15:04:05 -0700", found[1]+" "+offset)
	if err != nil {
		return account.Expiry{}
	}
	return account.Expiry{Kind: account.ExpiryDate, At: at.UTC(), Source: source}
}
