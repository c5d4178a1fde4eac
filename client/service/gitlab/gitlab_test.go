package gitlab

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/ratelimit"
	"rollcall/client/service"
	"rollcall/client/service/gitlab/gitlabtest"
	"rollcall/client/service/servicetest"
)

// The forms of tokens, all worth nothing. oauth is one of OAuth.
var (
	personal = "glpat-" + strings.Repeat("0", 20)
	oauth    = strings.Repeat("0a", 32)
)

func TestGitLabAccount(t *testing.T) {
	acc, d := read(service.Answer{Status: 200, Body: []byte(gitlabtest.Good)}, servicetest.AskedWith(personal, false))
	want := &account.Account{
		User: account.User{
			ID: "4201", FullName: "Mira Okafor", Username: "mokafor", AvatarURL: "https://gitlab.example/u.png", URL: "https://gitlab.example/mokafor",
			Emails: []string{"mira@otter.example"}, CreatedAt: time.Date(2020, 5, 6, 7, 8, 9, 123e6, time.UTC),
		},
		LinkedAccounts: []account.LinkedAccount{{IDP: "github", SubjectID: "90210417"}, {IDP: "group_saml", SubjectID: "mira"}},
		Token:          account.Token{Kind: "personal access token"},
	}
	if d != (account.Diagnosis{State: account.Healthy}) || !reflect.DeepEqual(acc, want) {
		t.Errorf("got %+v, %+v\nwant %+v", acc, d, want)
	}
}

func TestGitLabTolerates(t *testing.T) {
	for name, body := range map[string]string{
		"nothing but the id": `{"id":7}`,
		"nulls":              `{"id":7,"username":null,"name":null,"state":null,"avatar_url":null,"identities":null,"bot":null}`,
		"wrong types":        `{"id":7,"name":[],"state":5,"identities":{},"bot":"yes","email":{}}`,
		"a nameless origin":  `{"id":7,"identities":[{"provider":null,"extern_uid":"x"},null]}`,
	} {
		acc, d := read(service.Answer{Status: 200, Body: []byte(body)}, servicetest.Asked(false))
		if d.State != account.Healthy || !reflect.DeepEqual(acc, &account.Account{User: account.User{ID: "7"}}) {
			t.Errorf("%s: %+v, %+v", name, acc, d)
		}
	}
}

// Project and group access tokens belong to users who are none.
func TestGitLabBot(t *testing.T) {
	acc, _ := read(service.Answer{Status: 200, Body: []byte(`{"id":7,"username":"project_12_bot_1","bot":true}`)}, servicetest.AskedWith(personal, false))
	if acc == nil || acc.Token.Kind != "project or group access token" {
		t.Errorf("%+v", acc)
	}
}

// A token is shown in the header that GitLab takes it in: OAuth in the usual one
// alone, access tokens in both (lib/gitlab/auth/auth_finders.rb).
func TestGitLabPrepare(t *testing.T) {
	for secret, name := range map[string]string{
		personal: "Private-Token", "hunter2": "Private-Token", "otter-" + strings.Repeat("0", 20): "Private-Token",
		oauth: "Authorization", "eyJhbGciOiJub25lIn0.eyJleHAiOjF9.c2ln": "Authorization",
	} {
		h := http.Header{}
		Service{}.Prepare(h, service.NewBearer("", secret, "", ""))
		if len(h) != 1 || !strings.HasSuffix(h.Get(name), secret) {
			t.Errorf("%s is shown as %v", secret, h)
		}
	}
}

func TestGitLabAddress(t *testing.T) {
	for base, want := range map[string]string{
		"":                                    "https://gitlab.com",
		"https://gitlab.com/api/v4/user":      "https://gitlab.com",
		"https://gitlab.example.org":          "https://gitlab.example.org",
		"https://gitlab.example.org/api/v4/":  "https://gitlab.example.org",
		"https://example.org/git":             "https://example.org/git",
		"https://example.org/git/":            "https://example.org/git",
		"https://example.org/git/api/v4":      "https://example.org/git",
		"https://example.org/git/api/v4/user": "https://example.org/git",
	} {
		at, err := Service{}.Address(base, nil)
		if err != nil || at.Base != want || at.Endpoint != want+"/api/v4/user" {
			t.Errorf("%q: %+v, %v", base, at, err)
		}
		if got := (Service{}).TokenPage(at.Base); got != want+"/-/user_settings/personal_access_tokens?name=rollcall&scopes=read_user%2Cread_api" {
			t.Errorf("%q: the page is %s", base, got)
		}
	}
}

func TestGitLabReadings(t *testing.T) {
	for _, r := range gitlabtest.Readings() {
		t.Run(fmt.Sprint(r.Status, " ", r.Name), func(t *testing.T) { servicetest.Check(t, Service{}, r) })
	}
}

func TestGitLabShowsNoSecret(t *testing.T) {
	for name, a := range map[string]service.Answer{
		"reason":      {Status: 403, Body: []byte(`{"message":"403 Forbidden - No s3cret here"}`)},
		"scope":       {Status: 403, Body: []byte(`{"error":"insufficient_scope","scope":"s3cret api"}`)},
		"throttle":    {Status: 429, Header: http.Header{"Ratelimit-Name": {"throttle_s3cret"}}},
		"description": {Status: 401, Body: []byte(`{"error":"invalid_token","error_description":"s3cret is bad"}`)},
	} {
		if all := fmt.Sprintf("%+v", refused(a, servicetest.Asked(false))); strings.Contains(all, "s3cret") {
			t.Errorf("%s: %s", name, all)
		}
	}
}

// Older servers send headers only with a refusal, newer ones with all answers: the
// budget has a name, and its reset is a moment.
func TestGitLabLimits(t *testing.T) {
	now := time.Unix(1609844380, 0).UTC()
	for name, h := range map[string]http.Header{"refused": gitlabtest.ThrottleHeader(), "newer": {
		"Ratelimit-Name": {"throttle_authenticated_api"}, "Ratelimit-Limit": {"600"}, "Ratelimit-Observed": {"1"}, "Ratelimit-Remaining": {"599"}, "Ratelimit-Reset": {"1609844400"},
	}} {
		all := ratelimit.NearestFirst(ratelimit.Parse(h, now))
		if len(all) != 1 || all[0].Name != "throttle_authenticated_api" || *all[0].Limit != 600 || !all[0].ResetAt.Equal(time.Unix(1609844400, 0)) {
			t.Errorf("%s: %+v", name, all)
		}
	}
	// The limit is named for a minute, whatever the window is in which requests count
	// (lib/gitlab/rack_attack.rb): here 7200 an hour.
	hourly := http.Header{"Ratelimit-Limit": {"120"}, "Ratelimit-Observed": {"12"}, "Ratelimit-Remaining": {"7188"}, "Ratelimit-Reset": {"1609847000"}}
	if all := ratelimit.NearestFirst(ratelimit.Parse(hourly, now)); len(all) != 1 || *all[0].Limit != 7200 || *all[0].Remaining != 7188 {
		t.Errorf("hourly: %+v", all)
	}
	if all := ratelimit.Parse(http.Header{"Retry-After": {"30"}}, now); len(all) != 0 {
		t.Errorf("no headers: %+v", all)
	}
}

// A token that may not ask for its user still has a record, which names who they are.
func TestGitLabTokenForRepositories(t *testing.T) {
	const scope = `{"error":"insufficient_scope","error_description":"x","scope":"api read_user"}`
	for _, tt := range []struct {
		name, secret, record string
		status               int
		user                 string
	}{
		{"with a record", personal, gitlabtest.Record, 200, "4201"},
		{"of an older server", personal, `{"message":"401 Unauthorized"}`, 401, ""},
		{"of OAuth", oauth, "", 0, ""},
		{"without an answer", personal, "", 0, ""},
		{"with nonsense", personal, "{", 200, ""},
	} {
		ask := func(_ context.Context, r service.Request) (service.Answer, error) {
			switch {
			case r.Path == "/user":
				return service.Answer{Status: 403, Body: []byte(scope)}, nil
			case r.Path != "/personal_access_tokens/self" || !r.Aside || tt.secret == oauth:
				t.Errorf("%s: asked for %+v", tt.name, r)
			}
			if tt.status == 0 {
				return service.Answer{}, errors.New("the line is dead")
			}
			return service.Answer{Status: tt.status, Body: []byte(tt.record)}, nil
		}
		acc, d := Service{}.Identify(t.Context(), ask, servicetest.AskedWith(tt.secret, false))
		if d.State != account.ScopeMissing || (acc != nil) != (tt.user != "") {
			t.Fatalf("%s: %+v, %+v", tt.name, d, acc)
		}
		if acc != nil && (acc.User.ID != tt.user || acc.Token.Name != "rollcall" || acc.Token.Expiry.Kind != account.ExpiryDate || acc.Token.Kind != "personal access token") {
			t.Errorf("%s: %+v", tt.name, acc)
		}
	}
}

func FuzzGitLabRead(f *testing.F) {
	f.Add(200, []byte(gitlabtest.Good), "")
	f.Add(429, []byte("Retry later\n"), "5")
	for _, r := range gitlabtest.Readings() {
		f.Add(r.Status, []byte(r.Body), "")
	}
	f.Fuzz(func(t *testing.T, status int, body []byte, retryAfter string) {
		for _, secret := range []string{"s3cret", gitlabtest.Deploy, oauth} {
			servicetest.Fuzz(t, Service{}, status, body, retryAfter, secret)
		}
	})
}
