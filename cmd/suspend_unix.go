//go:build unix

package cmd

import "golang.org/x/sys/unix"

// hasShell reports whether a shell with job control started the process: it
// alone wakes a program that is stopped. A program that a terminal starts by
// itself is in the group that leads the session, which the system never stops.
func hasShell() bool {
	session, err := unix.Getsid(0)
	return err == nil && session != unix.Getpgrp()
}
