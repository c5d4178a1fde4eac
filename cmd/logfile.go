package cmd

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"rollcall/client/together"
	"rollcall/plainfile"
)

const (
	// logVariable names the log where no flag does.
	logVariable = "ROLLCALL_LOG"
	logFlag     = "log-file"
)

// inUTC gives the time of a line as every other time in JSON is given.
func inUTC(_ []string, attr slog.Attr) slog.Attr {
	if attr.Key == slog.TimeKey {
		attr.Value = slog.TimeValue(attr.Value.Time().UTC())
	}
	return attr
}

// logRemedy is what to do about a log that cannot be written, where the error does not
// say so.
func logRemedy(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "; make the folder first, or name another file"
	case errors.Is(err, fs.ErrPermission):
		return "; name a file that you may write"
	case errors.Is(err, syscall.ENOSPC):
		return "; free some space on the disk"
	}
	return ""
}

// logWait is how long a line is waited for.
const logWait = 5 * time.Second

// errLogHangs is why lines are missing where the disk of the log does not answer.
var errLogHangs = errors.New("its disk did not answer in time; check the disk or the network that it is on")

// logFile is a log that several rollcalls may write. Each line is one write at the end of
// the file, so that lines of one never stand within those of another. A disk that does not
// answer holds nobody up for longer than a line is waited for.
type logFile struct {
	path string
	// ctx does not end with the command: the last lines tell of its end.
	ctx context.Context
	// turn has a value while somebody has the file, which may be for ever.
	turn chan struct{}
	// paused is set while nothing is logged.
	paused atomic.Bool
	// file and noted are for whoever has the turn: noted is set where the log says last that
	// it is paused.
	file  *os.File
	noted bool

	// mu guards err, the first thing that went wrong, and late, which is set while the
	// disk does not answer.
	mu   sync.Mutex
	err  error
	late bool
}

// newLogFile opens a log.
func newLogFile(ctx context.Context, path string) (*logFile, error) {
	l := &logFile{path: path, ctx: context.WithoutCancel(ctx), turn: make(chan struct{}, 1)}
	var err error
	l.file, err = plainfile.Append(ctx, path)
	return l, err
}

// logger writes to the file.
func (l *logFile) logger() *slog.Logger { return loggerTo(l) }

func loggerTo(w io.Writer) *slog.Logger {
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{ReplaceAttr: inUTC}))
}

// pause has nothing logged from now on, or lines again. It waits for no disk.
func (l *logFile) pause(on bool) { l.paused.Store(on) }

// note has the log say that it is paused, or goes on, where it does not say so yet.
func (l *logFile) note() { _ = l.do(func() error { return l.add(nil) }) } // close tells what went wrong.

// pauseLine is what the log says of a pause, with the keys of every other line.
func pauseLine(paused bool) []byte {
	about := "the log goes on"
	if paused {
		about = "the log pauses while names and addresses are hidden on the screen"
	}
	var b bytes.Buffer
	loggerTo(&b).Info(about, "profile", "", "method", "", "url", "", "status", nil, "state", "", "duration_ms", 0, "attempt", nil)
	return b.Bytes()
}

// Write writes a line, with every character escaped that could act on a terminal.
// It goes to the file that has the name now: a log that was renamed gets no more.
func (l *logFile) Write(line []byte) (int, error) {
	escaped := slices.Clone(escapeControls(line))
	if err := l.do(func() error { return l.add(escaped) }); err != nil {
		return 0, err
	}
	return len(line), nil
}

// do does something with the file in a goroutine of its own, which is left alone where the
// disk does not answer. While it does not, nobody else waits for it.
func (l *logFile) do(something func() error) error {
	over := time.NewTimer(logWait)
	defer over.Stop()
	select {
	case l.turn <- struct{}{}:
	default:
		if l.isLate() {
			return l.ended(errLogHangs, true)
		}
		select {
		case l.turn <- struct{}{}:
		case <-over.C:
			return l.ended(errLogHangs, true)
		}
	}
	done := together.Start(func() error {
		defer func() { <-l.turn }()
		return l.ended(something(), false)
	})
	select {
	case o := <-done:
		return o.Value()
	case <-over.C:
		return l.ended(errLogHangs, true)
	}
}

func (l *logFile) isLate() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.late
}

// ended keeps what something with the file has ended with, and returns it.
func (l *logFile) ended(err error, late bool) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.err, l.late = cmp.Or(l.err, err), late
	return err
}

// add writes a line, unless the log is paused; without a line, what is to be said of that
// alone. The caller has the turn.
func (l *logFile) add(line []byte) error {
	paused := l.paused.Load()
	if paused != l.noted {
		l.noted = paused
		if err := l.put(pauseLine(paused)); err != nil {
			return err
		}
	}
	if paused || len(line) == 0 {
		return nil
	}
	return l.put(line)
}

// put writes a line. The caller has the turn.
func (l *logFile) put(line []byte) error {
	var failed error
	if !l.inPlace() {
		// Where there can be no new file, the one before is better than none.
		f, err := plainfile.Append(l.ctx, l.path)
		if err == nil {
			l.file.Close()
			l.file = f
		}
		failed = err
	}
	if _, err := l.file.Write(line); err != nil {
		return err
	}
	return failed
}

// inPlace reports whether the file still has its name. The caller has the turn.
func (l *logFile) inPlace() bool {
	named, err := os.Stat(l.path)
	if err != nil {
		return false
	}
	is, err := l.file.Stat()
	return err == nil && os.SameFile(named, is)
}

// close closes the file, and returns the first thing that went wrong.
func (l *logFile) close() error {
	_ = l.do(func() error { return l.file.Close() })
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}
