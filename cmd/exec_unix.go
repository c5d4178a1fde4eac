//go:build unix

package cmd

import "syscall"

// become replaces the process by a program, which gets its signals and gives
// the exit status from then on. It returns only where that is impossible.
func become(path string, args, environ []string) error {
	return syscall.Exec(path, args, environ)
}
