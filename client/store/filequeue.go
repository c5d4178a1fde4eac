package store

import (
	"errors"
	"sync"
	"time"
)

// diskWait is how long a check waits for a file of the state.
const diskWait = time.Second

// fileQueue is the use of a file of the state, by one goroutine at a time.
type fileQueue struct {
	// file is nil where everything is kept in memory.
	file *stateFile
	sem  chan struct{}
	// report is told what came of using the file.
	report func(notice string, err error)
}

func newFileQueue(file *stateFile, heed func(notice string, err error)) fileQueue {
	return fileQueue{file, make(chan struct{}, 1), heed}
}

// exclusively does something with the file, however long that takes.
func (f fileQueue) exclusively(do func() (notice string, err error)) {
	if f.file == nil {
		return
	}
	f.sem <- struct{}{}
	defer func() { <-f.sem }()
	f.report(guarded(do))
}

// singleFlight is those who want the same done with a file.
type singleFlight struct {
	mu sync.Mutex
	// next is closed once it is done the next time; nil while nobody waits for
	// it to begin.
	next chan struct{}
}

// share does something with the file, once for all in the crowd who ask before
// it begins. It waits for that for a while only: a disk that does not answer
// must not keep services from being asked. What takes longer goes on.
func (f fileQueue) share(c *singleFlight, do func() (notice string, err error)) {
	if f.file == nil {
		return
	}
	c.mu.Lock()
	done := c.next
	if done == nil {
		done = make(chan struct{})
		c.next = done
		go func() {
			defer close(done)
			f.exclusively(func() (string, error) {
				c.mu.Lock()
				c.next = nil
				c.mu.Unlock()
				return do()
			})
		}()
	}
	c.mu.Unlock()
	late := time.NewTimer(diskWait)
	defer late.Stop()
	select {
	case <-done:
	case <-late.C:
	}
}

// guarded makes a fault of ours an error: the state is not worth the program.
func guarded(do func() (notice string, err error)) (notice string, err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("rollcall itself failed, please report that")
		}
	}()
	return do()
}
