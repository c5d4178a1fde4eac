// Package transport sends the requests of one profile: over TLS and proxies, a
// few at a time to each origin, following redirects within the origin only, and
// again after a failure that may pass. It says what a failure means, how long
// each phase took, and what of an exchange can be shown. It knows a service
// only as addresses and headers, and asks its caller whether a credential is in
// a cooldown.
package transport
