package atomicfile

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"rollcall/plainfile"
)

// ErrLocked says that another program is at work on the file for too long.
var ErrLocked = fmt.Errorf("another program has held its lock for %s", plainfile.LockWait)

// lockEnd ends the name of a lock.
const lockEnd = ".lock"

// Lock keeps other rollcalls from replacing a file, whose folder it makes
// where there is none. The lock is a file beside it, and not one in the folder
// of the state, so that it is the same for all who can write the file, whatever
// their environment. It is removed afterwards: people keep their configuration
// under version control. unlock is never nil.
func Lock(target string) (unlock func(), err error) {
	path := target + lockEnd
	held, err := plainfile.Written(context.Background(), path, func(ctx context.Context) (func(), error) {
		if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
			return nil, err
		}
		unlock, err := plainfile.Lock(path)
		if ctx.Err() != nil {
			unlock() // Nobody waits for it any more.
		}
		return unlock, err
	})
	if errors.Is(err, plainfile.ErrLocked) {
		err = ErrLocked
	}
	if held == nil {
		return func() {}, err
	}
	return func() {
		// Not in turn with those who wait for the lock, nor with a write that hangs: when the
		// disk answers again, the lock goes.
		_ = done(path+"\x00unlocked", func(context.Context) error {
			held()
			return nil
		})
	}, err
}
