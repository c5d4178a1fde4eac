package plainfile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"runtime"
	"syscall"
)

// Append opens an ordinary file to write at its end, where several programs may do so at
// a time: each write stays whole. Where there is none, one is made that is its owner's
// alone, and one that is there must be that, too: its mode is for its owner to change. The
// error is an [*Error], that of ctx, or that of the system.
func Append(ctx context.Context, path string) (*os.File, error) {
	return bounded(ctx, Wait, path, func(context.Context, *turn) (*os.File, error) {
		// What the path leads to is looked at before it is opened, since to open some
		// devices does something, and after it, since it may have changed.
		info, err := os.Stat(path)
		if err == nil {
			err = ordinary(path, info)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		// A pipe would not be waited for.
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE|syscall.O_NONBLOCK, 0o600)
		if err != nil {
			return nil, err
		}
		if info, err = f.Stat(); err == nil {
			err = ordinary(path, info)
		}
		if err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
			err = wrong(path, ErrShared)
		}
		if err != nil {
			f.Close()
			return nil, err
		}
		return f, nil
	}, func(f *os.File) { _ = f.Close() })
}

// ordinary is an error for what is no ordinary file.
func ordinary(path string, info fs.FileInfo) error {
	if kind := kindError(info.Mode()); kind != nil {
		return wrong(path, kind)
	}
	return nil
}
