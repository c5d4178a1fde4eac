// Package oidctest has answers of providers of OpenID Connect as they send them, each
// with what is to be made of it. A row names the provider that it was taken from, all
// run on loopback: oidc-provider 9.13.3 (npm), the example provider of
// github.com/zitadel/oidc v3.52.0, and Gitea 1.26.0. What none of them sends is from
// the specification that its row names.
package oidctest
