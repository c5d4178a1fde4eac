//go:build unix

package main

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// noFiles are what can be in the place of a file, besides a pipe, for which a person may
// mean rollcall to wait. None of them may keep it waiting.
var noFiles = map[string]func(path string) error{
	"a folder":           func(path string) error { return os.Mkdir(path, 0o700) },
	"zeros without end":  func(path string) error { return os.Symlink("/dev/zero", path) },
	"the terminal":       func(path string) error { return os.Symlink("/dev/tty", path) },
	"a link in a circle": func(path string) error { return os.Symlink(path, path) },
	"two gigabytes": func(path string) error {
		return errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, 2<<30))
	},
	"a socket": func(path string) error {
		l, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
		if err == nil {
			l.SetUnlinkOnClose(false)
			err = l.Close()
		}
		return err
	},
}

// readFiles are the files that rollcall reads, and a command that reads each. Where
// waits is set, a pipe is waited for, and so left out.
var readFiles = []struct {
	path, profile, before string
	command               []string
	waits                 bool
}{
	{path: "config.toml", command: []string{"list"}, waits: true},
	{path: "config.toml", command: []string{"edit"}},
	{path: "config.toml~", command: []string{"undo"}},
	{path: "config.toml.lock", command: []string{"disable", "a"}},
	{path: "themes/mine.toml", before: "[ui]\ntheme = \"mine\"\n", command: []string{"list"}},
	{path: "services.d/mine.toml", command: []string{"list"}},
	{path: ".rollcall.toml", command: []string{"status", "--offline"}},
	{path: ".rollcall.toml", command: []string{"list"}},
	{path: ".rollcall.toml", command: []string{"doctor", "a"}},
	{path: "secret", profile: "token = { file = \"secret\" }\n", command: []string{"env", "a"}, waits: true},
	{path: "secret", profile: "token = { file = \"secret\" }\n", command: []string{"rotate", "a"}},
	{path: "secret", profile: "token = { file = \"secret\", format = \"json\", path = \"$.a\" }\n", command: []string{"env", "a"}, waits: true},
	{path: "pem", profile: "token = \"abcdefgh\"\nca_file = \"pem\"\n", command: []string{"show", "a"}},
	{path: "pem", profile: "token = \"abcdefgh\"\nclient_cert = \"pem\"\nclient_key = \"config.toml\"\n", command: []string{"show", "a"}},
	{path: "pem", profile: "token = \"abcdefgh\"\nclient_cert = \"config.toml\"\nclient_key = \"pem\"\n", command: []string{"show", "a"}, waits: true},
	{path: "state/rollcall/rollcall.db", command: []string{"list"}},
	{path: "state/rollcall/choice.json", command: []string{"list"}},
	{path: ".npmrc", command: []string{"import"}},
	{path: "reply.json", command: []string{"service", "test", "digitalocean", "--fixture", "reply.json"}, waits: true},
}

// TestNoFiles puts what is no file in the place of each file that is read or locked: no
// command waits for it, and each says which file that is.
func TestNoFiles(t *testing.T) {
	t.Parallel()
	places := make(chan struct{}, 4)
	var all sync.WaitGroup
	for _, f := range readFiles {
		kinds := map[string]func(string) error{"a pipe": func(path string) error { return syscall.Mkfifo(path, 0o600) }}
		if f.waits {
			kinds = map[string]func(string) error{}
		}
		for name, make := range noFiles {
			kinds[name] = make
		}
		for name, make := range kinds {
			all.Go(func() {
				places <- struct{}{}
				defer func() { <-places }()
				if wrong := withNoFile(t, f.path, f.before+"[profiles.a]\nprovider = \"katapult\"\nbase_url = \"https://127.0.0.1:9\"\n"+
					cmp.Or(f.profile, "token = \"abcdefgh\"\n"), f.command, make); wrong != "" {
					t.Errorf("%s in place of %s: %v: %s", name, f.path, f.command, wrong)
				}
			})
		}
	}
	all.Wait()
}

// TestDanglingLinks puts a link that leads nowhere in the place of each file that is read or
// locked. It is named, or as good as no file; nothing is made where it leads, and it stays.
func TestDanglingLinks(t *testing.T) {
	t.Parallel()
	// What is not there need not be said to be a link; the configuration would be a new one.
	absent := []string{"config.toml~", "themes/mine.toml", ".npmrc"}
	for _, f := range readFiles {
		var target string
		config := f.before + "[profiles.a]\nprovider = \"katapult\"\nbase_url = \"https://127.0.0.1:9\"\n" + cmp.Or(f.profile, "token = \"abcdefgh\"\n")
		wrong := withNoFile(t, f.path, config, f.command, func(path string) error {
			target = filepath.Join(t.TempDir(), "nothing")
			return os.Symlink(target, path)
		})
		if wrong != "" && !((slices.Contains(absent, f.path) || f.command[0] == "edit") && strings.HasPrefix(wrong, "status ")) {
			t.Errorf("a link in place of %s: %v: %s", f.path, f.command, wrong)
		}
		if _, err := os.Lstat(target); err == nil {
			t.Errorf("a link in place of %s: %v made a file where it leads", f.path, f.command)
		}
	}
}

// withNoFile runs a command where something is in the place of a file, and says what is
// wrong with that; empty for nothing.
func withNoFile(t *testing.T, path, config string, command []string, make func(path string) error) string {
	dir, err := os.MkdirTemp("", "n") // The path of a socket is short.
	if err != nil {
		return err.Error()
	}
	defer os.RemoveAll(dir)
	w := &world{t: t, home: dir, env: []string{"XDG_STATE_HOME=" + filepath.Join(dir, "state"), "ROLLCALL_CONFIG=" + filepath.Join(dir, "config.toml"), "EDITOR=true"}}
	w.write("config.toml", config)
	at := filepath.Join(dir, path)
	if err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o700), os.RemoveAll(at), make(at)); err != nil {
		return err.Error()
	}
	before, err := os.Lstat(at)
	if err != nil {
		return err.Error()
	}
	r := w.run(command...)
	said := r.stdout + r.stderr
	if !strings.Contains(said, filepath.Base(path)) {
		return fmt.Sprintf("status %d, and it does not say which file: %s", r.status, said)
	}
	if after, err := os.Lstat(at); !strings.Contains(path, "state/") && (err != nil || !os.SameFile(before, after)) {
		return "it is not there any more"
	}
	return ""
}

// TestPipeOfConfiguration reads a configuration that somebody writes into a pipe, and
// ends at once where nobody does and a signal comes.
func TestPipeOfConfiguration(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.command("list", "--config", "/dev/fd/3")
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	c.ExtraFiles = []*os.File{read}
	if _, err := write.WriteString("[profiles.piped]\nprovider = \"katapult\"\ntoken = { env = \"X\" }\n"); err != nil {
		t.Fatal(err)
	}
	write.Close()
	if out, err := c.CombinedOutput(); err != nil || !strings.Contains(string(out), "piped") {
		t.Errorf("%v: %s", err, out)
	}
	pipe := filepath.Join(w.home, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	c = w.command("list", "--config", pipe)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	// It is open for reading once this returns.
	f, err := os.OpenFile(pipe, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if _ = c.Wait(); c.ProcessState.ExitCode() != 143 {
		t.Errorf("it ends with %v", c.ProcessState)
	}
}

// TestKilledEdit leaves nothing of a copy once neither rollcall nor the editor is there;
// while the editor is, it keeps the copy.
func TestKilledEdit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.write("tmp/none", "")
	w.env = []string{"TMPDIR=" + filepath.Join(w.home, "tmp"), "EDITOR=" + filepath.Join(w.home, "vi")}
	w.write(".config/rollcall/config.toml", "[profiles.a]\nprovider = \"katapult\"\ntoken = \"a-secret-of-mine\"\n")
	vi := w.write("vi", "#!/bin/sh\nkill -9 $PPID\necho gone >"+filepath.Join(w.home, "begun")+"\nread -r end <"+filepath.Join(w.home, "end")+"\n")
	for _, pipe := range []string{"begun", "end"} {
		if err := syscall.Mkfifo(filepath.Join(w.home, pipe), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(vi, 0o700); err != nil {
		t.Fatal(err)
	}
	c := w.command("edit")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	begun, err := os.ReadFile(filepath.Join(w.home, "begun"))
	if _ = c.Wait(); err != nil || string(begun) != "gone\n" || c.ProcessState.Success() {
		t.Fatalf("%q, %v, %v", begun, err, c.ProcessState)
	}
	copies := func() []string {
		all, _ := filepath.Glob(filepath.Join(w.home, "tmp", "rollcall-edit-*", "config.toml"))
		return all
	}
	w.run("list")
	if left := copies(); len(left) != 1 {
		t.Errorf("while the editor is there, there is %v", left)
	}
	end, err := os.OpenFile(filepath.Join(w.home, "end"), os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	// The end of the editor is that of its lock, which can be waited for.
	lock, err := os.Open(filepath.Join(filepath.Dir(copies()[0]), "lock"))
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Close()
	end.Close()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	lock.Close()
	w.run("list")
	if left := copies(); len(left) > 0 {
		t.Errorf("left is %v", left)
	}
}
