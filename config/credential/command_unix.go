//go:build unix

package credential

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
)

// noTerminal names a terminal that cannot be there. The agent of GnuPG asks on the
// one that GPG_TTY names, from a session of its own; without a name it may ask on
// the one that it was started from, which can be that of rollcall.
const noTerminal = "/dev/null/none"

// alone has a command run in a session of its own, which has no terminal. What it
// starts is in its process group, and ends with it.
func alone(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Env = append(cmd.Environ(), asksOn(noTerminal))
	cmd.Cancel = func() error { return endGroup(cmd.Process) }
}

// asksOn is the variable that has the agent of GnuPG ask on a terminal.
func asksOn(terminal string) string { return "GPG_TTY=" + terminal }

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
