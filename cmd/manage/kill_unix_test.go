//go:build unix

package manage

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/client/store"
	"rollcall/config"
	"rollcall/config/atomicfile/killtest"
)

const (
	// writingIn says to TestWritingChild where to write, writerName by which name, and
	// writerSteps how often.
	writingIn   = "ROLLCALL_TEST_WRITING"
	writerName  = "ROLLCALL_TEST_WRITER"
	writerSteps = "ROLLCALL_TEST_STEPS"
)

// TestWritingChild changes the configuration, rotates and takes back, keeps a choice,
// and says of each change of the configuration that it is done, until it is killed.
func TestWritingChild(t *testing.T) {
	dir, name := os.Getenv(writingIn), os.Getenv(writerName)
	if dir == "" {
		t.Skip("another test starts this one")
	}
	said, err := os.OpenFile(filepath.Join(dir, "said-"+name), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	m := managerIn(t, dir)
	d := m.draft(t, "a")
	steps := 1 << 30
	_, _ = fmt.Sscan(os.Getenv(writerSteps), &steps)
	if err := os.Chdir(dir); err != nil { // From here on, calls of the system are counted.
		t.Fatal(err)
	}
	for i := range steps {
		tag := fmt.Sprintf("t%s-%d", name, i)
		if _, err := m.Apply(t.Context(), config.Edit{Kind: config.EditTag, Profile: "b", Tags: []string{tag}}, ""); err == nil {
			fmt.Fprintln(said, tag)
		}
		if _, err := m.Rotate(t.Context(), d, fmt.Sprintf("new-%d", rand.IntN(10)), false); err == nil && i%2 == 0 {
			_ = m.PutBack(t.Context(), d)
		}
		_, _, _ = m.Use(t.Context(), "a")
	}
}

// managerIn is a manager of the configuration in a folder, with its state there.
func managerIn(t *testing.T, dir string) *Manager {
	t.Helper()
	m, env, _ := newTestManager(t)
	m.Path = filepath.Join(dir, "config.toml")
	env["HOME"], env["USERPROFILE"] = dir, dir
	return m
}

// writer is a process that writes in a folder.
func writer(dir string, steps int) *exec.Cmd {
	c := exec.Command(os.Args[0], "-test.run", "^TestWritingChild$")
	c.Env = append(os.Environ(), writingIn+"="+dir, "TMPDIR="+filepath.Join(dir, "tmp"), fmt.Sprint(writerSteps, "=", steps), fmt.Sprint(writerName, "=", rand.Uint32()))
	return c
}

// shared is how the file of a secret looks that holds more than the secret, and one that
// does not.
var shared = []struct{ name, where, file string }{
	{"alone", "{ file = 'token' }", "%s\n"},
	{"among other things", "{ file = 'token', format = 'yaml', path = '$.a.token' }", "# c\na: {token: %s} # d\n"},
}

// written makes a folder for writers.
func written(t *testing.T, where, file string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	text := "# mine\n[profiles.a]\nprovider = 'katapult'\ntoken = " + where + "\n\n[profiles.b] # other\nprovider = 'katapult'\ntoken = { env = 'B' }\ntags = []\n"
	for name, text := range map[string]string{"config.toml": text, "token": fmt.Sprintf(file, "new-0"), "tmp/x": ""} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// survived checks what writers that were killed have left, as the next run does: a whole
// secret is in place, each change of the configuration that was said is there, every
// other byte is as it was, and once it has swept nothing else is left.
func survived(t *testing.T, dir, file string) (changes int) {
	t.Helper()
	before, after, _ := strings.Cut(file, "%s")
	data, err := os.ReadFile(filepath.Join(dir, "token"))
	secret := strings.TrimSuffix(strings.TrimPrefix(string(data), before), after)
	if err != nil || !isNew(secret) || string(data) != before+secret+after {
		t.Errorf("the file of the secret has %q, %v", data, err)
	}
	m := managerIn(t, dir)
	c, err := m.Load()
	if err != nil || len(c.Problems) > 0 {
		t.Fatalf("%v, %v", err, c)
	}
	c.Sweep(t.Context())
	if former, err := storedFormer(t.Context(), m.draft(t, "a")); err != nil || former != "" && !isNew(former) {
		t.Errorf("%q is kept, %v", former, err)
	}
	b, _ := c.Profile("b")
	text, err := os.ReadFile(m.Path)
	if err != nil || !strings.HasPrefix(string(text), "# mine\n[profiles.a]\n") || !strings.Contains(string(text), "[profiles.b] # other\n") {
		t.Errorf("the configuration has %q, %v", text, err)
	}
	state, told, err := store.Open(filepath.Join(dir, ".local", "state", "rollcall"), m.Path)
	if err != nil || told != "" {
		t.Fatalf("the store says %q, %v", told, err)
	}
	if err := state.Close(); err != nil {
		t.Error(err)
	}
	known := regexp.MustCompile(`^(config\.toml~?|token((\.[0-9a-f]{8})?\.previous)?|said-\d+|tmp/x|tmp/TestWritingChild.*|\.local/state/rollcall/rollcall\.db(-wal|-shm|-journal)?)$`)
	err = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		name, _ := filepath.Rel(dir, path)
		if err != nil || d.IsDir() {
			return err
		}
		if strings.HasPrefix(name, "said-") {
			said, err := os.ReadFile(path)
			for tag := range strings.FieldsSeq(string(said)) {
				if changes++; !slices.Contains(b.Tags, tag) {
					t.Errorf("of the tag %s nothing is left", tag)
				}
			}
			return err
		}
		if !known.MatchString(filepath.ToSlash(name)) {
			t.Errorf("left is %s", name)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return changes
}

// TestKilledWhileWriting kills two processes at a time at any moment.
func TestKilledWhileWriting(t *testing.T) {
	t.Parallel()
	for _, tt := range shared {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			changes, kills := 0, 0
			for range 4*killtest.Rounds() - 3 {
				dir := written(t, tt.where, tt.file)
				for range 2 {
					ended := make(chan error)
					for range 2 {
						go func() { ended <- killtest.After(writer(dir, 1<<30), time.Duration(80+rand.IntN(250))*time.Millisecond) }()
					}
					if err := errors.Join(<-ended, <-ended); err != nil {
						t.Fatal(err)
					}
					kills += 2
					if changes += survived(t, dir, tt.file); t.Failed() {
						return
					}
				}
			}
			t.Logf("%d kills, %d changes", kills, changes)
		})
	}
}

// TestKilledAtEachCallOfWriting kills one of two processes before one of its calls of the
// system after the other; the other one goes on.
func TestKilledAtEachCallOfWriting(t *testing.T) {
	t.Parallel()
	for _, tt := range shared {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for n, kills := 1, 0; ; kills++ {
				dir := written(t, tt.where, tt.file)
				beside := make(chan error)
				go func() { beside <- writer(dir, 1).Run() }()
				killed, err := killtest.AtCall(writer(dir, 1), n)
				if err := <-beside; err != nil {
					t.Errorf("at the call %d, the other one ended with %v", n, err)
				}
				if errors.Is(err, errors.ErrUnsupported) {
					t.Skip(err)
				}
				if err != nil {
					t.Fatal(err)
				}
				if survived(t, dir, tt.file); t.Failed() || !killed {
					t.Logf("%d kills, the last at the call %d", kills, n)
					return
				}
				if n += killtest.Step(n); killtest.Rounds() == 1 {
					n += n / 2 // The store is killed more closely by default.
				}
			}
		})
	}
}

// isNew reports whether a secret is one of those that the child writes.
func isNew(secret string) bool {
	return len(secret) == len("new-0") && strings.HasPrefix(secret, "new-")
}
