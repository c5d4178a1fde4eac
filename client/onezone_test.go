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

const onezoneGood = `{"basicAuthEnabled":false,"blocked":false,"userId":"7d0c1ab9f4e2","fullName":"Mira Okafor","username":"mokafor",
 "emails":["mira@otter.example"],"creationTime":1611310475,
 "linkedAccounts":[{"idp":"egi","subjectId":"a81f@egi.example","fullName":"Mira O.","username":null,
   "emails":["mira@uni.example"],"entitlements":["otter-lab/admins"],"custom":{"affiliation": ["staff"]},
   "name":"Old","login":"old","alias":null,"emailList":["old@uni.example"],"groups":["old"]}],
 "name":"Old","login":"old","alias":"old","emailList":["old@otter.example"]}`

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

// unauthorized is a 401 with a cause.
func unauthorized(cause string) string {
	return `{"error":{"id":"unauthorized","description":"Not authorized.","details":{"authError":` + cause + `}}}`
}

func unverified(caveat string) string {
	return unauthorized(`{"id":"tokenCaveatUnverified","description":"A caveat","details":{"caveat":` + caveat + `}}`)
}

// credentialErrors are the causes in a 401, with what they mean.
var credentialErrors = []reading{
	{code: "badToken", state: account.InvalidToken, says: []string{"cut off"}, tells: []string{"env WORK_SECRET"}},
	{code: "tokenInvalid", state: account.InvalidToken, says: []string{"not issued"}, tells: []string{"base_url"}},
	{code: "tokenRevoked", state: account.InvalidToken, says: []string{"revoked"}, tells: []string{"new token", "env WORK_SECRET"}},
	{code: "tokenTooLarge", state: account.InvalidToken, says: []string{"the 1048576 bytes"}, body: `{"limit":1048576}`},
	{code: "tokenTooLarge", state: account.InvalidToken, says: []string{"longer than Onezone takes."}, body: `{"limit":"much"}`},
	{code: "tokenSubjectInvalid", state: account.InvalidToken, says: []string{"gone"}},
	{code: "tokenSessionInvalid", state: account.InvalidToken, says: []string{"session"}},
	{code: "notAnAccessToken", state: account.InvalidToken, body: `{"received":{"identityToken":{}}}`, says: []string{"an identity token"}, tells: []string{"access token"}},
	{code: "notAnAccessToken", state: account.InvalidToken, body: `{"received":{"inviteToken":{"inviteType":"userJoinGroup"}}}`, says: []string{"an invite token"}},
	{code: "notAnAccessToken", state: account.InvalidToken, body: `{"received":"?"}`, says: []string{"another kind"}},
	{code: "notAnIdentityToken", state: account.Misconfigured, says: []string{"second token"}, tells: []string{"proxy"}},
	{code: "tokenCaveatUnknown", state: account.InvalidToken, body: `{"caveat":"moon = full"}`, says: []string{"moon = full"}},
	{code: "tokenTimeCaveatRequired", state: account.InvalidToken, body: `{"maxTtl":3600}`, says: []string{"within 60 minutes"}, tells: []string{"time caveat"}},
	{code: "tokenTimeCaveatRequired", state: account.InvalidToken, says: []string{"tokens that end,"}},
	{code: "tokenTimeCaveatRequired", state: account.InvalidToken, body: `{"maxTtl":9223372036854775807}`, says: []string{"tokens that end,"}},
	{code: "tokenServiceForbidden", state: account.Forbidden, body: `{"service":{"type":"opw","id":"x"}}`, says: []string{"by Oneprovider x."}, tells: []string{"service caveat"}},
	{code: "tokenServiceForbidden", state: account.Forbidden, body: `{"service":"x"}`, says: []string{"the service that presents it"}},
	{code: "badIdpAccessToken", state: account.InvalidToken, body: `{"idp":"google"}`, says: []string{`"google"`}, tells: []string{`"google"`}},
	{code: "badBasicCredentials", state: account.InvalidToken, basic: true, says: []string{"user name and password"}, tells: []string{"password (env WORK_SECRET)"}},
	{code: "basicAuthNotSupported", state: account.Misconfigured, basic: true, says: []string{"no user names"}, tells: []string{"token"}},
	{code: "basicAuthDisabled", state: account.Forbidden, basic: true, says: []string{"switched off"}, tells: []string{"token"}},
	{code: "userBlocked", state: account.Forbidden, says: []string{"api.example.org", "blocked"}, tells: []string{"unblock"}},
	{code: "serviceUnavailable", state: account.Unavailable},
	{code: "brandNew", state: account.InvalidToken, says: []string{"api.example.org"}},
}

// cause is the error of a row that is to lie in another.
func (r reading) cause() string {
	details := ""
	if r.body != "" {
		details = `,"details":` + r.body
	}
	return `{"id":"` + r.code + `","description":"words"` + details + `}`
}

// inRefusal is the row with its error as the cause of a 401.
func (r reading) inRefusal() reading {
	r.status, r.body = 401, unauthorized(r.cause())
	return r
}

// inCaveat is the row with its body as the caveat that does not hold.
func (r reading) inCaveat() reading {
	r.name, r.status, r.code, r.body = r.body, 401, "tokenCaveatUnverified", unverified(r.body)
	return r
}

func TestOnezoneCredentialErrors(t *testing.T) {
	for i, r := range credentialErrors {
		t.Run(fmt.Sprint(i, " ", r.code), func(t *testing.T) { checkReading(t, onezone{}, r.inRefusal()) })

		// The same cause inside the refusal of an argument.
		if r.code != "brandNew" {
			inner := r.cause()
			r.status, r.body = 400, `{"error":{"id":"badValueToken","description":"x","details":{"key":"token","tokenError":`+inner+`}}}`
			t.Run(fmt.Sprint(i, " ", r.code, " in an argument"), func(t *testing.T) { checkReading(t, onezone{}, r) })
			r.body = `{"error":` + inner + `}`
			t.Run(fmt.Sprint(i, " ", r.code, " alone"), func(t *testing.T) { checkReading(t, onezone{}, r) })
		}
	}
}

// caveatErrors has a row per caveat that a 401 can name.
var caveatErrors = []reading{
	{body: `{"type":"time","validUntil":1609459200}`, state: account.InvalidToken, says: []string{"ended on 2021-01-01"}, tells: []string{"new token", "env WORK_SECRET"}},
	{body: `{"type":"time"}`, state: account.InvalidToken, says: []string{"has ended"}},
	{body: `{"type":"ip","whitelist":["192.0.2.7/32"]}`, state: account.NetworkDenied, says: []string{"only valid from 192.0.2.7,"}, tells: []string{"allowed address"}},
	{body: `{"type":"ip","whitelist":["10.0.0.0/8","192.0.2.7/32"]}`, state: account.NetworkDenied, says: []string{"10.0.0.0/8 or 192.0.2.7"}},
	{body: `{"type":"ip","whitelist":"all"}`, state: account.NetworkDenied, says: []string{"certain addresses"}},
	{body: `{"type":"asn","whitelist":[64500,64501]}`, state: account.NetworkDenied, says: []string{"the networks AS64500 or AS64501,"}},
	{body: `{"type":"geo.country","filter":"whitelist","list":["PL","FR"]}`, state: account.NetworkDenied, says: []string{"only valid from the countries PL or FR"}},
	{body: `{"type":"geo.region","filter":"blacklist","list":["Asia"]}`, state: account.NetworkDenied, says: []string{"not valid from the region Asia,"}, tells: []string{"elsewhere"}},
	{body: `{"type":"geo.country","filter":"whitelist","list":7}`, state: account.NetworkDenied, says: []string{"certain countries"}},
	{body: `{"type":"service","whitelist":["opw-*"]}`, state: account.ScopeMissing, says: []string{"only valid at any Oneprovider, and not at Onezone"}},
	{body: `{"type":"consumer","whitelist":["usr-7d0c","grp-c2f4"]}`, state: account.Forbidden, says: []string{"Only user 7d0c or group c2f4 may"}},
	{body: `{"type":"interface","interface":"oneclient"}`, state: account.ScopeMissing, says: []string{"Oneclient", "REST"}},
	{body: `{"type":"api","whitelist":["ozw/get/space.*.*:*"]}`, state: account.ScopeMissing, says: []string{"the operation ozw/get/space.*.*:*,"}, tells: []string{"ozw/get/user"}},
	{body: `{"type":"data.readonly"}`, state: account.ScopeMissing, says: []string{"files only", "data.readonly"}, tells: []string{"good for its purpose"}},
	{body: `{"type":"data.path","whitelist":["L3NwYWNlL2Rpcg=="]}`, state: account.ScopeMissing, says: []string{"data.path"}},
	{body: `{"type":"data.objectid","whitelist":["0000"]}`, state: account.ScopeMissing, says: []string{"data.objectid"}},
	{body: `{"scope":"identityToken"}`, state: account.ScopeMissing, says: []string{"identityToken"}},
	{body: `{"type":"moon", "phase":"full"}`, state: account.Forbidden, says: []string{`{"type":"moon","phase":"full"}`}},
	{body: `"moon = full"`, state: account.Forbidden, says: []string{"moon = full"}},
	{body: `null`, state: account.Forbidden, says: []string{"does not hold"}},
}

func TestOnezoneCaveats(t *testing.T) {
	for _, r := range caveatErrors {
		t.Run(r.body, func(t *testing.T) { checkReading(t, onezone{}, r.inCaveat()) })
	}
}

// otherErrors are the answers of Onezone that do not concern the credential.
func otherErrors() []reading {
	wrap := func(inner string) string { return `{"error":` + inner + `}` }
	rows := []reading{
		{name: "no cause", status: 401, body: wrap(`{"id":"unauthorized","description":"x"}`), state: account.InvalidToken, code: "unauthorized", says: []string{"token", "no reason"}, tells: []string{"env WORK_SECRET", "X-Auth-Token"}},
		{name: "null cause", status: 401, body: unauthorized("null"), state: account.InvalidToken, code: "unauthorized"},
		{name: "cause of wrong type", status: 401, body: unauthorized(`["tokenRevoked"]`), state: account.InvalidToken, code: "unauthorized"},
		{name: "no cause, password", status: 401, basic: true, body: wrap(`{"id":"unauthorized"}`), state: account.InvalidToken, code: "unauthorized", says: []string{"password"}, tells: []string{"username"}},
		{name: "empty", status: 401, state: account.InvalidToken, says: []string{"token"}},
		{name: "portal", status: 401, body: portal, state: account.BadResponse, says: []string{"captive portal"}},
		{name: "three deep", status: 401, body: unauthorized(`{"id":"badValueToken","details":{"tokenError":{"id":"tokenRevoked"}}}`), state: account.InvalidToken, code: "tokenRevoked", says: []string{"revoked"}},
		{name: "second token", status: 401, body: unauthorized(`{"id":"badServiceToken","details":{"tokenError":{"id":"tokenRevoked"}}}`), state: account.Misconfigured, code: "tokenRevoked", says: []string{"badServiceToken"}, tells: []string{"proxy"}},
		{name: "consumer token", status: 401, body: unauthorized(`{"id":"badConsumerToken"}`), state: account.Misconfigured, code: "badConsumerToken"},
		{name: "hint", status: 403, body: wrap(`{"id":"forbidden","details":{"hint":"Ask the owner."}}`), state: account.Forbidden, code: "forbidden", says: []string{"Ask the owner."}, tells: []string{"api.example.org"}},
		{name: "new form", status: 403, body: wrap(`{"id":"forbiddenWithHint","details":{"hint":"no"}}`), state: account.Forbidden, code: "forbiddenWithHint", says: []string{"no"}},
		{name: "Oneprovider", status: 404, body: wrap(`{"id":"notFound","description":"x"}`), state: account.NoUser, code: "notFound", says: []string{"Oneprovider"}, tells: []string{"token of a user"}},
		{name: "elsewhere", status: 404, body: portal, state: account.NotFound, tells: []string{"base_url"}},
		{name: "reference", status: 500, body: wrap(`{"id":"internalServerError","details":{"reference":"a1b2c3"}}`), state: account.ServerError, code: "internalServerError", says: []string{"a1b2c3"}, tells: []string{"a1b2c3", "api.example.org"}},
		{name: "no reference", status: 500, body: wrap(`{"id":"internalServerError"}`), state: account.ServerError, code: "internalServerError"},
		{name: "crash", status: 500, state: account.ServerError, says: []string{"500"}, tells: []string{"api.example.org"}},
		{name: "501", status: 501, body: wrap(`{"id":"notImplemented"}`), state: account.ServerError, code: "notImplemented"},
		{name: "external", status: 503, body: wrap(`{"id":"externalServiceOperationFailed","details":{"serviceName":"DNS"}}`), state: account.Unavailable, code: "externalServiceOperationFailed", says: []string{`The service "DNS", which`}},
		{name: "external, unnamed", status: 503, body: wrap(`{"id":"externalServiceOperationFailed"}`), state: account.Unavailable, code: "externalServiceOperationFailed", says: []string{"A service that Onezone needs failed."}},
		{name: "method", status: 405, state: account.BadRequest},
		{name: "media type", status: 415, state: account.BadRequest},
		{name: "proxy's limit", status: 429, body: "slow down", state: account.RateLimited},
		{name: "blame in a fault", status: 503, body: unauthorized(`{"id":"tokenInvalid"}`), state: account.Unavailable, code: "tokenInvalid"},
		{name: "code over success", status: 200, body: wrap(`{"id":"serviceUnavailable"}`), state: account.Unavailable, code: "serviceUnavailable"},
		{name: "without envelope", status: 403, body: `{"id":"forbidden"}`, state: account.Forbidden, code: "forbidden"},
		{name: "key", status: 400, body: wrap(`{"id":"badValueString","details":{"key":"name"}}`), state: account.BadRequest, code: "badValueString", says: []string{`: its "name".`}},
		{name: "hint and key", status: 400, body: wrap(`{"id":"badData","details":{"key":"x","hint":"It is odd."}}`), state: account.BadRequest, code: "badData", says: []string{`: its "x", It is odd.`}},
		{name: "specific", status: 400, body: wrap(`{"id":"badData","details":{"key":"x","specificError":{"id":"badValueJSON"}}}`), state: account.BadRequest, code: "badValueJSON"},
		{name: "no id", status: 400, body: wrap(`{"description":"x"}`), state: account.BadRequest},
		{name: "id of wrong type", status: 400, body: wrap(`{"id":5}`), state: account.BadRequest},
		{name: "blocked", status: 200, body: `{"userId":"u","blocked":true}`, state: account.Forbidden, account: true, says: []string{"blocked"}, tells: []string{"unblock"}},
		{name: "page", status: 200, body: portal, state: account.BadResponse, says: []string{"web page"}},
		{name: "no user id", status: 200, body: `{"fullName":"M"}`, state: account.BadResponse, says: []string{"who the user is"}},
		{name: "number as id", status: 200, body: `{"userId":5}`, state: account.BadResponse, says: []string{"userId is a number"}},
		{name: "linked accounts no list", status: 200, body: `{"userId":"u","linkedAccounts":{}}`, state: account.BadResponse, says: []string{"linkedAccounts"}},
		{name: "cut off", status: 200, body: onezoneGood[:50], state: account.BadResponse, says: []string{"breaks off"}},
	}
	for _, of := range []struct {
		state account.State
		ids   string
	}{
		{account.Unavailable, "serviceUnavailable timeout temporaryFailure unregisteredOneprovider noConnectionToOnezone noConnectionToPeerOneprovider noConnectionToClusterNode"},
		{account.BadRequest, "alreadyExists malformedData missingRequiredValue badValueEmpty badValueBoolean badValueInteger badValueIPv4Address badData notSupported limitReached posix badMessage " +
			"notAnInviteToken inviteTokenSubjectNotAuthorized inviteTokenUsageLimitReached inviteTokenConsumerInvalid inviteTokenTargetIdInvalid"},
	} {
		for id := range strings.FieldsSeq(of.ids) {
			// The status alone would mean something else.
			rows = append(rows, reading{name: id, status: 403, body: wrap(`{"id":"` + id + `"}`), state: of.state, code: id})
		}
	}
	return rows
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
		fuzzRead(t, onezone{}, status, body, retryAfter)
	})
}
