package service

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/text"
)

// JWT is what a JSON Web Token says of itself. Nothing is verified: it says
// what the token claims.
type JWT struct {
	ends, begins time.Time // zero where it names none
	issuer       string
	audience     []string
	scopes       []string // nil where it tells of none
	bound        Binding
}

// Binding is what a token is tied to, so that it is of no use by itself (RFC 7800).
type Binding string

// The bindings. The zero value is none.
const (
	// BoundToKey: a proof by a key goes with each request (DPoP, RFC 9449).
	BoundToKey Binding = "key"
	// BoundToCertificate: a client certificate does (RFC 8705).
	BoundToCertificate Binding = "certificate"
)

// jwtSource says where facts come from that nobody vouches for.
const jwtSource = "JWT, not verified"

// maxJWT is the longest credential that is looked into; longer headers are
// refused by most servers.
const maxJWT = 64 << 10

// ParseJWT reads a credential of any service. It reports false for anything
// that is not a JWT.
func ParseJWT(secret string) (JWT, bool) {
	parts := strings.Split(secret, ".")
	if len(secret) > maxJWT || len(parts) != 3 {
		return JWT{}, false
	}
	var header map[string]json.RawMessage
	var claims *struct {
		Exp Lenient[*float64] `json:"exp"`
		Nbf Lenient[*float64] `json:"nbf"`
		Iss Lenient[string]   `json:"iss"`
		Aud Lenient[any]      `json:"aud"`
		// RFC 8693 has a text with spaces in it, others write a list or name it scp.
		Scope  Lenient[any] `json:"scope"`
		Scopes Lenient[any] `json:"scp"`
		Cnf    Lenient[struct {
			Key         Lenient[string] `json:"jkt"`
			Certificate Lenient[string] `json:"x5t#S256"`
		}] `json:"cnf"`
	}
	if !readJWTPart(parts[0], &header) || header == nil || !readJWTPart(parts[1], &claims) || claims == nil {
		return JWT{}, false
	}
	if _, err := base64.RawURLEncoding.DecodeString(parts[2]); err != nil {
		return JWT{}, false
	}
	var bound Binding
	switch cnf := claims.Cnf.V; {
	case cnf.Key.V != "":
		bound = BoundToKey
	case cnf.Certificate.V != "":
		bound = BoundToCertificate
	}
	return JWT{
		ends: jwtTime(claims.Exp.V), begins: jwtTime(claims.Nbf.V),
		issuer: claims.Iss.V, audience: jwtTexts(claims.Aud.V),
		scopes: jwtScopes(claims.Scope.V, claims.Scopes.V), bound: bound,
	}, true
}

func readJWTPart(part string, v any) bool {
	data, err := base64.RawURLEncoding.DecodeString(part)
	return err == nil && json.Unmarshal(data, v) == nil
}

// jwtTime is the moment of a claim, which may have a fraction.
func jwtTime(seconds *float64) time.Time {
	if seconds == nil || *seconds <= 0 {
		return time.Time{}
	}
	return UnixTime(*seconds)
}

// jwtScopes reads the first of the claims that tells of scopes.
func jwtScopes(claims ...any) []string {
	for _, v := range claims {
		if all := strings.Fields(strings.Join(jwtTexts(v), " ")); len(all) > 0 {
			return all
		}
	}
	return nil
}

// jwtTexts reads a claim that is a text or a list of texts.
func jwtTexts(v any) []string {
	if s, ok := v.(string); ok {
		return []string{s}
	}
	var all []string
	list, _ := v.([]any)
	for _, item := range list {
		if s, ok := item.(string); ok {
			all = append(all, s)
		}
	}
	return all
}

// Ends is the end that the JWT names; zero where it names none.
func (j JWT) Ends() time.Time { return j.ends }

// Issuer is who the JWT says has issued it; empty where it does not say.
func (j JWT) Issuer() string { return j.issuer }

// Scopes are those that the JWT tells of; nil for none.
func (j JWT) Scopes() []string { return j.scopes }

// Bound is what the JWT says that it is tied to.
func (j JWT) Bound() Binding { return j.bound }

// Stated is what a token says of itself, with what the JWT adds: its scopes, too,
// which a service that accepts a token tells better.
func (j JWT) Stated(t account.Token) account.Token {
	t = j.Complete(t)
	if t.Scopes == nil {
		t.Scopes = j.scopes
	}
	return t
}

// Complete is the token with what the JWT adds. An end that is known from
// elsewhere stays.
func (j JWT) Complete(t account.Token) account.Token {
	t.Kind = cmp.Or(t.Kind, "JWT")
	if !j.ends.IsZero() && (t.Expiry.KindOrUnknown() == account.ExpiryUnknown || t.Expiry.Source == jwtSource) {
		t.Expiry = account.Expiry{Kind: account.ExpiryDate, At: j.ends, Source: jwtSource}
	}
	// The token may be one that was completed before.
	t.Facts = slices.DeleteFunc(slices.Clone(t.Facts), func(f account.Fact) bool { return f.Source == jwtSource })
	add := func(name, value string) {
		if value = text.Clip(strings.TrimSpace(value), text.MaxFact); value != "" {
			t.Facts = append(t.Facts, account.Fact{Name: name, Value: value, Source: jwtSource})
		}
	}
	add("issuer", j.issuer)
	add("audience", strings.Join(j.audience, ", "))
	if !j.begins.IsZero() {
		add("begins", j.begins.Format("2006-01-02 15:04 MST"))
	}
	return t
}
