// Package client asks services who the bearer of a credential is, and says
// how that credential is doing.
//
// A [Profile] names a service, an address and a credential. A [Client] checks
// one profile: one request, one [account.Snapshot]. A [Poller] keeps many clients
// current and reports each change as an [account.Event]. A [store.Store] keeps the last
// answers between runs, [avatar.Fetcher] the pictures of people. A [privacy.Mask] hides who it
// is all about. [insight.Incidents] and [insight.People] look at many snapshots at once, and
// [Client.Inspect] at the way to a service. Each service is a type that
// implements provider, in files of its name.
//
// The package knows nothing of screens, files of configuration or commands.
package client
