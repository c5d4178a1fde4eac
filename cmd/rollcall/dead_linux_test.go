package main

import (
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"rollcall/plainfile/deadtest"
)

// TestDeadDisk has files on a disk that does not answer: commands say so and end, a
// dashboard does without its state and can be left, and a signal ends who waits.
func TestDeadDisk(t *testing.T) {
	t.Parallel()
	disk := deadtest.Disk(t)
	w := newWorld(t)
	path := w.write("config.toml", "[profiles.a]\nprovider = \"katapult\"\ndisabled = true\ntoken = \"abcdefgh\"\n")
	on := func(name string) string { return filepath.Join(disk, name) }
	var all sync.WaitGroup
	for _, tt := range []struct {
		env    string
		args   []string
		status int
		said   string
	}{
		{"", []string{"list", "--config", on("config.toml")}, 2, "could not be read within 10s"},
		{"", []string{"add", "b", "--provider", "katapult", "--env", "B", "--no-test", "--config", on("other.toml")}, 2, "could not be read within 10s"},
		{"", []string{"list", "--config", path, "--log-file", on("log")}, 2, "could not be read within 10s"},
		{"XDG_STATE_HOME=" + on("state"), []string{"list", "--config", path}, 0, "could not be written within 10s"},
	} {
		all.Go(func() {
			r := w.with(tt.env, "LC_ALL=C.UTF-8").run(tt.args...)
			r.expect(t, tt.status, tt.said, "check the disk or the network")
		})
	}
	all.Go(func() {
		m := start(t, 100, 30, []string{"HOME=" + w.home, "XDG_STATE_HOME=" + on("screen")}, "--config", path)
		m.shows("a  ")
		m.press("q")
		if status := m.exit(); status != 0 {
			t.Errorf("the dashboard ends with %d", status)
		}
	})
	all.Go(func() {
		c := w.command("list", "--config", path)
		c.Env = append(c.Env, "HOME="+on("home"), "XDG_STATE_HOME="+on("signal"))
		if err := c.Start(); err != nil {
			t.Error(err)
			return
		}
		time.AfterFunc(time.Second, func() { _ = c.Process.Signal(syscall.SIGTERM) })
		// Before it hears signals itself, the system ends it.
		if _ = c.Wait(); c.ProcessState.ExitCode() != 143 && c.ProcessState.ExitCode() != -1 {
			t.Errorf("after a signal it ends with %v", c.ProcessState)
		}
	})
	all.Wait()
}
