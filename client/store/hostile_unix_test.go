//go:build unix

package store_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"rollcall/client/store"
)

func TestNoFileInPlaceOfTheDatabase(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		reason string
		put    func(path string) error
	}{
		"a pipe":          {"it is not a file", func(path string) error { return syscall.Mkfifo(path, 0o600) }},
		"a link to zeros": {"it is not a file", func(path string) error { return os.Symlink("/dev/zero", path) }},
		"a socket": {"it is not a file", func(path string) error {
			l, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
			if err == nil {
				l.SetUnlinkOnClose(false)
				err = l.Close()
			}
			return err
		}},
		"a file of what was never written": {"it is damaged", func(path string) error {
			return exec.Command("sh", "-c", `printf 'SQLite format 3\0\4\0\2\2\0\100\40\40' > "$0"; head -c 9000 /dev/urandom >> "$0"`, path).Run()
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, err := os.MkdirTemp("", "s") // The path of a socket is short.
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { os.RemoveAll(dir) })
			if err := tt.put(database(dir)); err != nil {
				t.Skip(err)
			}
			if reason := tt.reason; reason != "it is damaged" {
				startsAnew(t, dir, reason)
				return
			}
			if o := used(t, dir); !o.Known || len(aside(dir)) != 1 {
				t.Errorf("it is %+v", o)
			}
			knows(t, dir)
		})
	}
}

// asStranger has a child run as a user who is not root, for whom modes count.
func asStranger(t *testing.T, c *exec.Cmd, dir string) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	const nobody = 65534
	c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	// The test program lies in a folder of root, which a copy leaves.
	program := filepath.Join(filepath.Dir(dir), "program")
	copyFile(t, os.Args[0], program)
	for _, path := range []string{program, filepath.Dir(dir), filepath.Dir(filepath.Dir(dir))} {
		if err := os.Chmod(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	c.Path = program
	if err := exec.Command("chown", "-R", fmt.Sprint(nobody), dir).Run(); err != nil {
		t.Skip(err)
	}
	if exec.Command("chroot", "--userspec=65534:65534", "/", "test", "-x", program).Run() != nil {
		t.Skip("another user cannot run the test program")
	}
}

// usedByStranger is what becomes of a use of the store by a user for whom modes count.
func usedByStranger(t *testing.T, dir string) (o outcome) {
	t.Helper()
	c := child(t, "use", dir)
	asStranger(t, c, dir)
	out, err := c.Output()
	if err != nil || json.Unmarshal(out, &o) != nil {
		t.Fatalf("it ends with %v and says %s", err, out)
	}
	return o
}

// Where nothing can be written, everything is read, and the reason is told once.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		file, folder os.FileMode
		journal      string
	}{
		"folder":                 {0o600, 0o500, "WAL"},
		"file":                   {0o400, 0o700, "WAL"},
		"both":                   {0o400, 0o500, "WAL"},
		"folder, journal behind": {0o600, 0o500, "DELETE"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "state")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			copyFile(t, goodDatabase(t), database(dir))
			do(t, database(dir), "PRAGMA journal_mode = "+tt.journal)
			for path, mode := range map[string]os.FileMode{database(dir): tt.file, dir: tt.folder} {
				if err := os.Chmod(path, mode); err != nil {
					t.Fatal(err)
				}
			}
			t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
			before := read(t, database(dir))
			o := usedByStranger(t, dir)
			told := o.Notice + strings.Join(o.Later, " ") + o.Failed
			if !o.Known || o.Pin != "u2" || strings.Count(told, "cannot be kept for the next run") != 1 || !strings.Contains(told, database(dir)) || o.Decided == "" {
				t.Errorf("it is %+v", o)
			}
			if string(read(t, database(dir))) != string(before) || len(aside(dir)) != 0 {
				t.Error("it was changed")
			}
		})
	}
}

// A database of an older rollcall that cannot be written is left as it is, and
// that is told once.
func TestOlderReadOnly(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "state")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	copyFile(t, goodDatabase(t), database(dir))
	older(t, database(dir))
	if err := os.Chmod(database(dir), 0o400); err != nil {
		t.Fatal(err)
	}
	before := read(t, database(dir))
	o := usedByStranger(t, dir)
	told := o.Notice + strings.Join(o.Later, " ") + o.Failed
	if strings.Count(told, "older rollcall") != 1 || string(read(t, database(dir))) != string(before) || len(aside(dir)) != 0 {
		t.Errorf("it is %+v", o)
	}
}

// full is the most that a file may have, in bytes, in the child that finds the
// disk full.
const fullDisk = 40 << 10

func init() {
	children["full"] = func() error {
		signal.Ignore(syscall.SIGXFSZ)
		var limit syscall.Rlimit
		if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			return err
		}
		wide := limit.Cur
		set := func(n uint64) error {
			limit.Cur = n
			return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit)
		}
		dir := os.Getenv(folderVariable)
		for _, n := range []uint64{0, 1 << 10, 9 << 10, fullDisk} {
			if err := set(n); err != nil {
				return err
			}
			s, notice, err := store.Open(dir, config)
			if err != nil {
				return err
			}
			for i := range 300 {
				s.Save(sample(fmt.Sprintf("%d-%d", n, i), now()))
			}
			s.PinOnce(fmt.Sprint(n), endpoint, "u1")
			s.Flush()
			s.Flush()
			told := notice + strings.Join(s.Notices(), " ")
			if strings.Count(told, "The state cannot be kept for the next run: "+database(dir)) != 1 {
				return fmt.Errorf("with %d bytes the notices are %q", n, told)
			}
			if _, err := s.Choose("", "work"); err == nil && n < fullDisk {
				return fmt.Errorf("with %d bytes a choice was kept", n)
			}
			if err := set(wide); err != nil {
				return err
			}
			if err := s.Close(); err != nil {
				return err
			}
		}
		return nil
	}
}

// A full disk is told of once, and what waits is written when there is room.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if out, err := child(t, "full", dir).Output(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	s := opened(t, dir)
	if n := len(s.Snapshots()); n != 4*300 || pinned(s, "0") != "u1" || pinned(s, fmt.Sprint(fullDisk)) != "u1" {
		t.Errorf("%d snapshots are kept", n)
	}
}

// A small disk, filled by others as well.
func TestSmallDisk(t *testing.T) {
	t.Parallel()
	if os.Getuid() != 0 {
		t.Skip("only root can make one")
	}
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=160k", "none", dir).CombinedOutput(); err != nil {
		t.Skipf("%v: %s", err, out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", dir).Run() })
	s := opened(t, dir)
	s.PinOnce("work", endpoint, "u1")
	s.Flush()
	write(t, filepath.Join(dir, "large"), make([]byte, 8<<10))
	for i := range 300 {
		s.Save(sample(fmt.Sprint("p", i), now()))
	}
	s.Flush()
	if told := s.Notices(); len(told) != 1 || !strings.Contains(told[0], "full") {
		t.Errorf("told is %q", told)
	}
	if pinned(s, "work") != "u1" {
		t.Error("the pin cannot be read")
	}
	if err := os.Remove(filepath.Join(dir, "large")); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mount", "-o", "remount,size=4m", dir).CombinedOutput(); err != nil {
		t.Skipf("%v: %s", err, out)
	}
	closed(t, s)
	s = opened(t, dir)
	if n := len(s.Snapshots()); n != 300 || pinned(s, "work") != "u1" {
		t.Errorf("%d snapshots are kept", n)
	}
	closed(t, s)
}

func init() {
	// lock locks the database as others would that are stopped in the middle of
	// writing, says so, and waits to be killed.
	children["lock"] = func() error {
		db, err := openRaw(database(os.Getenv(folderVariable)))
		if err != nil {
			return err
		}
		for _, q := range strings.Split(os.Getenv("ROLLCALL_TEST_QUERIES"), ";") {
			if _, err := db.Exec(q); err != nil {
				return err
			}
		}
		fmt.Println("locked")
		select {}
	}
}

// A database that another process has locked for ever keeps nobody: reading and
// writing give up in time, which is told once, and what waits is written when the
// other one is gone.
func TestDatabaseThatIsLockedForEver(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		remote         bool
		queries        string
		readersAreFree bool
	}{
		"while it is written":       {false, "BEGIN EXCLUSIVE; INSERT INTO choices VALUES ('x', 'y', 'z')", true},
		"for one program alone":     {false, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; INSERT INTO choices VALUES ('x', 'y', 'z'); COMMIT", false},
		"with a journal to go back": {true, "BEGIN EXCLUSIVE; INSERT INTO choices VALUES ('x', 'y', 'z')", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			open := store.OpenImpatient(tt.remote)
			first, _, err := open(dir, config)
			if err != nil {
				t.Fatal(err)
			}
			first.PinOnce("work", endpoint, "u1")
			closed(t, first)
			c := child(t, "lock", dir, "ROLLCALL_TEST_QUERIES="+tt.queries)
			out, err := c.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "locked\n" {
				t.Fatal(line, err)
			}
			if err := c.Process.Signal(syscall.SIGSTOP); err != nil {
				t.Fatal(err)
			}
			var notice string
			s := inTime(t, "opening", func() (s *store.Store) {
				s, notice, err = open(dir, config)
				return s
			})
			inTime(t, "reading of many", func() bool {
				for i := range 1000 {
					pinned(s, fmt.Sprint(i))
				}
				return true
			})
			inTime(t, "reading", func() string { return pinned(s, "work") })
			inTime(t, "a cooldown", func() bool { _, held := s.Cooldown(origin, "x"); return held })
			s.Save(sample("work", now()))
			inTime(t, "writing", func() bool { s.Flush(); return true })
			if err := inTime(t, "a decision", func() error { return s.Repin("work", endpoint, "u2") }); err == nil {
				t.Error("a decision is said to be kept")
			}
			if got := pinned(s, "work"); tt.readersAreFree && got != "u1" {
				t.Errorf("it is pinned to %q", got)
			}
			notice += strings.Join(s.Notices(), " ")
			if strings.Count(notice, "cannot be kept for the next run") != 1 || !strings.Contains(notice, "locked") {
				t.Errorf("told is %q", notice)
			}
			if err := c.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = c.Wait()
			if err := s.Repin("work", endpoint, "u3"); err != nil {
				t.Errorf("afterwards: %v", err)
			}
			closed(t, s)
			s = opened(t, dir)
			if _, ok := stored(s, "work"); !ok || pinned(s, "work") != "u3" {
				t.Errorf("afterwards it is known: %v, and pinned to %q", ok, pinned(s, "work"))
			}
		})
	}
}

// inTime does something that may wait for others, but must not do so for ever.
func inTime[T any](t *testing.T, what string, do func() T) T {
	t.Helper()
	done := make(chan T, 1)
	go func() { done <- do() }()
	select {
	case v := <-done:
		return v
	case <-time.After(time.Minute):
		t.Fatalf("%s does not end", what)
		panic("unreachable")
	}
}
