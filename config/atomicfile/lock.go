package atomicfile

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

const (
	// lockWait and lockRetry bound the waiting for another rollcall that
	// replaces the same file.
	lockWait  = 3 * time.Second
	lockRetry = 10 * time.Millisecond
)

// ErrLocked says that another program is at work on the file for too long.
var ErrLocked = fmt.Errorf("another program has held its lock for %s", lockWait)

// Lock keeps other rollcalls from replacing a file, whose folder it makes
// where there is none. The lock is a file beside it, and not one in the folder
// of the state, so that it is the same for all who can write the file, whatever
// their environment. It is removed afterwards: people keep their configuration
// under version control. unlock is never nil.
func Lock(target string) (unlock func(), err error) {
	nothing := func() {}
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return nothing, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), lockWait)
	defer cancel()
	path := target + ".lock"
	for {
		l := flock.New(path, flock.SetPermissions(0o600))
		if _, err := l.TryLockContext(ctx, lockRetry); err != nil {
			_ = l.Close()
			if errors.Is(err, context.DeadlineExceeded) {
				err = ErrLocked
			}
			return nothing, err
		}
		// The rollcall that held the lock before this one may have
		// removed the file between our opening and our locking it. A
		// lock of a file that has no name any more keeps nobody away,
		// so that another is made.
		held, err := l.Stat()
		if there, err2 := os.Stat(path); err == nil && err2 == nil && os.SameFile(held, there) {
			return func() {
				_ = os.Remove(path)
				_ = l.Close()
			}, nil
		}
		_ = l.Close()
	}
}
