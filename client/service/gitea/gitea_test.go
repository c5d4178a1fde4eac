package gitea

import (
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/gitea/giteatest"
	"rollcall/client/service/servicetest"
)

func TestAccount(t *testing.T) {
	acc, d := read(service.Answer{Status: 200, Body: []byte(giteatest.Good)}, servicetest.Asked(false))
	want := &account.Account{
		User: account.User{
			ID: "31", FullName: "Mira Okafor", Username: "mokafor", Emails: []string{"mira@otter.example"},
			AvatarURL: "https://git.example/avatars/31", URL: "https://git.example/mokafor",
			CreatedAt: time.Date(2021, 2, 3, 4, 5, 6, 0, time.UTC),
		},
		LinkedAccounts: []account.LinkedAccount{{IDP: "source 2", SubjectID: "mokafor@otter.example"}},
		Token:          account.Token{Facts: []account.Fact{{Name: "last sign-in", Value: "2026-01-02", Source: "service"}}},
	}
	if d != (account.Diagnosis{State: account.Healthy}) || !reflect.DeepEqual(acc, want) {
		t.Errorf("got %+v, %+v\nwant %+v", acc, d, want)
	}
	acc, _ = read(service.Answer{Status: 200, Body: []byte(giteatest.Good)}, servicetest.Asked(true))
	if acc.Token.Kind != "password" {
		t.Errorf("a password is a %q", acc.Token.Kind)
	}
}

// Times that never were, a user without a source of sign-in, and answers with less
// than the present version sends.
func TestTolerates(t *testing.T) {
	for name, tt := range map[string]struct {
		body string
		want account.Account
	}{
		"never": {
			`{"id":1,"login":"a","full_name":" ","last_login":"1970-01-01T00:00:00Z","created":"0001-01-01T00:00:00Z","login_name":"","source_id":0,"is_admin":true}`,
			account.Account{User: account.User{ID: "1", Username: "a"}, Token: account.Token{Facts: []account.Fact{
				{Name: "user is", Value: "a site administrator", Source: "service"}, {Name: "last sign-in", Value: "never", Source: "service"},
			}}},
		},
		"old name of the login": {`{"id":9007199254740993,"username":"a"}`, account.Account{User: account.User{ID: "9007199254740993", Username: "a"}}},
		"login of no source":    {`{"id":1,"login_name":"a","source_id":0}`, account.Account{User: account.User{ID: "1"}}},
		"other types": {`{"id":1,"created":5,"last_login":null,"html_url":{},"source_id":"x","active":"yes","prohibit_login":1,"restricted":true}`,
			account.Account{User: account.User{ID: "1"}, Token: account.Token{Facts: []account.Fact{
				{Name: "user is", Value: "restricted to what is shared with it", Source: "service"},
			}}}},
	} {
		acc, d := read(service.Answer{Status: 200, Body: []byte(tt.body)}, servicetest.Asked(false))
		if d.State != account.Healthy || !reflect.DeepEqual(acc, &tt.want) {
			t.Errorf("%s: %+v, %+v", name, acc, d)
		}
	}
}

func TestInfo(t *testing.T) {
	want := account.ServiceInfo{Name: "gitea", Alias: "forgejo", Title: "Gitea", Prefix: "/api/v1", Path: "/user", Basic: true, LateEmails: true}
	if got := (Service{}).Info(); got != want {
		t.Errorf("info = %+v", got)
	}
	for base, endpoint := range map[string]string{
		"https://codeberg.org":             "https://codeberg.org/api/v1/user",
		"https://codeberg.org/api/v1/user": "https://codeberg.org/api/v1/user",
		"https://host.example/git/api/v1/": "https://host.example/git/api/v1/user",
		"":                                 "",
	} {
		if at, _ := (Service{}).Address(base, nil); at.Endpoint != endpoint {
			t.Errorf("%q is asked at %q", base, at.Endpoint)
		}
	}
	if got := (Service{}).TokenPage("https://host.example/git"); got != "https://host.example/git/user/settings/applications" {
		t.Errorf("tokens are made at %s", got)
	}
}

func TestPrepare(t *testing.T) {
	for username, want := range map[string]string{"": "token s3cret", "sam": "Basic c2FtOnMzY3JldA=="} {
		h := http.Header{}
		Service{}.Prepare(h, service.NewBearer(username, "s3cret", "", ""))
		if !reflect.DeepEqual(h, http.Header{"Authorization": {want}}) {
			t.Errorf("headers = %v", h)
		}
	}
}

func TestReadings(t *testing.T) {
	for _, r := range giteatest.Readings() {
		t.Run(r.Name, func(t *testing.T) { servicetest.Check(t, Service{}, r) })
	}
}

// What a refusal says is shown beside the diagnosis, without the secret.
func TestDescription(t *testing.T) {
	const secret = "0b2f1e4c9a7d"
	for _, status := range []int{401, 403, 404, 500} {
		a := service.Answer{Status: status, Body: []byte(`{"message":"token is required, prohibited from signing in: ` + secret + `"}`)}
		_, d := read(a, servicetest.AskedWith(secret, false))
		if !strings.HasPrefix(d.Description, "token is required") || strings.Contains(d.Description+d.Explanation, secret) {
			t.Errorf("status %d: %+v", status, d)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(200, []byte(giteatest.Good), "")
	for _, r := range giteatest.Readings() {
		f.Add(r.Status, []byte(r.Body), "5")
	}
	f.Fuzz(func(t *testing.T, status int, body []byte, retryAfter string) {
		servicetest.Fuzz(t, Service{}, status, body, retryAfter, "s3cret")
	})
}
