// Package oidc is a demo service with several issuers of OpenID Connect, each below a
// path of its own, and their sample profiles. It knows nothing of rollcall's own client.
//
// They answer like oidc-provider 9.13.3, whose refusals have the codes of RFC 6750, but for
// one that refuses in plain text, as the example provider of zitadel/oidc 3.52.0 does.
package oidc
