package client

import (
	"rollcall/client/account"
	"strings"
)

const onezoneGood = `{"basicAuthEnabled":false,"blocked":false,"userId":"7d0c1ab9f4e2","fullName":"Mira Okafor","username":"mokafor",
 "emails":["mira@otter.example"],"creationTime":1611310475,
 "linkedAccounts":[{"idp":"egi","subjectId":"a81f@egi.example","fullName":"Mira O.","username":null,
   "emails":["mira@uni.example"],"entitlements":["otter-lab/admins"],"custom":{"affiliation": ["staff"]},
   "name":"Old","login":"old","alias":null,"emailList":["old@uni.example"],"groups":["old"]}],
 "name":"Old","login":"old","alias":"old","emailList":["old@otter.example"]}`

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
func cause(r reading) string {
	details := ""
	if r.body != "" {
		details = `,"details":` + r.body
	}
	return `{"id":"` + r.code + `","description":"words"` + details + `}`
}

// inRefusal is the row with its error as the cause of a 401.
func inRefusal(r reading) reading {
	r.status, r.body = 401, unauthorized(cause(r))
	return r
}

// inCaveat is the row with its body as the caveat that does not hold.
func inCaveat(r reading) reading {
	r.name, r.status, r.code, r.body = r.body, 401, "tokenCaveatUnverified", unverified(r.body)
	return r
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

// onezoneReadings are all the answers that are no good ones, under names of their
// own.
func onezoneReadings() (all []reading) {
	for _, r := range credentialErrors {
		r.name = strings.TrimSpace(r.name + " " + r.body)
		all = append(all, inRefusal(r))
	}
	for _, r := range caveatErrors {
		all = append(all, inCaveat(r))
	}
	return append(all, otherErrors()...)
}
