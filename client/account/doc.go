// Package account holds the words that everything else speaks in: an [Account]
// with its user, organizations, linked accounts and token, the [Health] of the
// last check in one [State], and the [Snapshot] that joins all that is known of a
// profile. They are values: nothing here asks, stores or draws.
package account
