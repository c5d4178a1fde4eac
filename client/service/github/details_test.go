package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/servicetest"
)

// told answers requests by their paths, without what follows the question mark on
// first pages. What it does not know fails.
type told map[string]service.Answer

func (all told) ask(_ context.Context, r service.Request) (service.Answer, error) {
	if r.Bucket != core || !r.Conditional && r.Path != "/rate_limit" {
		return service.Answer{}, fmt.Errorf("asked as %+v", r)
	}
	path, _ := strings.CutSuffix(r.Path, "?per_page=100")
	a, ok := all[path]
	if !ok {
		return service.Answer{}, errors.New("the line is dead")
	}
	if a.Status == 0 {
		a.Status = 200
	}
	a.URL = "https://api.github.com" + path
	return a, nil
}

func page(body string) service.Answer { return service.Answer{Body: []byte(body)} }

func refuse(status int, message string, header http.Header) service.Answer {
	return service.Answer{Status: status, Header: header, Body: []byte(`{"message":"` + message + `"}`)}
}

const (
	memberships = `[{"state":"active","role":"billing_manager","organization":{"login":"otter-labs","id":1},"user":null},
		{"state":"pending","role":"member","organization":{"login":"acme","id":2}}]`
	emails = `[{"email":"old@otter.example","primary":false,"verified":true,"visibility":null},{"email":"typo@otter.example","primary":false,"verified":false},
		{"email":"mira@otter.example","primary":true,"verified":true,"visibility":"private"}]`
	social = `[{"provider":"mastodon","url":"https://social.example/@mira"},{"provider":"generic","url":"https://mira.example"}]`
)

// asked is a profile of github.com.
func asked() service.Asked {
	q := servicetest.Asked(false)
	q.Address, _ = Service{}.Address("", nil)
	return q
}

func TestGitHubDetails(t *testing.T) {
	all := told{"/user/memberships/orgs": page(memberships), "/user/emails": page(emails), "/user/social_accounts": page(social)}
	got := Service{}.Details(t.Context(), all.ask, asked(), account.Account{})
	want := service.Details{
		Organizations: []account.Organization{
			{ID: "1", Name: "otter-labs", Role: "billing manager", URL: "https://github.com/otter-labs"},
			{ID: "2", Name: "acme", Role: "member", Access: account.AccessPending, URL: "https://github.com/acme"},
		},
		Emails:         []string{"mira@otter.example", "old@otter.example"},
		LinkedAccounts: []account.LinkedAccount{{IDP: "mastodon", SubjectID: "https://social.example/@mira"}, {IDP: "generic", SubjectID: "https://mira.example"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

// The header with the organizations that a list leaves out is that of the page
// "Authenticating to the REST API".
func TestGitHubSingleSignOn(t *testing.T) {
	list := page(memberships)
	list.Header = http.Header{"X-Github-Sso": {"partial-results; organizations=2,21955855,20582480"}}
	all := told{"/user/memberships/orgs": list, "/user/emails": page(emails), "/user/social_accounts": page(social)}
	known := account.Account{Organizations: []account.Organization{{ID: "20582480", Name: "globex", Role: "admin"}}}
	got := Service{}.Details(t.Context(), all.ask, asked(), known).Organizations
	if len(got) != 4 || got[0].Access != "" || got[1] != (account.Organization{ID: "2", Name: "acme", Role: "member", Access: account.AccessSSORequired, URL: "https://github.com/acme"}) ||
		got[2] != (account.Organization{ID: "21955855", Access: account.AccessSSORequired}) ||
		got[3] != (account.Organization{ID: "20582480", Name: "globex", Role: "admin", Access: account.AccessSSORequired}) {
		t.Errorf("organizations = %+v", got)
	}
	for header, want := range map[string][]string{
		"partial-results; organizations=1, 2; x": {"1", "2"}, "partial-results": nil, "partial-results; x": nil, "required; url=x": nil, "": nil,
	} {
		if got := behindSignOn(header); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %q", header, got)
		}
	}
}

func TestGitHubDetailsThatAreRefused(t *testing.T) {
	classic := http.Header{"X-Oauth-Scopes": {"gist"}, "X-Accepted-Oauth-Scopes": {"admin:org, read:org"}}
	const fine = "Resource not accessible by personal access token"
	for _, tt := range []struct {
		name          string
		all           told
		organizations bool
		notes         []string
	}{
		{"roles, but not who", told{
			"/user/memberships/orgs": refuse(403, "Forbidden", classic), "/user/orgs": page(`[{"login":"otter-labs","id":1,"description":null}]`),
		}, true, []string{"The token's scopes do not allow its memberships to be read (read:org)."}},
		{"classic without scopes", told{
			"/user/memberships/orgs": refuse(403, "Forbidden", classic), "/user/orgs": refuse(403, "Forbidden", classic),
			"/user/emails": refuse(404, "Not Found", http.Header{"X-Oauth-Scopes": {"gist"}}),
		}, false, []string{"The token's scopes do not allow its organizations to be read (read:org).", "The token's scopes do not allow its e-mail addresses to be read (user:email)."}},
		{"fine-grained without permissions", told{
			"/user/memberships/orgs": refuse(403, fine, nil), "/user/orgs": refuse(403, fine, nil),
			"/user/emails": refuse(403, fine, http.Header{"X-Accepted-Github-Permissions": {"emails=read"}}),
		}, false, []string{"The organizations could not be read: the token lacks a permission for it.", "The e-mail addresses could not be read: the token lacks the permission to read emails."}},
		{"an app for its user", told{
			"/user/memberships/orgs": page(`[]`), "/user/emails": refuse(403, "Resource not accessible by integration", nil),
		}, true, []string{"The e-mail addresses could not be read: the token lacks a permission for it."}},
		{"a limit", told{
			"/user/memberships/orgs": refuse(403, "You have exceeded a secondary rate limit.", nil), "/user/orgs": page(`[]`), "/user/emails": page(`{}`),
		}, true, []string{
			"The memberships could not be read: the service answered with status 403.",
			"The e-mail addresses could not be read: The answer is an object where a list was promised.",
		}},
		{"no line", told{}, false, []string{"The organizations could not be read: the line is dead.", "The e-mail addresses could not be read: the line is dead.", "The social accounts could not be read: the line is dead."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if len(tt.all) > 0 {
				tt.all["/user/social_accounts"] = page(`[]`)
				if _, ok := tt.all["/user/emails"]; !ok {
					tt.all["/user/emails"] = page(`[]`)
				}
			}
			got := Service{}.Details(t.Context(), tt.all.ask, asked(), account.Account{})
			if (got.Organizations != nil) != tt.organizations || !slices.Equal(got.Notes.Texts(), tt.notes) {
				t.Errorf("organizations %+v, notes %q", got.Organizations, got.Notes.Texts())
			}
		})
	}
}

func TestGitHubPages(t *testing.T) {
	list := func(id int, next string) service.Answer {
		a := page(fmt.Sprintf(`[{"state":"active","role":"member","organization":{"login":"o%d","id":%d}}]`, id, id))
		if next != "" {
			a.Header = http.Header{"Link": {`<https://api.github.com/x?page=1>; rel="prev", <https://api.github.com/user/memberships/orgs?page=` + next + `>; rel="next"`}}
		}
		return a
	}
	all := told{"/user/memberships/orgs": list(1, "2"), "/user/emails": page(`[]`), "/user/social_accounts": page(`[]`)}
	for i := 2; i <= 3; i++ {
		next := fmt.Sprint(i + 1)
		if i == 3 {
			next = ""
		}
		all[fmt.Sprint("https://api.github.com/user/memberships/orgs?page=", i)] = list(i, next)
	}
	if got := (Service{}).Details(t.Context(), all.ask, asked(), account.Account{}); len(got.Organizations) != 3 || got.Notes != nil {
		t.Errorf("%+v", got)
	}
	// A list that never ends does not go on for ever.
	all["https://api.github.com/user/memberships/orgs?page=3"] = list(3, "2")
	got := Service{}.Details(t.Context(), all.ask, asked(), account.Account{})
	if len(got.Organizations) != maxPages || got.Notes.String() != "The rest of the memberships was not found with 10 requests, and no more were sent." {
		t.Errorf("%d organizations, %q", len(got.Organizations), got.Notes.String())
	}
}

// The shape is that of the description; a bucket that nobody has used says nothing.
func TestGitHubBudgets(t *testing.T) {
	all := told{"/user/memberships/orgs": page(`[]`), "/user/emails": page(`[]`), "/user/social_accounts": page(`[]`), "/rate_limit": page(`{"resources":{
		"core":{"limit":5000,"used":12,"remaining":4988,"reset":1767327600},"search":{"limit":30,"used":0,"remaining":30,"reset":1767327600},
		"graphql":{"limit":5000,"used":4999,"remaining":1,"reset":1767327600},"moon":{"limit":7,"used":7,"remaining":0,"reset":1767327000},"odd":5},
		"rate":{"limit":5000,"used":12,"remaining":4988,"reset":1767327600}}`)}
	got := Service{}.Details(t.Context(), all.ask, asked(), account.Account{}).Rates
	if len(got) != 2 || got[0].Name != "graphql" || *got[0].Remaining != 1 || *got[0].Limit != 5000 || got[0].ResetAt.Unix() != 1767327600 || got[1].Name != "moon" || !got[1].Spent() {
		t.Errorf("budgets = %+v", got)
	}
	// A server without limits has no such page.
	all["/rate_limit"] = refuse(404, "Rate limiting is not enabled.", nil)
	if got := (Service{}).Details(t.Context(), all.ask, asked(), account.Account{}); got.Rates != nil || got.Notes != nil {
		t.Errorf("%+v", got)
	}
}
