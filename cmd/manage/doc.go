// Package manage changes the profiles of a configuration and their secrets, for
// the commands and the dashboard alike: it adds, edits, renames and removes,
// rotates a secret, tries one before it is kept, makes a profile the active one,
// and takes the last change back. The state and the choices that go with a
// profile follow it.
//
// It is given the file, the folder of the state and a way to check a profile. It
// prints nothing, asks nobody, and knows of no flag, no screen and no network.
package manage
