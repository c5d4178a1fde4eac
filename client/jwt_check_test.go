package client

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"rollcall/client/account"
	"rollcall/client/redact"
)

// TestJWTOfAnyService shows that details are completed without the provider.
func TestJWTOfAnyService(t *testing.T) {
	t.Parallel()
	secret := claiming(`{"exp":1893456000,"iss":"https://id.example","aud":"api"}`)
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "Group") })
	c := newPlainClient(testNetwork(t), s.URL, func(p *Profile) { p.Credential = fixedCredential{secret: secret} })
	d := c.details(t.Context(), account.Account{User: account.User{ID: "u1"}}, c.bearer(secret, ""))
	if d.Token == nil || d.Token.Expiry.Source != "JWT, not verified" || len(d.Token.Facts) != 2 || d.Token.Name != "for "+redact.Mark {
		t.Errorf("token is %+v", d.Token)
	}
	text, err := json.Marshal(d.Token)
	if err != nil {
		t.Fatal(err)
	}
	for part := range strings.SplitSeq(secret, ".") {
		if strings.Contains(string(text), part) {
			t.Errorf("%s shows a part of the secret", text)
		}
	}
}

func TestRefusedJWTTellsItsEnd(t *testing.T) {
	const ended = " Its stated end was 2026-01-02 at 03:04 UTC."
	for _, tt := range []struct {
		status int
		exp    int64
		told   bool
	}{
		{401, epoch.Unix(), true}, {401, epoch.Unix() + 1e9, false}, {403, epoch.Unix(), false},
	} {
		n := overRoundTrip(func(*http.Request) (*http.Response, error) { return respond(tt.status, ""), nil })
		c := newPlainClient(n, "https://host.example", func(p *Profile) {
			p.Credential = fixedCredential{secret: claiming(fmt.Sprintf(`{"exp":%d}`, tt.exp))}
		})
		s := c.Check(t.Context())
		told := s.Advice(epoch.AddDate(1, 0, 0)).Explanation
		if e := s.Expiry(); strings.HasSuffix(told, ended) != tt.told || e.Kind != account.ExpiryDate || e.At.Unix() != tt.exp {
			t.Errorf("status %d, ends at %d: %s", tt.status, tt.exp, told)
		}
	}
}

// TestRefusedTokenTellsOfItself has a token tell what it says of itself although
// nobody was ever known by it; an outage takes nothing of that, and an answer all.
func TestRefusedTokenTellsOfItself(t *testing.T) {
	for claims, scopes := range map[string][]string{
		`{"exp":1893456000,"scope":"read:org user","iss":"https://id.example"}`: {"read:org", "user"},
		`{"exp":1893456000,"scp":["read:org","user"],"scope":7}`:                {"read:org", "user"},
		`{"exp":1893456000}`: nil,
	} {
		status := 401
		n := overRoundTrip(func(*http.Request) (*http.Response, error) { return respond(status, ""), nil })
		c := newPlainClient(n, "https://host.example", func(p *Profile) { p.Credential = fixedCredential{secret: claiming(claims)} })
		p := NewPoller([]*Client{c}, memory(t))
		for _, status = range []int{401, 500} {
			s := p.Once(t.Context())[0]
			token, ok := s.Token()
			if !ok || s.Account != nil || token.Kind != "JWT" || !slices.Equal(token.Scopes, scopes) || token.Expiry.At.Unix() != 1893456000 {
				t.Errorf("%s at %d: %+v, account %v", claims, status, s.Stated, s.Account)
			}
		}
	}
	// What is no token that tells of itself, and a password, say nothing.
	n := overRoundTrip(func(*http.Request) (*http.Response, error) { return respond(401, ""), nil })
	for _, username := range []string{"", "sam"} {
		secret := map[string]string{"": "kt-1", "sam": claiming(`{"exp":1893456000}`)}[username]
		c := newPlainClient(n, "https://host.example", func(p *Profile) { p.Credential, p.Username = fixedCredential{secret: secret}, username })
		if s := c.Check(t.Context()); s.Stated != nil {
			t.Errorf("user name %q: %+v", username, s.Stated)
		}
	}
}

// claiming is a JWT with claims, as JSON, and a signature of nobody.
func claiming(claims string) string {
	pack := base64.RawURLEncoding.EncodeToString
	return pack([]byte(`{"alg":"HS256"}`)) + "." + pack([]byte(claims)) + "." + pack([]byte("signature"))
}
