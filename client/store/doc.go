// Package store keeps what must last between runs: the last snapshot of each
// profile, the user that it is pinned to, and the cooldowns of credentials.
// Several rollcalls can use one folder at the same time. The store never writes
// a secret, sends no request, and does not know what a profile is configured to
// be.
package store
