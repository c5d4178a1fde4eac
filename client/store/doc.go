// Package store keeps what is known between runs: the last snapshot of each
// profile, whom it is pinned to, and until when a service wants no request with a
// credential. Several rollcalls may use the same folder. It never holds a secret.
package store
