//go:build unix

package config

import (
	"context"
	"os"
	"path/filepath"

	"rollcall/plainfile"

	"golang.org/x/sys/unix"
)

// isOwnFolder reports whether a path is a folder that the user can write in, and
// not the root of the file system.
func isOwnFolder(path string) bool {
	own, err := plainfile.Within(context.Background(), path, func() (bool, error) {
		info, err := os.Stat(path)
		return err == nil && info.IsDir() && filepath.Clean(path) != "/" && unix.Access(path, unix.W_OK|unix.X_OK) == nil, nil
	})
	return err == nil && own
}
