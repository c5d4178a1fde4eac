//go:build unix

package config

import (
	"fmt"
	"os"
	"testing"
)

// What came through a pipe can be read but once, so that it never changes.
func TestWatchPipe(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	must(t, err)
	defer r.Close()
	_, err = w.WriteString("[profiles.a]\n")
	must(t, err)
	must(t, w.Close())
	c, err := Load(fmt.Sprintf("/dev/fd/%d", r.Fd()), Services{})
	must(t, err)
	if len(c.Profiles) != 1 {
		t.Fatal(c.Profiles)
	}
	checkWatch(t, c, []watchStep{{"nothing", func() {}, 3, 0}})
}
