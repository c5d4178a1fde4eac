//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package cmd

import "golang.org/x/sys/unix"

// What reads the modes of a terminal, what sets them and discards what was typed,
// and the value of a key that there is none of.
const (
	getModes         = unix.TIOCGETA
	setModesAndFlush = unix.TIOCSETAF
	noKey            = 0xff
)
