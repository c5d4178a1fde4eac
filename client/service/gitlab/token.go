package gitlab

import (
	"strings"

	"rollcall/client/service"
	"rollcall/client/text"
)

// kind is what a token is, which its first letters tell unless an administrator has
// chosen others.
type kind struct {
	prefix, word string
	// useless ones are for other things than the API.
	useless bool
}

// kinds are those that GitLab's page on tokens has.
func kinds() []kind {
	return []kind{
		{"glpat-", "personal access token", false},
		{"gldt-", "deploy token", true},
		{"glrt-", "runner token", true},
		{"glcbt-", "CI job token", true},
		{"glft-", "feed token", true},
		{"glptt-", "pipeline trigger token", true},
		{"glagent-", "token of a Kubernetes agent", true},
		{"glimt-", "token for incoming mail", true},
		{"glsoat-", "SCIM token", true},
		{"gloas-", "secret of an OAuth application", true},
	}
}

// oauthWord is what an access token of OAuth is called.
const oauthWord = "OAuth access token"

// oauthToken is the form of an access token of OAuth.
var oauthToken = text.Pattern(`^[0-9a-f]{64}$`)

// isOAuth reports whether a secret has the form of an access token of OAuth, which
// may be a JSON Web Token, too.
func isOAuth(secret string) bool {
	_, isJWT := service.ParseJWT(secret)
	return isJWT || oauthToken().MatchString(secret)
}

// kindOf is the kind of a secret; the zero value where it has none of the forms.
func kindOf(secret string) kind {
	for _, k := range kinds() {
		if strings.HasPrefix(secret, k.prefix) {
			return k
		}
	}
	if isOAuth(secret) {
		return kind{word: oauthWord}
	}
	return kind{}
}

// scopeWords say what a scope lets a token do, as GitLab's page on personal access
// tokens has it.
func scopeWords() map[string]string {
	return map[string]string{
		"api": "read and change all that the user can", "read_api": "read all that the user can", "read_user": "read the profile",
		"read_repository": "read repositories", "write_repository": "change repositories",
		"read_registry": "read the container registry", "write_registry": "change the container registry",
		"read_virtual_registry": "read virtual registries", "write_virtual_registry": "change virtual registries",
		"create_runner": "make runners", "manage_runner": "manage runners", "self_rotate": "renew itself",
		"sudo": "act as any user", "admin_mode": "act as an administrator", "ai_features": "use GitLab Duo",
		"k8s_proxy": "reach Kubernetes through an agent", "read_service_ping": "read figures of use",
		"openid": "tell who the user is", "profile": "tell the name of the user", "email": "tell the e-mail address",
	}
}

// scopesInWords is what all scopes of a token let it do.
func scopesInWords(scopes []string) string {
	words := scopeWords()
	var all []string
	for _, scope := range scopes {
		if word := words[scope]; word != "" {
			scope = word
		}
		all = append(all, scope)
	}
	return text.Clip(strings.Join(distinct(all...), ", "), text.MaxFact)
}

// named is a scope with what it is for.
func named(scope string) string {
	if word := scopeWords()[scope]; word != "" {
		return scope + " (" + word + ")"
	}
	return scope
}
