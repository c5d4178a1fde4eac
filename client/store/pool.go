package store

import (
	"sync"
	"time"
)

// pool is a number of connections, which are opened when they are needed.
type pool struct {
	slots chan struct{}
	mu    sync.Mutex
	idle  []*session
	// locked is when somebody last kept one of them waiting in vain.
	locked time.Time
}

func newPool(size int) *pool { return &pool{slots: make(chan struct{}, size)} }

// isLocked reports whether somebody waited in vain a moment ago. Each profile asks
// for its pin: all together they would wait for minutes.
func (p *pool) isLocked(lately time.Duration) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return !p.locked.IsZero() && time.Since(p.locked) < lately
}

func (p *pool) lock() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.locked = time.Now()
}
