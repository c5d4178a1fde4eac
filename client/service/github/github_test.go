package github

import (
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/github/githubtest"
	"rollcall/client/service/servicetest"
)

func TestGitHubAccount(t *testing.T) {
	h := http.Header{"X-Oauth-Scopes": {"read:org, repo"}, "Github-Authentication-Token-Expiration": {"2026-06-30 14:00:00 +0200"}}
	q := servicetest.AskedWith("ghp_"+strings.Repeat("0", 36), false)
	acc, d := read(service.Answer{Status: 200, Header: h, Body: []byte(githubtest.Good)}, q)
	want := &account.Account{
		User: account.User{
			ID: "90210417", FullName: "Mira Okafor", Username: "mokafor", AvatarURL: "https://avatars.example/u/90210417?v=4",
			URL: "https://github.com/mokafor", CreatedAt: time.Date(2019, 3, 4, 5, 6, 7, 0, time.UTC),
		},
		Token: account.Token{
			Kind: "classic personal access token", Scopes: []string{"read:org", "repo"},
			Expiry: account.Expiry{Kind: account.ExpiryDate, At: time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC), Source: "header"},
			Facts:  []account.Fact{{Name: "may", Value: "see organizations and teams, read and change all repositories", Source: "header"}},
		},
	}
	if d != (account.Diagnosis{State: account.Healthy}) || !reflect.DeepEqual(acc, want) {
		t.Errorf("got %+v, %+v\nwant %+v", acc, d, want)
	}
}

func TestGitHubTolerates(t *testing.T) {
	for name, body := range map[string]string{
		"nothing but the id": `{"id":7}`,
		"nulls":              `{"id":7,"login":null,"name":null,"email":null,"created_at":null,"suspended_at":null}`,
		"wrong types":        `{"id":7,"name":[],"email":{},"created_at":5,"html_url":true}`,
	} {
		acc, d := read(service.Answer{Status: 200, Body: []byte(body)}, servicetest.Asked(false))
		if d.State != account.Healthy || !reflect.DeepEqual(acc, &account.Account{User: account.User{ID: "7"}}) {
			t.Errorf("%s: %+v, %+v", name, acc, d)
		}
	}
}

func TestGitHubPrepare(t *testing.T) {
	h := http.Header{}
	Service{}.Prepare(h, service.NewBearer("", "s3cret", "", ""))
	want := http.Header{"Authorization": {"Bearer s3cret"}, "Accept": {"application/vnd.github+json"}, "X-Github-Api-Version": {"2022-11-28"}}
	if !reflect.DeepEqual(h, want) {
		t.Errorf("headers = %v", h)
	}
}

func TestGitHubReadings(t *testing.T) {
	for _, r := range githubtest.Readings() {
		t.Run(fmt.Sprint(r.Status, " ", r.Name), func(t *testing.T) { servicetest.Check(t, Service{}, r) })
	}
}

// A secret that a message repeats, or that stands in a header, is in no sentence.
func TestGitHubShowsNoSecret(t *testing.T) {
	for name, a := range map[string]service.Answer{
		"message":     {Status: 403, Body: []byte(`{"message":"` + "`s3cret`" + ` forbids access via a personal access token (classic)"}`)},
		"permissions": {Status: 403, Header: http.Header{"X-Accepted-Github-Permissions": {"s3cret=read"}}, Body: []byte(`{"message":"Resource not accessible by integration"}`)},
		"scopes":      {Status: 403, Header: http.Header{"X-Oauth-Scopes": {""}, "X-Accepted-Oauth-Scopes": {"s3cret"}}, Body: []byte(`{}`)},
		"page":        {Status: 403, Header: http.Header{"X-Github-Sso": {"required; url=https://github.com/s3cret"}}, Body: []byte(`{}`)},
	} {
		d := refused(a, servicetest.Asked(false), "memberships")
		if all := fmt.Sprintf("%+v", d); strings.Contains(all, "s3cret") {
			t.Errorf("%s: %s", name, all)
		}
	}
}

// What an installation, or an app for its user, may not ask is no lack of a user
// where something else than the user was asked for.
func TestGitHubIntegrationWithoutAPermission(t *testing.T) {
	a := service.Answer{Status: 403, Body: []byte(`{"message":"Resource not accessible by integration"}`)}
	if d := refused(a, servicetest.Asked(false), "e-mail addresses"); d.State != account.ScopeMissing {
		t.Errorf("%+v", d)
	}
}

func FuzzGitHubRead(f *testing.F) {
	f.Add(200, []byte(githubtest.Good), "")
	f.Add(401, []byte(servicetest.Portal), "5")
	for _, r := range githubtest.Readings() {
		f.Add(r.Status, []byte(r.Body), "")
	}
	f.Fuzz(func(t *testing.T, status int, body []byte, retryAfter string) {
		for _, secret := range []string{"s3cret", githubtest.Installation} {
			servicetest.Fuzz(t, Service{}, status, body, retryAfter, secret)
		}
	})
}
