// Package account holds the words that everything else speaks in: an [Account]
// with its user, organizations, linked accounts and token, the [Health] of the
// last check with its [State], and the [Snapshot] of all that is known of a
// profile. They are values: nothing here sends a request, stores or draws.
package account
