// Package client asks services who the bearer of a credential is, and says
// how that credential is doing.
//
// A [Profile] names a service, an address and a credential. A [Client] checks
// one profile: one request, one [account.Snapshot]. A [Poller] keeps many clients
// current and reports each change as an [Event]. A [Store] keeps the last
// answers between runs, [Avatars] the pictures of people. A [Mask] hides who it
// is all about. [Incidents] and [People] look at many snapshots at once, and
// [Client.Inspect] at the way to a service. Each service is a type that
// implements provider, in files of its name.
//
// The package knows nothing of screens, files of configuration or commands.
package client
