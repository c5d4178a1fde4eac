//go:build !unix

package config

// isOwnFolder has nothing to look at: no system but those of Unix has a list of
// users with their folders.
func isOwnFolder(string) bool { return false }
