package gitlab

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/gitlab/gitlabtest"
	"rollcall/client/service/servicetest"
)

// at is when all answers came.
var at = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

// told answers requests by their paths, without the number of a page's rows. What it
// does not know fails.
type told map[string]service.Answer

func (all told) ask(_ context.Context, r service.Request) (service.Answer, error) {
	path := strings.NewReplacer("?per_page=100&", "?", "?per_page=100", "").Replace(r.Path)
	a, ok := all[path]
	if !ok {
		return service.Answer{}, errors.New("the line is dead")
	}
	if a.Status == 0 {
		a.Status = 200
	}
	a.At = at
	return a, nil
}

func page(body string) service.Answer { return service.Answer{Body: []byte(body)} }

// refuse is a refusal that ends with what it says.
func refuse(status int, body string) service.Answer {
	return service.Answer{Status: status, Body: []byte(body)}
}

const (
	self         = "/personal_access_tokens/self"
	associations = self + "/associations?min_access_level=10"
	unauthorized = `{"message":"401 Unauthorized"}`
	tooLittle    = `{"error":"insufficient_scope","scope":"api read_api"}`
	// The shape is that of the page "Personal access tokens API", in which the levels
	// of groups are numbers and those of projects objects.
	reached = `{"groups":[{"id":1,"web_url":"https://gitlab.example/groups/otter","name":"Otter","parent_id":null,"organization_id":1,"access_levels":50,"visibility":"public"},
		{"id":2,"web_url":"https://gitlab.example/groups/otter/core","name":"Core","parent_id":1,"access_levels":50},
		{"id":3,"web_url":"https://gitlab.example/groups/otter/moon","name":"Moon","parent_id":1,"access_levels":7}],
		"projects":[{"id":9,"name":"x","access_levels":{"project_access_level":30,"group_access_level":null}}]}`
)

func asked(secret string) service.Asked {
	q := servicetest.AskedWith(secret, false)
	q.Address, _ = Service{}.Address("https://example.org/git", nil)
	return q
}

func TestGitLabDetails(t *testing.T) {
	all := told{
		self: page(gitlabtest.Record), associations: page(reached), "/user": page(gitlabtest.Good),
		"/user/emails": page(`[{"id":1,"email":"okafor@acme.example","confirmed_at":"2021-03-26T19:07:56.248Z"},{"id":2,"email":"typo@acme.example","confirmed_at":null},{"id":3,"email":"mira@otter.example","confirmed_at":"2021-03-26T19:07:56.248Z"}]`),
	}
	known := account.Token{Kind: "personal access token"}
	got := Service{}.Details(t.Context(), all.ask, asked(personal), account.Account{Token: known})
	want := service.Details{
		Organizations: []account.Organization{
			{ID: "1", Name: "Otter", SubDomain: "otter", Role: "owner", URL: "https://gitlab.example/groups/otter"},
			{ID: "3", Name: "Moon", SubDomain: "otter/moon", Role: "level 7", URL: "https://gitlab.example/groups/otter/moon"},
		},
		Emails: []string{"mira@otter.example", "okafor@acme.example"},
		Token: &account.Token{
			ID: "77", Name: "rollcall", Kind: "personal access token", Scopes: []string{"read_user", "read_api"},
			Expiry: account.Expiry{Kind: account.ExpiryDate, At: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC), Source: "token record"},
			Facts: []account.Fact{
				{Name: "may", Value: "read the profile, read all that the user can", Source: "token record"},
				{Name: "last used", Value: "2026-01-02", Source: "token record"}, {Name: "made", Value: "2026-01-01", Source: "token record"},
			},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\n token %+v\nwant %+v\n token %+v", got, got.Token, want, want.Token)
	}
}

func TestGitLabRecord(t *testing.T) {
	for body, want := range map[string]struct {
		expiry account.ExpiryKind
		facts  string
	}{
		`{"id":1,"expires_at":null,"active":true}`:                       {account.ExpiryNever, ""},
		`{"id":1,"expires_at":"2026-12-31","active":false}`:              {account.ExpiryDate, "active no"},
		`{"id":1,"expires_at":"soon","revoked":true,"active":false}`:     {account.ExpiryUnknown, "revoked yes"},
		`{"id":1,"expires_at":"2026-12-31","active":null,"scopes":null}`: {account.ExpiryDate, ""},
	} {
		all := told{self: page(body)}
		r := reader{ctx: t.Context(), ask: all.ask, q: asked(personal)}
		got := r.token(account.Token{})
		if got == nil || got.Expiry.KindOrUnknown() != want.expiry || got.Scopes == nil {
			t.Fatalf("%s: %+v", body, got)
		}
		var facts []string
		for _, f := range got.Facts {
			facts = append(facts, f.Name+" "+f.Value)
		}
		if strings.Join(facts, ", ") != want.facts {
			t.Errorf("%s: %q", body, facts)
		}
	}
}

// A record that a server does not tell is no harm, whatever the refusal.
func TestGitLabWithoutARecord(t *testing.T) {
	for status, body := range map[int]string{401: unauthorized, 403: tooLittle, 404: `{"error":"404 Not Found"}`} {
		all := told{self: refuse(status, body), associations: page(`{"groups":[]}`), "/user": page(gitlabtest.Good), "/user/emails": page(`[]`)}
		got := Service{}.Details(t.Context(), all.ask, asked(personal), account.Account{})
		if got.Token != nil || got.Organizations == nil || len(got.Emails) != 1 ||
			got.Notes.String() != "The token's own record could not be read: this GitLab tells no token of itself, as those before 15.5 do not." {
			t.Errorf("%d: %+v, %q", status, got, got.Notes.String())
		}
	}
}

// The shape of what a server tells of a token of OAuth is that of the page "OAuth 2.0
// identity provider API".
func TestGitLabOAuth(t *testing.T) {
	groups := `[{"id":1,"name":"Otter","full_name":"Otter","full_path":"otter","web_url":"https://gitlab.example/groups/otter","parent_id":null},
		{"id":2,"name":"Acme","full_name":"Acme / Core","full_path":"acme/core","web_url":"https://gitlab.example/groups/acme/core","parent_id":8}]`
	all := told{
		"https://example.org/git/oauth/token/info": page(`{"resource_owner_id":4201,"scope":["read_user","read_api"],"expires_in":7200,"application":{"uid":"1cb242f495280beb4291e64bee2a17f330902e499882fe8e1e2aa875519cab33"},"created_at":1575890427}`),
		"/groups?min_access_level=10":              page(groups), "/groups?min_access_level=50": page(`[{"id":1}]`), "/groups?min_access_level=40": page(`[{"id":1}]`),
		"/groups?min_access_level=30": page(`[{"id":1},{"id":2}]`), "/user": page(gitlabtest.Good), "/user/emails": page(`[]`),
	}
	got := Service{}.Details(t.Context(), all.ask, asked(oauth), account.Account{Token: account.Token{Kind: oauthWord}})
	if got.Token == nil || got.Token.Expiry.At != at.Add(2*time.Hour) || got.Token.Kind != oauthWord || !slices.Equal(got.Token.Scopes, []string{"read_user", "read_api"}) || got.Notes != nil {
		t.Errorf("token = %+v, notes = %q", got.Token, got.Notes.String())
	}
	want := []account.Organization{
		{ID: "1", Name: "Otter", SubDomain: "otter", Role: "owner", URL: "https://gitlab.example/groups/otter"},
		{ID: "2", Name: "Acme / Core", SubDomain: "acme/core", Role: "developer", URL: "https://gitlab.example/groups/acme/core"},
	}
	if !reflect.DeepEqual(got.Organizations, want) {
		t.Errorf("groups = %+v", got.Organizations)
	}
	// Where a level is not told, the rest stays without.
	delete(all, "/groups?min_access_level=40")
	all["https://example.org/git/oauth/token/info"] = refuse(401, unauthorized)
	got = Service{}.Details(t.Context(), all.ask, asked(oauth), account.Account{})
	if len(got.Organizations) != 2 || got.Organizations[0].Role != "owner" || got.Organizations[1].Role != "" || got.Token != nil || len(got.Notes) != 1 {
		t.Errorf("%+v", got)
	}
}

func TestGitLabDetailsThatAreRefused(t *testing.T) {
	all := told{self: page(gitlabtest.Record), associations: refuse(404, `{"error":"404 Not Found"}`), "/groups?min_access_level=10": refuse(403, tooLittle), "/user": refuse(403, tooLittle)}
	got := Service{}.Details(t.Context(), all.ask, asked(personal), account.Account{})
	if got.Token == nil || got.Organizations != nil || got.Emails != nil || got.Notes.String() != "The token's scopes do not allow its groups to be read (read_api)." {
		t.Errorf("%+v, %q", got, got.Notes.String())
	}
	got = Service{}.Details(t.Context(), told{}.ask, asked(personal), account.Account{})
	if got.Token != nil || got.Organizations != nil || len(got.Notes) != 2 {
		t.Errorf("%+v, %q", got, got.Notes.String())
	}
}
