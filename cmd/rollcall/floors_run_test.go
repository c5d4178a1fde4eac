//go:build linux

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// The size of the terminal in which programs are measured.
const (
	floorWidth  = 120
	floorHeight = 40
)

// recording is a program in a pseudo-terminal, with what it wrote when. The terminal
// emulator reads the record and not the program, which it thus takes no time from.
type recording struct {
	t       *testing.T
	process *exec.Cmd
	tty     *os.File
	began   time.Time
	ended   chan struct{}
	cpu     time.Duration // of the whole process, once it has ended
	// metered is set where each piece tells what processor time was spent until it.
	metered bool

	mu     sync.Mutex
	pieces []piece
}

// piece is what was read from the terminal at once, and how long after the start.
type piece struct {
	after time.Duration
	text  []byte
	// spent is the processor time until then, where that is metered.
	spent time.Duration
}

// record starts a program in a terminal. It ends with the test at the latest.
func record(t *testing.T, environ []string, name string, args ...string) *recording {
	t.Helper()
	return (&recording{t: t}).start(environ, name, args...)
}

// recordMetered is record for who wants to know the processor time until a moment. To
// read it with each piece takes a little time.
func recordMetered(t *testing.T, environ []string, name string, args ...string) *recording {
	t.Helper()
	return (&recording{t: t, metered: true}).start(environ, name, args...)
}

func (r *recording) start(environ []string, name string, args ...string) *recording {
	t := r.t
	t.Helper()
	r.process, r.ended = exec.Command(name, args...), make(chan struct{})
	r.process.Env = environ
	if environ == nil {
		r.process.Env = estate{home: t.TempDir()}.environ()
	}
	r.began = time.Now()
	var err error
	if r.tty, err = pty.StartWithSize(r.process, &pty.Winsize{Cols: floorWidth, Rows: floorHeight}); err != nil {
		t.Fatal(err)
	}
	go r.read()
	t.Cleanup(r.kill)
	return r
}

// read keeps what the program writes until it ends, and answers as most terminals do
// that they know synchronized output.
func (r *recording) read() {
	defer close(r.ended)
	buf := make([]byte, 64<<10)
	for {
		n, err := r.tty.Read(buf)
		after := time.Since(r.began)
		if n > 0 {
			var spent time.Duration
			if r.metered {
				spent = r.threads()
			}
			r.mu.Lock()
			r.pieces = append(r.pieces, piece{after, bytes.Clone(buf[:n]), spent})
			r.mu.Unlock()
			if bytes.Contains(buf[:n], []byte("\x1b[?2026$p")) {
				_, _ = io.WriteString(r.tty, "\x1b[?2026;2$y")
			}
		}
		if err != nil {
			break
		}
	}
	_ = r.process.Wait()
	r.cpu = r.process.ProcessState.UserTime() + r.process.ProcessState.SystemTime()
	_ = r.tty.Close()
}

// kill ends the program without its help.
func (r *recording) kill() {
	_ = r.process.Process.Kill()
	<-r.ended
}

// press sends keys, and returns how long after the start.
func (r *recording) press(keys string) time.Duration {
	r.t.Helper()
	after := time.Since(r.began)
	if _, err := io.WriteString(r.tty, keys); err != nil {
		r.t.Fatal(err)
	}
	return after
}

// quit leaves the program as a person does, and returns how long that took.
func (r *recording) quit() time.Duration {
	r.t.Helper()
	at := time.Now()
	r.press("q")
	select {
	case <-r.ended:
	case <-time.After(2 * patience):
		r.t.Fatalf("q does not end %s", r.process.Path)
	}
	return time.Since(at)
}

// from are the pieces from the n-th on.
func (r *recording) from(n int) []piece {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.pieces[n:len(r.pieces):len(r.pieces)]
}

// written counts the bytes that the program has written.
func (r *recording) written() (n int) {
	for _, p := range r.from(0) {
		n += len(p.text)
	}
	return n
}

// viewer is a person before the terminal of a recording, who sees what was recorded.
type viewer struct {
	*recording
	emulator *vt.Emulator
	// next is the first piece that is not seen yet.
	next int
}

// view begins to look, from the first piece on.
func (r *recording) view() *viewer {
	v := &viewer{recording: r, emulator: vt.NewEmulator(floorWidth, floorHeight)}
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		_, _ = io.Copy(io.Discard, v.emulator)
	}()
	r.t.Cleanup(func() {
		if c, ok := v.emulator.InputPipe().(io.Closer); ok {
			_ = c.Close()
		}
		<-drained
	})
	return v
}

// until looks on until a screen is as it should be, and returns when it was there. It
// fails where the program ends before that, and after a time that nobody would wait.
func (v *viewer) until(what string, ok func(screen string) bool) (after time.Duration) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.t.Context(), 3*patience)
	defer cancel()
	for ended := false; ; {
		pieces := v.from(v.next)
		for _, p := range pieces {
			v.next++
			_, _ = v.emulator.Write(p.text)
			if ok(v.emulator.String()) {
				return p.after
			}
		}
		if ended && len(pieces) == 0 {
			v.t.Fatalf("%s ended before %s; the screen:\n%s", v.process.Path, what, v.emulator.String())
		}
		select {
		case <-ctx.Done():
			v.t.Fatalf("%s does not come to %s; the screen:\n%s", v.process.Path, what, v.emulator.String())
		case <-v.ended:
			ended = true
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// shown waits for a screen that has all of the texts, and returns how long after the
// start it was there.
func (r *recording) shown(texts ...string) time.Duration {
	r.t.Helper()
	return r.view().until(strings.Join(texts, ", "), func(screen string) bool { return hasAll(screen, texts) })
}

func hasAll(screen string, texts []string) bool {
	for _, s := range texts {
		if !strings.Contains(screen, s) {
			return false
		}
	}
	return true
}

// spentUntil is the processor time that was spent until what was seen last.
func (v *viewer) spentUntil() time.Duration { return v.from(v.next - 1)[0].spent }

// spent is the processor time that the program has taken so far.
func (r *recording) spent() time.Duration {
	r.t.Helper()
	sum := r.threads()
	if sum == 0 {
		r.t.Fatal("this Linux does not count the time of threads: /proc/PID/schedstat says nothing")
	}
	return sum
}

// threads is the processor time of all threads that there are; zero where the system does
// not tell.
func (r *recording) threads() time.Duration {
	var sum time.Duration
	threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", r.process.Process.Pid))
	for _, path := range threads {
		data, err := os.ReadFile(path)
		if err != nil {
			continue // The thread has ended.
		}
		ran, _, _ := strings.Cut(string(data), " ")
		ns, _ := strconv.ParseInt(ran, 10, 64)
		sum += time.Duration(ns)
	}
	return sum
}

// peak is the most memory that the program had at a time, in MiB.
func (r *recording) peak() float64 {
	r.t.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", r.process.Process.Pid))
	if err != nil {
		r.t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 64)
			if err != nil {
				r.t.Fatal(err)
			}
			return kb / 1024
		}
	}
	r.t.Fatal("no VmHWM in /proc/PID/status")
	return 0
}

// shares are the parts of the memory that is resident now, in MiB: the program's own
// file, the heap and stacks of Go, and what else is mapped, which is SQLite and the
// tables by which Go looks after its heap.
func (r *recording) shares() (file, heap, other float64) {
	r.t.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps", r.process.Process.Pid))
	if err != nil {
		r.t.Fatal(err)
	}
	part, heapEnds := &other, ""
	for line := range strings.Lines(string(data)) {
		fields := strings.Fields(line)
		if strings.HasSuffix(fields[0], ":") {
			if fields[0] != "Rss:" {
				continue
			}
			kb, err := strconv.ParseFloat(fields[1], 64)
			if err != nil {
				r.t.Fatal(err)
			}
			*part += kb / 1024
			continue
		}
		from, to, _ := strings.Cut(fields[0], "-")
		switch {
		case len(fields) > 5:
			part = &file
		case from == heapEnds || isArena(from):
			part, heapEnds = &heap, to
		default:
			part = &other
		}
	}
	return file, heap, other
}

// isArena reports whether an address, in hexadecimal, can be where an arena of Go's heap
// begins: these lie at multiples of 4 MiB, as little else does.
func isArena(address string) bool {
	at, err := strconv.ParseUint(address, 16, 64)
	return err == nil && at%(4<<20) == 0
}

// focus tells the program that the person looks at it, or away.
func (r *recording) focus(on bool) {
	r.press(map[bool]string{true: "\x1b[I", false: "\x1b[O"}[on])
}

// outcome is what a command took from start to end.
type outcome struct{ wall, cpu time.Duration }

// runFloor runs a command to its end.
func runFloor(t *testing.T, environ []string, input string, name string, args ...string) outcome {
	t.Helper()
	c := exec.Command(name, args...)
	c.Env, c.Stdin = environ, strings.NewReader(input)
	var said bytes.Buffer
	c.Stderr = &said
	began := time.Now()
	err := c.Run()
	o := outcome{wall: time.Since(began)}
	if err != nil {
		t.Fatalf("%s: %v\n%.2000s", name, err, said.String())
	}
	o.cpu = c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	return o
}
