package plainfile

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"syscall"
	"time"
)

const (
	// Wait is how long a file is waited for, and whoever writes to a pipe.
	Wait = 10 * time.Second
	// pipePoll is how often to look whether a pipe has got something.
	pipePoll = 20 * time.Millisecond
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
	return bounded(ctx, Wait, path, func(context.Context, *turn) (fs.FileInfo, error) { return os.Stat(path) })
}

// Within does something that the system is asked for about a path, in the same time and
// with the same errors as [Read]. Where that is over, do may still be at work: it touches
// nothing that is anybody else's, and what it returns is lost.
func Within[T any](ctx context.Context, path string, do func() (T, error)) (T, error) {
	return bounded(ctx, Wait, path, func(context.Context, *turn) (T, error) { return do() })
}

// Written is [Within] for what makes, changes or removes the file of a path; its error for
// a disk that does not answer is [ErrUnwritten]. The context that do gets is over once
// nobody waits for it any more.
func Written[T any](ctx context.Context, path string, do func(context.Context) (T, error)) (T, error) {
	// Who reads the file meanwhile has another turn: what do does may need that.
	const writing = "\x00written"
	got, err := bounded(ctx, Wait, path+writing, func(ctx context.Context, _ *turn) (T, error) { return do(ctx) })
	if e, ok := errors.AsType[*Error](err); ok && e.Path == path+writing {
		cause := e.cause
		if cause == ErrHangs {
			cause = ErrUnwritten
		}
		err = wrong(path, cause)
	}
	return got, err
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
	})
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
	})
}

// bounded does something with a path within a time, and for as long as ctx lasts. Nothing
// ends the wait for a disk that does not answer, so that a goroutine of its own has it;
// while it lasts, nobody else asks that disk for the same path.
func bounded[T any](parent context.Context, wait time.Duration, path string, do func(context.Context, *turn) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(parent, wait)
	defer cancel()
	type outcome struct {
		value T
		err   error
		fault any
	}
	ended := make(chan outcome, 1)
	t, mine := takeTurn(ctx, path)
	if mine {
		go func() {
			var o outcome
			defer func() {
				// A panic is had by whoever waits, as in a call.
				o.fault = recover()
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
			o.err = ctx.Err()
		}
	}
	if o.fault != nil {
		panic(o.fault)
	}
	switch {
	case o.err == nil:
	case parent.Err() != nil:
		o.err = parent.Err()
	case errors.Is(o.err, context.DeadlineExceeded) && t.piped.Load():
		o.err = wrong(path, ErrSilent)
	case errors.Is(o.err, context.DeadlineExceeded):
		o.err = wrong(path, ErrHangs)
	case errors.Is(o.err, syscall.ELOOP):
		o.err = wrong(path, ErrLoop)
	case errors.Is(o.err, syscall.ENOTDIR):
		o.err = wrong(path, ErrInNone)
	}
	return o.value, o.err
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
	c, err := bounded(ctx, r.wait, r.path, r.read)
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
