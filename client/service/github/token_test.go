package github

import (
	"encoding/base64"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
)

// The forms are those of github.blog ("Behind GitHub's new authentication token
// formats") and of docs.github.com; all of these tokens are worth nothing.
func TestKinds(t *testing.T) {
	part := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"RS256"}`))
	for secret, want := range map[string]string{
		"ghp_" + strings.Repeat("0", 36):          "classic personal access token",
		"github_pat_" + strings.Repeat("0", 82):   "fine-grained personal access token",
		"gho_" + strings.Repeat("0", 36):          "OAuth app token",
		"ghu_" + strings.Repeat("0", 36):          "app user token",
		"ghs_" + strings.Repeat("0", 36):          "installation token",
		"ghr_" + strings.Repeat("0", 76):          "refresh token",
		strings.Repeat("0a", 20):                  "personal or OAuth token of the old form",
		"v1." + strings.Repeat("0a", 20):          "installation token of the old form",
		part + "." + part + ".c2ln":               "JSON Web Token of an app",
		"hunter2":                                 "",
		strings.ToUpper(strings.Repeat("0a", 20)): "",
		strings.Repeat("0a", 21):                  "",
	} {
		if got := kindOf(secret).word; got != want {
			t.Errorf("%s is %q, want %q", secret, got, want)
		}
		stated := Service{}.Stated(secret)
		if (stated != nil) != (want != "") || stated != nil && stated.Kind != want {
			t.Errorf("%s states %+v", secret, stated)
		}
	}
}

func TestEndOfAToken(t *testing.T) {
	const personal, installation = "ghp_0", "ghs_0"
	noon := account.Expiry{Kind: account.ExpiryDate, At: time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC), Source: "header"}
	for _, tt := range []struct {
		secret, told string
		want         account.Expiry
	}{
		{personal, "2026-06-30 12:00:00 UTC", noon},
		{personal, "2026-06-30 14:00:00 +0200", noon},
		{personal, "2026-06-30 12:00:00 GMT", noon},
		{installation, "2026-06-30 12:00:00 UTC", noon},
		// Go reads any name of a zone as one without a difference.
		{personal, "2026-06-30 14:00:00 CEST", account.Expiry{}},
		{personal, "2026-06-31 14:00:00 UTC", account.Expiry{}},
		{personal, "soon", account.Expiry{}},
		{personal, "", account.Expiry{Kind: account.ExpiryNever, Source: "header"}},
		{installation, "", account.Expiry{}},
		{strings.Repeat("0a", 20), "", account.Expiry{}},
	} {
		h := http.Header{}
		if tt.told != "" {
			h.Set("GitHub-Authentication-Token-Expiration", tt.told)
		}
		if got := kindOf(tt.secret).expiry(h); got != tt.want {
			t.Errorf("%s, %q: %+v", tt.secret, tt.told, got)
		}
	}
}

func TestScopes(t *testing.T) {
	for _, tt := range []struct {
		header http.Header
		scopes []string
		words  string
	}{
		{http.Header{"X-Oauth-Scopes": {"repo, read:org"}}, []string{"repo", "read:org"}, "read and change all repositories, see organizations and teams"},
		{http.Header{"X-Oauth-Scopes": {""}}, []string{}, "see what is public"},
		{http.Header{"X-Oauth-Scopes": {"moon:read", "gist"}}, []string{"moon:read", "gist"}, "moon:read, write gists"},
		{http.Header{}, nil, "see what is public"},
	} {
		got := scopesOf(tt.header)
		if !reflect.DeepEqual(got, tt.scopes) || scopesInWords(got) != tt.words {
			t.Errorf("%v: %v, %s", tt.header, got, scopesInWords(got))
		}
	}
}
