//go:build unix

package cmd

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// dyingIn says to TestRuntimeReport in which folder to die.
const dyingIn = "ROLLCALL_TEST_DYING"

// dies ends the process by an error of the runtime that nothing recovers.
func dies(dir string) {
	c := console{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr}
	x, stop := c.watchCrashes("1.2.3", dir, func() bool { return false })
	defer stop()
	defer x.keepRuntimeReport(true)()
	defer func() { _ = recover() }()
	secret := "kt-very-secret"
	var never sync.Mutex
	never.Unlock()
	fmt.Println(secret)
}

// TestRuntimeReport has the runtime end a process: what it tells is in a file of that
// process, which stays. What a process leaves that was killed goes at the next start, and
// what one leaves that ends well, at once.
func TestRuntimeReport(t *testing.T) {
	if dir := os.Getenv(dyingIn); dir != "" {
		dies(dir)
		return
	}
	t.Parallel()
	dir := t.TempDir()
	t.Run("very first run", func(t *testing.T) { diesIn(t, filepath.Join(t.TempDir(), "none", "yet")) })
	killed := filepath.Join(dir, fmt.Sprintf(runtimeReport, "1"))
	if err := os.WriteFile(killed, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	path := diesIn(t, dir)
	if _, err := os.Lstat(killed); err == nil {
		t.Error("the file of a process that was killed is there")
	}
	x := &crashes{dir: dir}
	x.keepRuntimeReport(true)()
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 1 || left[0] != path {
		t.Errorf("left is %v", left)
	}
}

// diesIn has a process die with a folder for its report, and gives the path of that.
func diesIn(t *testing.T, dir string) (path string) {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run=^TestRuntimeReport$")
	c.Env = append(os.Environ(), dyingIn+"="+dir)
	out, err := c.CombinedOutput()
	if err == nil || c.ProcessState.ExitCode() != 2 {
		t.Errorf("it ended with %v: %s", err, out)
	}
	path = filepath.Join(dir, fmt.Sprintf(runtimeReport, fmt.Sprint(c.Process.Pid)))
	report, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"unlockSlow", "goroutine ", "cmd.dies("} {
		if !strings.Contains(string(report), want) {
			t.Errorf("%q is not in the report:\n%s", want, report)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 || strings.Contains(string(report), "kt-") {
		t.Errorf("others can read it, or it has a secret: %v, %v", info, err)
	}
	return path
}
