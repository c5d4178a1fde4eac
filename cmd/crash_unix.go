//go:build unix

package cmd

import (
	"os"
	"syscall"
)

// crashSignals are those that end a process the hard way, and that it can still hear.
func crashSignals() []os.Signal {
	return []os.Signal{
		syscall.SIGQUIT, syscall.SIGABRT, syscall.SIGSEGV, syscall.SIGBUS,
		syscall.SIGILL, syscall.SIGFPE, syscall.SIGSYS, syscall.SIGTRAP,
	}
}
