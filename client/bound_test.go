package client

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"rollcall/client/account"
	"rollcall/client/text"
)

// hostile is a service that piles up in every text and list what it can.
func hostile(t *testing.T) http.HandlerFunc {
	long, marks := strings.Repeat("宽", 100000), "Z"+strings.Repeat("\u0301", 100000)
	texts := make([]string, 30000)
	orgs := make([]map[string]any, 30000)
	for i := range texts {
		texts[i] = fmt.Sprint("t", i)
		orgs[i] = map[string]any{"id": texts[i]}
	}
	orgs[0] = map[string]any{"id": long, "name": marks, "sub_domain": long}
	answers := map[string]any{
		"/core/v1/users/current": map[string]any{
			"user":          map[string]any{"id": "user_1", "first_name": long, "last_name": marks, "avatar_url": "https://a.example/" + long},
			"organizations": orgs, "api_token_id": "t1",
		},
		"/core/v1/organizations/_/api_tokens": map[string]any{"api_tokens": []any{map[string]any{
			"id": "t1", "name": long, "scopes": texts, "authorized_ip_addresses": texts, "expires_at": nil,
		}}},
		"/api/v3/onezone/user": map[string]any{
			"userId": "u", "fullName": marks, "username": long, "emails": texts,
			"linkedAccounts": []any{map[string]any{
				"idp": long, "subjectId": marks, "emails": texts, "entitlements": texts, "custom": map[string]any{"a": marks},
			}},
		},
		"/api/v3/onezone/user/effective_groups":   map[string]any{"groups": []string{"g"}},
		"/api/v3/onezone/user/effective_groups/g": map[string]any{"name": long, "type": marks},
		"/refuses/core/v1/users/current": map[string]any{"error": map[string]any{
			"code": "scope_not_granted", "description": marks, "detail": map[string]any{"scopes": []string{marks, long}},
		}},
		"/nobody/core/v1/users/current": map[string]any{"user": map[string]any{"id": long}},
	}
	return func(w http.ResponseWriter, r *http.Request) {
		for range 5000 {
			w.Header().Add("X-RateLimit-Limit", "1")
		}
		w.Header().Set("X-RateLimit-Remaining", "1")
		w.Header().Set("X-RateLimit-Name", strings.Repeat("n", 50000))
		if strings.HasPrefix(r.URL.Path, "/refuses") {
			w.WriteHeader(403)
		}
		if err := json.NewEncoder(w).Encode(answers[r.URL.Path]); err != nil {
			t.Error(err)
		}
	}
}

func TestWhatAServicePilesUpIsBounded(t *testing.T) {
	s := serve(t, hostile(t))
	n := testNetwork(t)
	var clients []*Client
	for _, p := range []Profile{
		{Name: "katapult", Provider: "katapult", BaseURL: s.URL},
		{Name: "onezone", Provider: "onezone", BaseURL: s.URL},
		{Name: "refuses", Provider: "katapult", BaseURL: s.URL + "/refuses"},
		{Name: "nobody", Provider: "katapult", BaseURL: s.URL + "/nobody"},
	} {
		p.Credential = fixedCredential{secret: plainSecret}
		clients = append(clients, New(p, n))
	}
	dir := t.TempDir()
	store := open(t, dir)
	all := NewPoller(clients, store).Once(t.Context())
	closeStore(t, store)
	if got := brief(all); got != "healthy healthy scope_missing bad_response" {
		t.Errorf("they are %s", got)
	}
	for _, s := range all {
		s.MapText(func(words string) string {
			if n := utf8.RuneCountInString(words); n > (4 << 10) {
				t.Errorf("%s: a text has %d characters: %.60q…", s.Profile, n, words)
			}
			if text.BoundMarks(words) != words {
				t.Errorf("%s: a text has too many marks: %.60q…", s.Profile, words)
			}
			return words
		})
		if n := len(s.History[0].Exchange.Response); n > 60+1 {
			t.Errorf("%s: %d headers are kept", s.Profile, n)
		}
	}
	if n := utf8.RuneCountInString(all[2].Health.Explanation + all[2].Health.Description); n > 2000 {
		t.Errorf("the refusal is explained with %d characters", n)
	}
	a := all[0].Account
	for _, text := range []string{a.User.FullName, a.User.FirstName, a.Organizations[0].ID, a.Organizations[0].Name, a.Token.Name, all[0].RateLimit.Name} {
		if n := utf8.RuneCountInString(text); n > 500+1 || !strings.Contains(text, "…") {
			t.Errorf("a name has %d characters", n)
		}
	}
	if len(a.Organizations) != account.MaxListed || a.CountOrganizations() != 30000 || len(a.Token.Scopes) != 2000 || len(a.Token.Networks) != 2000 || a.User.AvatarURL != "" {
		t.Errorf("%d organizations, %d scopes, %d networks, the picture %.30q",
			len(a.Organizations), len(a.Token.Scopes), len(a.Token.Networks), a.User.AvatarURL)
	}
	if got := all[0].Notes.String(); got != "The service told of 30000 organizations, of which the first 2000 are kept. "+
		"The service told of 30000 scopes, of which the first 2000 are kept. The service told of 30000 networks, of which the first 2000 are kept." {
		t.Errorf("the notes are %s", got)
	}
	l := all[1].Account.LinkedAccounts[0]
	if len(l.Entitlements) != 2000 || !json.Valid([]byte(l.Custom)) {
		t.Errorf("%d entitlements, %.30q", len(l.Entitlements), l.Custom)
	}
	if got := all[3].Health.Explanation; got != "The answer names the user by an id of 300000 bytes." {
		t.Errorf("of a long id: %.200s", got)
	}
	if info, err := os.Stat(filepath.Join(dir, "rollcall.db")); err != nil || info.Size() > int64(len(clients)*(512<<10)) {
		t.Errorf("the state has %d bytes, %v", info.Size(), err)
	}
}

// An administrator may well belong to thousands of organizations, whom nobody looks at.
func TestOfManyOrganizationsTheFirstAreKept(t *testing.T) {
	const many = 10000
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		var orgs []string
		for i := range many {
			orgs = append(orgs, fmt.Sprintf(`{"id":"org_%016d","name":"Otters of the river no. %d","sub_domain":"otters-%d"}`, i, i, i))
		}
		fmt.Fprintf(w, `{"user":{"id":"user_1"},"organizations":[%s]}`, strings.Join(orgs, ","))
	})
	p := Profile{Name: "work", Provider: "katapult", BaseURL: s.URL, Credential: fixedCredential{secret: plainSecret}}
	got := New(p, testNetwork(t)).Check(t.Context())
	if a := got.Account; a == nil || len(a.Organizations) != account.MaxListed || a.Organizations[account.MaxListed-1].SubDomain != "otters-1999" ||
		a.CountOrganizations() != many || len(got.Notes) != 1 {
		t.Errorf("it is %s, with notes %v", got.Health.State, got.Notes)
	}
}
