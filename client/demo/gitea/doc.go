// Package gitea is a demo service that answers like a Gitea or Forgejo, with its sample
// profiles. It knows nothing of rollcall's own client.
//
// Shapes, refusals and their words are those of Gitea 1.26.0, as it answers on
// loopback and as routers/api/v1/api.go of its module has them; the limit is that of a
// proxy before it, since it has none.
package gitea
