package onezonetest

import (
	"fmt"
	"strings"

	"rollcall/client/account"
	"rollcall/client/service/servicetest"
)

const Good = `{"basicAuthEnabled":false,"blocked":false,"userId":"7d0c1ab9f4e2","fullName":"Mira Okafor","username":"mokafor",
 "emails":["mira@otter.example"],"creationTime":1611310475,
 "linkedAccounts":[{"idp":"egi","subjectId":"a81f@egi.example","fullName":"Mira O.","username":null,
   "emails":["mira@uni.example"],"entitlements":["otter-lab/admins"],"custom":{"affiliation": ["staff"]},
   "name":"Old","login":"old","alias":null,"emailList":["old@uni.example"],"groups":["old"]}],
 "name":"Old","login":"old","alias":"old","emailList":["old@otter.example"]}`

// Unauthorized is a 401 with a cause.
func Unauthorized(cause string) string {
	return `{"error":{"id":"unauthorized","description":"Not authorized.","details":{"authError":` + cause + `}}}`
}

func Unverified(caveat string) string {
	return Unauthorized(`{"id":"tokenCaveatUnverified","description":"A caveat","details":{"caveat":` + caveat + `}}`)
}

// CredentialErrors are the causes in a 401, with what they mean.
var CredentialErrors = []servicetest.Reading{
	{Code: "badToken", State: account.InvalidToken, Says: []string{"cut off"}, Tells: []string{"env WORK_SECRET"}},
	{Code: "tokenInvalid", State: account.InvalidToken, Says: []string{"not issued"}, Tells: []string{"base_url"}},
	{Code: "tokenRevoked", State: account.InvalidToken, Says: []string{"revoked"}, Tells: []string{"new token", "env WORK_SECRET"}},
	{Code: "tokenTooLarge", State: account.InvalidToken, Says: []string{"the 1048576 bytes"}, Body: `{"limit":1048576}`},
	{Code: "tokenTooLarge", State: account.InvalidToken, Says: []string{"longer than Onezone takes."}, Body: `{"limit":"much"}`},
	{Code: "tokenSubjectInvalid", State: account.InvalidToken, Says: []string{"gone"}},
	{Code: "tokenSessionInvalid", State: account.InvalidToken, Says: []string{"session"}},
	{Code: "notAnAccessToken", State: account.InvalidToken, Body: `{"received":{"identityToken":{}}}`, Says: []string{"an identity token"}, Tells: []string{"access token"}},
	{Code: "notAnAccessToken", State: account.InvalidToken, Body: `{"received":{"inviteToken":{"inviteType":"userJoinGroup"}}}`, Says: []string{"an invite token"}},
	{Code: "notAnAccessToken", State: account.InvalidToken, Body: `{"received":"?"}`, Says: []string{"another kind"}},
	{Code: "notAnIdentityToken", State: account.Misconfigured, Says: []string{"second token"}, Tells: []string{"proxy"}},
	{Code: "tokenCaveatUnknown", State: account.InvalidToken, Body: `{"caveat":"moon = full"}`, Says: []string{"moon = full"}},
	{Code: "tokenTimeCaveatRequired", State: account.InvalidToken, Body: `{"maxTtl":3600}`, Says: []string{"within 1h,"}, Tells: []string{"time caveat"}},
	{Code: "tokenTimeCaveatRequired", State: account.InvalidToken, Says: []string{"tokens that end,"}},
	{Code: "tokenTimeCaveatRequired", State: account.InvalidToken, Body: `{"maxTtl":9223372036854775807}`, Says: []string{"tokens that end,"}},
	{Code: "tokenServiceForbidden", State: account.Forbidden, Body: `{"service":{"type":"opw","id":"x"}}`, Says: []string{"by Oneprovider x."}, Tells: []string{"service caveat"}},
	{Code: "tokenServiceForbidden", State: account.Forbidden, Body: `{"service":"x"}`, Says: []string{"the service that presents it"}},
	{Code: "badIdpAccessToken", State: account.InvalidToken, Body: `{"idp":"google"}`, Says: []string{`"google"`}, Tells: []string{`"google"`}},
	{Code: "badBasicCredentials", State: account.InvalidToken, Basic: true, Says: []string{"user name and password"}, Tells: []string{"password (env WORK_SECRET)"}},
	{Code: "basicAuthNotSupported", State: account.Misconfigured, Basic: true, Says: []string{"no user names"}, Tells: []string{"token"}},
	{Code: "basicAuthDisabled", State: account.Forbidden, Basic: true, Says: []string{"switched off"}, Tells: []string{"token"}},
	{Code: "userBlocked", State: account.Forbidden, Says: []string{"api.example.org", "blocked"}, Tells: []string{"unblock"}},
	{Code: "serviceUnavailable", State: account.Unavailable},
	{Code: "brandNew", State: account.InvalidToken, Says: []string{"Onezone", "brandNew"}},
}

// Cause is the error of a row that is to lie in another.
func Cause(r servicetest.Reading) string {
	details := ""
	if r.Body != "" {
		details = `,"details":` + r.Body
	}
	return `{"id":"` + r.Code + `","description":"words"` + details + `}`
}

// InRefusal is the row with its error as the cause of a 401.
func InRefusal(r servicetest.Reading) servicetest.Reading {
	r.Status, r.Body = 401, Unauthorized(Cause(r))
	return r
}

// InCaveat is the row with its body as the caveat that does not hold.
func InCaveat(r servicetest.Reading) servicetest.Reading {
	r.Name, r.Status, r.Code, r.Body = r.Body, 401, "tokenCaveatUnverified", Unverified(r.Body)
	return r
}

// CaveatErrors has a row per caveat that a 401 can name.
var CaveatErrors = []servicetest.Reading{
	{Body: `{"type":"time","validUntil":1609459200}`, State: account.InvalidToken, Says: []string{"has ended"}, Tells: []string{"new token", "env WORK_SECRET"}},
	{Body: `{"type":"time"}`, State: account.InvalidToken, Says: []string{"has ended"}},
	{Body: `{"type":"ip","whitelist":["192.0.2.7/32"]}`, State: account.NetworkDenied, Says: []string{"only valid from 192.0.2.7,"}, Tells: []string{"allowed address"}},
	{Body: `{"type":"ip","whitelist":["10.0.0.0/8","192.0.2.7/32"]}`, State: account.NetworkDenied, Says: []string{"10.0.0.0/8 or 192.0.2.7"}},
	{Body: `{"type":"ip","whitelist":"all"}`, State: account.NetworkDenied, Says: []string{"certain addresses"}},
	{Body: `{"type":"asn","whitelist":[64500,64501]}`, State: account.NetworkDenied, Says: []string{"the networks AS64500 or AS64501,"}},
	{Body: `{"type":"geo.country","filter":"whitelist","list":["PL","FR"]}`, State: account.NetworkDenied, Says: []string{"only valid from the countries PL or FR"}},
	{Body: `{"type":"geo.region","filter":"blacklist","list":["Asia"]}`, State: account.NetworkDenied, Says: []string{"not valid from the region Asia,"}, Tells: []string{"elsewhere"}},
	{Body: `{"type":"geo.country","filter":"whitelist","list":7}`, State: account.NetworkDenied, Says: []string{"certain countries"}},
	{Body: `{"type":"service","whitelist":["opw-*"]}`, State: account.ScopeMissing, Says: []string{"only valid at any Oneprovider, and not at Onezone"}},
	{Body: `{"type":"consumer","whitelist":["usr-7d0c","grp-c2f4"]}`, State: account.Forbidden, Says: []string{"Only user 7d0c or group c2f4 may"}},
	{Body: `{"type":"interface","interface":"oneclient"}`, State: account.ScopeMissing, Says: []string{"Oneclient", "REST"}},
	{Body: `{"type":"api","whitelist":["ozw/get/space.*.*:*"]}`, State: account.ScopeMissing, Says: []string{"the operation ozw/get/space.*.*:*,"}, Tells: []string{"ozw/get/user"}},
	{Body: `{"type":"data.readonly"}`, State: account.ScopeMissing, Says: []string{"files only", "data.readonly"}, Tells: []string{"good for its purpose"}},
	{Body: `{"type":"data.path","whitelist":["L3NwYWNlL2Rpcg=="]}`, State: account.ScopeMissing, Says: []string{"data.path"}},
	{Body: `{"type":"data.objectid","whitelist":["0000"]}`, State: account.ScopeMissing, Says: []string{"data.objectid"}},
	{Body: `{"scope":"identityToken"}`, State: account.ScopeMissing, Says: []string{"identityToken"}},
	{Body: `{"type":"moon", "phase":"full"}`, State: account.Forbidden, Says: []string{`{"type":"moon","phase":"full"}`}},
	{Body: `"moon = full"`, State: account.Forbidden, Says: []string{"moon = full"}},
	{Body: `null`, State: account.Forbidden, Says: []string{"does not hold"}},
}

// OtherErrors are the answers of Onezone that do not concern the credential.
func OtherErrors() []servicetest.Reading {
	rows := []servicetest.Reading{
		{Name: "no cause", Status: 401, Body: wrap(`{"id":"unauthorized","description":"x"}`), State: account.InvalidToken, Code: "unauthorized", Says: []string{"token", "no reason"}, Tells: []string{"env WORK_SECRET", "X-Auth-Token"}},
		{Name: "null cause", Status: 401, Body: Unauthorized("null"), State: account.InvalidToken, Code: "unauthorized"},
		{Name: "cause of wrong type", Status: 401, Body: Unauthorized(`["tokenRevoked"]`), State: account.InvalidToken, Code: "unauthorized"},
		{Name: "no cause, password", Status: 401, Basic: true, Body: wrap(`{"id":"unauthorized"}`), State: account.InvalidToken, Code: "unauthorized", Says: []string{"password"}, Tells: []string{"username"}},
		{Name: "empty", Status: 401, State: account.InvalidToken, Says: []string{"token"}},
		{Name: "portal", Status: 401, Body: servicetest.Portal, State: account.BadResponse, Says: []string{"captive portal"}},
		{Name: "three deep", Status: 401, Body: Unauthorized(`{"id":"badValueToken","details":{"tokenError":{"id":"tokenRevoked"}}}`), State: account.InvalidToken, Code: "tokenRevoked", Says: []string{"revoked"}},
		{Name: "second token", Status: 401, Body: Unauthorized(`{"id":"badServiceToken","details":{"tokenError":{"id":"tokenRevoked"}}}`), State: account.Misconfigured, Code: "tokenRevoked", Says: []string{"badServiceToken"}, Tells: []string{"proxy"}},
		{Name: "consumer token", Status: 401, Body: Unauthorized(`{"id":"badConsumerToken"}`), State: account.Misconfigured, Code: "badConsumerToken"},
		{Name: "hint", Status: 403, Body: wrap(`{"id":"forbidden","details":{"hint":"Ask the owner."}}`), State: account.Forbidden, Code: "forbidden", Says: []string{"Ask the owner."}, Tells: []string{"api.example.org"}},
		{Name: "new form", Status: 403, Body: wrap(`{"id":"forbiddenWithHint","details":{"hint":"no"}}`), State: account.Forbidden, Code: "forbiddenWithHint", Says: []string{"no"}},
		{Name: "Oneprovider", Status: 404, Body: wrap(`{"id":"notFound","description":"x"}`), State: account.NoUser, Code: "notFound", Says: []string{"Oneprovider"}, Tells: []string{"token of a user"}},
		{Name: "elsewhere", Status: 404, Body: servicetest.Portal, State: account.NotFound, Tells: []string{"base_url"}},
		{Name: "reference", Status: 500, Body: wrap(`{"id":"internalServerError","details":{"reference":"a1b2c3"}}`), State: account.ServerError, Code: "internalServerError", Says: []string{"a1b2c3"}, Tells: []string{"a1b2c3", "api.example.org"}},
		{Name: "no reference", Status: 500, Body: wrap(`{"id":"internalServerError"}`), State: account.ServerError, Code: "internalServerError"},
		{Name: "crash", Status: 500, State: account.ServerError, Says: []string{"500"}, Tells: []string{"api.example.org"}},
		{Name: "501", Status: 501, Body: wrap(`{"id":"notImplemented"}`), State: account.ServerError, Code: "notImplemented"},
		{Name: "external", Status: 503, Body: wrap(`{"id":"externalServiceOperationFailed","details":{"serviceName":"DNS"}}`), State: account.Unavailable, Code: "externalServiceOperationFailed", Says: []string{`The service "DNS", which`}},
		{Name: "external, unnamed", Status: 503, Body: wrap(`{"id":"externalServiceOperationFailed"}`), State: account.Unavailable, Code: "externalServiceOperationFailed", Says: []string{"A service that Onezone needs failed."}},
		{Name: "method", Status: 405, State: account.BadRequest},
		{Name: "media type", Status: 415, State: account.BadRequest},
		{Name: "proxy's limit", Status: 429, Body: "slow down", State: account.RateLimited},
		{Name: "blame in a fault", Status: 503, Body: Unauthorized(`{"id":"tokenInvalid"}`), State: account.Unavailable, Code: "tokenInvalid"},
		{Name: "code over success", Status: 200, Body: wrap(`{"id":"serviceUnavailable"}`), State: account.Unavailable, Code: "serviceUnavailable"},
		{Name: "without envelope", Status: 403, Body: `{"id":"forbidden"}`, State: account.Forbidden, Code: "forbidden"},
		{Name: "key", Status: 400, Body: wrap(`{"id":"badValueString","details":{"key":"name"}}`), State: account.BadRequest, Code: "badValueString", Says: []string{`: its "name".`}},
		{Name: "hint and key", Status: 400, Body: wrap(`{"id":"badData","details":{"key":"x","hint":"It is odd."}}`), State: account.BadRequest, Code: "badData", Says: []string{`: its "x", It is odd.`}},
		{Name: "specific", Status: 400, Body: wrap(`{"id":"badData","details":{"key":"x","specificError":{"id":"badValueJSON"}}}`), State: account.BadRequest, Code: "badValueJSON"},
		{Name: "id of a fault", Status: 500, Body: wrap(`{"id":"badValueString"}`), State: account.ServerError, Code: "badValueString", Says: []string{"Onezone", "badValueString"}},
		{Name: "fault under a refusal", Status: 404, Body: wrap(`{"id":"internalServerError"}`), State: account.ServerError, Code: "internalServerError"},
		{Name: "refusal under a fault", Status: 502, Body: wrap(`{"id":"forbidden"}`), State: account.Unavailable, Code: "forbidden"},
		{Name: "nothing found, not allowed", Status: 403, Body: wrap(`{"id":"notFound"}`), State: account.Forbidden, Code: "notFound"},
		{Name: "unknown id", Status: 400, Body: wrap(`{"id":"badOtter"}`), State: account.BadRequest, Code: "badOtter", Says: []string{"Onezone does not understand", ": badOtter."}},
		{Name: "unknown id, nothing there", Status: 404, Body: wrap(`{"id":"otterGone"}`), State: account.NotFound, Code: "otterGone", Says: []string{"Onezone", "otterGone"}, Tells: []string{"the address is right"}},
		{Name: "OAuth", Status: 401, Body: `{"error":"invalid_token","error_description":"It ended."}`, State: account.InvalidToken, Code: "invalid_token"},
		{Name: "no id", Status: 400, Body: wrap(`{"description":"x"}`), State: account.BadRequest},
		{Name: "id of wrong type", Status: 400, Body: wrap(`{"id":5}`), State: account.BadRequest},
		{Name: "blocked", Status: 200, Body: `{"userId":"u","blocked":true}`, State: account.Forbidden, Account: true, Says: []string{"blocked"}, Tells: []string{"unblock"}},
		{Name: "page", Status: 200, Body: servicetest.Portal, State: account.BadResponse, Says: []string{"web page"}},
		{Name: "no user id", Status: 200, Body: `{"fullName":"M"}`, State: account.BadResponse, Says: []string{"who the user is"}},
		{Name: "number as id", Status: 200, Body: `{"userId":5}`, State: account.BadResponse, Says: []string{"userId is a number"}},
		{Name: "linked accounts no list", Status: 200, Body: `{"userId":"u","linkedAccounts":{}}`, State: account.BadResponse, Says: []string{"linkedAccounts"}},
		{Name: "cut off", Status: 200, Body: Good[:50], State: account.BadResponse, Says: []string{"breaks off"}},
	}
	return append(rows, classErrors()...)
}

// wrap puts an error into the envelope of the service.
func wrap(inner string) string { return `{"error":` + inner + `}` }

// classErrors are ids that stand for a class of errors, under a status of theirs and
// under others.
func classErrors() (rows []servicetest.Reading) {
	for _, of := range []struct {
		status int
		state  account.State
		// firm is set where the id counts under any status.
		firm bool
		ids  string
	}{
		{503, account.Unavailable, true, "serviceUnavailable timeout temporaryFailure unregisteredOneprovider noConnectionToOnezone noConnectionToPeerOneprovider noConnectionToClusterNode"},
		{400, account.BadRequest, false, "alreadyExists malformedData missingRequiredValue badValueEmpty badValueBoolean badValueInteger badValueIPv4Address badData notSupported limitReached posix badMessage " +
			"notAnInviteToken inviteTokenSubjectNotAuthorized inviteTokenUsageLimitReached inviteTokenConsumerInvalid inviteTokenTargetIdInvalid"},
	} {
		for id := range strings.FieldsSeq(of.ids) {
			rows = append(rows, servicetest.Reading{Name: id, Status: of.status, Body: wrap(`{"id":"` + id + `"}`), State: of.state, Code: id})
			// A status of another class decides where the id blames the request, and the id
			// stays the code.
			for status, state := range []account.State{403: account.Forbidden, 404: account.NotFound} {
				if state == "" {
					continue
				}
				r := servicetest.Reading{Name: fmt.Sprint(id, " under ", status), Status: status, Body: wrap(`{"id":"` + id + `"}`), State: state, Code: id}
				if r.Says = []string{"Onezone", ": " + id + "."}; of.firm {
					r.State, r.Says = of.state, nil
				}
				rows = append(rows, r)
			}
		}
	}
	return rows
}

// Readings are all the answers that are no good ones, under names of their
// own.
func Readings() (all []servicetest.Reading) {
	for _, r := range CredentialErrors {
		r.Name = strings.TrimSpace(r.Name + " " + r.Body)
		all = append(all, InRefusal(r))
	}
	for _, r := range CaveatErrors {
		all = append(all, InCaveat(r))
	}
	return append(all, OtherErrors()...)
}
