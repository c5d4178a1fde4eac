package cmd

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"strconv"
	"sync"
	"syscall"
	"time"

	"rollcall/plainfile"
)

// mostReported bounds a report of a crash, in bytes.
const mostReported = 64 << 10

// The files of the reports, in the folder of the state: of the last signal alone, and of each
// process that the runtime ended.
const (
	crashReport   = "crash.txt"
	runtimeReport = "crash-runtime-%s.txt"
)

// crashes sees to how the process ends where somebody or something ends it the hard way:
// the terminal is as it was before, and a report lies in a file. It is made by
// [console.watchCrashes].
type crashes struct {
	console *console
	version string
	dir     string
	// restore sets the modes that the terminal had at the start.
	restore func()

	mu sync.Mutex
	// takeBack takes from the terminal what was set in it since; empty for nothing.
	takeBack string
}

// watchCrashes begins before anything is changed in the terminal. The signals that a person
// sends to a program that hangs or must end at once, and those of faults where others send
// them, end the process with a report in the folder; without one, no report is kept. foreign
// reports whether the terminal belongs to another program now.
func (c *console) watchCrashes(version, dir string, foreign func() bool) (*crashes, func()) {
	x := &crashes{console: c, version: version, dir: dir, restore: c.terminalModes()}
	sent := make(chan os.Signal, 1)
	for _, s := range crashSignals() {
		if !signal.Ignored(s) {
			signal.Notify(sent, s)
		}
	}
	stopped := make(chan struct{})
	go func() {
		defer func() {
			if fault := recover(); fault != nil {
				x.letGo()
				panic(fault)
			}
		}()
		for {
			select {
			case s := <-sent:
				if s == syscall.SIGQUIT && foreign() {
					continue // The key belongs to the program that has the terminal.
				}
				x.end(s)
			case <-stopped:
				return
			}
		}
	}()
	return x, func() { signal.Stop(sent); close(stopped) }
}

// keepRuntimeReport has the runtime write what it tells of a fatal error, which nobody can
// keep from ending the process, to a file, too, until forget is called. It names goroutines,
// functions and addresses in memory, and no text but that of a panic. The file is that of
// this process alone, and is locked as long as it runs; it goes where nothing was written to
// it, at the next start where the process was killed. Where the folder is not there yet and
// makes is set, it is made: the very first run can end so, too.
func (x *crashes) keepRuntimeReport(makes bool) (forget func()) {
	if x == nil || x.dir == "" {
		return func() {}
	}
	// A folder on a disk that does not answer is as good as none.
	begun, err := plainfile.Written(context.Background(), x.dir, func(context.Context) (func(), error) {
		if makes {
			// Where the folder cannot be made, no file in it can be.
			_ = os.MkdirAll(x.dir, 0o700)
		}
		return x.beginRuntimeReport(), nil
	}, func(forget func()) { forget() })
	if err != nil {
		return func() {}
	}
	// Where the disk does not answer any more, the next start forgets it.
	return func() { atLast(endingTime, begun) }
}

func (x *crashes) beginRuntimeReport() (forget func()) {
	left, _ := filepath.Glob(filepath.Join(x.dir, fmt.Sprintf(runtimeReport, "*")))
	for _, path := range left {
		plainfile.SweepLock(path)
	}
	path := filepath.Join(x.dir, fmt.Sprintf(runtimeReport, strconv.Itoa(os.Getpid())))
	f, err := openReport(path)
	if err != nil {
		return func() {}
	}
	defer f.Close()
	if debug.SetCrashOutput(f, debug.CrashOptions{}) != nil {
		return func() {}
	}
	held, err := plainfile.Claim(path)
	return func() {
		_ = debug.SetCrashOutput(nil, debug.CrashOptions{})
		if err == nil {
			held.Release()
		}
		plainfile.SweepLock(path)
	}
}

// openReport opens the file of a report anew. Only a regular file that is ours is taken.
func openReport(path string) (*os.File, error) {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return nil, os.ErrExist
	}
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
}

// screenIs tells what takes back what is set in the terminal from now on.
func (x *crashes) screenIs(takeBack string) {
	if x == nil {
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.takeBack = takeBack
}

// end ends the process for a signal.
func (x *crashes) end(s os.Signal) {
	var stacks bytes.Buffer
	_ = pprof.Lookup("goroutine").WriteTo(&stacks, 2)
	x.console.alone.Kill(restoringTime)
	path := filepath.Join(x.dir, crashReport)
	kept := make(chan error, 1)
	// The disk that does not answer can be why somebody ends it so.
	atLast(endingTime, func() { kept <- x.report(path, s, stacks.Bytes()) })
	said := fmt.Sprintf("rollcall: ended by the signal %q\n", s)
	select {
	case err := <-kept:
		if err == nil {
			said = fmt.Sprintf("rollcall: ended by the signal %q; what it was doing is in %s\n", s, path)
		}
	default:
	}
	x.letGo()
	writeAtLast(x.console.stderr, said)
	os.Exit(exitSignal(s))
}

// letGo leaves the terminal as it was before. Where another program is in front, it is as
// that one wants it, and whoever changes its modes is stopped.
func (x *crashes) letGo() {
	x.mu.Lock()
	takeBack := x.takeBack
	x.mu.Unlock()
	if inFront(x.console.stdin) || inFront(x.console.stdout) {
		x.restore()
		if takeBack != "" {
			writeAtLast(x.console.stdout, takeBack)
		}
	}
}

// arguments matches those of a call, and addresses, in the stack of a goroutine.
var arguments = regexp.MustCompile(`\([^()\n]*\)$|\s\+0x[0-9a-f]+|0x[0-9a-f]+`)

// report writes where each goroutine was: functions and lines, without what they were
// called with.
func (x *crashes) report(path string, s os.Signal, stacks []byte) error {
	if x.dir == "" {
		return os.ErrNotExist
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "rollcall %s, %s, %s/%s\n%s: signal %q\n\n", x.version, runtime.Version(), runtime.GOOS, runtime.GOARCH,
		time.Now().UTC().Format(time.RFC3339), s)
	for line := range bytes.Lines(stacks) {
		line = arguments.ReplaceAll(bytes.TrimRight(line, "\n"), nil)
		if b.Len()+len(line) > mostReported {
			b.WriteString("…\n")
			break
		}
		b.Write(line)
		b.WriteByte('\n')
	}
	_ = os.Remove(path)
	if err := os.MkdirAll(x.dir, 0o700); err != nil {
		return err
	}
	f, err := openReport(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b.Bytes())
	return err
}
