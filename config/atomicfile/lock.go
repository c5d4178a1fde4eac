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
	held, err := plainfile.Written(context.Background(), path, func(context.Context) (func(), error) {
		if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
			return nil, err
		}
		return plainfile.Lock(path)
	}, func(unlock func()) { unlock() })
	if errors.Is(err, plainfile.ErrLocked) {
		err = ErrLocked
	}
	if held == nil {
		return func() {}, err
	}
	// A write that hangs can put the file into its place whenever the disk answers: who writes
	// after it must have read what it wrote.
	return func() { plainfile.Afterwards(target, held) }, err
}
