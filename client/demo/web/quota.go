package web

import (
	"sync"
	"time"
)

// Quota counts requests per key in windows of a length, which begin with their first
// request. Looking at what is left costs nothing.
type Quota struct {
	now    func() time.Time
	length time.Duration

	mu      sync.Mutex
	windows map[string]window
}

// NewQuota makes a quota that goes by a clock.
func NewQuota(now func() time.Time, length time.Duration) *Quota {
	return &Quota{now: now, length: length, windows: map[string]window{}}
}

// Used is how many requests of a key count at present, and when they are forgotten.
func (q *Quota) Used(key string) (used int, reset time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	w := q.window(key)
	return w.used, w.start.Add(q.length)
}

// Spend counts a request of a key.
func (q *Quota) Spend(key string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	w := q.window(key)
	w.used++
	q.windows[key] = w
}

// window is the present window of a key. The caller holds mu.
func (q *Quota) window(key string) window {
	w, now := q.windows[key], q.now()
	if now.Sub(w.start) >= q.length {
		w = window{start: now}
	}
	return w
}
