package service

import (
	"encoding/base64"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
)

// makeJWT makes a JWT with claims, as JSON, and a signature of nobody.
func makeJWT(claims string) string {
	part := base64.RawURLEncoding.EncodeToString
	return part([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + part([]byte(claims)) + "." + part([]byte("signature"))
}

func TestParseJWT(t *testing.T) {
	at := func(seconds int64) time.Time { return time.Unix(seconds, 0).UTC() }
	for claims, want := range map[string]JWT{
		`{}`: {},
		`{"exp":1893456000,"nbf":1893400000,"iss":"https://id.example","aud":"api"}`: {
			ends: at(1893456000), begins: at(1893400000), issuer: "https://id.example", audience: []string{"api"},
		},
		`{"exp":1893456000.75,"aud":["a","b",7]}`:   {ends: at(1893456000), audience: []string{"a", "b"}},
		`{"exp":1e300,"nbf":-5}`:                    {ends: MaxTime},
		`{"exp":"tomorrow","nbf":null,"iss":["x"]}`: {},
		`{"exp":0,"aud":{"a":"b"}}`:                 {},
	} {
		if got, ok := ParseJWT(makeJWT(claims)); !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v, want %+v", claims, got, ok, want)
		}
	}
	unsigned := strings.TrimSuffix(makeJWT(`{"exp":1893456000}`), base64.RawURLEncoding.EncodeToString([]byte("signature")))
	if got, ok := ParseJWT(unsigned); !ok || got.ends != at(1893456000) {
		t.Errorf("a JWT without signature: %+v, %v", got, ok)
	}
}

func TestParseJWTRefuses(t *testing.T) {
	good := makeJWT(`{"exp":1893456000}`)
	part := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	for name, secret := range map[string]string{
		"nothing":                       "",
		"an API key":                    "kt-demo-work",
		"a host name":                   "api.example.com",
		"a macaroon":                    "MDAxZWxvY2F00aW9uIHpvbmUuZXhhbXBsZS5jb200KMDAzYmlkZW500aWZpZXIgMi9ubWQvdXNyLTdkMGMxYWI5ZjRlMi9hY3QvNWY2YjJjOWUwMWQ4NGE3NwowMDFhY2lkIHRpbWUgPCAxODkzNDU2MDAwCjAwMjVjaWQgaXAgPSAxMC4wLjAuMC84fDE5Mi4wLjIuNy8zMgowMDE5Y2lkIGludGVyZmFjZSA9IHJlc3QKMDAyZnNpZ25hdHVyZSDn02wph9OkfZ31H3Swj73qWJPmk2NvQh8UaMQjcNdKi2Ao",
		"two parts":                     good[:strings.LastIndex(good, ".")],
		"five parts":                    good + ".a.b",
		"padding":                       strings.Replace(good, ".", "==.", 1),
		"a signature that is no base64": good + "!",
		"a header of null":              part(`null`) + "." + part(`{}`) + ".",
		"a payload of null":             part(`{}`) + "." + part(`null`) + ".",
		"a payload list":                part(`{}`) + "." + part(`[]`) + ".",
		"a payload of nonsense":         part(`{}`) + "." + part(`{"exp":`) + ".",
		"too long":                      makeJWT(`{"iss":"` + strings.Repeat("x", maxJWT) + `"}`),
	} {
		if got, ok := ParseJWT(secret); ok {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestJWTCompletes(t *testing.T) {
	end := time.Unix(1893456000, 0).UTC()
	full := JWT{ends: end, begins: end.Add(-time.Hour), issuer: " https://id.example ", audience: []string{"a", "b"}}
	facts := []account.Fact{
		{Name: "issuer", Value: "https://id.example", Source: jwtSource}, {Name: "audience", Value: "a, b", Source: jwtSource},
		{Name: "begins", Value: "2029-12-31 23:00 UTC", Source: jwtSource},
	}
	own := account.Expiry{Kind: account.ExpiryDate, At: end, Source: jwtSource}
	other := account.Fact{Name: "organization", Value: "Acme", Source: "token record"}
	for name, tt := range map[string]struct {
		jwt         JWT
		token, want account.Token
	}{
		"nothing known": {full, account.Token{}, account.Token{Kind: "JWT", Expiry: own, Facts: facts}},
		"a record knows the end": {
			full, account.Token{Kind: "api token", Expiry: account.Expiry{Kind: account.ExpiryNever, Source: "token record"}, Facts: []account.Fact{other}},
			account.Token{Kind: "api token", Expiry: account.Expiry{Kind: account.ExpiryNever, Source: "token record"}, Facts: append([]account.Fact{other}, facts...)},
		},
		"completed before": {
			JWT{ends: end, issuer: "new"}, account.Token{Kind: "JWT", Expiry: account.Expiry{Kind: account.ExpiryDate, At: end.Add(-time.Hour), Source: jwtSource}, Facts: facts},
			account.Token{Kind: "JWT", Expiry: own, Facts: []account.Fact{{Name: "issuer", Value: "new", Source: jwtSource}}},
		},
		"nothing said": {JWT{}, account.Token{}, account.Token{Kind: "JWT"}},
	} {
		if got := tt.jwt.Complete(tt.token); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %+v\nwant %+v", name, got, tt.want)
		}
	}
}

func FuzzParseJWT(f *testing.F) {
	f.Add(makeJWT(`{"exp":1893456000.5,"nbf":1,"iss":"https://id.example","aud":["a"]}`))
	f.Add(makeJWT(`{"exp":1e308,"aud":null}`))
	f.Add("a.b.c")
	f.Fuzz(func(t *testing.T, secret string) {
		j, ok := ParseJWT(secret)
		if !ok {
			return
		}
		token := j.Complete(account.Token{})
		if _, err := json.Marshal(token); err != nil {
			t.Errorf("%+v cannot be kept: %v", token, err)
		}
		for _, fact := range token.Facts {
			if fact.Source != jwtSource || fact.Value == "" {
				t.Errorf("fact %+v", fact)
			}
		}
	})
}
