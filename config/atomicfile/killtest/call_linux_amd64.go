package killtest

import (
	"fmt"
	"os/exec"
	"runtime"
	"slices"
	"syscall"
)

// changing are the calls that change files, or can lie between two that do.
var changing = []uint64{
	syscall.SYS_OPENAT, syscall.SYS_WRITE, syscall.SYS_PWRITE64, syscall.SYS_FSYNC, syscall.SYS_FDATASYNC, syscall.SYS_FTRUNCATE, syscall.SYS_FCHMOD,
	syscall.SYS_FCHMODAT, syscall.SYS_RENAME, syscall.SYS_RENAMEAT, renameat2, syscall.SYS_LINKAT, syscall.SYS_UNLINK, syscall.SYS_UNLINKAT,
	syscall.SYS_MKDIRAT, syscall.SYS_FLOCK, syscall.SYS_FCNTL, syscall.SYS_CLOSE, syscall.SYS_UTIMENSAT,
}

const (
	renameat2 = 316
	// exitKill ends the process when its tracer ends.
	exitKill = 0x100000
	// systemGood sets a bit in the signal of a stop at a call.
	systemGood = 0x80
)

// AtCall starts a process, and kills it before the n-th of its calls that change files,
// counted from when it changes its working folder. It reports whether there were so many.
// Nothing may be written to the process's pipes.
func AtCall(c *exec.Cmd, n int) (killed bool, err error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	// In a group of its own, it is waited for alone.
	c.SysProcAttr = &syscall.SysProcAttr{Ptrace: true, Setpgid: true}
	if err := c.Start(); err != nil {
		return false, err
	}
	pid := c.Process.Pid
	defer c.Process.Release()
	var status syscall.WaitStatus
	if _, err := syscall.Wait4(pid, &status, 0, nil); err != nil {
		return false, err
	}
	if err := syscall.PtraceSetOptions(pid, syscall.PTRACE_O_TRACESYSGOOD|syscall.PTRACE_O_TRACECLONE|exitKill); err != nil {
		return false, err
	}
	counting := false
	for tid, signal := pid, 0; ; {
		// A thread can be gone by now.
		_ = syscall.PtraceSyscall(tid, signal)
		signal = 0
		if tid, err = syscall.Wait4(-pid, &status, syscall.WALL|syscall.WNOTHREAD, nil); err != nil {
			return killed, fmt.Errorf("waiting for the process: %w", err)
		}
		switch {
		case tid == pid && (status.Exited() || status.Signaled()):
			if !killed && status != 0 {
				err = fmt.Errorf("it ended with %#x", uint32(status))
			}
			return killed, err
		case !status.Stopped():
			// Another thread has ended.
		case status.StopSignal() == syscall.SIGTRAP|systemGood:
			var regs syscall.PtraceRegs
			if syscall.PtraceGetRegs(tid, &regs) != nil || int64(regs.Rax) != -int64(syscall.ENOSYS) {
				continue // It comes back from the call.
			}
			counting = counting || regs.Orig_rax == syscall.SYS_CHDIR
			if counting && slices.Contains(changing, regs.Orig_rax) {
				if n--; n == 0 {
					killed = true
					_ = syscall.Kill(pid, syscall.SIGKILL)
				}
			}
		case status.StopSignal() != syscall.SIGTRAP && status.StopSignal() != syscall.SIGSTOP:
			signal = int(status.StopSignal())
		}
	}
}
