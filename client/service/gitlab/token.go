package gitlab

import (
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// kind is what a token is, which its first letters tell unless an administrator has
// chosen others.
type kind struct {
	prefix, word string
	// own tokens are shown in GitLab's own header. Useless ones are for other things
	// than the API.
	own, useless bool
}

func kinds() []kind {
	return []kind{
		{"glpat-", "personal access token", true, false},
		{"gldt-", "deploy token", true, true},
		{"glrt-", "runner token", true, true},
		{"glcbt-", "CI job token", true, true},
		{"glft-", "feed token", true, true},
		{"glptt-", "pipeline trigger token", true, true},
		{"gloas-", "secret of an OAuth application", false, true},
	}
}

// oauthToken is the form of an access token of OAuth.
var oauthToken = text.Pattern(`^[0-9a-f]{64}$`)

// kindOf is the kind of a secret; the zero value where it has none of the forms.
func kindOf(secret string) kind {
	for _, k := range kinds() {
		if strings.HasPrefix(secret, k.prefix) {
			return k
		}
	}
	if oauthToken().MatchString(secret) {
		return kind{word: "OAuth access token"}
	}
	return kind{}
}

// recordSource says where facts come from that the token's own record tells.
const recordSource = "token record"

// record is what the server keeps of an access token.
type record struct {
	ID         int64                     `json:"id"`
	Name       service.Lenient[string]   `json:"name"`
	Revoked    service.Lenient[bool]     `json:"revoked"`
	Active     service.Lenient[*bool]    `json:"active"`
	Scopes     service.Lenient[[]string] `json:"scopes"`
	LastUsedAt service.Lenient[string]   `json:"last_used_at"`
	// ExpiresAt is a day, at whose beginning in UTC the token ends; null for never.
	ExpiresAt service.Lenient[*string] `json:"expires_at"`
}

// token adds what the record tells to what is known.
func (r record) token(known account.Token, id string) *account.Token {
	t := known
	t.ID, t.Name, t.Scopes, t.Facts = id, r.Name.V, append([]string{}, r.Scopes.V...), nil
	switch day := r.ExpiresAt.V; {
	case day == nil:
		t.Expiry = account.Expiry{Kind: account.ExpiryNever, Source: recordSource}
	default:
		if at, err := time.Parse(time.DateOnly, *day); err == nil {
			t.Expiry = account.Expiry{Kind: account.ExpiryDate, At: at, Source: recordSource}
		}
	}
	if used := moment(r.LastUsedAt.V); !used.IsZero() {
		t.Facts = append(t.Facts, account.Fact{Name: "last used", Value: used.Format(time.DateOnly), Source: recordSource})
	}
	if r.Active.V != nil && !*r.Active.V && !r.Revoked.V {
		t.Facts = append(t.Facts, account.Fact{Name: "active", Value: "no", Source: recordSource})
	}
	return &t
}

// grant is what the server tells of a token of OAuth.
type grant struct {
	Scope   service.Lenient[[]string] `json:"scope"`
	Seconds service.Lenient[*int64]   `json:"expires_in"`
	// Older is the name that the field has had.
	Older service.Lenient[*int64] `json:"expires_in_seconds"`
}

func (g grant) token(known account.Token, at time.Time) *account.Token {
	t := known
	t.Scopes = append([]string{}, g.Scope.V...)
	left := g.Seconds.V
	if left == nil {
		left = g.Older.V
	}
	switch {
	case left == nil:
		t.Expiry = account.Expiry{Kind: account.ExpiryNever, Source: recordSource}
	case *left >= 0 && *left < 1<<32:
		t.Expiry = account.Expiry{Kind: account.ExpiryDate, At: at.Add(time.Duration(*left) * time.Second).UTC(), Source: recordSource}
	}
	return &t
}
