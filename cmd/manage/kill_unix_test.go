//go:build unix

package manage

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// rotatingIn says to TestRotatingChild where to rotate.
const rotatingIn = "ROLLCALL_TEST_ROTATING"

// TestRotatingChild rotates and takes back without an end, until it is killed.
func TestRotatingChild(t *testing.T) {
	dir := os.Getenv(rotatingIn)
	if dir == "" {
		t.Skip("another test starts this one")
	}
	m, _, _ := newTestManager(t)
	m.Path = dir + "/config.toml"
	d := m.draft(t, "a")
	for i := 0; ; i++ {
		if _, err := m.Rotate(t.Context(), d, fmt.Sprintf("new-%d", i%7), false); err != nil {
			continue // It is the present one.
		}
		if i%2 == 0 {
			_ = m.PutBack(t.Context(), d)
		}
	}
}

// TestKilledWhileRotating finds a whole secret in place after every kill, whole ones
// alone where the old one is kept, and every other byte of a file that holds more.
func TestKilledWhileRotating(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, where, file string }{
		{"alone", "{ file = 'token' }", "%s\n"},
		{"among other things", "{ file = 'token', format = 'yaml', path = '$.a.token' }", "# c\na: {token: %s} # d\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := newBureau(t, "[profiles.a]\nprovider = 'katapult'\ntoken = "+tt.where+"\n")
			b.write(t, b.path("token"), fmt.Sprintf(tt.file, "new-0"))
			before, after, _ := strings.Cut(tt.file, "%s")
			for range 6 {
				c := exec.Command(os.Args[0], "-test.run", "^TestRotatingChild$")
				c.Env = append(os.Environ(), rotatingIn+"="+b.dir, "TMPDIR="+b.dir)
				if err := c.Start(); err != nil {
					t.Fatal(err)
				}
				time.AfterFunc(time.Duration(100+rand.IntN(200))*time.Millisecond, func() { _ = c.Process.Kill() })
				_ = c.Wait()
				data, err := os.ReadFile(b.path("token"))
				secret := strings.TrimSuffix(strings.TrimPrefix(string(data), before), after)
				if err != nil || !isNew(secret) || string(data) != before+secret+after {
					t.Fatalf("after the kill it has %q, %v", data, err)
				}
				kept, err := storedFormer(t.Context(), b.draft(t, "a"))
				if err != nil || kept != "" && !isNew(kept) {
					t.Fatalf("after the kill %q is kept, %v", kept, err)
				}
			}
		})
	}
}

// isNew reports whether a secret is one of those that the child writes.
func isNew(secret string) bool {
	return len(secret) == len("new-0") && strings.HasPrefix(secret, "new-")
}
