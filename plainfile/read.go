package plainfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"sync/atomic"
	"syscall"
	"time"
)

const (
	// Wait is how long a file is waited for, and whoever writes to a pipe.
	Wait = 10 * time.Second
	// pipePoll is how often to look whether a pipe has got something.
	pipePoll = 20 * time.Millisecond
	// writing ends the path of a turn of who writes. Who reads the file meanwhile has
	// another turn: whoever writes may need that.
	writing = "\x00written"
)

// Read reads an ordinary file of at most so many bytes as a whole. The error is an
// [*Error], that of ctx, or that of the system.
func Read(ctx context.Context, path string, most int64) (data []byte, info fs.FileInfo, err error) {
	return reading{path: path, most: most, wait: Wait}.within(ctx)
}

// ReadPiped is [Read] for a path that may be a pipe, too.
func ReadPiped(ctx context.Context, path string, most int64) (data []byte, info fs.FileInfo, err error) {
	return reading{path: path, most: most, wait: Wait, piped: true}.within(ctx)
}

// Stat is [os.Stat] for as long as a file is waited for, and as ctx lasts.
func Stat(ctx context.Context, path string) (fs.FileInfo, error) {
	return bounded(ctx, Wait, path, func(context.Context, *turn) (fs.FileInfo, error) { return os.Stat(path) }, nil)
}

// Within does something that the system is asked for about a path, in the same time and
// with the same errors as [Read]. Where that is over, do may still be at work: it touches
// nothing that is anybody else's, and what it returns is lost.
func Within[T any](ctx context.Context, path string, do func() (T, error)) (T, error) {
	return bounded(ctx, Wait, path, func(context.Context, *turn) (T, error) { return do() }, nil)
}

// Written is [Within] for what makes, changes or removes the file of a path; its error for
// a disk that does not answer is [ErrUnwritten]. The context that do gets is over once
// nobody waits for it any more. What it returns then without an error, a file that is open
// or a lock, goes to undo, which may be nil.
func Written[T any](ctx context.Context, path string, do func(context.Context) (T, error), undo func(T)) (T, error) {
	got, err := bounded(ctx, Wait, path+writing, func(ctx context.Context, _ *turn) (T, error) { return do(ctx) }, undo)
	if e, ok := errors.AsType[*Error](err); ok && e.Path == path+writing {
		cause := e.cause
		if cause == ErrHangs {
			cause = ErrUnwritten
		}
		err = wrong(path, cause)
	}
	return got, err
}

// afterwards counts the calls of Afterwards.
var afterwards atomic.Int64

// Afterwards does something once nobody is at work any more with the file of a path who
// asked [Written] for it: at once, or when a disk answers again for which nobody waits
// longer. Until then the lock of a file must not go that somebody may still write.
func Afterwards(path string, do func()) {
	wait := Wait
	if turnWith(path+writing) != nil {
		wait = 0 // Nobody waits a second time for who hangs.
	}
	// It has a turn of its own, which nobody else can have: a lock would stay for ever.
	_, _ = bounded(context.Background(), wait, fmt.Sprint(path, "\x00afterwards", afterwards.Add(1)), func(context.Context, *turn) (struct{}, error) {
		for t := turnWith(path + writing); t != nil; t = turnWith(path + writing) {
			<-t.ended
		}
		do()
		return struct{}{}, nil
	}, nil)
}

// Opened does something with an ordinary file that is open for reading, in the same time
// and with the same errors as [Read]. Where that is over, do may still be at work: it
// touches nothing but the file, and what it returns is lost.
func Opened[T any](ctx context.Context, path string, do func(*os.File) (T, error)) (T, error) {
	r := reading{path: path, most: math.MaxInt64}
	return bounded(ctx, Wait, path, func(context.Context, *turn) (got T, err error) {
		f, _, err := r.open()
		if err != nil {
			return got, err
		}
		defer f.Close()
		return do(f)
	}, nil)
}

// Folder lists a folder by the names of what is in it.
func Folder(path string) ([]fs.DirEntry, error) {
	return bounded(context.Background(), Wait, path, func(context.Context, *turn) ([]fs.DirEntry, error) {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			return nil, err
		case !info.IsDir():
			return nil, &Error{path, "is no folder", "make it one, or remove it", ErrNoFolder}
		}
		return os.ReadDir(path)
	}, nil)
}

// bounded does something with a path within a time, and for as long as ctx lasts. Nothing
// ends the wait for a disk that does not answer, so that a goroutine of its own has it;
// while it lasts, nobody else asks that disk for the same path. What comes when nobody
// waits for it any more goes to undo, which may be nil.
func bounded[T any](parent context.Context, wait time.Duration, path string, do func(context.Context, *turn) (T, error), undo func(T)) (T, error) {
	ctx, cancel := context.WithTimeout(parent, wait)
	defer cancel()
	type outcome struct {
		value T
		err   error
		fault any
	}
	if err := parent.Err(); err != nil {
		return outcome{}.value, err
	}
	ended := make(chan outcome, 1)
	// decided is set by the first of two: what comes to its end, and the wait that does.
	var decided atomic.Bool
	t, mine := takeTurn(ctx, path)
	if mine {
		go func() {
			var o outcome
			defer func() {
				// A panic is had by whoever waits, as in a call.
				o.fault = recover()
				late := !decided.CompareAndSwap(false, true)
				if late && undo != nil && o.err == nil && o.fault == nil {
					undo(o.value)
				}
				t.end(path)
				ended <- o
			}()
			o.value, o.err = do(ctx, t)
		}()
	}
	o := outcome{err: context.DeadlineExceeded}
	if mine {
		select {
		case o = <-ended:
		case <-ctx.Done():
			if decided.CompareAndSwap(false, true) {
				o.err = ctx.Err()
			} else {
				o = <-ended
			}
		}
	}
	if o.fault != nil {
		panic(o.fault)
	}
	return o.value, told(parent, t, path, o.err)
}

// told is how an error of [bounded] is told.
func told(parent context.Context, t *turn, path string, err error) error {
	switch {
	case err == nil:
	case parent.Err() != nil:
		return parent.Err()
	case errors.Is(err, context.DeadlineExceeded) && t.piped.Load():
		return wrong(path, ErrSilent)
	case errors.Is(err, context.DeadlineExceeded):
		return wrong(path, ErrHangs)
	case errors.Is(err, syscall.ELOOP):
		return wrong(path, ErrLoop)
	case errors.Is(err, syscall.ENOTDIR):
		return wrong(path, ErrInNone)
	}
	return err
}

// reading is how a file is to be read.
type reading struct {
	path  string
	most  int64
	wait  time.Duration
	piped bool
}

// contents are what was read, and what the system says of the file.
type contents struct {
	data []byte
	info fs.FileInfo
}

// within reads the file in time, and for as long as ctx lasts.
func (r reading) within(ctx context.Context) ([]byte, fs.FileInfo, error) {
	c, err := bounded(ctx, r.wait, r.path, r.read, nil)
	return c.data, c.info, err
}

// open opens the file. What the path leads to is looked at before it is opened, since to
// open some devices does something, and after it, since it may have changed.
func (r reading) open() (f *os.File, info fs.FileInfo, err error) {
	info, err = os.Stat(r.path)
	if err == nil {
		err = r.fit(info)
	}
	if err != nil {
		return nil, nil, err
	}
	// A pipe is opened without waiting for who writes to it, which nothing could end.
	if f, err = os.OpenFile(r.path, os.O_RDONLY|syscall.O_NONBLOCK, 0); err != nil {
		return nil, nil, err
	}
	if info, err = f.Stat(); err == nil {
		err = r.fit(info)
	}
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

// read reads the file, and notes that it is a pipe.
func (r reading) read(ctx context.Context, t *turn) (c contents, err error) {
	f, info, err := r.open()
	if err != nil {
		return c, err
	}
	defer f.Close()
	var from io.Reader = f
	if info.Mode()&fs.ModeNamedPipe != 0 {
		t.piped.Store(true)
		from = &patient{ctx: ctx, pipe: f}
		// To close the pipe ends a read that waits for who writes to it.
		defer context.AfterFunc(ctx, func() { _ = f.Close() })()
	}
	data, err := io.ReadAll(io.LimitReader(from, r.most+1))
	switch {
	case ctx.Err() != nil:
		return c, ctx.Err()
	case err != nil:
		return c, err
	case int64(len(data)) > r.most:
		return c, tooLarge(r.path, r.most)
	}
	return contents{data, info}, nil
}

// fit is an error for what is not to be read.
func (r reading) fit(info fs.FileInfo) error {
	kind := kindError(info.Mode())
	switch {
	case kind == ErrPipe && r.piped:
		return nil
	case kind != nil:
		return wrong(r.path, kind)
	case info.Size() > r.most:
		return tooLarge(r.path, r.most)
	}
	return nil
}

// patient reads a pipe. Before anybody has written to it, it is at its end, or has
// nothing yet: something is waited for.
type patient struct {
	ctx   context.Context
	pipe  *os.File
	begun bool
}

// Read reads what has come.
func (p *patient) Read(b []byte) (n int, err error) {
	for {
		n, err = p.pipe.Read(b)
		if !errors.Is(err, syscall.EAGAIN) && (p.begun || !errors.Is(err, io.EOF)) {
			p.begun = true
			return n, err
		}
		select {
		case <-p.ctx.Done():
			return 0, p.ctx.Err()
		case <-time.After(pipePoll):
		}
	}
}
