package gitea

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/servicetest"
)

// The answers of Gitea 1.26.0, with other names in them: an address in the list of
// /user/emails has neither id nor name of its user.
const (
	emails = `[{"email":"mira@home.example","verified":false,"primary":false,"user_id":0,"username":""},
		{"email":"mira@otter.example","verified":true,"primary":true,"user_id":0,"username":""}]`
	otter = `{"id":7,"name":"otter-labs","full_name":"Otter Labs","email":"","avatar_url":"https://git.example/avatars/7","description":"","website":"","location":"","visibility":"public","repo_admin_change_team_access":false,"username":"otter-labs"}`
	quiet = `{"id":9,"name":"quiet","full_name":"","visibility":"private","username":"quiet"}`
	teams = `[{"id":1,"name":"Readers","permission":"read","organization":` + otter + `},
		{"id":2,"name":"Owners","permission":"owner","organization":` + otter + `},
		{"id":3,"name":"Some","permission":"none","units_map":{"repo.code":"read","repo.issues":"write","repo.wiki":"none"},"organization":` + quiet + `},
		{"id":4,"name":"None","permission":"none","units_map":{},"organization":` + quiet + `}]`
	lacksOrganization = `{"message":"token does not have at least one of required scope(s), required=[read:user read:organization], token scope=read:user"}`
	lacksAdmin        = `{"message":"token does not have at least one of required scope(s), required=[read:admin], token scope=read:organization,read:user"}`
	notAnAdmin        = `{"message":"user should be the site admin","url":"https://git.example/api/swagger"}`
)

// gitea answers by path, and remembers what it was asked for. A body that is no list is a
// refusal.
func gitea(t *testing.T, asked *[]string, answers map[string]string) service.Ask {
	return func(_ context.Context, r service.Request) (service.Answer, error) {
		u, err := url.Parse(r.Path)
		if err != nil {
			t.Fatal(err)
		}
		key := strings.TrimSuffix(u.Path+" "+u.Query().Get("page"), " ")
		*asked = append(*asked, key)
		body, ok := answers[key]
		if !ok {
			return service.Answer{}, errors.New("nothing there")
		}
		status := 200
		if !strings.HasPrefix(body, "[") {
			status = 403
		}
		return service.Answer{Status: status, Body: []byte(body), Header: http.Header{}}, nil
	}
}

func TestDetails(t *testing.T) {
	both := []account.Organization{
		{ID: "7", Name: "Otter Labs", SubDomain: "otter-labs", Role: "owner", URL: "https://git.example/otter-labs"},
		{ID: "9", Name: "quiet", Role: "write", URL: "https://git.example/quiet"},
	}
	withoutRoles := []account.Organization{both[0], both[1]}
	withoutRoles[0].Role, withoutRoles[1].Role = "", ""
	sorted := []string{"mira@otter.example", "mira@home.example"}
	for _, tt := range []struct {
		name    string
		known   account.Token
		basic   bool
		answers map[string]string

		asked  string
		emails []string
		orgs   []account.Organization
		scopes []string
		notes  string
	}{
		{name: "all of it", answers: map[string]string{"/user/emails": emails, "/user/teams 1": teams, "/user/orgs 1": "[" + otter + "," + quiet + "]", "/admin/cron": lacksAdmin},
			asked: "/user/emails,/user/teams 1,/user/orgs 1,/admin/cron", emails: sorted, orgs: both, scopes: []string{"read:organization", "read:user"}},
		{name: "only read:user", answers: map[string]string{"/user/emails": emails, "/user/teams 1": teams, "/user/orgs 1": lacksOrganization},
			asked: "/user/emails,/user/teams 1,/user/orgs 1", emails: sorted, orgs: both, scopes: []string{"read:user"}},
		{name: "neither list", answers: map[string]string{"/user/emails": emails, "/user/teams 1": lacksOrganization, "/user/orgs 1": lacksOrganization},
			asked: "/user/emails,/user/teams 1,/user/orgs 1", emails: sorted, scopes: []string{"read:user"}, notes: "read (read:organization)"},
		{name: "no teams", answers: map[string]string{"/user/emails": emails, "/user/teams 1": notAnAdmin, "/user/orgs 1": "[" + otter + "," + quiet + "]", "/admin/cron": lacksAdmin},
			asked: "/user/emails,/user/teams 1,/user/orgs 1,/admin/cron", emails: sorted, orgs: withoutRoles, scopes: []string{"read:organization", "read:user"}, notes: "The teams could not be read"},
		{name: "scopes are known", known: account.Token{Scopes: []string{"all"}}, answers: map[string]string{"/user/emails": "[]", "/user/teams 1": "[]", "/user/orgs 1": "[]"},
			asked: "/user/emails,/user/teams 1,/user/orgs 1", emails: []string{}, orgs: []account.Organization{}, scopes: []string{"all"}},
		{name: "may see everything", answers: map[string]string{"/user/emails": "[]", "/user/teams 1": "[]", "/user/orgs 1": "[]", "/admin/cron": notAnAdmin},
			asked: "/user/emails,/user/teams 1,/user/orgs 1,/admin/cron", emails: []string{}, orgs: []account.Organization{}},
		{name: "a password", basic: true, answers: map[string]string{"/user/emails": "[]", "/user/teams 1": "[]", "/user/orgs 1": "[]"},
			asked: "/user/emails,/user/teams 1,/user/orgs 1", emails: []string{}, orgs: []account.Organization{}},
		{name: "nothing answers", asked: "/user/emails,/user/teams 1,/user/orgs 1,/admin/cron", notes: "The e-mail addresses could not be read: nothing there."},
		{name: "nonsense", answers: map[string]string{"/user/emails": "[5]", "/user/teams 1": "[", "/user/orgs 1": `[{"id":"x"}]`, "/admin/cron": "[]"},
			asked: "/user/emails,/user/teams 1,/user/orgs 1,/admin/cron", notes: "In the answer, id is text"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var asked []string
			q := servicetest.AskedWith("secret", tt.basic)
			q.Base = "https://git.example"
			d := Service{}.Details(t.Context(), gitea(t, &asked, tt.answers), q, account.Account{Token: tt.known})
			if got := strings.Join(asked, ","); got != tt.asked {
				t.Errorf("asked %s, want %s", got, tt.asked)
			}
			if !reflect.DeepEqual(d.Emails, tt.emails) || !reflect.DeepEqual(d.Organizations, tt.orgs) || d.LinkedAccounts != nil {
				t.Errorf("emails %v, organizations %+v", d.Emails, d.Organizations)
			}
			var scopes []string
			if d.Token != nil {
				scopes = d.Token.Scopes
			}
			if !reflect.DeepEqual(scopes, tt.scopes) {
				t.Errorf("scopes %v", scopes)
			}
			if !strings.Contains(d.Notes.String(), tt.notes) || (d.Notes == nil) != (tt.notes == "") {
				t.Errorf("notes = %q, want %q", d.Notes.String(), tt.notes)
			}
		})
	}
}

// Lists come in pages of whatever size the installation gives.
func TestPages(t *testing.T) {
	for _, tt := range []struct {
		size, all int
		counted   bool
		requests  int
	}{
		{50, 0, true, 1}, {50, 50, true, 1}, {50, 50, false, 2}, {50, 70, true, 2}, {50, 70, false, 2},
		{20, 70, true, 4}, {20, 70, false, 1}, {1, 100, true, maxPages},
	} {
		requests := 0
		ask := func(_ context.Context, r service.Request) (service.Answer, error) {
			requests++
			u, err := url.Parse(r.Path)
			if err != nil || u.Query().Get("limit") != "50" || u.Query().Get("page") != fmt.Sprint(requests) {
				t.Errorf("asked for %s", r.Path)
			}
			rows := max(0, min(tt.size, tt.all-(requests-1)*tt.size))
			a := service.Answer{Status: 200, Header: http.Header{}, Body: []byte("[" + strings.TrimSuffix(strings.Repeat(otter+",", rows), ",") + "]")}
			if tt.counted {
				a.Header.Set("X-Total-Count", fmt.Sprint(tt.all))
			}
			return a, nil
		}
		all, more, err := pages[organization](t.Context(), &asking{ask: ask}, "/user/orgs")
		if err != nil || requests != tt.requests || (more > 0) != (all.Told < tt.all && tt.counted) {
			t.Errorf("%+v: %d of them with %d requests, more %d, %v", tt, all.Told, requests, more, err)
		}
	}
}

func FuzzDetails(f *testing.F) {
	f.Add([]byte(teams), []byte(`[`+otter+`]`), 200)
	f.Add([]byte(lacksOrganization), []byte(lacksAdmin), 403)
	f.Add([]byte("[null]"), []byte("{}"), 200)
	f.Fuzz(func(t *testing.T, one, other []byte, status int) {
		n := 0
		ask := func(context.Context, service.Request) (service.Answer, error) {
			n++
			body := one
			if n%2 == 0 {
				body = other
			}
			return service.Answer{Status: status, Body: body}, nil
		}
		d := Service{}.Details(t.Context(), ask, servicetest.Asked(false), account.Account{})
		if n > 2*maxPages+2 {
			t.Errorf("%d requests", n)
		}
		for _, o := range d.Organizations {
			if o.ID == "" {
				t.Errorf("an organization without an id: %+v", o)
			}
		}
	})
}
