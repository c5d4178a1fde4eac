package child

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"

	"golang.org/x/sys/windows"
)

// keepForeground does nothing: a console belongs to all of its processes.
func keepForeground(*os.File) (back func()) { return func() {} }

// endOn ends a program and what it started. There is nothing kinder here.
func endOn(_ *os.File, p *os.Process, _, _ bool) { endGroup(p, true) }

// alone has a program run on a console of its own that nobody sees.
func alone(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true, CreationFlags: windows.CREATE_NO_WINDOW | windows.CREATE_NEW_PROCESS_GROUP}
}

// endGroup ends a program and what it started.
func endGroup(p *os.Process, _ bool) {
	taskkill := filepath.Join(os.Getenv("SystemRoot"), "System32", "taskkill.exe")
	if exec.Command(taskkill, "/T", "/F", "/PID", strconv.Itoa(p.Pid)).Run() != nil {
		_ = p.Kill()
	}
}

// endLeft does nothing: what a program that has ended leaves behind cannot be told from
// other programs any more.
func endLeft(*os.Process) {}

// killAlone ends a program at once; what it started would take a program to find.
func killAlone(p *os.Process) { _ = p.Kill() }

// status is how a process ended.
func status(s *os.ProcessState) (code int, name string) {
	code = s.ExitCode()
	if uint32(code) == uint32(windows.STATUS_CONTROL_C_EXIT) {
		return 0, "ctrl+c"
	}
	return code, ""
}
