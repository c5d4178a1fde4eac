package main

import (
	"os"
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
		{"XDG_STATE_HOME=" + on("state"), []string{"list", "--config", path}, 0, "this run keeps nothing for the next one"},
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

// TestDiskDies has the disk of the state answer no more while rollcall runs. Who has the
// screen is told, and can leave; a signal ends what has none.
func TestDiskDies(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	config := w.demoConfig()
	// dies is a state that lies on such a disk once rollcall has kept something in it.
	dies := func(t *testing.T, name string) (env []string, die func()) {
		folder := filepath.Join(w.home, name, "rollcall")
		return []string{"XDG_STATE_HOME=" + filepath.Dir(folder)}, func() {
			for begun := time.Now(); ; time.Sleep(50 * time.Millisecond) {
				if _, err := os.Stat(filepath.Join(folder, "rollcall.db")); err == nil {
					break
				}
				if time.Since(begun) > patience {
					t.Fatal("nothing is kept")
				}
			}
			deadtest.Die(t, folder)
		}
	}
	const told, unsaved = "is not kept in", "did not stop in time"
	for name, leave := range map[string]func(*terminal) (status int){
		"q":       func(m *terminal) int { m.press("q"); return 2 },
		"ctrl c":  func(m *terminal) int { m.press("\x03"); return 2 },
		"SIGTERM": func(m *terminal) int { m.signal(syscall.SIGTERM); return 143 },
		"SIGQUIT": func(m *terminal) int { m.signal(syscall.SIGQUIT); return 131 },
	} {
		t.Run("screen "+name, func(t *testing.T) {
			t.Parallel()
			env, die := dies(t, name)
			m := start(t, 120, 30, env, "--config", config)
			m.shows("q quit")
			die()
			m.press("r")
			m.shows(told)
			want := leave(m)
			if status := m.exit(); status != want {
				t.Errorf("it ends with %d, want %d", status, want)
			}
			if want == 2 {
				m.shows(unsaved)
			}
		})
	}
	t.Run("conversation", func(t *testing.T) {
		t.Parallel()
		env, die := dies(t, "conversation")
		c := w.with(env...).talk("--accessible", "--config", config)
		c.hear()
		die()
		c.enter("check")
		c.hearUpTo("", told)
		c.enter("quit")
		c.hearUpTo("", unsaved)
		if status := c.end(); status != 2 {
			t.Errorf("it ends with %d", status)
		}
	})
	t.Run("serve", func(t *testing.T) {
		t.Parallel()
		env, die := dies(t, "serve")
		e := w.with(env...).serve("--config", config)
		die()
		_ = e.cmd.Process.Signal(syscall.SIGTERM)
		if err := e.cmd.Wait(); e.cmd.ProcessState.ExitCode() != 143 {
			t.Errorf("it ends with %v\n%s", err, &e.stderr)
		}
	})
}
