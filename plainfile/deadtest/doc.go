// Package deadtest has disks that never answer, or answer no more, for tests of who waits for
// one. It knows nothing of what is tested.
package deadtest
