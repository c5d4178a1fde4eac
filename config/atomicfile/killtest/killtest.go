package killtest

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"time"
)

// Rounds is how often the tests that take long do what they do; with 25, processes are
// killed more than a thousand times:
//
//	ROLLCALL_TEST_ROUNDS=25 go test ./cmd/manage -run Killed
func Rounds() int {
	n, _ := strconv.Atoi(os.Getenv("ROLLCALL_TEST_ROUNDS"))
	return max(1, n)
}

// Step is how many calls of the system lie between two at which is killed, after the n-th.
// Where little is tried, the beginning is worth most.
func Step(n int) int {
	if r := Rounds(); r > 1 {
		return 1 + 40/r
	}
	return 4 + n/2
}

// After starts a process and kills it after a time. Any other end is an error.
func After(c *exec.Cmd, d time.Duration) error {
	if err := c.Start(); err != nil {
		return err
	}
	timer := time.AfterFunc(d, func() { _ = c.Process.Kill() })
	defer timer.Stop()
	if err := c.Wait(); err == nil || c.ProcessState.Exited() {
		return fmt.Errorf("it ended by itself: %w", err)
	}
	return nil
}
