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
	// personal tokens are made by people, who say when they end.
	personal bool
	// app tokens are made by programs, which make the next one, too.
	app bool
}

// kinds are those that there are. The old forms have no first letters of their own.
func kinds() []kind {
	return []kind{
		{prefix: "ghp_", word: "classic personal access token", personal: true},
		{prefix: "github_pat_", word: "fine-grained personal access token", personal: true},
		{prefix: "gho_", word: "OAuth app token"},
		{prefix: "ghu_", word: "app user token", app: true},
		{prefix: "ghs_", word: "installation token", app: true},
		{prefix: "ghr_", word: refreshToken, app: true},
	}
}

// refreshToken is the word for one that only gets other tokens.
const refreshToken = "refresh token"

// hexadecimal is the form that personal and OAuth tokens had until 2021.
var hexadecimal = text.Pattern(`^[0-9a-f]{40}$`)

// installationForm is the form that installation tokens had until then.
var installationForm = text.Pattern(`^v1\.[0-9a-f]{40}$`)

// kindOf is the kind of a secret; the zero value where it has none of the forms.
func kindOf(secret string) kind {
	for _, k := range kinds() {
		if strings.HasPrefix(secret, k.prefix) {
			return k
		}
	}
	switch {
	case hexadecimal().MatchString(secret):
		return kind{word: "personal or OAuth token of the old form"}
	case installationForm().MatchString(secret):
		return kind{word: "installation token of the old form", app: true}
	}
	if _, ok := service.ParseJWT(secret); ok {
		return kind{word: "JSON Web Token of an app", app: true}
	}
	return kind{}
}

// tokenOf is what the headers of an answer, and the form of the secret, tell of a
// token.
func tokenOf(h http.Header, b service.Bearer) account.Token {
	k := kindOf(b.Secret())
	t := account.Token{Kind: k.word, Scopes: scopesOf(h), Expiry: k.expiry(h)}
	if t.Scopes != nil {
		t.Facts = []account.Fact{{Name: "may", Value: scopesInWords(t.Scopes), Source: headerSource}}
	}
	return t
}

// headerSource says where facts come from that the headers of an answer tell.
const headerSource = "header"

// zone matches the two ends that the header with the end of a token has. Go's own
// reading of names of zones takes any, and some for no difference to UTC.
var zone = text.Pattern(`^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (UTC|GMT|[+-]\d{4})$`)

// expiry is when a token ends. GitHub tells the end of each personal token that has
// one; of others it tells nothing.
func (k kind) expiry(h http.Header) account.Expiry {
	told := h.Get("Github-Authentication-Token-Expiration")
	if told == "" {
		if k.personal {
			return account.Expiry{Kind: account.ExpiryNever, Source: headerSource}
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
	return account.Expiry{Kind: account.ExpiryDate, At: at.UTC(), Source: headerSource}
}
