package client

import (
	"errors"
	"time"
)

// diskWait is how long a check waits for a file of the state.
const diskWait = time.Second

// fileTurn is the use of a file of the state, by one goroutine at a time.
type fileTurn struct {
	// file is nil where everything is kept in memory.
	file *stateFile
	turn chan struct{}
	// heed is told what came of using the file.
	heed func(notice string, err error)
}

func newFileTurn(file *stateFile, heed func(notice string, err error)) fileTurn {
	return fileTurn{file, make(chan struct{}, 1), heed}
}

// alone does something with the file, however long that takes.
func (f fileTurn) alone(do func() (notice string, err error)) {
	if f.file == nil {
		return
	}
	f.turn <- struct{}{}
	defer func() { <-f.turn }()
	f.heed(guarded(do))
}

// soon does something with the file, and waits for it for a while only: a disk
// that does not answer must not keep services from being asked. What takes
// longer goes on, and keeps the turn.
func (f fileTurn) soon(do func() (notice string, err error)) {
	if f.file == nil {
		return
	}
	late := time.NewTimer(diskWait)
	defer late.Stop()
	select {
	case f.turn <- struct{}{}:
	case <-late.C:
		return
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { <-f.turn }()
		f.heed(guarded(do))
	}()
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
