package store

import (
	"errors"
	"fmt"
	"sync"
)

// notices are what a person is to be told of the state, and what has it told.
type notices struct {
	// woken holds a value while there is something to write or to say.
	woken chan struct{}

	mu  sync.Mutex
	all []string
	// failure is why the state could not be written. told is set once a notice
	// has said so.
	failure error
	told    bool
}

func newNotices() *notices { return &notices{woken: make(chan struct{}, 1)} }

// wake makes Run write the state, and say what is to be said.
func (n *notices) wake() {
	select {
	case n.woken <- struct{}{}:
	default:
	}
}

// say keeps a notice for a person.
func (n *notices) say(notice string) {
	n.mu.Lock()
	n.all = append(n.all, notice)
	n.mu.Unlock()
	n.wake()
}

// report keeps an error for a notice. Only the first is told, since the next ones
// have the same reason. Who reads while the store is closed has lost nothing.
func (n *notices) report(err error) {
	if err == nil || errors.Is(err, errNewer) || errors.Is(err, errClosed) {
		return
	}
	n.mu.Lock()
	if n.failure == nil {
		n.failure = err
	}
	n.mu.Unlock()
	n.wake()
}

// takeNotices returns the notices that were not returned before.
func (n *notices) takeNotices() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	all := n.all
	n.all = nil
	if n.failure != nil && !n.told {
		n.told = true
		all = append(all, fmt.Sprintf("The state cannot be kept for the next run: %v.", n.failure))
	}
	return all
}

// forgive forgets an earlier failure, since the write is tried again.
func (n *notices) forgive() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.failure = nil
}

// untold is the failure, unless a notice has said so already.
func (n *notices) untold() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.told {
		return nil
	}
	return n.failure
}
