package client

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
)

func TestOnezoneAccount(t *testing.T) {
	acc, d := onezone{}.read(answer{status: 200, body: []byte(onezoneGood)}, asked(false))
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
		acc, d := onezone{}.read(answer{status: 200, body: []byte(body)}, asked(false))
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
	want := account.Service{Name: "onezone", Title: "Onezone", Prefix: "/api/v3/onezone", Path: "/user", Basic: true}
	if got := (onezone{}).info(); got != want {
		t.Errorf("info = %+v", got)
	}
}

func TestOnezoneAuthorize(t *testing.T) {
	for username, want := range map[string]http.Header{
		"":      {"X-Auth-Token": {"pass:word"}},
		"admin": {"Authorization": {"Basic YWRtaW46cGFzczp3b3Jk"}},
	} {
		h := http.Header{}
		onezone{}.authorize(h, username, "pass:word")
		if !reflect.DeepEqual(h, want) {
			t.Errorf("%q: %v", username, h)
		}
	}
}

func TestOnezoneCredentialErrors(t *testing.T) {
	for i, r := range credentialErrors {
		t.Run(fmt.Sprint(i, " ", r.code), func(t *testing.T) { checkReading(t, onezone{}, inRefusal(r)) })

		// The same cause inside the refusal of an argument.
		if r.code != "brandNew" {
			inner := cause(r)
			r.status, r.body = 400, `{"error":{"id":"badValueToken","description":"x","details":{"key":"token","tokenError":`+inner+`}}}`
			t.Run(fmt.Sprint(i, " ", r.code, " in an argument"), func(t *testing.T) { checkReading(t, onezone{}, r) })
			r.body = `{"error":` + inner + `}`
			t.Run(fmt.Sprint(i, " ", r.code, " alone"), func(t *testing.T) { checkReading(t, onezone{}, r) })
		}
	}
}

func TestOnezoneCaveats(t *testing.T) {
	for _, r := range caveatErrors {
		t.Run(r.body, func(t *testing.T) { checkReading(t, onezone{}, inCaveat(r)) })
	}
}

func TestOnezoneErrors(t *testing.T) {
	for _, r := range otherErrors() {
		t.Run(r.name, func(t *testing.T) { checkReading(t, onezone{}, r) })
	}
}

func TestOnezoneErrorsAreBounded(t *testing.T) {
	const deep = 4000
	body := `{"error":{"id":"unauthorized","details":{"authError":` +
		strings.Repeat(`{"id":"unauthorized","details":{"authError":`, deep) + `{"id":"tokenRevoked"}` + strings.Repeat("}}", deep) + "}}}"
	_, d := onezone{}.read(answer{status: 401, body: []byte(body)}, asked(false))
	if d.State != account.InvalidToken || d.Code != "unauthorized" {
		t.Errorf("%+v", d)
	}
}

func TestOnezonePasswordIsKnownAsSuch(t *testing.T) {
	acc, _ := onezone{}.read(answer{status: 200, body: []byte(onezoneGood)}, asked(true))
	if acc.Token.Kind != onezonePassword {
		t.Errorf("kind = %q", acc.Token.Kind)
	}
}

// askGroups answers the list of groups and each group by its path.
func askGroups(most *atomic.Int32, answers map[string]answer) asker {
	var mu sync.Mutex
	now := int32(0)
	return func(_ context.Context, path string, _ ...func(*request)) (answer, error) {
		if !strings.HasPrefix(path, "/user/") {
			return answer{status: 404}, nil // a zone too old to be asked about tokens
		}
		mu.Lock()
		now++
		most.Store(max(most.Load(), now))
		mu.Unlock()
		defer func() { mu.Lock(); now--; mu.Unlock() }()
		a, ok := answers[strings.TrimPrefix(path, "/user/effective_groups")]
		if !ok {
			return answer{}, errors.New("the line is dead")
		}
		return a, nil
	}
}

func okAnswer(body string) answer { return answer{status: 200, body: []byte(body)} }

func TestOnezoneGroups(t *testing.T) {
	var most atomic.Int32
	known := []account.Organization{{ID: "secret", Name: "From before", Kind: "team"}}
	acc := account.Account{Organizations: known}
	d := onezone{}.details(t.Context(), askGroups(&most, map[string]answer{
		"":        okAnswer(`{"groups":["t","u","o2","o1","x/y","r","secret","gone","o1","","..","odd"]}`),
		"/t":      okAnswer(`{"groupId":"t","name":"T","type":"team"}`),
		"/u":      okAnswer(`{"groupId":"u","name":"U","type":"unit","creator":{"type":"nobody","id":null}}`),
		"/o1":     okAnswer(`{"groupId":"o1","name":"Zebra","type":"organization"}`),
		"/o2":     okAnswer(`{"groupId":"o2","name":"Ant","type":"organization"}`),
		"/x%2Fy":  okAnswer(`{"groupId":"x/y","name":null,"type":"unit"}`),
		"/r":      okAnswer(`{"groupId":"r","name":"R","type":"role_holders"}`),
		"/secret": {status: 403, body: []byte(`{"error":{"id":"forbidden"}}`)},
		"/gone":   {status: 404, body: []byte(`{"error":{"id":"notFound"}}`)},
		"/odd":    okAnswer(`{"groupId":"odd","name":"Odd","type":"choir"}`),
	}), acc, vectors[0].token)
	want := []account.Organization{
		{ID: "o2", Name: "Ant", Kind: "organization"}, {ID: "o1", Name: "Zebra", Kind: "organization"},
		{ID: "x/y", Kind: "unit"}, {ID: "u", Name: "U", Kind: "unit"},
		{ID: "secret", Name: "From before", Kind: "team"}, {ID: "t", Name: "T", Kind: "team"},
		{ID: "r", Name: "R", Kind: "role_holders"}, {ID: "gone"}, {ID: "odd", Name: "Odd", Kind: "choir"},
	}
	if !reflect.DeepEqual(d.organizations, want) {
		t.Errorf("groups = %+v\nwant %+v", d.organizations, want)
	}
	if d.problem != "2 of 9 groups could not be read: the service answered with status 404 (notFound)." {
		t.Errorf("problem = %q", d.problem)
	}
	if d.token == nil || d.token.ID != "5f6b2c9e01d84a77" {
		t.Errorf("token = %+v", d.token)
	}
}

func TestOnezoneGroupsFail(t *testing.T) {
	var most atomic.Int32
	d := onezone{}.details(t.Context(), askGroups(&most, nil), account.Account{}, vectors[1].token)
	if d.organizations != nil || d.problem != "The groups could not be read: the line is dead." || d.token == nil {
		t.Errorf("%+v", d)
	}
	d = onezone{}.details(t.Context(), askGroups(&most, map[string]answer{"": {status: 503, body: []byte(portal)}}), account.Account{}, "")
	if d.organizations != nil || d.problem != "The groups could not be read: the service answered with status 503." {
		t.Errorf("%+v", d)
	}
	d = onezone{}.details(t.Context(), askGroups(&most, map[string]answer{"": okAnswer(`{"groups":null}`)}), account.Account{}, "no token")
	if d.organizations == nil || len(d.organizations) != 0 || d.problem != "" || !reflect.DeepEqual(*d.token, account.Token{}) {
		t.Errorf("no groups: %+v", d)
	}
}

func TestOnezoneGroupsAreBounded(t *testing.T) {
	var most atomic.Int32
	var ids []string
	answers := map[string]answer{}
	for i := range 300 {
		id := fmt.Sprintf("%03d", i)
		ids = append(ids, `"`+id+`"`)
		answers["/"+id] = okAnswer(`{"name":"` + id + `","type":"team"}`)
	}
	answers[""] = okAnswer(`{"groups":[` + strings.Join(ids, ",") + `]}`)
	d := onezone{}.details(t.Context(), askGroups(&most, answers), account.Account{}, "")
	if len(d.organizations) != onezoneMaxGroups || d.organizations[7].Name != "007" || d.problem != "Only 200 of 300 groups were read." {
		t.Errorf("%d groups, problem %q", len(d.organizations), d.problem)
	}
	if n := most.Load(); n > onezoneAtATime {
		t.Errorf("%d requests at a time", n)
	}

	// A dead line is not tried for each of the groups.
	var asked atomic.Int32
	d = onezone{}.details(t.Context(), func(_ context.Context, path string, _ ...func(*request)) (answer, error) {
		if strings.HasSuffix(path, "/effective_groups") {
			return answers[""], nil
		}
		if strings.Contains(path, "/effective_groups/") {
			asked.Add(1)
		}
		return answer{}, errors.New("the line is dead")
	}, account.Account{}, "")
	if n := asked.Load(); n == 0 || n > 2*onezoneAtATime {
		t.Errorf("%d requests on a dead line", n)
	}
	if d.problem != "200 of 200 groups could not be read: the line is dead." || len(d.organizations) != onezoneMaxGroups {
		t.Errorf("problem = %q", d.problem)
	}
}

func FuzzOnezoneRead(f *testing.F) {
	f.Add(200, []byte(onezoneGood), "")
	f.Add(404, []byte(portal), "5")
	f.Add(401, []byte(unverified(`{"type":"ip","whitelist":["192.0.2.7/32"]}`)), "")
	for _, r := range credentialErrors {
		f.Add(401, []byte(unauthorized(`{"id":"`+r.code+`"}`)), "")
	}
	f.Fuzz(func(t *testing.T, status int, body []byte, retryAfter string) {
		fuzzRead(t, onezone{}, status, body, retryAfter, fileToken())
	})
}
