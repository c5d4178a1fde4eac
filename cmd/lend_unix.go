//go:build unix

package cmd

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// terminalDevice is the terminal of the session.
const terminalDevice = "/dev/tty"

// inFront reports whether the process is in the foreground of a terminal, which is
// that of its session.
func inFront(f *os.File) bool {
	group, err := unix.IoctlGetInt(int(f.Fd()), unix.TIOCGPGRP)
	return err == nil && group == unix.Getpgrp()
}

// keyboard is the input of a terminal, with the modes that it had.
type keyboard struct {
	fd     int
	before unix.Termios
	known  bool
}

func takeKeyboard(f *os.File) keyboard {
	k := keyboard{fd: int(f.Fd())}
	if modes, err := unix.IoctlGetTermios(k.fd, getModes); err == nil {
		k.before, k.known = *modes, true
	}
	return k
}

// set sets modes, and discards what was typed and not read.
func (k keyboard) set(modes unix.Termios) {
	if k.known {
		_ = unix.IoctlSetTermios(k.fd, setModesAndFlush, &modes)
	}
}

// give readies the keyboard for a command, which gets every key as it is typed.
func (k keyboard) give() {
	modes := k.before
	modes.Iflag &^= unix.IGNBRK | unix.BRKINT | unix.PARMRK | unix.ISTRIP | unix.INLCR | unix.IGNCR | unix.ICRNL | unix.IXON
	modes.Oflag &^= unix.OPOST
	modes.Lflag &^= unix.ECHO | unix.ECHONL | unix.ICANON | unix.ISIG | unix.IEXTEN
	modes.Cc[unix.VMIN], modes.Cc[unix.VTIME] = 1, 0
	k.set(modes)
}

// takeBack sets the modes that were, whatever the command has left.
func (k keyboard) takeBack() { k.set(k.before) }

// longestDrain bounds how long keys are discarded: one may be stuck.
const longestDrain = 10 * time.Second

// drain discards what is typed until nothing was for a while.
func (k keyboard) drain(quiet time.Duration) {
	k.give()
	end := time.Now().Add(longestDrain)
	var discarded [256]byte
	for k.known && time.Now().Before(end) {
		ready := []unix.PollFd{{Fd: int32(k.fd), Events: unix.POLLIN}}
		n, err := unix.Poll(ready, int(quiet.Milliseconds()))
		if err == unix.EINTR {
			continue
		}
		if err != nil || n == 0 || ready[0].Revents&unix.POLLIN == 0 {
			return
		}
		if n, err := unix.Read(k.fd, discarded[:]); n <= 0 || err != nil {
			return
		}
	}
}
