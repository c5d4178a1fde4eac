//go:build unix

package credential

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

// noTerminal names a terminal that cannot be there. The agent of GnuPG asks on the
// one that GPG_TTY names, from a session of its own; without a name it may ask on
// the one that it was started from, which can be that of rollcall.
const noTerminal = "GPG_TTY=/dev/null/none"

// alone has a command run in a session of its own, which has no terminal. What it
// starts is in its process group, and ends with it.
func alone(cmd *exec.Cmd) (back func()) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Env = append(cmd.Environ(), noTerminal)
	cmd.Cancel = func() error { return endGroup(cmd.Process) }
	return func() {}
}

// give has a command run in the foreground of the terminal, in a process group of
// its own: what a person types, the keys that interrupt included, goes to it. back
// brings the group that was in the foreground there again.
func (t Terminal) give(cmd *exec.Cmd) (back func()) {
	fd := int(t.In.Fd())
	cmd.Stdin, cmd.Stderr = t.In, t.Out
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Foreground: true, Ctty: fd}
	cmd.Cancel = func() error { return endGroup(cmd.Process) }
	before, err := unix.IoctlGetInt(fd, unix.TIOCGPGRP)
	// Who changes the foreground from the background is stopped by this signal.
	signal.Ignore(syscall.SIGTTOU)
	return func() {
		if err == nil {
			_ = unix.IoctlSetPointerInt(fd, unix.TIOCSPGRP, before)
		}
		signal.Reset(syscall.SIGTTOU)
	}
}

// endGroup ends a program and what it started, whatever signals they ignore.
func endGroup(p *os.Process) error {
	err := syscall.Kill(-p.Pid, syscall.SIGKILL)
	if errors.Is(err, syscall.ESRCH) {
		return os.ErrProcessDone
	}
	return err
}

// interrupted reports whether a person ended the program by a key. A shell tells
// of that by its status.
func interrupted(s *os.ProcessState) bool {
	w, ok := s.Sys().(syscall.WaitStatus)
	return ok && w.Signaled() && w.Signal() == syscall.SIGINT || s.ExitCode() == 128+int(syscall.SIGINT)
}
