package oidc

import (
	"net/http"
	"reflect"
	"testing"

	"rollcall/client/service"
)

func TestChallenges(t *testing.T) {
	for _, tt := range []struct {
		headers []string
		want    []challenge
	}{
		{nil, nil},
		{[]string{`Bearer`}, []challenge{{"bearer", map[string]string{}}}},
		{[]string{`bearer REALM="a, \"b\"" , error=invalid_token`}, []challenge{{"bearer", map[string]string{"realm": `a, "b"`, "error": "invalid_token"}}}},
		{[]string{`DPoP algs="ES256", Bearer error = "x"`, `Basic realm="y"`}, []challenge{
			{"dpop", map[string]string{"algs": "ES256"}}, {"bearer", map[string]string{"error": "x"}}, {"basic", map[string]string{"realm": "y"}}}},
		{[]string{`Negotiate`, `error="x"`}, []challenge{{"negotiate", map[string]string{"error": "x"}}}},
		{[]string{`error="x"`}, []challenge{{"", map[string]string{"error": "x"}}}},
		{[]string{`Bearer error="never closed`}, []challenge{{"bearer", map[string]string{"error": "never closed"}}}},
		{[]string{`"`, `,,,`, `Bearer @ x="y"`}, []challenge{{"bearer", map[string]string{}}}},
	} {
		if got := challenges(http.Header{"Www-Authenticate": tt.headers}); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%q: %+v", tt.headers, got)
		}
	}
}

func TestSaysMissing(t *testing.T) {
	for words, want := range map[string]bool{
		"no access token provided": true, "no valid authorization": true, "No token": true, "Authorization header is missing": true,
		"The request is missing an access token": true, "access token is required": true, "missing bearer token": true, "Access token missing.": true,
		"invalid token provided": false, "access token missing openid scope": false, "token not found": false, "": false,
		"the token no longer exists": false, "More recent authentication is required": false,
	} {
		if (refusal{description: words}).saysMissing() != want {
			t.Errorf("%q says that a token is missing: want %t", words, want)
		}
	}
}

// The header counts before the body, whose words complete it only where it is about
// the same.
func TestRefusal(t *testing.T) {
	h := http.Header{"Www-Authenticate": {`Bearer error="invalid_token"`}}
	for body, want := range map[string]refusal{
		`{"error":"invalid_token","error_description":"gone","scope":"a"}`: {code: "invalid_token", description: "gone", scope: "a", bearer: true},
		`{"error":"server_error","error_description":"gone"}`:              {code: "invalid_token", bearer: true},
		`plain words`: {code: "invalid_token", bearer: true},
		`{"error":5}`: {code: "invalid_token", bearer: true},
	} {
		if got := readRefusal(service.Answer{Status: 401, Header: h, Body: []byte(body)}); got != want {
			t.Errorf("%s: %+v", body, got)
		}
	}
}

func FuzzChallenges(f *testing.F) {
	f.Add(`Bearer realm="x", error="invalid_token", DPoP algs="ES256"`)
	f.Add(`a="\`)
	f.Fuzz(func(t *testing.T, header string) {
		for _, c := range challenges(http.Header{"Www-Authenticate": {header}}) {
			if c.values == nil {
				t.Errorf("%q: %+v", header, c)
			}
		}
	})
}
