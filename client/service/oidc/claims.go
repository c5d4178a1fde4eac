package oidc

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// claims are what UserInfo says of the user: any of it may be missing but sub, and
// none of it is promised to be of its type.
type claims map[string]json.RawMessage

// UnmarshalJSON keeps the claims, of which an answer may have any number, as of a list,
// and the one of the user wherever it is.
func (c *claims) UnmarshalJSON(b []byte) error {
	var all service.Keyed[json.RawMessage]
	if err := all.Unmarshal(b, "sub"); err != nil {
		return err
	}
	*c = all.Kept
	return nil
}

// text is a claim that is a text; empty where it is none.
func (c claims) text(names ...string) string {
	for _, name := range names {
		var s string
		if json.Unmarshal(c[name], &s) == nil && strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}

// subject is the id of the user, which some providers send as a number.
func (c claims) subject() string {
	if s := c.text("sub"); s != "" {
		return s
	}
	var n json.Number
	if json.Unmarshal(c["sub"], &n) == nil && isDigits(n.String()) {
		return n.String()
	}
	return ""
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// verified is whether the e-mail address is; known is false where that is not told.
// Some providers send the word as a text.
func (c claims) verified() (yes, known bool) {
	var b bool
	if json.Unmarshal(c["email_verified"], &b) == nil && string(c["email_verified"]) != "null" {
		return b, true
	}
	b, err := strconv.ParseBool(c.text("email_verified"))
	return b, err == nil
}

// updated is when the user was last changed, which a few write as RFC 3339.
func (c claims) updated() (at time.Time, ok bool) {
	var seconds float64
	if json.Unmarshal(c["updated_at"], &seconds) == nil && seconds > 0 {
		return service.UnixTime(seconds), true
	}
	at, err := time.Parse(time.RFC3339, c.text("updated_at"))
	return at.UTC(), err == nil && at.Unix() > 0 && at.Before(service.MaxTime)
}

func (c claims) account(token string) *account.Account {
	acc := &account.Account{
		User: account.User{
			ID: c.subject(), FullName: c.text("name"), FirstName: c.text("given_name"), LastName: c.text("family_name"),
			Username: c.text("preferred_username"), AvatarURL: c.text("picture"), URL: c.text("profile"),
		},
		Token: tokenOf(token),
	}
	acc.Organizations, acc.Totals.Organizations = c.groups()
	acc.LinkedAccounts, acc.Totals.LinkedAccounts = c.linked()
	if acc.User.WholeName() == "" {
		acc.User.FullName = c.text("nickname")
	}
	fact := func(name, value string) {
		acc.Token.Facts = append(acc.Token.Facts, account.Fact{Name: name, Value: value, Source: "service"})
	}
	if email := c.text("email"); email != "" {
		acc.User.Emails = []string{email}
		if yes, known := c.verified(); known && !yes {
			fact("e-mail", "not verified")
		}
	}
	if at, ok := c.updated(); ok {
		fact("user changed", at.Format(time.DateOnly))
	}
	return acc
}

// groupClaims are the claims that tell what a user belongs to, with the word for one
// of each. No standard has them.
var groupClaims = []struct{ claim, kind string }{
	{"organization", "organization"}, {"organizations", "organization"}, {"org_id", "organization"}, {"hd", "domain"},
	{"groups", "group"}, {"roles", "role"}, {"entitlements", "entitlement"}, {"eduperson_entitlement", "entitlement"},
}

// groups are what the user belongs to; nil where no claim tells. total is how many
// those are where not all of them are kept: what two claims tell counts once, as far as
// it was read.
func (c claims) groups() (all []account.Organization, total int) {
	type key struct{ id, kind string }
	seen := map[key]bool{}
	cut := 0
	for _, g := range groupClaims {
		found, ok := members(c[g.claim])
		if ok && all == nil {
			all = []account.Organization{}
		}
		for _, m := range found.Kept {
			m.Kind = g.kind
			if !seen[key{m.ID, m.Kind}] {
				seen[key{m.ID, m.Kind}] = true
				all = append(all, m)
			}
		}
		cut += found.Told - len(found.Kept)
	}
	if cut > 0 {
		total = len(all) + cut
	}
	return all, total
}

// members reads a claim that is a text, a list of texts or of objects, or an object
// with a key for each.
func members(raw json.RawMessage) (all service.List[account.Organization], told bool) {
	add := func(id, name string) {
		if id = cmp.Or(strings.TrimSpace(id), strings.TrimSpace(name)); id != "" {
			all.Kept = append(all.Kept, account.Organization{ID: id, Name: cmp.Or(name, id)})
		}
	}
	var one string
	var list service.List[json.RawMessage]
	var keyed service.Keyed[json.RawMessage]
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return all, false
	case json.Unmarshal(raw, &one) == nil:
		add(one, "")
	case json.Unmarshal(raw, &list) == nil:
		for _, item := range list.Kept {
			var object claims
			switch {
			case json.Unmarshal(item, &one) == nil:
				add(one, "")
			case json.Unmarshal(item, &object) == nil:
				add(object.text("id", "value"), object.text("name", "display", "displayName"))
			}
		}
	case json.Unmarshal(raw, &keyed) == nil:
		for _, name := range slices.Sorted(maps.Keys(keyed.Kept)) {
			var inner claims
			_ = json.Unmarshal(keyed.Kept[name], &inner) // Whatever is in it, the key is the name.
			add(inner.text("id"), name)
		}
	default:
		return all, false
	}
	all.Told = len(all.Kept) + max(0, list.Total()-len(list.Kept)) + max(0, keyed.Total()-len(keyed.Kept))
	return all, true
}

// linked are the user's accounts at identity providers, where a claim tells of them, and
// how many those are where not all of them are kept.
func (c claims) linked() (all []account.LinkedAccount, total int) {
	var told service.List[claims]
	for _, name := range []string{"identities", "federated_identities", "federatedIdentities"} {
		var list service.List[claims]
		if json.Unmarshal(c[name], &list) != nil {
			continue
		}
		told.Add(list)
		for _, l := range list.Kept {
			one := account.LinkedAccount{
				IDP:       l.text("provider", "identityProvider", "connection", "idp", "providerName"),
				SubjectID: cmp.Or(l.text("user_id", "userId", "id"), l.subject()), Username: l.text("userName", "username", "preferred_username"),
				FullName: l.text("name"),
			}
			if email := l.text("email"); email != "" {
				one.Emails = []string{email}
			}
			if one.IDP != "" || one.SubjectID != "" {
				all = append(all, one)
			}
		}
	}
	return all, told.Total()
}

// tokenOf is what an access token tells by its form alone, and a JWT by what it says.
func tokenOf(secret string) account.Token {
	if claims, ok := service.ParseJWT(secret); ok {
		return claims.Stated(account.Token{})
	}
	if strings.Count(secret, ".") == 4 {
		return account.Token{Kind: "encrypted token"}
	}
	return account.Token{Kind: "opaque token"}
}

// reason is what an error says as the end of a sentence, unless that says nothing
// more than its code.
func reason(description string) string {
	plain := strings.ToLower(strings.Trim(description, " .!`"))
	switch plain {
	case "", "invalid token", "invalid token provided", "access token invalid", "the access token is invalid", "unauthorized", "the access token provided is expired, revoked, malformed, or invalid for other reasons":
		return ""
	}
	return text.Because(strings.ReplaceAll(description, "`", `"`))
}
