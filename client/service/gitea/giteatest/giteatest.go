package giteatest

import (
	"net/http"
	"slices"

	"rollcall/client/account"
	"rollcall/client/service/servicetest"
)

// Good is the answer of Gitea 1.26.0 to GET /api/v1/user, with another name in it.
const Good = `{"id":31,"login":"mokafor","login_name":"mokafor@otter.example","source_id":2,"full_name":"Mira Okafor","email":"mira@otter.example",
 "avatar_url":"https://git.example/avatars/31","html_url":"https://git.example/mokafor","language":"en-US","is_admin":false,
 "last_login":"2026-01-02T03:04:05Z","created":"2021-02-03T04:05:06Z","restricted":false,"active":true,"prohibit_login":false,"location":"",
 "website":"","description":"","visibility":"public","followers_count":0,"following_count":0,"starred_repos_count":0,"username":"mokafor"}`

// refusal is the body of an error, whose url is that of the description.
func refusal(message string) string {
	return `{"message":"` + message + `","url":"https://git.example/api/swagger"}`
}

const (
	unknown    = "invalid username, password or token"
	prohibited = "This account is prohibited from signing in, please contact your site administrator."
)

// Errors has a row for each text of a refusal.
var Errors = []servicetest.Reading{
	{Name: "token is required", Status: 401, Body: refusal("token is required"),
		State: account.CredentialMissing, Says: []string{"one was sent", "removed it"}, Tells: []string{"proxy", "https://api.example.org/v1/me"}},
	{Name: "token is required, with a password", Status: 401, Basic: true, Body: refusal("token is required"),
		State: account.CredentialMissing, Says: []string{"switched off"}, Tells: []string{"Create a token"}},
	{Name: "only signed in users", Status: 403, Body: `{"message":"Only signed in user is allowed to call APIs."}`,
		State: account.CredentialMissing, Says: []string{"removed it"}, Tells: []string{"proxy"}},
	{Name: "unknown token", Status: 401, Body: refusal(unknown),
		State: account.InvalidToken, Says: []string{"deleted", "another installation"}, Tells: []string{"env WORK_SECRET"}},
	{Name: "wrong password", Status: 401, Basic: true, Body: refusal(unknown),
		State: account.InvalidToken, Says: []string{"second factor"}, Tells: []string{"username", "env WORK_SECRET", "token"}},
	{Name: "unknown token, 1.20", Status: 401, Body: refusal("user does not exist [uid: 0, name: ]"),
		State: account.InvalidToken, Says: []string{"does not know"}, Tells: []string{"env WORK_SECRET"}},
	{Name: "password beside a security key", Status: 401, Basic: true, Body: refusal("basic authorization is not allowed while WebAuthn enrolled"),
		State: account.Forbidden, Says: []string{"security key"}, Tells: []string{"Create a token"}},
	{Name: "password without a code", Status: 401, Basic: true, Body: refusal("invalid provided OTP"),
		State: account.Forbidden, Says: []string{"second factor"}, Tells: []string{"Create a token"}},
	{Name: "scope", Status: 403, Body: refusal("token does not have at least one of required scope(s), required=[read:user], token scope=read:repository,write:issue"),
		State: account.ScopeMissing, Says: []string{"lacks the scope read:user;", "it has read:repository and write:issue"}, Tells: []string{"with the scope read:user at api.example.org", "env WORK_SECRET"}},
	{Name: "scopes, all of which are needed", Status: 403, Body: refusal("token does not have at least one of required scope(s), required=[read:user read:organization], token scope=public-only,read:misc"),
		State: account.ScopeMissing, Says: []string{"the scopes read:user and read:organization;", "public-only"}, Tells: []string{"read:user and read:organization"}},
	{Name: "scopes, one of which is there", Status: 403, Body: refusal("token does not have at least one of required scope(s), required=[read:user read:organization], token scope=write:user"),
		State: account.ScopeMissing, Says: []string{"the scope read:organization; it has write:user."}},
	{Name: "scope of a token that has none", Status: 403, Body: refusal("token does not have at least one of required scope(s), required=[read:user], token scope="),
		State: account.ScopeMissing, Says: []string{"read:user; it has none."}},
	{Name: "scope, before 1.23", Status: 403, Body: refusal("token does not have at least one of required scope(s): [read:user]"),
		State: account.ScopeMissing, Says: []string{"lacks the scope read:user."}, Tells: []string{"env WORK_SECRET"}},
	{Name: "scope, of which nothing is told", Status: 403, Body: refusal("token does not have at least one of required scope(s)"),
		State: account.ScopeMissing, Says: []string{"a scope"}, Tells: []string{"read:user"}},
	{Name: "public things only", Status: 403, Body: refusal("token scope is limited to public users"),
		State: account.ScopeMissing, Says: []string{"public-only"}, Tells: []string{"without public-only"}},
	{Name: "scope of another version", Status: 403, Body: refusal("checking scope failed: invalid access token scope: repo"),
		State: account.ScopeMissing, Says: []string{"does not know"}, Tells: []string{"read:user"}},
	{Name: "prohibited or inactive", Status: 403, Body: `{"message":"` + prohibited + `"}`,
		State: account.Forbidden, Says: []string{"blocked", "never activated"}, Tells: []string{"Ask them"}},
	{Name: "not activated", Status: 403, Body: `{"message":"This account is not activated."}`,
		State: account.Forbidden, Says: []string{"not activated"}, Tells: []string{"mail"}},
	{Name: "password to be changed", Status: 403, Body: `{"message":"You must change your password. Change it at: https://git.example//user/change_password"}`,
		State: account.Forbidden, Says: []string{"new password"}, Tells: []string{"browser"}},
	{Name: "no permission", Status: 403, Body: refusal("You have no permission to request for this."),
		State: account.Forbidden, Tells: []string{"env WORK_SECRET"}},
	{Name: "no API", Status: 404, Header: http.Header{"Content-Type": {"text/plain; charset=utf-8"}}, Body: "404 page not found",
		State: account.NotFound, Says: []string{"switched off"}, Tells: []string{"base_url"}},
	{Name: "nothing there", Status: 404, Body: `{"errors":[],"message":"The target couldn't be found.","url":"https://git.example/api/swagger"}`,
		State: account.NotFound, Says: []string{"The target couldn't be found."}, Tells: []string{"the address is right"}},
	{Name: "fault", Status: 500, Body: refusal(""), State: account.ServerError, Says: []string{"500"}},
	{Name: "fault, with a cause", Status: 500, Body: refusal("database is locked"), State: account.ServerError, Says: []string{"database is locked"}},
	{Name: "limit of a proxy", Status: 429, Header: http.Header{"Retry-After": {"30"}}, State: account.RateLimited, Tells: []string{"Wait"}},
}

// Others are answers that are no refusals, or not Gitea's own.
var Others = []servicetest.Reading{
	{Name: "prohibited in a good answer", Status: 200, Account: true, Body: `{"id":31,"login":"mokafor","active":true,"prohibit_login":true}`,
		State: account.Forbidden, Says: []string{"blocked"}},
	{Name: "inactive in a good answer", Status: 200, Account: true, Body: `{"id":31,"login":"mokafor","active":false}`,
		State: account.Forbidden, Says: []string{"not activated"}},
	{Name: "token of a job", Status: 200, Body: `{"id":-2,"login":"gitea-actions","email":"teabot@gitea.io"}`,
		State: account.NoUser, Says: []string{"a job"}, Tells: []string{"env WORK_SECRET"}},
	{Name: "portal", Status: 200, Body: servicetest.Portal, State: account.BadResponse, Says: []string{"captive portal"}},
	{Name: "empty", Status: 200, State: account.BadResponse, Says: []string{"empty"}},
	{Name: "cut off", Status: 200, Body: Good[:60], State: account.BadResponse, Says: []string{"breaks off"}},
	{Name: "no id", Status: 200, Body: `{"login":"mokafor"}`, State: account.BadResponse, Says: []string{"who the user is"}},
	{Name: "id is text", Status: 200, Body: `{"id":"31"}`, State: account.BadResponse, Says: []string{"id is text"}},
	{Name: "id with a fraction", Status: 200, Body: `{"id":31.5}`, State: account.BadResponse},
	{Name: "empty 401", Status: 401, State: account.InvalidToken, Tells: []string{"env WORK_SECRET"}},
	{Name: "empty 403", Status: 403, State: account.Forbidden},
	{Name: "page 404", Status: 404, Body: servicetest.Portal, State: account.NotFound, Tells: []string{"base_url"}},
	{Name: "page 503", Status: 503, Body: servicetest.Portal, State: account.Unavailable},
}

// Readings are all the answers that are no good ones.
func Readings() []servicetest.Reading { return slices.Concat(Errors, Others) }
