package store_test

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"rollcall/client/store"
)

// outcome is what became of a use of the store.
type outcome struct {
	// Notice is that of the opening, and Later are those that came after it.
	Notice string
	Later  []string
	// Failed is what closing says, and Decided what a decision says.
	Failed, Decided string
	// Known and Pin are what the run itself knows of what it has kept.
	Known bool
	Pin   string
	// Peak is how much memory the process had at most, in KiB; zero where the
	// system does not tell.
	Peak int
}

// use keeps one thing of each kind in the store of a folder.
func use(dir string) (o outcome, err error) {
	s, notice, err := store.Open(dir, config)
	if err != nil {
		return o, err
	}
	o.Notice = notice
	s.Retain([][2]string{{"work", endpointOf("work")}})
	s.Save(sample("work", now()))
	s.PinOnce("work", endpointOf("work"), "u1")
	s.StartCooldown(origin, "hush", now().Add(time.Hour))
	s.Flush()
	if err := s.Repin("work", endpointOf("work"), "u2"); err != nil {
		o.Decided = err.Error()
	}
	_, o.Known = stored(s, "work")
	o.Pin, _ = s.Pin("work", endpointOf("work"))
	if _, held := s.Cooldown(origin, "hush"); !held {
		return o, fmt.Errorf("the cooldown is forgotten")
	}
	o.Later = s.Notices()
	if err := s.Close(); err != nil {
		o.Failed = err.Error()
	}
	return o, nil
}

// peak is how much memory this process had at most, in KiB.
func peak() int {
	status, _ := os.ReadFile("/proc/self/status")
	_, line, _ := strings.Cut(string(status), "VmHWM:")
	fields := strings.Fields(line)
	if len(fields) == 0 {
		return 0
	}
	n, _ := strconv.Atoi(fields[0])
	return n
}

func init() {
	children["use"] = func() error {
		o, err := use(os.Getenv(folderVariable))
		if err != nil {
			return err
		}
		o.Peak = peak()
		return json.NewEncoder(os.Stdout).Encode(o)
	}
}

// used is what becomes of a use of the store in a process of its own, which takes
// neither for ever nor much memory.
func used(t *testing.T, dir string) (o outcome) {
	t.Helper()
	c := child(t, "use", dir)
	late := time.AfterFunc(time.Minute, func() {
		t.Error("it takes for ever")
		_ = c.Process.Kill()
	})
	defer late.Stop()
	out, err := c.Output()
	if err != nil || json.Unmarshal(out, &o) != nil {
		t.Fatalf("it ends with %v and says %s", err, out)
	}
	if o.Peak > 200<<10 {
		t.Errorf("it takes %d MiB", o.Peak>>10)
	}
	return o
}

// aside are the files of a folder that were set aside, without their companions.
func aside(dir string) []string {
	all, _ := filepath.Glob(database(dir) + ".broken-*")
	return slices.DeleteFunc(all, func(p string) bool {
		return strings.HasSuffix(p, "-wal") || strings.HasSuffix(p, "-shm") || strings.HasSuffix(p, "-journal")
	})
}

// startsAnew uses a store of which the database is useless, for a reason, and
// checks that it starts a new one.
func startsAnew(t *testing.T, dir, reason string) {
	t.Helper()
	o := used(t, dir)
	told := o.Notice + strings.Join(o.Later, " ")
	if strings.Count(told, database(dir)+" could not be used, since "+reason) != 1 || o.Failed+o.Decided != "" || !o.Known || o.Pin != "u2" {
		t.Errorf("it is %+v, want %q", o, reason)
	}
	if got := aside(dir); len(got) != 1 || !strings.Contains(told, filepath.Base(got[0])) {
		t.Errorf("set aside is %v, but told is %q", got, told)
	}
	knows(t, dir)
}

// knows checks that the next run knows what use has kept.
func knows(t *testing.T, dir string) {
	t.Helper()
	s := opened(t, dir)
	defer closed(t, s)
	id, _ := s.Pin("work", endpointOf("work"))
	if _, ok := stored(s, "work"); !ok || id != "u2" {
		t.Errorf("then it is known: %v, and pinned to %q", ok, id)
	}
	if _, held := s.Cooldown(origin, "hush"); !held {
		t.Error("the cooldown is forgotten")
	}
}

// goodDatabase makes a database with some content, and returns its path.
func goodDatabase(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if o, err := use(dir); err != nil || o.Notice != "" {
		t.Fatal(o, err)
	}
	return database(dir)
}

func TestOtherThingsInPlaceOfTheDatabase(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		reason string
		put    func(t *testing.T, path string) error
	}{
		"a folder": {"it is a folder", func(_ *testing.T, path string) error { return os.MkdirAll(path+"/full", 0o700) }},
		"a link to itself": {"it is a link to nothing", func(_ *testing.T, path string) error {
			return os.Symlink(filepath.Base(path), path)
		}},
		"a link to nothing": {"it is a link to nothing", func(_ *testing.T, path string) error { return os.Symlink("nowhere/x", path) }},
		"a text": {"it is no database", func(_ *testing.T, path string) error {
			return os.WriteFile(path, []byte(strings.Repeat("hello ", 400)), 0o600)
		}},
		"a short text": {"it is no database", func(_ *testing.T, path string) error { return os.WriteFile(path, []byte("hello"), 0o600) }},
		"2 GiB of zeros": {"it is no database", func(_ *testing.T, path string) error {
			return sparse(path, 2<<30)
		}},
		"20 GiB of zeros": {"it has 20 GB", func(_ *testing.T, path string) error { return sparse(path, 20<<30) }},
		"another program's": {"it is the database of another program", func(t *testing.T, path string) error {
			do(t, path, "CREATE TABLE mine (x)")
			return nil
		}},
		"another program's, with its name": {"it is the database of another program", func(t *testing.T, path string) error {
			do(t, path, "PRAGMA application_id = 7", "CREATE TABLE mine (x)")
			return nil
		}},
		"one without its tables": {"it is damaged", func(t *testing.T, path string) error {
			do(t, path, "PRAGMA application_id = 1919904876", "PRAGMA user_version = 1", "CREATE TABLE mine (x)")
			return nil
		}},
		"one with other rows": {"it is damaged", func(t *testing.T, path string) error {
			copyFile(t, goodDatabase(t), path)
			do(t, path, "DROP VIEW tokens", "CREATE VIEW tokens AS SELECT 1", "DROP VIEW history", "ALTER TABLE meta RENAME TO other", "CREATE TABLE meta AS SELECT 'x' AS cooldown_key, 'y' AS decisions, 'z' AS forgotten_at, 1 AS id",
				"CREATE VIEW history AS SELECT 1")
			return nil
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := tt.put(t, database(dir)); err != nil {
				t.Skip(err)
			}
			startsAnew(t, dir, tt.reason)
		})
	}
}

// sparse makes a file of zeros that takes no room.
func sparse(path string, size int64) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Truncate(size)
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	source, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	if _, err := io.Copy(target, source); err != nil {
		t.Fatal(err)
	}
}

// What looks odd but can be used is used.
func TestOddDatabasesThatAreGood(t *testing.T) {
	t.Parallel()
	for name, put := range map[string]func(t *testing.T, path string) error{
		"empty":  func(_ *testing.T, path string) error { return os.WriteFile(path, nil, 0o600) },
		"linked": func(t *testing.T, path string) error { return os.Symlink(goodDatabase(t), path) },
		"with a long tail of nothing": func(t *testing.T, path string) error {
			copyFile(t, goodDatabase(t), path)
			return sparse(path, 2<<30)
		},
		"with another journal": func(t *testing.T, path string) error {
			copyFile(t, goodDatabase(t), path)
			do(t, path, "PRAGMA journal_mode = DELETE")
			return nil
		},
		"with larger pages": func(t *testing.T, path string) error {
			copyFile(t, goodDatabase(t), path)
			do(t, path, "PRAGMA journal_mode = DELETE", "PRAGMA page_size = 8192", "VACUUM")
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := put(t, database(dir)); err != nil {
				t.Skip(err)
			}
			info, _ := os.Lstat(database(dir))
			o := used(t, dir)
			if o.Notice+o.Failed+o.Decided != "" || !o.Known || o.Pin != "u2" || len(aside(dir)) != 0 {
				t.Errorf("it is %+v, and set aside is %v", o, aside(dir))
			}
			if is, err := os.Lstat(database(dir)); err != nil || !os.SameFile(info, is) {
				t.Error("it was replaced")
			}
			knows(t, dir)
		})
	}
}

// A database of a newer rollcall is left as it is.
func TestNewerDatabaseIsLeftAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	copyFile(t, goodDatabase(t), database(dir))
	do(t, database(dir), "PRAGMA user_version = 1000")
	contents := func() (all string) {
		for _, name := range entries(t, dir) {
			all += name + string(read(t, filepath.Join(dir, name)))
		}
		return all
	}
	before := contents()
	o := used(t, dir)
	if strings.Count(o.Notice, "newer rollcall") != 1 || len(o.Later) != 0 || o.Failed != "" || o.Known {
		t.Errorf("it is %+v", o)
	}
	if !strings.Contains(o.Decided, "newer rollcall") {
		t.Errorf("a decision that is not kept says %q", o.Decided)
	}
	if contents() != before {
		t.Error("it was changed")
	}
}

// A folder that cannot be made, or none, ends nothing.
func TestFolderThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "occupied")
	write(t, dir, nil)
	o := used(t, dir)
	told := o.Notice + strings.Join(o.Later, " ") + o.Failed
	if strings.Count(told, "The state cannot be kept for the next run") != 1 || !strings.Contains(told, dir) || o.Decided == "" || o.Pin != "u1" {
		t.Errorf("it is %+v", o)
	}
	if o, err := use(""); err != nil || o.Notice+o.Failed+o.Decided != "" || !o.Known || o.Pin != "u2" {
		t.Errorf("without a folder it is %+v, %v", o, err)
	}
}

// Of many files that were set aside few are kept, and none replaces another.
func TestFewBrokenFilesAreKept(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a [strange] folder")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for i := range 12 {
		write(t, database(dir), fmt.Append(nil, "broken ", i))
		s, notice, err := store.Open(dir, config)
		if err != nil || !strings.Contains(notice, "it is no database") {
			t.Fatal(notice, err)
		}
		closed(t, s)
	}
	s := opened(t, dir)
	kept := s.Info().Aside
	if len(kept) != 5 {
		t.Fatalf("set aside are %v", kept)
	}
	var contents []string
	for _, path := range kept {
		contents = append(contents, string(read(t, path)))
	}
	slices.Sort(contents)
	if !slices.Equal(contents, []string{"broken 10", "broken 11", "broken 7", "broken 8", "broken 9"}) {
		t.Errorf("they are %v", contents)
	}
}

// A file that somebody moves away, deletes or destroys while the program runs
// costs no more than what was in it.
func TestDatabaseThatGoesAwayMeanwhile(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there a file that is open stays where it is")
	}
	for name, harm := range map[string]func(path string) error{
		"deleted": func(path string) error {
			for _, end := range []string{"", "-wal", "-shm"} {
				if err := os.Remove(path + end); err != nil {
					return err
				}
			}
			return nil
		},
		"moved":       func(path string) error { return os.Rename(path, path+".old") },
		"overwritten": func(path string) error { return os.WriteFile(path, []byte(strings.Repeat("oops", 9999)), 0o600) },
		"emptied":     func(path string) error { return os.Truncate(path, 0) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			s := opened(t, dir)
			decideAll(t, s, "one", "u1")
			if err := harm(database(dir)); err != nil {
				t.Fatal(err)
			}
			decideAll(t, s, "two", "u2")
			decideAll(t, s, "three", "u2")
			t.Log(s.Notices())
			closed(t, s)
			s, notice, err := store.Open(dir, config)
			if err != nil {
				t.Fatal(err)
			}
			t.Log(notice)
			for _, name := range []string{"two", "three"} {
				id, _ := s.Pin(name, endpointOf(name))
				if _, ok := stored(s, name); !ok || id != "u2" {
					t.Errorf("%s is known: %v, and pinned to %q", name, ok, id)
				}
			}
			closed(t, s)
		})
	}
}
