//go:build unix

package cmd

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// crashSignals are those that end a process the hard way, and that it can still hear.
func crashSignals() []os.Signal {
	all := []os.Signal{
		syscall.SIGQUIT, syscall.SIGABRT, syscall.SIGSEGV, syscall.SIGBUS,
		syscall.SIGILL, syscall.SIGFPE, syscall.SIGSYS, syscall.SIGTRAP,
	}
	// There is another one on most Linux.
	if s := unix.SignalNum("SIGSTKFLT"); s != 0 {
		all = append(all, s)
	}
	return all
}
