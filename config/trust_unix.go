//go:build unix

package config

import (
	"io/fs"
	"syscall"
)

// ownerOf is the number of the user who owns a file.
func ownerOf(info fs.FileInfo) int {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(s.Uid)
	}
	return 0
}
