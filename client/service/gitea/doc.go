// Package gitea knows the API of Gitea and of Forgejo, which is the same as far as
// rollcall asks: users, e-mail addresses, organizations and teams, the scopes of
// tokens, and what each refusal means.
package gitea
