package github

import (
	"net/http"
	"slices"
	"strings"

	"rollcall/client/service"
	"rollcall/client/text"
)

// scopesOf are the scopes that an answer names; nil where it names none, as for
// tokens that have permissions instead. An empty list means what is public.
func scopesOf(h http.Header) []string {
	values := h.Values("X-Oauth-Scopes")
	if len(values) == 0 {
		return nil
	}
	return parts(strings.Join(values, ","))
}

// parts are those of a text that has commas between them.
func parts(s string) []string {
	all := []string{}
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// scopeWords say what a scope lets a token do. The scopes, and what each of them
// is for, are those of GitHub's page "Scopes for OAuth apps".
func scopeWords() map[string]string {
	return map[string]string{
		"repo": "read and change all repositories", "repo:status": "set the status of commits", "repo_deployment": "see deployments",
		"public_repo": "change public repositories", "repo:invite": "answer invitations to repositories", "security_events": "see security alerts",
		"admin:repo_hook": "manage hooks of repositories", "write:repo_hook": "change hooks of repositories", "read:repo_hook": "see hooks of repositories",
		"admin:org": "manage organizations and teams", "write:org": "change memberships", "read:org": "see organizations and teams",
		"admin:public_key": "manage SSH keys", "write:public_key": "add SSH keys", "read:public_key": "see SSH keys",
		"admin:gpg_key": "manage GPG keys", "write:gpg_key": "add GPG keys", "read:gpg_key": "see GPG keys",
		"admin:org_hook": "manage hooks of organizations", "gist": "write gists", "notifications": "read notifications",
		"user": "read and change the profile", "read:user": "read the profile", "user:email": "read e-mail addresses", "user:follow": "follow users",
		"project": "change projects", "read:project": "see projects", "delete_repo": "delete repositories",
		"write:packages": "publish packages", "read:packages": "download packages", "delete:packages": "delete packages",
		"codespace": "manage codespaces", "workflow": "change workflows", "audit_log": "read audit logs", "read:audit_log": "read audit logs",
		"admin:enterprise": "manage enterprises", "read:enterprise": "see enterprises", "copilot": "manage Copilot seats",
		"admin:ssh_signing_key": "manage signing keys", "read:ssh_signing_key": "see signing keys", "write:ssh_signing_key": "add signing keys",
	}
}

// scopesInWords is what all scopes of a token let it do.
func scopesInWords(scopes []string) string {
	words := scopeWords()
	var all []string
	for _, scope := range scopes {
		word := words[scope]
		if word == "" {
			word = scope
		}
		if !slices.Contains(all, word) {
			all = append(all, word)
		}
	}
	if len(all) == 0 {
		return "see what is public"
	}
	return text.Clip(strings.Join(all, ", "), text.MaxFact)
}

// named is a scope with what it is for.
func named(scope string) string {
	if word := scopeWords()[scope]; word != "" {
		return scope + " (" + word + ")"
	}
	return scope
}

// lackedScopes are the scopes of which a token needs one for what was refused. None
// are where it has one of them, which the refusal then is not about.
func lackedScopes(a service.Answer) []string {
	accepted, has := parts(a.Header.Get("X-Accepted-Oauth-Scopes")), scopesOf(a.Header)
	if has == nil || slices.ContainsFunc(accepted, func(s string) bool { return slices.Contains(has, s) }) {
		return nil
	}
	return accepted
}

// lackedPermissions are the permissions of which a token needs one set, in words:
// "read members". Sets have semicolons between them, the permissions of one commas.
func lackedPermissions(h http.Header, q service.Asked) string {
	var sets []string
	for set := range strings.SplitSeq(q.Redact(h.Get("X-Accepted-Github-Permissions")), ";") {
		var all []string
		for _, one := range parts(set) {
			name, level, _ := strings.Cut(one, "=")
			all = append(all, strings.TrimSpace(level+" "+strings.ReplaceAll(name, "_", " ")))
		}
		if len(all) > 0 {
			sets = append(sets, strings.Join(all, " and to "))
		}
	}
	return strings.ReplaceAll(text.AnyOf(sets), " or ", " or to ")
}
