//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestDemoServerExample runs the example of demo-server as it stands in its help: the file
// is whole before the configuration in it is used.
func TestDemoServerExample(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	bin := t.TempDir()
	if err := os.Symlink(program, filepath.Join(bin, "rollcall")); err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(w.run("demo-server", "--help").stdout, "rm -f demo.toml\n")
	example, _, ok := strings.Cut(example, "\n\n")
	if !ok {
		t.Fatal("the help has no example")
	}
	// Whatever is there before is not waited for.
	w.write("demo.toml", "# end of another\n")
	printed, err := os.Create(filepath.Join(w.home, "printed"))
	if err != nil {
		t.Fatal(err)
	}
	defer printed.Close()
	c := exec.Command("sh", "-c", "rm -f demo.toml\n"+example)
	c.Dir, c.Env = w.home, append(w.command().Env, "PATH="+bin+":"+os.Getenv("PATH"))
	c.Stdout, c.Stderr = printed, printed
	// The services are interrupted together with the shell.
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	err = c.Run()
	_ = syscall.Kill(-c.Process.Pid, syscall.SIGTERM)
	out, _ := os.ReadFile(printed.Name())
	if exit := c.ProcessState.ExitCode(); exit != 1 || !strings.Contains(string(out), "datahub") {
		t.Errorf("it ended with %d, %v:\n%s", exit, err, out)
	}
}
