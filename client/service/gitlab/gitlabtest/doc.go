// Package gitlabtest has answers of GitLab as it sends them, each with what is to be
// made of it.
//
// Shapes are those of GitLab's entities (lib/api/entities/user_public.rb,
// identity.rb, personal_access_token.rb), the errors and their words those of
// lib/api/api_guard.rb, lib/gitlab/auth/auth_finders.rb and
// lib/gitlab/auth/user_access_denied_reason.rb, and the limits those of
// lib/gitlab/rack_attack.rb, all in gitlabhq/gitlabhq.
package gitlabtest
