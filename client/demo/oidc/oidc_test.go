package oidc

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"rollcall/client/demo/demotest"
	"rollcall/client/demo/sample"
)

const discovery = "/.well-known/openid-configuration"

// Each issuer describes itself with all that Discovery 1.0 requires, section 3, under its
// own name.
func TestDiscovery(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	required := []string{
		"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "response_types_supported", "subject_types_supported",
		"id_token_signing_alg_values_supported",
	}
	for name := range issuers() {
		got := s.Get(t, "", root+name+discovery).Object(t)
		for _, key := range required {
			if got[key] == nil {
				t.Errorf("%s does not tell its %s", name, key)
			}
		}
		issuer, at := got["issuer"].(string), got["userinfo_endpoint"].(string)
		if issuer != s.URL+root+name && (name != "intranet" || issuer != s.URL+root+name+"/") {
			t.Errorf("%s calls itself %s", name, issuer)
		}
		if strings.HasPrefix(at, s.URL+"/") == (name == "library") || !strings.HasSuffix(at, root+name+userInfo) {
			t.Errorf("%s names %s", name, at)
		}
	}
	if got := s.Get(t, "", root+"nobody"+discovery); got.Status != http.StatusNotFound || !strings.HasPrefix(got.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("no issuer: %d %v", got.Status, got.Header)
	}
}

// The claims and refusals are those of oidc-provider 9.13.3 on loopback, the plain ones those
// of zitadel's example provider.
func TestUserInfo(t *testing.T) {
	var c demotest.Clock
	s := demotest.Serve(t, Service, c.Now)
	told := s.Get(t, "sso", root+"roe"+userInfo).Object(t)
	want := "email email_verified family_name given_name groups name picture preferred_username sub updated_at"
	if got := strings.Join(slices.Sorted(maps.Keys(told)), " "); got != want || len(told["groups"].([]any)) != 2 {
		t.Errorf("claims %s: %v", got, told)
	}
	if bare := string(s.Get(t, "badge", root+"acme"+userInfo).Body); bare != `{"sub":"badge-0421"}` {
		t.Errorf("openid alone: %s", bare)
	}
	for profile, tt := range map[string]struct {
		status          int
		body, challenge string
	}{
		"timesheet": {403, `{"error":"insufficient_scope","error_description":"access token missing openid scope","scope":"openid"}`, `Bearer realm="` + s.URL + `/id/acme", error="insufficient_scope", error_description="access token missing openid scope", scope="openid"`},
		"payroll":   {401, `{"error":"invalid_token","error_description":"invalid token provided"}`, `Bearer realm="` + s.URL + `/id/roe", error="invalid_token", error_description="invalid token provided"`},
		"partner":   {401, "access token invalid\n", ""},
		"clinic":    {401, `{"error":"insufficient_user_authentication","error_description":"More recent authentication is required"}`, `Bearer realm="` + s.URL + `/id/acme", error="insufficient_user_authentication", error_description="More recent authentication is required"`},
		"wallet":    {401, `{"error":"invalid_dpop_proof","error_description":"DPoP proof is missing"}`, `DPoP realm="` + s.URL + `/id/roe", error="invalid_dpop_proof", error_description="DPoP proof is missing"`},
	} {
		got := s.Get(t, profile, s.Profile(t, profile).Path+userInfo)
		if got.Status != tt.status || string(got.Body) != tt.body || got.Header.Get("Www-Authenticate") != tt.challenge {
			t.Errorf("%s: %d %s %s", profile, got.Status, got.Body, got.Header.Get("Www-Authenticate"))
		}
	}
	none := s.Get(t, "", root+"roe"+userInfo)
	if none.Object(t)["error"] != "invalid_token" || none.Header.Get("Www-Authenticate") != `DPoP realm="`+s.URL+`/id/roe", algs="ES256 Ed25519 EdDSA"` {
		t.Errorf("without a token: %s %v", none.Body, none.Header)
	}
	if got := s.Get(t, "sso", root+"acme"+userInfo); got.Status != http.StatusUnauthorized {
		t.Errorf("the token of another issuer: %d", got.Status)
	}
	c.Set(sample.ChangesAfter)
	if later := s.Get(t, "sso", root+"roe"+userInfo).Object(t); len(later["groups"].([]any)) != 3 {
		t.Errorf("groups after a while: %v", later["groups"])
	}
}

// A picture is shown to anybody.
func TestPicture(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	picture := s.Get(t, "sso", root+"roe"+userInfo).Object(t)["picture"].(string)
	if got := demotest.Ask(t, http.MethodGet, picture, ""); got.Header.Get("Content-Type") != "image/png" {
		t.Errorf("%s: %v", picture, got.Header)
	}
}
