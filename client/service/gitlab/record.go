package gitlab

import (
	"cmp"
	"context"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
)

// recordSource says where facts come from that the token's own record tells.
const recordSource = "token record"

// record is what the server keeps of an access token.
type record struct {
	ID         int64                                 `json:"id"`
	UserID     int64                                 `json:"user_id"`
	Name       service.Lenient[string]               `json:"name"`
	Revoked    service.Lenient[bool]                 `json:"revoked"`
	Active     service.Lenient[*bool]                `json:"active"`
	Scopes     service.Lenient[service.List[string]] `json:"scopes"`
	CreatedAt  service.Lenient[string]               `json:"created_at"`
	LastUsedAt service.Lenient[string]               `json:"last_used_at"`
	// ExpiresAt is a day, at whose beginning in UTC the token ends; null for never.
	ExpiresAt service.Lenient[*string] `json:"expires_at"`
}

// askRecord asks for the token's own record, beside a verdict that stands already or
// for details.
func askRecord(ctx context.Context, ask service.Ask, aside bool) (kept record, err error) {
	r := service.Request{Path: "/personal_access_tokens/self", Aside: aside}
	err = service.AskJSON(ctx, ask, r, &kept, func(body []byte) string { return readRefusal(body).code() })
	return kept, err
}

// token adds what the record tells to what is known.
func (r record) token(known account.Token) *account.Token {
	t := known
	// Whatever it begins with: only access tokens have a record.
	t.Kind = cmp.Or(known.Kind, kinds()[0].word)
	t.ID, t.Name, t.Scopes, t.Facts = number(r.ID), r.Name.V, append([]string{}, r.Scopes.V.Kept...), nil
	t.Totals = account.TokenTotals{Scopes: r.Scopes.V.Total()}
	switch day := r.ExpiresAt.V; {
	case day == nil:
		t.Expiry = account.Expiry{Kind: account.ExpiryNever, Source: recordSource}
	default:
		if at, err := time.Parse(time.DateOnly, *day); err == nil {
			t.Expiry = account.Expiry{Kind: account.ExpiryDate, At: at, Source: recordSource}
		}
	}
	add := func(name, value string) {
		if value != "" {
			t.Facts = append(t.Facts, account.Fact{Name: name, Value: value, Source: recordSource})
		}
	}
	add("may", scopesInWords(t.Scopes))
	if used := moment(r.LastUsedAt.V); !used.IsZero() {
		add("last used", used.Format(time.DateOnly))
	}
	if made := moment(r.CreatedAt.V); !made.IsZero() {
		add("made", made.Format(time.DateOnly))
	}
	switch {
	case r.Revoked.V:
		add("revoked", "yes")
	case r.Active.V != nil && !*r.Active.V:
		add("active", "no")
	}
	return &t
}

// grant is what the server tells of a token of OAuth.
type grant struct {
	Scope   service.Lenient[service.List[string]] `json:"scope"`
	Seconds service.Lenient[*int64]               `json:"expires_in"`
	// Older is the name that the field has had.
	Older       service.Lenient[*int64] `json:"expires_in_seconds"`
	Application struct {
		UID service.Lenient[string] `json:"uid"`
	} `json:"application"`
}

// token adds what the grant tells at a moment to what is known.
func (g grant) token(known account.Token, at time.Time) *account.Token {
	t := known
	t.Scopes, t.Facts = append([]string{}, g.Scope.V.Kept...), nil
	t.Totals = account.TokenTotals{Scopes: g.Scope.V.Total()}
	left := g.Seconds.V
	if left == nil {
		left = g.Older.V
	}
	switch {
	case left == nil:
		t.Expiry = account.Expiry{Kind: account.ExpiryNever, Source: recordSource}
	case *left >= 0 && *left < 1<<32:
		t.Expiry = account.Expiry{Kind: account.ExpiryDate, At: at.Add(time.Duration(*left) * time.Second).UTC().Truncate(time.Second), Source: recordSource}
	}
	if words := scopesInWords(t.Scopes); words != "" {
		t.Facts = append(t.Facts, account.Fact{Name: "may", Value: words, Source: recordSource})
	}
	if id := g.Application.UID.V; id != "" {
		t.Facts = append(t.Facts, account.Fact{Name: "application", Value: id, Source: recordSource})
	}
	return &t
}
