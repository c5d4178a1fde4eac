package store

import (
	"errors"
	"sync"
	"time"
)

// diskWait is how long a check waits for the disk.
const diskWait = time.Second

// fileQueue lets one goroutine at a time use a file.
type fileQueue struct {
	// file is nil where everything is in memory.
	file *stateFile
	// sem is a semaphore of one.
	sem chan struct{}
	// report is called with the outcome of each use.
	report func(notice string, err error)
}

func newFileQueue(file *stateFile, report func(notice string, err error)) fileQueue {
	return fileQueue{file, make(chan struct{}, 1), report}
}

// exclusively calls do when nobody else uses the file, however long that takes.
func (f fileQueue) exclusively(do func() (notice string, err error)) {
	if f.file == nil {
		return
	}
	f.sem <- struct{}{}
	defer func() { <-f.sem }()
	f.report(guarded(do))
}

// singleFlight joins the callers who want the same done with a file.
type singleFlight struct {
	mu sync.Mutex
	// next is closed at the end of the call that has not begun yet; nil where
	// nobody waits for one.
	next chan struct{}
}

// share calls do when nobody else uses the file, once for all callers who come
// before it begins. It waits for a limited time only, since a disk that does
// not answer must not keep requests from being sent. The call itself goes on.
func (f fileQueue) share(flight *singleFlight, do func() (notice string, err error)) {
	if f.file == nil {
		return
	}
	flight.mu.Lock()
	done := flight.next
	if done == nil {
		done = make(chan struct{})
		flight.next = done
		go func() {
			defer close(done)
			f.exclusively(func() (string, error) {
				flight.mu.Lock()
				flight.next = nil
				flight.mu.Unlock()
				return do()
			})
		}()
	}
	flight.mu.Unlock()
	late := time.NewTimer(diskWait)
	defer late.Stop()
	select {
	case <-done:
	case <-late.C:
	}
}

// guarded turns a panic into an error: the state is not worth the program.
func guarded(do func() (notice string, err error)) (notice string, err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("rollcall itself failed, please report that")
		}
	}()
	return do()
}
