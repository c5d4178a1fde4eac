// Package client is the engine: it asks services who the bearer of a credential
// is, and says how that credential is doing.
//
// A [Profile] names a service, an address and a credential. A [Client] checks one
// profile: it resolves the credential, has the service ask, and tells in one
// [account.Snapshot] what came of it. A [Poller] keeps many profiles current and
// reports each change as an [account.Event]. The parts of that lie in the rooms
// below, each of which holds one idea; the engine joins them. It knows nothing of
// screens, files of configuration or commands.
//
// From the lowest file up: profile.go and network.go say what is asked and what
// all profiles share; secret.go, sender.go and details.go send; client.go checks
// once; expiry.go, identity.go, history.go, changes.go and verdict.go compare an
// answer with what was known; watch.go, with merge.go and schedule.go, looks after one
// profile, by the pace of its origin (pace.go); line.go, worker.go and scheduler.go say
// whose turn it is, events.go gathers what changed, and poller.go looks after all.
//
// # Words
//
//   - bearer: who shows a credential; the user that a service sees behind it.
//   - profile: what a person saved: a service, an address, where the secret is.
//   - origin: scheme, host and port; a credential never leaves that of its profile.
//   - check: one question to the service of a profile, with its retries.
//   - snapshot: all that is known of a profile at a moment.
//   - diagnosis: what an answer or a failure means: one state, why, what to do.
//   - verdict: the last state in which the service itself judged the credential.
//   - details: what takes more requests than the identity.
//   - fingerprint: what stands for a secret where the secret itself must not go.
//   - bucket: one of the limits of requests that a service counts.
//   - budget: what is left of a bucket, shared by all who use the credential.
//   - cooldown: the time before which a service wants no request.
//   - pin: the user that a profile belongs to; another one is a wrong account.
//   - caveat: a restriction that lies in a token itself.
//   - watch: the care for one profile while the poller runs.
package client
