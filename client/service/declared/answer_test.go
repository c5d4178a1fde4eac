package declared_test

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/declared/declaredtest"
	"rollcall/client/service/servicetest"
)

// answered is an answer to the identity request, with headers as name and value.
func answered(status int, body string, header ...string) service.Answer {
	h := http.Header{"Content-Type": {"application/json"}}
	for i := 0; i+1 < len(header); i += 2 {
		h.Add(header[i], header[i+1])
	}
	return service.Answer{Status: status, Header: h, Body: []byte(body), At: declaredtest.At}
}

// TestFields has each form in which a value can be found, and what comes of values
// that are none.
func TestFields(t *testing.T) {
	for _, tt := range []struct {
		lines, body string
		want        account.Account
	}{
		{"", `{"id":9007199254740993,"name":" Sam Roe ","email":"sam@roe.example"}`, account.Account{
			User: account.User{ID: "9007199254740993", FullName: "Sam Roe", Emails: []string{"sam@roe.example"}},
		}},
		{"", `{"id":"u","name":null,"email":{"a":1}}`, account.Account{User: account.User{ID: "u"}}},
		{"", `{"id":"u","name":["Sam"],"email":["a@x","b@x"]}`, account.Account{User: account.User{ID: "u", FullName: "Sam", Emails: []string{"a@x", "b@x"}}}},
		{"emails = '$.mails[*].value'\n", `{"id":"u","email":"a@x","mails":[{"value":"A@X"},{"value":"b@x"},{"value":7}]}`, account.Account{
			User: account.User{ID: "u", Emails: []string{"a@x", "b@x", "7"}},
		}},
		{"username = ['$.login', '$.nick']\navatar = '$.pic'\nuser_url = 'https://t.example/~{$.nick}'\n", `{"id":"u","login":"","nick":"sam","pic":"https://x/p"}`, account.Account{
			User: account.User{ID: "u", Username: "sam", AvatarURL: "https://x/p", URL: "https://t.example/~sam"},
		}},
		{"created = '$.at'\n", `{"id":"u","at":"2020-01-02T03:04:05+02:00"}`, account.Account{
			User: account.User{ID: "u", CreatedAt: time.Date(2020, 1, 2, 1, 4, 5, 0, time.UTC)},
		}},
		{"created = '$.at'\n", `{"id":"u","at":1577934245000}`, account.Account{User: account.User{ID: "u", CreatedAt: time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)}}},
		{"created = '$.at'\n", `{"id":"u","at":"long ago"}`, account.Account{User: account.User{ID: "u"}}},
		{"organizations = { list = '$.orgs[*]', id = '$.id', name = '$.n', role = '$.role', url = 'https://t.example/{$.n}', word = 'teams' }\n",
			`{"id":"u","orgs":[{"id":1,"n":"one","role":"admin"},{"id":2},null,{"other":1},{"id":1,"n":"one","role":"admin"}]}`, account.Account{
				User: account.User{ID: "u"},
				Organizations: []account.Organization{
					{ID: "1", Name: "one", Role: "admin", URL: "https://t.example/one"}, {ID: "2"},
				},
			}},
		{"organizations = { list = '$.orgs', id = '$' }\n", `{"id":"u","orgs":["a","b"]}`, account.Account{
			User: account.User{ID: "u"}, Organizations: []account.Organization{{ID: "a"}, {ID: "b"}},
		}},
		{"organizations = { list = '$.orgs[*]', id = '$.id' }\n", `{"id":"u"}`, account.Account{
			User: account.User{ID: "u"}, Organizations: []account.Organization{},
		}},
		{"linked_accounts = { list = '$.logins[*]', idp = '$.at', subject_id = '$.sub', emails = '$.mail' }\n", `{"id":"u","logins":[{"at":"x","sub":"s","mail":"a@x"}]}`, account.Account{
			User: account.User{ID: "u"}, LinkedAccounts: []account.LinkedAccount{{IDP: "x", SubjectID: "s", Emails: []string{"a@x"}}},
		}},
		{"token_id = '$.t.id'\ntoken_name = '{$.t.a} {$.t.b}'\nscopes = { path = '$.t.scope', split = ' ' }\n", `{"id":"u","t":{"id":1.50,"a":"my","scope":"read  write read"}}`, account.Account{
			User: account.User{ID: "u"}, Token: account.Token{ID: "1.50", Name: "my", Scopes: []string{"read", "write"}},
		}},
		{"scopes = { path = '$.scopes[*].name' }\n", `{"id":"u","scopes":[{"name":"a"},{"name":"b"}]}`, account.Account{User: account.User{ID: "u"}, Token: account.Token{Scopes: []string{"a", "b"}}}},
		{"scopes = { path = '$.scopes' }\n", `{"id":"u","scopes":[]}`, account.Account{User: account.User{ID: "u"}, Token: account.Token{Scopes: []string{}}}},
		{"scopes = { path = '$.scopes' }\n", `{"id":"u","scopes":null}`, account.Account{User: account.User{ID: "u"}}},
	} {
		s := described(t, six+tt.lines)
		got, d := servicetest.Identify(s, answered(200, tt.body), asked(t, s))
		if d.State != account.Healthy || got == nil {
			t.Errorf("%s: %+v", tt.body, d)
			continue
		}
		if !strings.Contains(tt.lines, "organizations") {
			got.Organizations = nil
		}
		if !reflect.DeepEqual(*got, tt.want) {
			t.Errorf("%s%s:\n%+v\nwant\n%+v", tt.lines, tt.body, *got, tt.want)
		}
	}
}

func asked(t testing.TB, s interface {
	Sample(string) (service.Asked, error)
}) service.Asked {
	t.Helper()
	q, err := s.Sample(servicetest.Secret)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// TestExpiry has the forms in which services tell the end of a token.
func TestExpiry(t *testing.T) {
	day := func(y int, m time.Month, d int) account.Expiry {
		return account.Expiry{Kind: account.ExpiryDate, At: time.Date(y, m, d, 0, 0, 0, 0, time.UTC), Source: "service"}
	}
	never := account.Expiry{Kind: account.ExpiryNever, Source: "service"}
	for _, tt := range []struct {
		expiry, value string
		want          account.Expiry
	}{
		{"path = '$.end'", `"2027-01-02T00:00:00Z"`, day(2027, 1, 2)},
		{"path = '$.end'", `"2027-01-02T02:00:00.000+02:00"`, day(2027, 1, 2)},
		{"path = '$.end'", `"2027-01-02 00:00:00"`, day(2027, 1, 2)},
		{"path = '$.end'", `"tomorrow"`, account.Expiry{}},
		{"path = '$.end'", `null`, account.Expiry{}},
		{"path = '$.end', null = 'never'", `null`, never},
		{"path = '$.other', null = 'never'", `null`, account.Expiry{}},
		{"path = ['$.other', '$.end'], null = 'never'", `null`, never},
		{"path = '$.end', as = 'date'", `"2027-01-02"`, day(2027, 1, 2)},
		{"path = '$.end', as = 'date'", `"2027"`, account.Expiry{}},
		{"path = '$.end', as = 'epoch'", `1798848000`, day(2027, 1, 2)},
		{"path = '$.end', as = 'epoch'", `"1798848000"`, day(2027, 1, 2)},
		{"path = '$.end', as = 'epoch'", `-1`, account.Expiry{}},
		{"path = '$.end', as = 'epoch'", `1e999`, account.Expiry{}},
		{"path = '$.end', as = 'epoch_ms'", `1798848000000`, day(2027, 1, 2)},
		{"path = '$.end', as = 'seconds_left'", `3585600`, account.Expiry{
			Kind: account.ExpiryDate, At: declaredtest.At.Add(3585600 * time.Second), Source: "service",
		}},
		{"path = '$.end', as = 'seconds_left'", `0`, account.Expiry{}},
	} {
		s := described(t, six+"expiry = { "+tt.expiry+" }\n")
		got, _ := servicetest.Identify(s, answered(200, `{"id":1,"end":`+tt.value+`}`), asked(t, s))
		if got == nil || !got.Token.Expiry.At.Equal(tt.want.At) || got.Token.Expiry.Kind != tt.want.Kind || got.Token.Expiry.Source != tt.want.Source {
			t.Errorf("%s of %s: %+v, want %+v", tt.expiry, tt.value, got, tt.want)
		}
	}
	s := described(t, six+"expiry = { header = 'X-Token-End', as = 'date' }\nscopes = { header = 'X-Scopes' }\n")
	got, _ := servicetest.Identify(s, answered(200, `{"id":1}`, "X-Token-End", "2027-01-02", "X-Scopes", "a, b", "X-Scopes", "c"), asked(t, s))
	if want := []string{"a", "b", "c"}; got == nil || got.Token.Expiry.At != day(2027, 1, 2).At || !reflect.DeepEqual(got.Token.Scopes, want) {
		t.Errorf("from headers: %+v", got)
	}
}

// TestReadings reads the answers of declaredtest.
func TestReadings(t *testing.T) {
	for _, r := range declaredtest.Readings() {
		t.Run(r.Name, func(t *testing.T) { servicetest.Check(t, declaredtest.Tracker(), r) })
	}
}

// TestAnonymous has a service that names nobody.
func TestAnonymous(t *testing.T) {
	const text = "url = 'https://t.example/v1/models'\nauth = { header = 'X-Key', value = '{token}' }\nidentity = 'none'\n"
	s := described(t, text+"expiry = { header = 'X-End' }\n")
	if !s.Info().Anonymous {
		t.Error("nobody is told that it names nobody")
	}
	for body, want := range map[string]account.State{
		"": account.Healthy, "OK": account.Healthy, "{}": account.Healthy, servicetest.Portal: account.BadResponse,
	} {
		acc, d := servicetest.Identify(s, answered(200, body, "X-End", "2027-01-02T00:00:00Z"), asked(t, s))
		if d.State != want || want == account.Healthy && (acc == nil || acc.User.ID != "" || acc.Token.Expiry.Kind != account.ExpiryDate) {
			t.Errorf("%q: %+v %+v", body, acc, d)
		}
	}
	s = described(t, text+"token_name = '$.name'\n")
	if _, d := servicetest.Identify(s, answered(200, "OK"), asked(t, s)); d.State != account.BadResponse {
		t.Errorf("a promise that is not kept: %+v", d)
	}
}

// TestPrepare has each way to show a credential.
func TestPrepare(t *testing.T) {
	both := service.NewBearer("sam", "to:ken", "", "").ByToken().WithSecond("second")
	for auth, want := range map[string]http.Header{
		"'Bearer {token}'":                                                   {"Authorization": {"Bearer to:ken"}},
		"'Token token={token}'":                                              {"Authorization": {"Token token=to:ken"}},
		"{ header = 'x-key', value = '{token}' }":                            {"X-Key": {"to:ken"}},
		"{ basic = ['{username}/token', '{token}'] }":                        {"Authorization": {"Basic c2FtL3Rva2VuOnRvOmtlbg=="}},
		"{ basic = ['{token}', ''] }":                                        {"Authorization": {"Basic dG86a2VuOg=="}},
		"{ basic = ['', '{token}'] }":                                        {"Authorization": {"Basic OnRvOmtlbg=="}},
		"{ basic = ['{second_token}', 'x{token}'] }":                         {"Authorization": {"Basic c2Vjb25kOnh0bzprZW4="}},
		"'{token}'\nheaders = { X-App = '{second_token}' , Accept = 'a/b' }": {"Authorization": {"to:ken"}, "X-App": {"second"}, "Accept": {"a/b"}},
	} {
		h := http.Header{}
		described(t, changed("auth = "+auth)).Prepare(h, both)
		if !reflect.DeepEqual(h, want) {
			t.Errorf("%s: %v, want %v", auth, h, want)
		}
	}
	d := described(t, changed("auth = { basic = ['{username}', '{token}'] }\nheaders = { X-App = '{second_token}' }"))
	if demand := d.Demand(); !demand.UserToken || !demand.SecondToken || !d.Info().Basic {
		t.Errorf("%+v", demand)
	}
}

// FuzzDescription reads any description and any answer: it must not fail, nor call
// somebody healthy whom nobody has named.
func FuzzDescription(f *testing.F) {
	f.Add(declaredtest.Description, 200, `{"ok":true,"id":1}`, "")
	f.Add(declaredtest.Description, 403, `{"error":{"code":"revoked"}}`, "")
	f.Add(changed("id = '$..id'")+"next = 'link'\nscopes = { path = '$..*', split = ',' }\n", 200, `[[[{"id":[1,2]}]]]`, "5")
	f.Add(changed("id = '$[?match(@.a, \"x.*\")].b'"), 200, `[{"a":"xy","b":1}]`, "")
	f.Fuzz(func(t *testing.T, text string, status int, body, retryAfter string) {
		s, faults := parseAny(text)
		if s == nil || len(faults) > 0 {
			return
		}
		q, err := s.Sample(servicetest.Secret)
		if err != nil {
			return
		}
		a := answered(status, body, "Retry-After", retryAfter)
		acc, d := servicetest.Identify(s, a, q)
		if d.State == account.Healthy && (acc == nil || acc.User.ID == "" && !s.Info().Anonymous) {
			t.Errorf("healthy without a user: %+v", acc)
		}
		if d.State != account.Healthy && (d.Explanation == "" || d.Remedy == "") {
			t.Errorf("no words for %+v", d)
		}
		if _, err := json.Marshal(acc); err != nil {
			t.Errorf("the account cannot be kept: %v", err)
		}
		s.Try(a, q)
	})
}
