//go:build unix

package child

import (
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

// keepForeground has the process be the one that a terminal belongs to again when back is
// called, whoever had it meanwhile: a shell gives it to each of its jobs, and gives it
// back to nobody where it is killed. Until then the key that has a process dump and end
// is the program's alone.
func keepForeground(terminal *os.File) (back func()) {
	quits := make(chan os.Signal, 1)
	signal.Notify(quits, syscall.SIGQUIT)
	return func() {
		signal.Stop(quits)
		now, ok := foreground(terminal)
		if !ok || now == unix.Getpgrp() {
			return
		}
		// Who takes the terminal from the background is stopped otherwise.
		if !signal.Ignored(syscall.SIGTTOU) {
			signal.Ignore(syscall.SIGTTOU)
			defer signal.Reset(syscall.SIGTTOU)
		}
		_ = unix.IoctlSetPointerInt(int(terminal.Fd()), unix.TIOCSPGRP, unix.Getpgrp())
	}
}

// foreground is the process group that a terminal belongs to.
func foreground(terminal *os.File) (group int, ok bool) {
	group, err := unix.IoctlGetInt(int(terminal.Fd()), unix.TIOCGPGRP)
	return group, err == nil
}

// endOn ends a program that has a terminal, and the job that has it from a shell.
func endOn(terminal *os.File, p *os.Process, shell, hard bool) {
	sent := syscall.SIGTERM
	switch {
	case hard:
		sent = syscall.SIGKILL
	case shell:
		sent = syscall.SIGHUP
	}
	if group, ok := foreground(terminal); ok && group > 0 && group != unix.Getpgrp() {
		_ = syscall.Kill(-group, sent)
		_ = syscall.Kill(-group, syscall.SIGCONT)
	}
	_ = p.Signal(sent)
	_ = p.Signal(syscall.SIGCONT)
}

// alone has a program run in a session of its own, which has no terminal.
func alone(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }

// endGroup ends a program that runs alone, and what it started.
func endGroup(p *os.Process, hard bool) {
	sent := syscall.SIGTERM
	if hard {
		sent = syscall.SIGKILL
	}
	_ = syscall.Kill(-p.Pid, sent)
	_ = syscall.Kill(-p.Pid, syscall.SIGCONT)
}

// endLeft ends what a program that ran alone has left in its group.
func endLeft(p *os.Process) { _ = syscall.Kill(-p.Pid, syscall.SIGKILL) }

// killAlone ends a program that runs alone, and what it started, at once.
func killAlone(p *os.Process) { endGroup(p, true) }

// status is how a process ended.
func status(s *os.ProcessState) (code int, name string) {
	if w, ok := s.Sys().(syscall.WaitStatus); ok && w.Signaled() {
		return 0, unix.SignalName(w.Signal())
	}
	return s.ExitCode(), ""
}
