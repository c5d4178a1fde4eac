// Package client asks services who the bearer of a credential is, and says
// how that credential is doing.
//
// A [Profile] names a service, an address and a credential. A [Client] checks
// one profile: one request, one [Snapshot]. A [Poller] keeps many clients
// current and reports each change as an [Event]. A [Store] keeps the last
// answers between runs, [Avatars] the pictures of people. A [Mask] hides who it
// is all about. Each service is one file that implements provider.
//
// The package knows nothing of screens, files of configuration or commands.
package client
