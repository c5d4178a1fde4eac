package oidc

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/oidc/oidctest"
	"rollcall/client/service/servicetest"
)

func asked(secret string) service.Asked {
	q := servicetest.AskedWith(secret, false)
	q.Base = oidctest.Issuer
	return q
}

func TestAccount(t *testing.T) {
	acc, d := read(service.Answer{Status: 200, Body: []byte(oidctest.Good)}, asked("s3cret"))
	want := &account.Account{
		User: account.User{
			ID: "u1", FullName: "Mira Okafor", FirstName: "Mira", LastName: "Okafor", Username: "mokafor",
			Emails: []string{"mira@otter.example"}, AvatarURL: "https://id.example/p.png",
		},
		Organizations: []account.Organization{{ID: "admins", Name: "admins", Kind: "group"}, {ID: "staff", Name: "staff", Kind: "group"}},
		Token:         account.Token{Kind: "opaque token", Facts: []account.Fact{{Name: "user changed", Value: "2026-01-01", Source: "service"}}},
	}
	if d != (account.Diagnosis{State: account.Healthy}) || !reflect.DeepEqual(acc, want) {
		t.Errorf("got %+v, %+v\nwant %+v", acc, d, want)
	}
}

// Whatever claims come make an account, a subject alone included.
func TestClaims(t *testing.T) {
	user := func(u account.User) account.Account {
		return account.Account{User: u, Token: account.Token{Kind: "opaque token"}}
	}
	withGroups := func(orgs ...account.Organization) account.Account {
		a := user(account.User{ID: "u1"})
		a.Organizations = append([]account.Organization{}, orgs...)
		return a
	}
	unverified := user(account.User{ID: "u1", Emails: []string{"a@b.example"}})
	unverified.Token.Facts = []account.Fact{{Name: "e-mail", Value: "not verified", Source: "service"}}
	linked := user(account.User{ID: "u1"})
	linked.LinkedAccounts = []account.LinkedAccount{{IDP: "google-oauth2", SubjectID: "1077"}, {IDP: "saml", SubjectID: "x", Username: "mira", Emails: []string{"m@x.example"}}}
	changed := user(account.User{ID: "u1"})
	changed.Token.Facts = []account.Fact{{Name: "user changed", Value: "2026-01-02", Source: "service"}}
	for body, want := range map[string]account.Account{
		// oidc-provider, scope openid alone
		`{"sub":"u1"}`: user(account.User{ID: "u1"}),
		// a number, which some send
		`{"sub":248289761001}`: user(account.User{ID: "248289761001"}),
		// zitadel
		`{"sub":"id1","name":"test user","given_name":"Test","family_name":"User","locale":"de","preferred_username":"test-user@localhost","email":"t@z.example","email_verified":true}`: user(account.User{
			ID: "id1", FullName: "test user", FirstName: "Test", LastName: "User", Username: "test-user@localhost", Emails: []string{"t@z.example"}}),
		// Gitea: groups are organizations and their teams
		`{"sub":"1","name":"Mira","preferred_username":"mira","email":"m@g.example","picture":"https://g.example/a","groups":["otter","otter:owners"]}`: {
			User:          account.User{ID: "1", FullName: "Mira", Username: "mira", Emails: []string{"m@g.example"}, AvatarURL: "https://g.example/a"},
			Organizations: []account.Organization{{ID: "otter", Name: "otter", Kind: "group"}, {ID: "otter:owners", Name: "otter:owners", Kind: "group"}}, Token: account.Token{Kind: "opaque token"}},
		`{"sub":"u1","nickname":"Mo","name":" ","profile":"https://id.example/u1"}`:  user(account.User{ID: "u1", FullName: "Mo", URL: "https://id.example/u1"}),
		`{"sub":"u1","nickname":"Mo","given_name":"Mira"}`:                           user(account.User{ID: "u1", FirstName: "Mira"}),
		`{"sub":"u1","email":"a@b.example","email_verified":"false"}`:                unverified,
		`{"sub":"u1","email":"a@b.example","email_verified":false}`:                  unverified,
		`{"sub":"u1","email":"a@b.example","email_verified":"yes"}`:                  user(account.User{ID: "u1", Emails: []string{"a@b.example"}}),
		`{"sub":"u1","email":"a@b.example","email_verified":null}`:                   user(account.User{ID: "u1", Emails: []string{"a@b.example"}}),
		`{"sub":"u1","email":5,"name":{},"picture":[],"groups":5,"updated_at":"no"}`: user(account.User{ID: "u1"}),
		`{"sub":"u1","updated_at":"2026-01-02T03:04:05+02:00"}`:                      changed,
		`{"sub":"u1","updated_at":1767323045.5}`:                                     changed,
		`{"sub":"u1","groups":[]}`:                                                   withGroups(),
		`{"sub":"u1","groups":null}`:                                                 user(account.User{ID: "u1"}),
		`{"sub":"u1","hd":"otter.example","roles":"admin","groups":["a","a",5,{"id":"7","name":"Seven"},{"display":"Eight"}]}`: withGroups(
			account.Organization{ID: "otter.example", Name: "otter.example", Kind: "domain"}, account.Organization{ID: "a", Name: "a", Kind: "group"},
			account.Organization{ID: "7", Name: "Seven", Kind: "group"}, account.Organization{ID: "Eight", Name: "Eight", Kind: "group"}, account.Organization{ID: "admin", Name: "admin", Kind: "role"}),
		`{"sub":"u1","organization":{"otter":{"id":"42"},"acme":{}},"org_id":"org_1","eduperson_entitlement":["urn:x"]}`: withGroups(
			account.Organization{ID: "acme", Name: "acme", Kind: "organization"}, account.Organization{ID: "42", Name: "otter", Kind: "organization"},
			account.Organization{ID: "org_1", Name: "org_1", Kind: "organization"}, account.Organization{ID: "urn:x", Name: "urn:x", Kind: "entitlement"}),
		`{"sub":"u1","identities":[{"provider":"google-oauth2","user_id":"1077","connection":"g","isSocial":true},{}],"federated_identities":[{"identityProvider":"saml","userId":"x","userName":"mira","email":"m@x.example"}]}`: linked,
	} {
		acc, d := read(service.Answer{Status: 200, Body: []byte(body)}, asked("s3cret"))
		if d.State != account.Healthy || !reflect.DeepEqual(acc, &want) {
			t.Errorf("%s:\n%+v, %+v\nwant %+v", body, acc, d, want)
		}
	}
}

// A token tells of itself what nobody has verified; one in five parts tells nothing.
func TestTokens(t *testing.T) {
	jwt := oidctest.Token(`{"iss":"` + oidctest.Issuer + `","exp":1798761600,"scope":"openid email","aud":"x"}`)
	ends := time.Unix(1798761600, 0).UTC()
	for secret, want := range map[string]account.Token{
		jwt: {Kind: "JWT", Scopes: []string{"openid", "email"}, Expiry: account.Expiry{Kind: account.ExpiryDate, At: ends, Source: "JWT, not verified"},
			Facts: []account.Fact{{Name: "issuer", Value: oidctest.Issuer, Source: "JWT, not verified"}, {Name: "audience", Value: "x", Source: "JWT, not verified"}}},
		jwt + ".a.b": {Kind: "encrypted token"},
		"s3cret":     {Kind: "opaque token"},
		"a.b.c":      {Kind: "opaque token"},
	} {
		acc, _ := read(service.Answer{Status: 200, Body: []byte(`{"sub":"u1"}`)}, asked(secret))
		if !reflect.DeepEqual(acc.Token, want) {
			t.Errorf("%.20s: %+v", secret, acc.Token)
		}
	}
	_, d := read(service.Answer{Status: 401, At: ends.Add(time.Hour)}, asked(jwt))
	if d.State != account.InvalidToken || d.Explanation != "api.example.org does not accept this token any more: it has expired." {
		t.Errorf("after its end: %+v", d)
	}
	_, d = read(service.Answer{Status: 401, At: ends.Add(-time.Hour)}, asked(jwt))
	if d.Explanation == "api.example.org does not accept this token any more: it has expired." {
		t.Error("it has expired before its end")
	}
}

// A signed answer is read, and said to be one whose signature nobody looked at.
func TestSignedAnswer(t *testing.T) {
	a := service.Answer{Status: 200, Header: http.Header{"Content-Type": {"application/jwt"}}, Body: []byte(oidctest.Token(`{"sub":"u1","iss":"x"}`) + "\n")}
	acc, d := read(a, asked("s3cret"))
	want := []account.Fact{{Name: "answer", Value: "signed; the signature is not verified", Source: "service"}}
	if d.State != account.Healthy || acc.User.ID != "u1" || !reflect.DeepEqual(acc.Token.Facts, want) {
		t.Errorf("%+v, %+v", acc, d)
	}
}

// The description is asked for without the token, and UserInfo where it says.
func TestRequests(t *testing.T) {
	var got []service.Request
	ask := func(_ context.Context, r service.Request) (service.Answer, error) {
		r.Read = nil // It cannot be compared.
		got = append(got, r)
		if r.Bare {
			return service.Answer{Status: 200, Body: []byte(`{"issuer":"` + oidctest.Issuer + `","userinfo_endpoint":"https://else.example/me?x=1"}`)}, nil
		}
		return service.Answer{Status: 401}, nil
	}
	acc, d := Service{}.Identify(t.Context(), ask, asked("s3cret"))
	want := []service.Request{{Path: discoveryPath, Bare: true, Kept: true}, {Path: "https://else.example/me?x=1", Named: true}}
	if acc != nil || d.State != account.InvalidToken || d.Explanation[:len("else.example ")] != "else.example " || !reflect.DeepEqual(got, want) {
		t.Errorf("asked %+v: %+v", got, d)
	}
	for n := range 2 {
		got = nil
		_, d := Service{}.Identify(t.Context(), func(ctx context.Context, r service.Request) (service.Answer, error) {
			if len(got) == n {
				return service.Answer{}, errors.New("nothing there")
			}
			return ask(ctx, r)
		}, asked("s3cret"))
		if d.State != account.Unreachable {
			t.Errorf("without answer %d: %+v", n, d)
		}
	}
}

func TestAddress(t *testing.T) {
	for base, want := range map[string]service.Address{
		"https://id.example":                                    {Base: "https://id.example", Root: "https://id.example"},
		"https://id.example/":                                   {Base: "https://id.example/", Root: "https://id.example"},
		"https://id.example/realms/x":                           {Base: "https://id.example/realms/x", Root: "https://id.example/realms/x"},
		"https://id.example/realms/x/":                          {Base: "https://id.example/realms/x/", Root: "https://id.example/realms/x"},
		"https://id.example/a/.well-known/openid-configuration": {Base: "https://id.example/a", Root: "https://id.example/a"},
	} {
		got, err := Service{}.Address(base, nil)
		if err != nil || got.Base != want.Base || got.Root != want.Root || got.Endpoint != want.Root+discoveryPath || got.Origin != "https://id.example:443" {
			t.Errorf("%s: %+v, %v", base, got, err)
		}
	}
	for _, base := range []string{"", "http://id.example", "id.example"} {
		if at, err := (Service{}).Address(base, nil); err == nil {
			t.Errorf("%q is asked at %s", base, at.Endpoint)
		}
	}
}

func TestReadings(t *testing.T) {
	for _, r := range oidctest.Readings() {
		t.Run(r.Name, func(t *testing.T) { servicetest.Check(t, oidctest.AtUserInfo(Service{}), r) })
	}
	for _, r := range oidctest.Discoveries {
		t.Run("discovery, "+r.Name, func(t *testing.T) { servicetest.Check(t, oidctest.AtDiscovery(Service{}), r) })
	}
}

func FuzzRead(f *testing.F) {
	f.Add(200, []byte(oidctest.Good), "", "s3cret")
	f.Add(200, []byte(`{"sub":1,"groups":{"a":[]},"identities":[null]}`), "", oidctest.Token(`{"iss":"x","cnf":{}}`))
	for _, r := range oidctest.Readings() {
		f.Add(r.Status, []byte(r.Body), "5", r.Secret)
	}
	f.Fuzz(func(t *testing.T, status int, body []byte, retryAfter, secret string) {
		servicetest.Fuzz(t, oidctest.AtUserInfo(Service{}), status, body, retryAfter, secret)
		servicetest.Fuzz(t, oidctest.AtDiscovery(Service{}), status, body, retryAfter, secret)
	})
}
