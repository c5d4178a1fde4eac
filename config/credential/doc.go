// Package credential knows where secrets are, how each is had when it is needed, and
// how another is stored in its place. It shows a secret to nobody but the caller of
// [Credential.Resolve].
//
// It knows nothing of profiles, of services, or of the file of the configuration:
// what that says of a place comes in as texts, by a [Notation].
//
// Each source is one file (literal, env, file, command, keyring), which has the type
// of its places and their notation; a file that holds more than the secret is in
// within.go. To add one, write such a file, and add its
// notation to the list in sources.go. The files lie in layers:
//
//	resolve                                 the secret, or why it cannot be had
//	sources                                 the list of notations
//	literal, env, file, within, command, keyring    a source each
//	store, keyring_queue, excerpt           what some sources need
//	credential, notation, replacement       the values
package credential
