// Package oidc knows OpenID Connect: an issuer describes itself (OpenID Connect
// Discovery 1.0), and its UserInfo endpoint tells of the user of an access token with whatever claims it
// has (OpenID Connect Core 1.0, section 5.3), or refuses it (RFC 6750, RFC 9449).
package oidc
