//go:build unix

package child_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"rollcall/cmd/child"
)

func shell(script string, args ...string) child.Program {
	return child.Program{Path: "/bin/sh", Args: append([]string{"sh", "-c", script, "sh"}, args...), Env: []string{"PATH=/bin:/usr/bin", "ONLY=this"}}
}

// TestBehind tells how programs end, with the last of what they printed.
func TestBehind(t *testing.T) {
	t.Parallel()
	for script, want := range map[string]struct {
		text, ended string
		cut         bool
	}{
		"echo a; echo b >&2":              {"a\nb\n", "ended", false},
		"exit 3":                          {"", "ended with 3", false},
		"kill -TERM $$":                   {"", "was killed by SIGTERM", false},
		"cat; tty -s || echo no terminal": {"no terminal\n", "ended", false},
		"(exec 9<>/dev/tty) 2>/dev/null || echo none": {"none\n", "ended", false},
		"echo $ONLY$HOME; printf '%s' \"$1\"":         {"this\n$(touch x) -rf \"'", "ended", false},
		"printf %0100d 7":                             {strings.Repeat("0", 63) + "7", "ended", true},
		// What is left behind holds nobody up, and goes on.
		"(sleep 5; echo late) & echo begun": {"begun\n", "ended", false},
	} {
		printed, e, err := child.Behind(t.Context(), shell(script, `$(touch x) -rf "'`), 64)
		if err != nil || printed.Text != want.text || printed.Cut != want.cut || e.String() != want.ended || e.Good() != (want.ended == "ended") {
			t.Errorf("%s: %+v, %q, %v", script, printed, e, err)
		}
	}
	if _, _, err := child.Behind(t.Context(), child.Program{Path: filepath.Join(t.TempDir(), "none"), Args: []string{"none"}}, 64); err == nil {
		t.Error("a program that is not there ran")
	}
}

// TestBehindCalledOff ends a program and what it started, whatever they ignore.
func TestBehindCalledOff(t *testing.T) {
	t.Parallel()
	for _, trap := range []string{"", "trap '' TERM HUP INT;"} {
		alive := filepath.Join(t.TempDir(), "alive")
		if err := syscall.Mkfifo(alive, 0o600); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		left := make(chan error, 1)
		go func() {
			defer cancel()
			pipe, err := os.Open(alive)
			if err == nil {
				defer pipe.Close()
				_, err = io.ReadFull(pipe, make([]byte, 4))
			}
			cancel()
			if err == nil {
				// It ends when nobody has it open any more.
				_, err = io.Copy(io.Discard, pipe)
			}
			left <- err
		}()
		_, e, err := child.Behind(ctx, shell(trap+`exec 3>"$1"; echo a >&3; (`+trap+` echo b >&3; exec sleep 300) & wait`, alive), 64)
		if err != nil || e.String() != "was called off" {
			t.Errorf("%q: %v, %v", trap, e, err)
		}
		if err := <-left; err != nil {
			t.Errorf("%q: %v", trap, err)
		}
	}
}

// TestFeed gives a program more input than a pipe holds. Whether it takes all of it, some or
// none is its own affair; how it ends is told, with what it complained of.
func TestFeed(t *testing.T) {
	t.Parallel()
	input := bytes.Repeat([]byte("a line\n"), 40_000)
	for script, want := range map[string]struct{ ended, complaint string }{
		"wc -c >&2":                      {"ended", "280000\n"},
		"read -r one; echo \"$one\" >&2": {"ended", "a line\n"},
		"echo printed":                   {"ended", ""},
		"exec <&-; echo closed >&2":      {"ended", "closed\n"},
		"echo no >&2; exit 3":            {"ended with 3", "no\n"},
		"cat >/dev/null; kill -TERM $$":  {"was killed by SIGTERM", ""},
	} {
		complaint, e, err := child.Feed(t.Context(), shell(script), input, time.Minute, 64)
		if err != nil || e.String() != want.ended || strings.TrimLeft(complaint.Text, " ") != want.complaint {
			t.Errorf("%s: it %s with %+v, %v", script, e, complaint, err)
		}
	}
}

// TestPack kills what runs, and what that has started, and has nothing begin after that.
func TestPack(t *testing.T) {
	t.Parallel()
	alive := filepath.Join(t.TempDir(), "alive")
	if err := syscall.Mkfifo(alive, 0o600); err != nil {
		t.Fatal(err)
	}
	var pack child.Pack
	p := shell(`trap "" TERM; exec 3>"$1"; echo a >&3; (trap "" TERM; echo b >&3; exec sleep 300) & wait`, alive)
	p.Pack = &pack
	ended := make(chan child.Ending, 1)
	go func() {
		_, e, err := child.Feed(t.Context(), p, nil, time.Minute, 64)
		if err != nil {
			t.Error(err)
		}
		ended <- e
	}()
	pipe, err := os.Open(alive)
	if err != nil {
		t.Fatal(err)
	}
	defer pipe.Close()
	if _, err := io.ReadFull(pipe, make([]byte, 4)); err != nil {
		t.Fatal(err)
	}
	pack.Kill(time.Minute)
	// It ends when nobody has it open any more.
	if _, err := io.Copy(io.Discard, pipe); err != nil {
		t.Error(err)
	}
	if e := <-ended; e.String() != "was killed by SIGKILL" {
		t.Errorf("it %s", e)
	}
	if _, _, err := child.Feed(t.Context(), p, nil, time.Minute, 64); err == nil || err.Error() != "rollcall has ended" {
		t.Errorf("it began: %v", err)
	}
	(*child.Pack)(nil).Kill(0)
}
