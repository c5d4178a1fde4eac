package ui

import (
	"syscall"
	"time"
	"unsafe"
)

// threadClock is the clock of the processor time of a thread, as Linux numbers it.
const threadClock = 3

// spent is the processor time that this thread has taken: what others do on a busy
// machine does not count.
func spent() time.Duration {
	var t syscall.Timespec
	_, _, _ = syscall.Syscall(syscall.SYS_CLOCK_GETTIME, threadClock, uintptr(unsafe.Pointer(&t)), 0)
	return time.Duration(t.Nano())
}
