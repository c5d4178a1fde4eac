package web

import (
	"sync"
	"time"
)

// Limiter counts requests per key in windows of one minute. A window begins
// with its first request.
type Limiter struct {
	now func() time.Time

	mu      sync.Mutex
	windows map[string]window
}

type window struct {
	start time.Time
	used  int
}

// NewLimiter makes a limiter that goes by a clock.
func NewLimiter(now func() time.Time) *Limiter {
	return &Limiter{now: now, windows: map[string]window{}}
}

// Take counts a request against the permitted number. It tells how many are
// left, and whether this one was permitted; a refused one does not count.
func (l *Limiter) Take(key string, permitted int) (remaining int, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w, now := l.windows[key], l.now()
	if now.Sub(w.start) >= time.Minute {
		w = window{start: now}
	}
	if w.used >= permitted {
		return 0, false
	}
	w.used++
	l.windows[key] = w
	return permitted - w.used, true
}
