//go:build !linux

package deadtest

import "testing"

// Disk is a folder of which nobody gets an answer; there is none on this system, so that
// the test is left out.
func Disk(t testing.TB) (folder string) {
	t.Helper()
	Die(t, "")
	return ""
}

// Die has the disk of a folder answer nobody any more; the test is left out likewise.
func Die(t testing.TB, folder string) {
	t.Helper()
	t.Skip("a disk that does not answer can be had on Linux alone")
}
