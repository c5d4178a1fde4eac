package katapult

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/katapult/katapulttest"
	"rollcall/client/service/servicetest"
)

func TestKatapultAccount(t *testing.T) {
	acc, d := read(service.Answer{Status: 200, Body: []byte(katapulttest.Good)}, servicetest.Asked(false))
	want := &account.Account{
		User: account.User{
			ID: "user_1aZk7QmPq2sT9xYb", FullName: "Mira Okafor", FirstName: "Mira", LastName: "Okafor",
			AvatarURL: "https://avatars.example/mira.png",
		},
		Organizations: []account.Organization{{ID: "org_7hGq2LpXw9Rt4Vn1", Name: "Otter Labs", SubDomain: "otter-labs"}, {ID: "org_2", Name: "B"}},
		Token:         account.Token{ID: "apit_3cVb5NmKj8Hg6Fd2", Kind: "api token"},
	}
	if d != (account.Diagnosis{State: account.Healthy}) || !reflect.DeepEqual(acc, want) {
		t.Errorf("got %+v, %+v\nwant %+v", acc, d, want)
	}
}

func TestKatapultTolerates(t *testing.T) {
	for name, body := range map[string]string{
		"null lists and token":   `{"user":{"id":"user_x","first_name":null,"last_name":null,"avatar_url":null},"organizations":null,"api_token_id":null}`,
		"nothing but the id":     `{"user":{"id":"user_x"}}`,
		"unknown and null items": `{"user":{"id":"user_x","roles":[1]},"organizations":[null,{}],"api_token_id":null,"code":5,"error":null}`,
	} {
		acc, d := read(service.Answer{Status: 200, Body: []byte(body)}, servicetest.Asked(false))
		if d.State != account.Healthy || !reflect.DeepEqual(acc, &account.Account{User: account.User{ID: "user_x"}, Organizations: []account.Organization{}}) {
			t.Errorf("%s: %+v, %+v", name, acc, d)
		}
	}
}

func TestKatapultInfo(t *testing.T) {
	want := account.ServiceInfo{Name: "katapult", Title: "Katapult", DefaultURL: "https://api.katapult.io", Prefix: "/core/v1", Path: "/users/current", Window: time.Minute, Unlinked: true}
	if got := (Service{}).Info(); got != want {
		t.Errorf("info = %+v", got)
	}
}

func TestKatapultPrepare(t *testing.T) {
	h := http.Header{}
	Service{}.Prepare(h, service.NewBearer("", "s3cret", "", ""))
	if want := (http.Header{"Authorization": {"Bearer s3cret"}}); !reflect.DeepEqual(h, want) {
		t.Errorf("headers = %v", h)
	}
}

func TestKatapultErrors(t *testing.T) {
	for _, r := range katapulttest.Errors {
		r.Name = strings.TrimSpace(fmt.Sprint(r.Status, " ", r.Code, " ", r.Name))
		t.Run(r.Name, func(t *testing.T) { servicetest.Check(t, Service{}, r) })
		r.Body = `{"error":` + r.Body + `}`
		t.Run(r.Name+" wrapped", func(t *testing.T) { servicetest.Check(t, Service{}, r) })
	}
}

func TestKatapultOtherAnswers(t *testing.T) {
	for _, r := range katapulttest.Others {
		t.Run(r.Name, func(t *testing.T) { servicetest.Check(t, Service{}, r) })
	}
}

func TestKatapultKeepsDescriptionBounded(t *testing.T) {
	body := `{"error":{"code":"x","description":"` + strings.Repeat("é", 5000) + `"}}`
	_, d := read(service.Answer{Status: 403, Body: []byte(body)}, servicetest.Asked(false))
	servicetest.CheckTexts(t, d)
	_, d = read(service.Answer{Status: 403, Body: []byte(`{"error":{"code":"x","description":"\u001b[31mred"}}`)}, servicetest.Asked(false))
	if d.Description != "\x1b[31mred" {
		t.Errorf("description = %q, want it as sent", d.Description)
	}
}

// askKatapult answers token lists from pages by organization and page.
func askKatapult(t *testing.T, asked *[]string, pages map[string]string) service.Ask {
	return func(_ context.Context, r service.Request) (service.Answer, error) {
		path := r.Path
		u, err := url.Parse(path)
		if err != nil || u.Path != "/organizations/_/api_tokens" || strings.ContainsAny(path, "[]") || u.Query().Get("per_page") != "200" {
			t.Errorf("asked for %q, %v", path, err)
		}
		key := u.Query().Get("organization[id]") + " " + u.Query().Get("page")
		*asked = append(*asked, key)
		body, ok := pages[key]
		if !ok {
			return service.Answer{}, errors.New("nothing there")
		}
		status := 200
		if strings.Contains(body, `"error"`) {
			status = 403
		}
		return service.Answer{Status: status, Body: []byte(body)}, nil
	}
}

func TestKatapultDetails(t *testing.T) {
	const mine = `{"id":"apit_me","name":"laptop","organization_id":"org_b","authorized_ip_addresses":["198.51.100.0/24"],
		"expires_at":1798761600,"rate_limit":100,"scopes":["api.katapult.io/core/v1/organizations:read","api_tokens"],"secret":"TOPSECRET"}`
	other := `{"id":"apit_other","name":"x"}`
	full := strings.TrimSuffix(strings.Repeat(other+",", 200), ",")
	page := func(pagination, rows string) string {
		return `{"pagination":` + pagination + `,"api_tokens":[` + rows + `]}`
	}
	refused := func(code string) string { return `{"error":{"code":"` + code + `"}}` }
	one := `{"current_page":1,"total_pages":1,"total":1,"per_page":200,"large_set":false}`
	large := `{"current_page":1,"per_page":200,"large_set":true}`
	found := &account.Token{
		ID: "apit_me", Name: "laptop", Kind: "api token",
		Expiry:   account.Expiry{Kind: account.ExpiryDate, At: time.Unix(1798761600, 0).UTC(), Source: "token record"},
		Scopes:   []string{"organizations:read", "api_tokens"},
		Networks: []string{"198.51.100.0/24"},
		Facts:    []account.Fact{{Name: "owner", Value: "Otter Labs", Source: "token record"}},
	}
	foundInA := *found
	foundInA.Facts = []account.Fact{{Name: "owner", Value: "a", Source: "token record"}}
	for _, test := range []struct {
		name    string
		id      string
		pages   map[string]string
		asked   string
		token   *account.Token
		problem string
	}{
		{name: "no id, nothing asked"},
		{name: "second organization", id: "apit_me", pages: map[string]string{"a 1": page(one, other), "b 1": page(one, mine)}, asked: "a 1,b 1", token: found},
		{name: "large set", id: "apit_me", pages: map[string]string{"a 1": page(large, full), "a 2": page(large, full), "a 3": page(large, mine)}, asked: "a 1,a 2,a 3", token: &foundInA},
		{name: "large set ends", id: "apit_me", pages: map[string]string{"a 1": page(large, full), "a 2": page(large, other), "b 1": page(large, "")}, asked: "a 1,a 2,b 1", problem: "None of the organizations"},
		{name: "service takes smaller pages", id: "apit_me", pages: map[string]string{"a 1": page(`{"total_pages":2,"per_page":30}`, other), "a 2": page(`{"total_pages":2,"per_page":30}`, mine)}, asked: "a 1,a 2", token: &foundInA},
		{name: "scope", id: "apit_me", pages: map[string]string{"a 1": refused("scope_not_granted")}, asked: "a 1", problem: "api_tokens:read"},
		{name: "one suspended", id: "apit_me", pages: map[string]string{"a 1": refused("organization_suspended"), "b 1": page(one, mine)}, asked: "a 1,b 1", token: found},
		{name: "one denied, not found", id: "apit_me", pages: map[string]string{"a 1": refused("permission_denied"), "b 1": page(one, other)}, asked: "a 1,b 1", problem: "permission_denied"},
		{name: "token refused", id: "apit_me", pages: map[string]string{"a 1": refused("invalid_api_token")}, asked: "a 1", problem: "invalid_api_token"},
		{name: "no answer", id: "apit_me", asked: "a 1", problem: "could not be read: nothing there."},
		{name: "nonsense", id: "apit_me", pages: map[string]string{"a 1": "{"}, asked: "a 1", problem: "breaks off"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var asked []string
			acc := account.Account{Organizations: []account.Organization{{ID: "a"}, {ID: "b", Name: "Otter Labs"}}, Token: account.Token{ID: test.id}}
			d := Service{}.Details(t.Context(), askKatapult(t, &asked, test.pages), servicetest.AskedWith("secret", false), acc)
			if got := strings.Join(asked, ","); got != test.asked {
				t.Errorf("asked %s, want %s", got, test.asked)
			}
			if !reflect.DeepEqual(d.Token, test.token) || d.Organizations != nil {
				t.Errorf("token = %+v, organizations = %v", d.Token, d.Organizations)
			}
			if (d.Rate != nil) != (test.token != nil) || d.Rate != nil && (*d.Rate.Limit != 100 || d.Rate.Source != "token record") {
				t.Errorf("rate = %+v", d.Rate)
			}
			if !strings.Contains(d.Notes.String(), test.problem) || (d.Notes == nil) != (test.problem == "") {
				t.Errorf("notes = %q, want %q", d.Notes.String(), test.problem)
			}
			if strings.Contains(fmt.Sprintf("%+v", d), "TOPSECRET") {
				t.Error("the secret of the record was kept")
			}
		})
	}
}

func TestKatapultDetailsIsBounded(t *testing.T) {
	var acc account.Account
	acc.Token.ID = "apit_me"
	for i := range 40 {
		acc.Organizations = append(acc.Organizations, account.Organization{ID: fmt.Sprint(i)})
	}
	requests := 0
	d := Service{}.Details(t.Context(), func(context.Context, service.Request) (service.Answer, error) {
		requests++
		return service.Answer{Status: 200, Body: []byte(`{"api_tokens":[]}`)}, nil
	}, servicetest.AskedWith("", false), acc)
	if requests != maxPages || !strings.Contains(d.Notes.String(), "not found with 25 requests") {
		t.Errorf("%d requests, notes %q", requests, d.Notes.String())
	}
	requests = 0
	rows := strings.TrimSuffix(strings.Repeat(`{"id":"x"},`, 200), ",")
	acc.Organizations = acc.Organizations[:1]
	d = Service{}.Details(t.Context(), func(context.Context, service.Request) (service.Answer, error) {
		requests++
		return service.Answer{Status: 200, Body: []byte(`{"pagination":{"large_set":true},"api_tokens":[` + rows + `]}`)}, nil
	}, servicetest.AskedWith("", false), acc)
	if requests != maxPages || !strings.Contains(d.Notes.String(), "not found with 25 requests") {
		t.Errorf("%d pages were asked for, notes %q", requests, d.Notes.String())
	}
}

func TestKatapultRecord(t *testing.T) {
	for body, want := range map[string]account.Expiry{
		`{"expires_at":null}`:       {Kind: account.ExpiryNever, Source: "token record"},
		`{}`:                        {},
		`{"expires_at":"tomorrow"}`: {},
		`{"expires_at":0}`:          {Kind: account.ExpiryDate, At: time.Unix(0, 0).UTC(), Source: "token record"},
	} {
		var r record
		if err := json.Unmarshal([]byte(body), &r); err != nil {
			t.Fatal(err)
		}
		token := r.token(account.Organization{})
		if token.Expiry != want {
			t.Errorf("%s: %+v, want %+v", body, token.Expiry, want)
		}
		if token.Scopes == nil || token.Networks == nil {
			t.Errorf("%s: scopes and networks of a record are known: %+v", body, token)
		}
		if r.rate() != nil {
			t.Errorf("%s names a budget: %+v", body, r.rate())
		}
	}
	for body, want := range map[string]int64{`5`: 5, `0`: 0, `-1`: 0, `null`: 0, `"many"`: 0} {
		var r record
		if err := json.Unmarshal([]byte(`{"rate_limit":`+body+`}`), &r); err != nil {
			t.Fatal(err)
		}
		if got := r.rate(); (got != nil) != (want > 0) || got != nil && *got.Limit != want {
			t.Errorf("%s: %+v, want %d", body, got, want)
		}
	}
}

func FuzzKatapultRead(f *testing.F) {
	f.Add(200, []byte(katapulttest.Good), "")
	f.Add(401, []byte(servicetest.Portal), "5")
	for _, r := range katapulttest.Errors {
		f.Add(r.Status, []byte(r.Body), "")
	}
	f.Fuzz(func(t *testing.T, status int, body []byte, retryAfter string) {
		servicetest.Fuzz(t, Service{}, status, body, retryAfter, "s3cret")
	})
}

func FuzzKatapultTokens(f *testing.F) {
	f.Add([]byte(`{"pagination":{"large_set":true},"api_tokens":[{"id":"a","name":"x","expires_at":1798761600,"rate_limit":100,"scopes":["s"],"secret":"TOPSECRET"}]}`))
	f.Add([]byte(`{"api_tokens":[{"expires_at":1e300,"rate_limit":-5,"scopes":null},{"expires_at":null,"authorized_ip_addresses":["::/0"]}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var page tokenList
		page.APITokens.Wanted = func(record) bool { return true }
		if service.Decode(service.Answer{Body: body}, &page) != "" {
			return
		}
		if r := page.APITokens.Found; r != nil {
			token := r.token(account.Organization{ID: "org"})
			if token.Scopes == nil || token.Networks == nil {
				t.Errorf("scopes and networks of a record are known: %+v", token)
			}
			if _, err := json.Marshal(token); err != nil {
				t.Errorf("the token cannot be kept: %v", err)
			}
			if rate := r.rate(); rate != nil && *rate.Limit <= 0 {
				t.Errorf("a budget of %d", *rate.Limit)
			}
		}
	})
}
