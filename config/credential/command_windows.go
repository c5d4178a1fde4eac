package credential

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"

	"golang.org/x/sys/windows"
)

// alone has a command run on a console of its own that nobody sees.
func alone(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true, CreationFlags: windows.CREATE_NO_WINDOW | windows.CREATE_NEW_PROCESS_GROUP}
	cmd.Cancel = func() error { return endGroup(cmd.Process) }
}

// give has a command run on the console that is lent.
func (t Terminal) give(cmd *exec.Cmd) (back func(), err error) {
	cmd.Stdin, cmd.Stderr = t.In, t.Out
	cmd.Cancel = func() error { return endGroup(cmd.Process) }
	return func() {}, nil
}

// endGroup ends a program and what it started.
func endGroup(p *os.Process) error {
	taskkill := filepath.Join(os.Getenv("SystemRoot"), "System32", "taskkill.exe")
	if exec.Command(taskkill, "/T", "/F", "/PID", strconv.Itoa(p.Pid)).Run() == nil {
		return nil
	}
	return p.Kill()
}

// interrupted reports whether a person ended the program by a key.
func interrupted(s *os.ProcessState) bool {
	return uint32(s.ExitCode()) == uint32(windows.STATUS_CONTROL_C_EXIT)
}
