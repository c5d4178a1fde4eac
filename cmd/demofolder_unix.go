//go:build unix

package cmd

import (
	"io/fs"
	"os"
	"syscall"
)

// ownedByMe reports whether a file belongs to the person who runs rollcall.
func ownedByMe(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Getuid()
}
