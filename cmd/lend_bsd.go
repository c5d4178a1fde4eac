//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package cmd

import "golang.org/x/sys/unix"

// What reads the modes of a terminal, and what sets them and discards what was
// typed.
const (
	getModes         = unix.TIOCGETA
	setModesAndFlush = unix.TIOCSETAF
)
