package onezone

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/onezone/onezonetest"
	"rollcall/client/service/servicetest"
)

func TestOnezoneAccount(t *testing.T) {
	acc, d := read(service.Answer{Status: 200, Body: []byte(onezonetest.Good)}, servicetest.Asked(false))
	no := false
	want := &account.Account{
		User: account.User{
			ID: "7d0c1ab9f4e2", FullName: "Mira Okafor", Username: "mokafor", Emails: []string{"mira@otter.example"},
			CreatedAt: time.Date(2021, 1, 22, 10, 14, 35, 0, time.UTC), BasicAuthEnabled: &no,
		},
		LinkedAccounts: []account.LinkedAccount{{
			IDP: "egi", SubjectID: "a81f@egi.example", FullName: "Mira O.", Username: "old", Emails: []string{"mira@uni.example"},
			Entitlements: []string{"otter-lab/admins"}, Custom: `{"affiliation":["staff"]}`,
		}},
	}
	if d != (account.Diagnosis{State: account.Healthy}) || !reflect.DeepEqual(acc, want) {
		t.Errorf("got %+v, %+v\nwant %+v", acc, d, want)
	}
}

func TestOnezoneTolerates(t *testing.T) {
	read := func(body string) *account.Account {
		t.Helper()
		acc, d := read(service.Answer{Status: 200, Body: []byte(body)}, servicetest.Asked(false))
		if d.State != account.Healthy {
			t.Fatalf("%s: %+v", body, d)
		}
		return acc
	}
	if acc := read(`{"userId":"u","fullName":null,"username":null,"emails":null,"linkedAccounts":null,"creationTime":null,"basicAuthEnabled":null}`); !reflect.DeepEqual(acc, &account.Account{User: account.User{ID: "u"}}) {
		t.Errorf("of nulls: %+v", acc)
	}
	for _, moment := range []string{"1e300", "253402300800", "-5"} {
		if acc := read(`{"userId":"u","creationTime":` + moment + `}`); !acc.User.CreatedAt.IsZero() {
			t.Errorf("made at %s: %v", moment, acc.User.CreatedAt)
		}
	}
	old := read(`{"userId":"u","name":"Mira","alias":"mo","emailList":["m@otter.example"],"linkedAccounts":[null,
		{"idp":"egi","subjectId":"s","name":"M","login":"mo","emailList":["m@uni.example"],"groups":["g"]}]}`)
	want := &account.Account{
		User: account.User{ID: "u", FullName: "Mira", Username: "mo", Emails: []string{"m@otter.example"}},
		LinkedAccounts: []account.LinkedAccount{{IDP: "egi", SubjectID: "s", FullName: "M", Username: "mo",
			Emails: []string{"m@uni.example"}, Entitlements: []string{"g"}}},
	}
	if !reflect.DeepEqual(old, want) {
		t.Errorf("of an old zone: %+v", old)
	}
	if acc := read(`{"userId":"u","name":5,"login":[],"emailList":"x"}`); !reflect.DeepEqual(acc, &account.Account{User: account.User{ID: "u"}}) {
		t.Errorf("of nonsense under old names: %+v", acc)
	}
	for custom, want := range map[string]string{`"text"`: `"text"`, `[ ]`: `[]`, `null`: "", `17`: "17", `{"a": {"b": null}}`: `{"a":{"b":null}}`} {
		acc := read(`{"userId":"u","linkedAccounts":[{"idp":"i","subjectId":"s","custom":` + custom + `}]}`)
		if got := acc.LinkedAccounts[0].Custom; got != want {
			t.Errorf("custom %s: %q, want %q", custom, got, want)
		}
	}
}

func TestOnezoneInfo(t *testing.T) {
	want := account.ServiceInfo{Name: "onezone", Title: "Onezone", Prefix: "/api/v3/onezone", Path: "/user", Basic: true, GroupsWord: "groups"}
	if got := (Service{}).Info(); got != want {
		t.Errorf("info = %+v", got)
	}
}

func TestOnezonePrepare(t *testing.T) {
	for username, want := range map[string]http.Header{
		"":      {"X-Auth-Token": {"pass:word"}},
		"admin": {"Authorization": {"Basic YWRtaW46cGFzczp3b3Jk"}},
	} {
		h := http.Header{}
		Service{}.Prepare(h, service.NewBearer(username, "pass:word", "", ""))
		if !reflect.DeepEqual(h, want) {
			t.Errorf("%q: %v", username, h)
		}
	}
}

func TestOnezoneCredentialErrors(t *testing.T) {
	for i, r := range onezonetest.CredentialErrors {
		t.Run(fmt.Sprint(i, " ", r.Code), func(t *testing.T) { servicetest.Check(t, Service{}, onezonetest.InRefusal(r)) })

		// The same cause inside the refusal of an argument.
		if r.Code != "brandNew" {
			inner := onezonetest.Cause(r)
			r.Status, r.Body = 400, `{"error":{"id":"badValueToken","description":"x","details":{"key":"token","tokenError":`+inner+`}}}`
			t.Run(fmt.Sprint(i, " ", r.Code, " in an argument"), func(t *testing.T) { servicetest.Check(t, Service{}, r) })
			r.Body = `{"error":` + inner + `}`
			t.Run(fmt.Sprint(i, " ", r.Code, " alone"), func(t *testing.T) { servicetest.Check(t, Service{}, r) })
		}
	}
}

func TestOnezoneCaveats(t *testing.T) {
	for _, r := range onezonetest.CaveatErrors {
		t.Run(r.Body, func(t *testing.T) { servicetest.Check(t, Service{}, onezonetest.InCaveat(r)) })
	}
}

func TestOnezoneErrors(t *testing.T) {
	for _, r := range onezonetest.OtherErrors() {
		t.Run(r.Name, func(t *testing.T) { servicetest.Check(t, Service{}, r) })
	}
}

func TestOnezoneErrorsAreBounded(t *testing.T) {
	const deep = 4000
	body := `{"error":{"id":"unauthorized","details":{"authError":` +
		strings.Repeat(`{"id":"unauthorized","details":{"authError":`, deep) + `{"id":"tokenRevoked"}` + strings.Repeat("}}", deep) + "}}}"
	_, d := read(service.Answer{Status: 401, Body: []byte(body)}, servicetest.Asked(false))
	if d.State != account.InvalidToken || d.Code != "unauthorized" {
		t.Errorf("%+v", d)
	}
}

func TestOnezonePasswordIsKnownAsSuch(t *testing.T) {
	acc, _ := read(service.Answer{Status: 200, Body: []byte(onezonetest.Good)}, servicetest.Asked(true))
	if acc.Token.Kind != passwordKind {
		t.Errorf("kind = %q", acc.Token.Kind)
	}
}

// answerGroups answers the list of groups and each group by its path.
func answerGroups(most *atomic.Int32, answers map[string]service.Answer) service.Ask {
	var mu sync.Mutex
	now := int32(0)
	return func(_ context.Context, r service.Request) (service.Answer, error) {
		path := r.Path
		if !strings.HasPrefix(path, "/user/") {
			return service.Answer{Status: 404}, nil // a zone too old to be asked about tokens
		}
		mu.Lock()
		now++
		most.Store(max(most.Load(), now))
		mu.Unlock()
		defer func() { mu.Lock(); now--; mu.Unlock() }()
		a, ok := answers[strings.TrimPrefix(path, "/user/effective_groups")]
		if !ok {
			return service.Answer{}, errors.New("the line is dead")
		}
		return a, nil
	}
}

func okAnswer(body string) service.Answer { return service.Answer{Status: 200, Body: []byte(body)} }

func TestOnezoneGroups(t *testing.T) {
	var most atomic.Int32
	known := []account.Organization{{ID: "secret", Name: "From before", Kind: "team"}}
	acc := account.Account{Organizations: known}
	d := Service{}.Details(t.Context(), answerGroups(&most, map[string]service.Answer{
		"":        okAnswer(`{"groups":["t","u","o2","o1","x/y","r","secret","gone","o1","","..","odd"]}`),
		"/t":      okAnswer(`{"groupId":"t","name":"T","type":"team"}`),
		"/u":      okAnswer(`{"groupId":"u","name":"U","type":"unit","creator":{"type":"nobody","id":null}}`),
		"/o1":     okAnswer(`{"groupId":"o1","name":"Zebra","type":"organization"}`),
		"/o2":     okAnswer(`{"groupId":"o2","name":"Ant","type":"organization"}`),
		"/x%2Fy":  okAnswer(`{"groupId":"x/y","name":null,"type":"unit"}`),
		"/r":      okAnswer(`{"groupId":"r","name":"R","type":"role_holders"}`),
		"/secret": {Status: 403, Body: []byte(`{"error":{"id":"forbidden"}}`)},
		"/gone":   {Status: 404, Body: []byte(`{"error":{"id":"notFound"}}`)},
		"/odd":    okAnswer(`{"groupId":"odd","name":"Odd","type":"choir"}`),
	}), servicetest.AskedWith(vectors[0].token, false), acc)
	want := []account.Organization{
		{ID: "o2", Name: "Ant", Kind: "organization"}, {ID: "o1", Name: "Zebra", Kind: "organization"},
		{ID: "x/y", Kind: "unit"}, {ID: "u", Name: "U", Kind: "unit"},
		{ID: "secret", Name: "From before", Kind: "team"}, {ID: "t", Name: "T", Kind: "team"},
		{ID: "r", Name: "R", Kind: "role_holders"}, {ID: "gone"}, {ID: "odd", Name: "Odd", Kind: "choir"},
	}
	if !reflect.DeepEqual(d.Organizations, want) {
		t.Errorf("groups = %+v\nwant %+v", d.Organizations, want)
	}
	if d.Notes.String() != "2 of 9 groups could not be read: the service answered with status 404 (notFound)." {
		t.Errorf("notes = %q", d.Notes.String())
	}
	if d.Token == nil || d.Token.ID != "5f6b2c9e01d84a77" {
		t.Errorf("token = %+v", d.Token)
	}
}

func TestOnezoneGroupsFail(t *testing.T) {
	var most atomic.Int32
	d := Service{}.Details(t.Context(), answerGroups(&most, nil), servicetest.AskedWith(vectors[1].token, false), account.Account{})
	if d.Organizations != nil || d.Notes.String() != "The groups could not be read: the line is dead." || d.Token == nil {
		t.Errorf("%+v", d)
	}
	d = Service{}.Details(t.Context(), answerGroups(&most, map[string]service.Answer{"": {Status: 503, Body: []byte(servicetest.Portal)}}), servicetest.AskedWith("", false), account.Account{})
	if d.Organizations != nil || d.Notes.String() != "The groups could not be read: the service answered with status 503." {
		t.Errorf("%+v", d)
	}
	d = Service{}.Details(t.Context(), answerGroups(&most, map[string]service.Answer{"": okAnswer(`{"groups":null}`)}), servicetest.AskedWith("no token", false), account.Account{})
	if d.Organizations == nil || len(d.Organizations) != 0 || d.Notes != nil || !reflect.DeepEqual(*d.Token, account.Token{}) {
		t.Errorf("no groups: %+v", d)
	}
}

func TestOnezoneGroupsAreBounded(t *testing.T) {
	var most atomic.Int32
	var ids []string
	answers := map[string]service.Answer{}
	for i := range 300 {
		id := fmt.Sprintf("%03d", i)
		ids = append(ids, `"`+id+`"`)
		answers["/"+id] = okAnswer(`{"name":"` + id + `","type":"team"}`)
	}
	answers[""] = okAnswer(`{"groups":[` + strings.Join(ids, ",") + `]}`)
	d := Service{}.Details(t.Context(), answerGroups(&most, answers), servicetest.AskedWith("", false), account.Account{})
	if len(d.Organizations) != onezoneMaxGroups || d.Organizations[7].Name != "007" || d.Notes.String() != "Only 200 of 300 groups were read." {
		t.Errorf("%d groups, notes %q", len(d.Organizations), d.Notes.String())
	}
	if n := most.Load(); n > onezoneAtATime {
		t.Errorf("%d requests at a time", n)
	}

	// A dead line is not tried for each of the groups.
	var asked atomic.Int32
	d = Service{}.Details(t.Context(), func(_ context.Context, r service.Request) (service.Answer, error) {
		path := r.Path
		if strings.HasSuffix(path, "/effective_groups") {
			return answers[""], nil
		}
		if strings.Contains(path, "/effective_groups/") {
			asked.Add(1)
		}
		return service.Answer{}, errors.New("the line is dead")
	}, servicetest.AskedWith("", false), account.Account{})
	if n := asked.Load(); n == 0 || n > 2*onezoneAtATime {
		t.Errorf("%d requests on a dead line", n)
	}
	if d.Notes.String() != "200 of 200 groups could not be read: the line is dead." || len(d.Organizations) != onezoneMaxGroups {
		t.Errorf("notes = %q", d.Notes.String())
	}
}

func FuzzOnezoneRead(f *testing.F) {
	f.Add(200, []byte(onezonetest.Good), "")
	f.Add(404, []byte(servicetest.Portal), "5")
	f.Add(401, []byte(onezonetest.Unverified(`{"type":"ip","whitelist":["192.0.2.7/32"]}`)), "")
	for _, r := range onezonetest.CredentialErrors {
		f.Add(401, []byte(onezonetest.Unauthorized(`{"id":"`+r.Code+`"}`)), "")
	}
	f.Fuzz(func(t *testing.T, status int, body []byte, retryAfter string) {
		servicetest.Fuzz(t, Service{}, status, body, retryAfter, onezonetest.FileToken())
	})
}
