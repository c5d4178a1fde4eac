package cmd

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"sync"
	"syscall"

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

// logFile is a log that several rollcalls may write. Each line is one write at the end of
// the file, so that lines of one never stand within those of another.
type logFile struct {
	path string
	ctx  context.Context

	mu   sync.Mutex
	file *os.File
	// err is the first thing that went wrong.
	err error
}

func (l *logFile) open() (err error) {
	l.file, err = plainfile.Append(l.ctx, l.path)
	return err
}

// logger writes to the file.
func (l *logFile) logger() *slog.Logger {
	return slog.New(slog.NewJSONHandler(l, &slog.HandlerOptions{ReplaceAttr: inUTC}))
}

// Write writes a line, with every character escaped that could act on a terminal.
// It goes to the file that has the name now: a log that was renamed gets no more.
func (l *logFile) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.inPlace() {
		// Where there can be no new file, the one before is better than none.
		if f, err := plainfile.Append(l.ctx, l.path); err == nil {
			l.file.Close()
			l.file = f
		} else {
			l.err = cmp.Or(l.err, err)
		}
	}
	if _, err := l.file.Write(escapeControls(line)); err != nil {
		l.err = cmp.Or(l.err, err)
		return 0, err
	}
	return len(line), nil
}

// inPlace reports whether the file still has its name.
func (l *logFile) inPlace() bool {
	named, err := os.Stat(l.path)
	if err != nil {
		return false
	}
	is, err := l.file.Stat()
	return err == nil && os.SameFile(named, is)
}

func (l *logFile) close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return cmp.Or(l.err, l.file.Close())
}
