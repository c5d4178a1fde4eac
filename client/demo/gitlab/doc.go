// Package gitlab is a demo service that answers like a GitLab that lies below a
// path, with its sample profiles. It knows nothing of rollcall's own client.
//
// Shapes are those of GitLab's entities (lib/api/entities), errors and their words
// those of lib/api/api_guard.rb and lib/gitlab/auth/user_access_denied_reason.rb, and
// limits those of lib/gitlab/rack_attack.rb, all in gitlabhq/gitlabhq.
package gitlab
