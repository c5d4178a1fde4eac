// Package gitlab knows GitLab, gitlab.com and any installation: users, identities,
// groups, the record that a token has of itself, and what each refusal means.
//
// The shapes are those of the entities in GitLab's own source (lib/api/entities),
// and the errors those of lib/api/api_guard.rb.
package gitlab
