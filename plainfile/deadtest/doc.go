// Package deadtest has a disk that never answers, for tests of who waits for one. It knows
// nothing of what is tested.
package deadtest
