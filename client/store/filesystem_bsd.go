//go:build darwin || freebsd

package store

import (
	"slices"

	"golang.org/x/sys/unix"
)

// fileSystem names the kind of file system that a folder lies on, and says
// whether it is one of the network or of another program, where the shared
// memory of SQLite's faster journal is not to be trusted.
func fileSystem(dir string) (name string, remote bool) {
	var s unix.Statfs_t
	if unix.Statfs(dir, &s) != nil {
		return "", false
	}
	name = unix.ByteSliceToString(s.Fstypename[:])
	local := []string{"apfs", "hfs", "ufs", "zfs", "tmpfs", "msdosfs", "exfat", "nullfs", "devfs"}
	return name, !slices.Contains(local, name)
}
