package githubtest

import (
	"net/http"
	"slices"

	"rollcall/client/account"
	"rollcall/client/service/servicetest"
)

// Good is the user of a token with the scope for private fields.
const Good = `{"login":"mokafor","id":90210417,"node_id":"U_kgDOBWA","avatar_url":"https://avatars.example/u/90210417?v=4","gravatar_id":"",
 "url":"https://api.github.com/users/mokafor","html_url":"https://github.com/mokafor","type":"User","user_view_type":"private","site_admin":false,
 "name":"Mira Okafor","company":null,"blog":"","location":null,"email":null,"notification_email":null,"hireable":null,"bio":null,"twitter_username":null,
 "public_repos":7,"public_gists":0,"followers":3,"following":1,"created_at":"2019-03-04T05:06:07Z","updated_at":"2026-01-02T03:04:05Z",
 "private_gists":0,"total_private_repos":2,"owned_private_repos":2,"disk_usage":512,"collaborators":0,"two_factor_authentication":true}`

// message is a refusal in GitHub's usual form.
func message(text, status string) string {
	return `{"message":"` + text + `","documentation_url":"https://docs.github.com/rest/users/users#get-the-authenticated-user","status":"` + status + `"}`
}

// The secrets of some rows, whose first letters tell their kind. They are worth
// nothing.
const (
	Installation = "ghs_0000000000000000000000000000000000000"
	Refresh      = "ghr_0000000000000000000000000000000000000"
)

// limitHeader is a budget in the headers of an answer.
func limitHeader(bucket, remaining string) http.Header {
	return http.Header{
		"X-Ratelimit-Limit": {"5000"}, "X-Ratelimit-Remaining": {remaining}, "X-Ratelimit-Used": {"12"},
		"X-Ratelimit-Reset": {"1767327600"}, "X-Ratelimit-Resource": {bucket},
	}
}

// Tokens has a row for each refusal of a credential.
var Tokens = []servicetest.Reading{
	{Name: "bad credentials", Status: 401, Body: message("Bad credentials", "401"), State: account.InvalidToken,
		Says: []string{"does not know", "expired"}, Tells: []string{"env WORK_SECRET", "at GitHub"}},
	{Name: "bad credentials of an installation", Status: 401, Body: message("Bad credentials", "401"), Secret: Installation, State: account.InvalidToken,
		Says: []string{"installation token", "hours at most"}, Tells: []string{"Have the app make"}},
	{Name: "bad credentials, a refresh token", Status: 401, Body: message("Bad credentials", "401"), Secret: Refresh, State: account.InvalidToken,
		Says: []string{"refresh token"}, Tells: []string{"in its place"}},
	{Name: "no token arrived", Status: 401, Body: message("Requires authentication", "401"), State: account.CredentialMissing,
		Says: []string{"removed it"}, Tells: []string{"proxy", "https://api.example.org/v1/me"}},
	// github.com/github/docs/issues/33989
	{Name: "a JSON web token", Status: 401, Body: `{"message":"A JSON web token could not be decoded","documentation_url":"https://docs.github.com/rest","status":"401"}`, State: account.InvalidToken,
		Says: []string{"JSON Web Token"}, Tells: []string{"token of a user"}},
	// docs.github.com: "Using basic authentication", of the header X-GitHub-OTP.
	{Name: "a second factor", Status: 401, Header: http.Header{"X-Github-Otp": {"required; app"}}, Body: message("Must specify two-factor authentication OTP code.", "401"), State: account.Forbidden,
		Says: []string{"second factor"}, Tells: []string{"personal access token"}},
	{Name: "401 in words of its own", Status: 401, Body: message("Sorry", "401"), State: account.InvalidToken, Says: []string{"api.example.org"}},
}

// Limits has a row for each refusal of one request too many.
var Limits = []servicetest.Reading{
	{Name: "primary limit", Status: 403, Header: limitHeader("core", "0"), Body: message("API rate limit exceeded for user ID 90210417.", "403"), State: account.RateLimited,
		Says: []string{"limit of core", "all tokens of the user"}, Tells: []string{"Wait"}},
	{Name: "primary limit, the newer status", Status: 429, Header: limitHeader("graphql", "0"), Body: message("API rate limit exceeded for user ID 90210417.", "429"), State: account.RateLimited,
		Says: []string{"limit of graphql"}, Tells: []string{"Wait"}},
	// github.com/apache/devlake/issues/1322
	{Name: "secondary limit", Status: 403, Header: limitHeader("core", "4988"), Body: `{"message": "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.", "documentation_url": "https://docs.github.com/en/free-pro-team@latest/rest/overview/resources-in-the-rest-api#secondary-rate-limits"}`, State: account.RateLimited,
		Says: []string{"secondary limit", "something left"}, Tells: []string{"side by side"}},
	{Name: "secondary limit with a time", Status: 429, Header: http.Header{"Retry-After": {"30"}}, Body: message("You have exceeded a secondary rate limit.", "429"), State: account.RateLimited, Says: []string{"secondary limit"}},
	{Name: "secondary limit, by its page alone", Status: 403, Body: `{"message":"Slow down","documentation_url":"https://docs.github.com/rest/overview/resources-in-the-rest-api#secondary-rate-limits"}`, State: account.RateLimited, Says: []string{"secondary limit"}},
	// github.com/google/go-github, github.go: AbuseRateLimitError.
	{Name: "abuse detection of an older server", Status: 403, Body: `{"message":"You have triggered an abuse detection mechanism and have been temporarily blocked from content creation. Please retry your request again later.","documentation_url":"https://developer.github.com/v3/#abuse-rate-limits"}`, State: account.RateLimited, Says: []string{"secondary limit"}},
	{Name: "only a time to wait", Status: 403, Header: http.Header{"Retry-After": {"60"}}, Body: message("Later", "403"), State: account.RateLimited, Says: []string{"no more requests"}},
	// github.com/semantic-release/cli/issues/124
	{Name: "too many bad tokens", Status: 403, Body: `{"message":"Maximum number of login attempts exceeded. Please try again later.","documentation_url":"https://developer.github.com/v3"}`, State: account.RateLimited,
		Says: []string{"every credential from here"}, Tells: []string{"no longer good"}},
	{Name: "limit without a word", Status: 429, Body: "", State: account.RateLimited},
}

// Denials has a row for each other refusal.
var Denials = []servicetest.Reading{
	{Name: "an installation", Status: 403, Body: message("Resource not accessible by integration", "403"), Secret: Installation, State: account.NoUser,
		Says: []string{"installation of an app"}, Tells: []string{"Nothing is broken"}},
	{Name: "fine-grained, permission named", Status: 403, Header: http.Header{"X-Accepted-Github-Permissions": {"members=read"}}, Body: message("Resource not accessible by personal access token", "403"), State: account.ScopeMissing,
		Says: []string{"the permission to read members."}, Tells: []string{"the permission to read members at GitHub", "env WORK_SECRET"}},
	{Name: "fine-grained, several would do", Status: 403, Header: http.Header{"X-Accepted-Github-Permissions": {"organization_administration=read,members=read; members=write"}}, Body: message("Resource not accessible by personal access token", "403"), State: account.ScopeMissing,
		Says: []string{"to read organization administration and to read members or to write members."}},
	{Name: "fine-grained, no permission named", Status: 403, Body: message("Resource not accessible by personal access token", "403"), State: account.ScopeMissing, Says: []string{"a permission"}},
	{Name: "scope", Status: 403, Header: http.Header{"X-Oauth-Scopes": {"repo"}, "X-Accepted-Oauth-Scopes": {"admin:org, read:org"}}, Body: message("Forbidden", "403"), State: account.ScopeMissing,
		Says: []string{"admin:org (manage organizations and teams) or read:org (see organizations and teams)"}, Tells: []string{"the scope admin:org or read:org at GitHub"}},
	{Name: "scope, of none", Status: 403, Header: http.Header{"X-Oauth-Scopes": {""}, "X-Accepted-Oauth-Scopes": {"user"}}, Body: message("Forbidden", "403"), State: account.ScopeMissing, Says: []string{"scope user (read and change the profile)"}},
	{Name: "refused with the scope for it", Status: 403, Header: http.Header{"X-Oauth-Scopes": {"read:org"}, "X-Accepted-Oauth-Scopes": {"read:org"}}, Body: message("Forbidden", "403"), State: account.Forbidden},
	// github.com/jhu-bids/TermHub/issues/935; the header is from the page "Authenticating to the REST API".
	{Name: "single sign-on", Status: 403, Header: http.Header{"X-Github-Sso": {"required; url=https://github.com/orgs/otter-labs/sso?authorization_request=AA"}},
		Body: message("Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.", "403"), State: account.Forbidden,
		Says: []string{"single sign-on"}, Tells: []string{"https://github.com/orgs/otter-labs/sso?authorization_request=AA"}},
	{Name: "single sign-on without a page", Status: 403, Header: http.Header{"X-Github-Sso": {"required; url=javascript:alert(1)"}}, Body: message("x", "403"), State: account.Forbidden, Says: []string{"single sign-on"}, Tells: []string{"in its settings"}},
	// github.com/SalesforceFoundation/NPSP/issues/7247
	{Name: "allow list", Status: 403, Body: message("Although you appear to have the correct authorization credentials, the `SalesforceFoundation` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.", "403"), State: account.NetworkDenied,
		Says: []string{"The organization SalesforceFoundation", "yours is not among them"}, Tells: []string{"allow list"}},
	{Name: "allow list with the address", Status: 403, Body: message("Although you appear to have the correct authorization credentials, the `otter-labs` organization has an IP allow list enabled, and your IP address 203.0.113.7 is not permitted to access this resource.", "403"), State: account.NetworkDenied,
		Says: []string{"The organization otter-labs", "203.0.113.7"}, Tells: []string{"add 203.0.113.7"}},
	// github.com/aeonfun/aeon/issues/1083
	{Name: "app not approved", Status: 403, Body: message("Although you appear to have the correct authorization credentials, the `aeonfun` organization has enabled OAuth App access restrictions, meaning that data access to third-parties is limited.", "403"), State: account.Forbidden,
		Says: []string{"The organization aeonfun", "approved"}, Tells: []string{"approve the app"}},
	// github.com/fullsend-ai/fullsend/issues/3368
	{Name: "no classic tokens", Status: 403, Body: message("`otter-labs` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions.", "403"), State: account.Forbidden,
		Says: []string{"The organization otter-labs takes no classic tokens"}, Tells: []string{"fine-grained"}},
	// github.com/NixOS/org/issues/247
	{Name: "good for too long", Status: 403, Body: message("The 'NixOS' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 90 days. Please adjust your token's lifetime at the following URL: https://github.com/settings/personal-access-tokens/12885303", "403"), State: account.Forbidden,
		Says: []string{"The organization NixOS"}, Tells: []string{"ends sooner"}},
	// github.com/sourcegraph/sourcegraph-public-snapshot/issues/16638
	{Name: "suspended account", Status: 403, Body: message("Sorry. Your account was suspended.", "403"), State: account.Forbidden, Says: []string{"suspended"}, Tells: []string{"support of GitHub"}},
	{Name: "nobody says who asks", Status: 403, Body: "Request forbidden by administrative rules. Please make sure your request has a User-Agent header.", State: account.BadRequest, Tells: []string{"User-Agent"}},
	{Name: "nobody says who asks, as JSON", Status: 403, Body: message("Request forbidden by administrative rules. Please make sure your request has a User-Agent header", "403"), State: account.BadRequest, Tells: []string{"User-Agent"}},
	{Name: "of accounts of companies", Status: 403, Body: `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"detail":"Resource not accessible by integration","status":403}`, State: account.NoUser},
	{Name: "blocked for legal reasons", Status: 451, Body: message("Repository access blocked", "451"), State: account.Forbidden, Says: []string{"legal"}},
	{Name: "nothing there", Status: 404, Body: message("Not Found", "404"), State: account.NotFound, Says: []string{"https://api.example.org/v1/me"}, Tells: []string{"base_url"}},
	{Name: "another version", Status: 400, Body: message("API version not supported", "400"), State: account.BadRequest, Says: []string{"2022-11-28"}},
	{Name: "a suspended user of a server", Status: 200, Body: `{"login":"sroe","id":7,"suspended_at":"2026-01-02T03:04:05Z"}`, State: account.Forbidden, Account: true,
		Says: []string{"administrator", "suspended this user"}, Tells: []string{"api.example.org"}},
}

// Others are answers that are no errors of the service's own.
var Others = []servicetest.Reading{
	{Name: "portal", Status: 200, Body: servicetest.Portal, State: account.BadResponse, Says: []string{"captive portal"}},
	{Name: "empty", Status: 200, State: account.BadResponse, Says: []string{"empty"}},
	{Name: "cut off", Status: 200, Body: Good[:60], State: account.BadResponse, Says: []string{"breaks off"}},
	{Name: "no id", Status: 200, Body: `{"login":"mokafor"}`, State: account.BadResponse, Says: []string{"who the user is"}},
	{Name: "id is text", Status: 200, Body: `{"id":"90210417","login":"mokafor"}`, State: account.BadResponse, Says: []string{"id is text"}},
	{Name: "a list", Status: 200, Body: `[]`, State: account.BadResponse},
	{Name: "page 403", Status: 403, Body: servicetest.Portal, State: account.Forbidden, Says: []string{"firewall"}},
	{Name: "page 503", Status: 503, Body: servicetest.Portal, State: account.Unavailable},
	{Name: "message of wrong type", Status: 403, Body: `{"message":{"a":1},"status":403}`, State: account.Forbidden},
}

// Readings are all the answers that are no good ones.
func Readings() []servicetest.Reading { return slices.Concat(Tokens, Limits, Denials, Others) }
