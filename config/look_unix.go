//go:build unix

package config

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// changeOf is when the system noted the last change of a file, which nobody can set;
// ok is false where it does not tell.
func changeOf(f *os.File) (at time.Time, ok bool) {
	var s unix.Stat_t
	if err := unix.Fstat(int(f.Fd()), &s); err != nil {
		return time.Time{}, false
	}
	return time.Unix(s.Ctim.Unix()), true
}
