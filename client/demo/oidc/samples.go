package oidc

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	known "rollcall/client/account"
	"rollcall/client/demo/sample"
	"rollcall/client/demo/web"
)

// section is the heading that the profiles come under.
const section = "Sign-in"

// profile is a sample profile with what its issuer knows of its token.
type profile struct {
	sample.Profile
	account account
	// lost is set where the issuer does not know the token any more.
	lost bool
	// ends is the end of a token that tells it of itself; zero for an opaque one.
	ends time.Time
}

// everything are all scopes.
func everything() []string { return []string{"openid", "profile", "email", "groups"} }

// profiles are all sample profiles of the issuers.
func profiles(now time.Time) []profile {
	all := append(good(now), bad()...)
	for i := range all {
		p := &all[i]
		p.Section, p.Path = section, root+p.account.issuer
		p.Token = p.mint(p.Name)
		if p.State != "misconfigured" {
			p.Known = p.known()
		}
	}
	return all
}

// good are the profiles that answer.
func good(now time.Time) []profile {
	return []profile{
		{
			Profile: sample.Profile{
				Name: "sso", Label: "Roe Consulting", Tags: []string{"prod"},
				About: "All claims, groups among them; another group comes after three minutes",
				State: "healthy", Latency: 58 * time.Millisecond,
			},
			account: account{issuer: "roe", claims: person("9f1c-roe", "Sam", "Roe", "admins", "staff"), scopes: everything(), joined: "on-call"},
		}, {
			Profile: sample.Profile{
				Name: "visitor", Label: "Acme guest", Tags: []string{"client"},
				About: "A JSON Web Token, which tells its own end in 12 days",
				State: "expiring", Latency: 71 * time.Millisecond,
			},
			account: account{issuer: "acme", claims: person("guest-77", "Sam", "Roe", "guests"), scopes: everything()},
			ends:    sample.Days(now, 12),
		}, {
			Profile: sample.Profile{
				Name: "badge", Label: "Door system",
				About: "A token for openid alone: nothing is told but an id",
				State: "healthy", Latency: 34 * time.Millisecond,
			},
			account: account{issuer: "acme", claims: person("badge-0421", "", ""), scopes: []string{"openid"}},
		}, {
			Profile: sample.Profile{
				Name: "library", Label: "University library",
				About: "UserInfo at another origin, which the issuer names and the profile is pinned to",
				State: "healthy", Latency: 143 * time.Millisecond,
			},
			account: account{issuer: "library", claims: person("reader-5510", "Rudolf", "Lingens", "readers", "staff"), scopes: everything()},
		},
	}
}

// bad are the profiles of which something is wrong.
func bad() []profile {
	return []profile{
		{
			Profile: sample.Profile{
				Name: "timesheet", Label: "Time sheets", Tags: []string{"client"},
				About: "A token without the scope openid",
				State: "scope_missing", Code: "insufficient_scope", Status: http.StatusForbidden, Latency: 45 * time.Millisecond,
			},
			account: account{issuer: "acme", claims: person("guest-77", "Sam", "Roe"), scopes: []string{"profile"}},
		}, {
			Profile: sample.Profile{
				Name: "payroll", Label: "Payroll",
				About: "A token that was revoked",
				State: "invalid_token", Code: "invalid_token", Status: http.StatusUnauthorized, Latency: 40 * time.Millisecond,
			},
			account: account{issuer: "roe", claims: person("9f1c-pay", "Pay", "Roll"), scopes: everything()}, lost: true,
		}, {
			Profile: sample.Profile{
				Name: "partner", Label: "Partner portal", Tags: []string{"client"},
				About: "A token that has ended, refused in plain text",
				State: "invalid_token", Status: http.StatusUnauthorized, Latency: 66 * time.Millisecond,
			},
			account: account{issuer: "partner", claims: person("p-311", "Sam", "Roe", "partners"), scopes: everything()}, lost: true,
		}, {
			Profile: sample.Profile{
				Name: "clinic", Label: "Clinic records",
				About: "A sign-in that is not recent enough",
				State: "forbidden", Code: "insufficient_user_authentication", Status: http.StatusUnauthorized, Latency: 51 * time.Millisecond,
			},
			account: account{issuer: "acme", claims: person("guest-78", "Ines", "Ferreira"), scopes: everything(), no: errStepUp()},
		}, {
			Profile: sample.Profile{
				Name: "wallet", Label: "Digital wallet",
				About: "A token that is tied to a key (DPoP)",
				State: "misconfigured", Code: "invalid_dpop_proof", Status: http.StatusUnauthorized, Latency: 37 * time.Millisecond,
			},
			account: account{issuer: "roe", claims: person("9f1c-wal", "Sam", "Roe"), scopes: everything(), no: errProof()},
		}, {
			Profile: sample.Profile{
				Name: "intranet", Label: "Intranet",
				About: "An issuer whose name ends with a slash, which the address lacks",
				State: "misconfigured", Status: http.StatusOK, Latency: 29 * time.Millisecond,
			},
			account: account{issuer: "intranet", claims: person("i-1009", "Sam", "Roe", "employees"), scopes: everything()},
		},
	}
}

// person has the claims of a user.
func person(sub, given, family string, groups ...string) web.Object {
	first := strings.ToLower(given)
	return web.Object{
		"sub": sub, "name": strings.TrimSpace(given + " " + family), "given_name": given, "family_name": family,
		"preferred_username": first + strings.ToLower(family), "picture": "", "updated_at": 1767300000,
		"email": first + "@roe.example", "email_verified": true, "groups": groups,
	}
}

// mint is a token under a name: an opaque one, which is always the same, or a JSON Web
// Token with its end.
func (p *profile) mint(name string) string {
	sum := sha256.Sum256([]byte("oidc " + name))
	if p.ends.IsZero() {
		return base64.RawURLEncoding.EncodeToString(sum[:])[:43]
	}
	part := base64.RawURLEncoding.EncodeToString
	text := part(web.Encode(web.Object{"alg": "HS256", "typ": "at+jwt"})) + "." + part(web.Encode(web.Object{
		"jti": name, "scope": strings.Join(p.account.scopes, " "), "exp": p.ends.Unix(),
	}))
	signature := hmac.New(sha256.New, []byte(signInSecret))
	signature.Write([]byte(text))
	return text + "." + part(signature.Sum(nil))
}

// signInSecret signs the tokens of the demo. It is worth nothing: nobody but this demo takes
// them, and it does not look at it.
const signInSecret = "rollcall-demo"

// renewed is the n-th token of the sample, and the account that it gives: as before,
// but for what was wrong with the token itself.
func (p *profile) renewed(n int, now time.Time) (string, *account) {
	next := *p
	next.account.no = nil
	if !slices.Contains(next.account.scopes, "openid") {
		next.account.scopes = everything()
	}
	if !next.ends.IsZero() {
		next.ends = now.Add(sample.Renewal)
	}
	return next.mint(p.Name + strconv.Itoa(n)), &next.account
}

// known is what an earlier run knows of the account.
func (p *profile) known() *known.Account {
	scopes := p.account.scopes
	if !slices.Contains(scopes, "openid") {
		scopes = everything()
	}
	told := (&account{claims: p.account.claims, scopes: scopes}).told()
	text := func(claim string) string { s, _ := told[claim].(string); return s }
	acc := &known.Account{
		User: known.User{
			ID: text("sub"), FullName: text("name"), FirstName: text("given_name"), LastName: text("family_name"), Username: text("preferred_username"),
		},
		Token: known.Token{Kind: "opaque token"},
	}
	if email := text("email"); email != "" {
		acc.User.Emails = []string{email}
	}
	if groups, ok := told["groups"].([]string); ok {
		acc.Organizations = []known.Organization{}
		for _, g := range groups {
			acc.Organizations = append(acc.Organizations, known.Organization{ID: g, Name: g, Kind: "group"})
		}
	}
	if !p.ends.IsZero() {
		acc.Token = known.Token{
			Kind: "JWT", Scopes: p.account.scopes,
			Expiry: known.Expiry{Kind: known.ExpiryDate, At: p.ends.UTC().Truncate(time.Second), Source: "JWT, not verified"},
		}
	}
	return acc
}
