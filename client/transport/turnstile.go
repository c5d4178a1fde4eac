package transport

import (
	"context"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// connectPatience is how long a request waits for the connection of another one.
const connectPatience = time.Second

// turnstile has requests to one origin look for a connection one after the other, so
// that those which come together share the one that the first of them has made: by
// itself net/http dials for each of them until it knows that the server speaks HTTP/2.
// Where it does not, and where the first one is slow to connect, they go side by side.
type turnstile struct {
	// free has a value while nobody is on the way.
	free chan struct{}
	// apart is set once the requests go side by side.
	apart atomic.Bool
}

func newTurnstile() *turnstile {
	t := &turnstile{free: make(chan struct{}, 1)}
	t.free <- struct{}{}
	return t
}

// enter waits until a request may look for a connection. The caller calls leave with
// the connection, and once more, with nil, when the request is over. A nil turnstile
// lets everybody pass.
func (t *turnstile) enter(ctx context.Context) (leave func(net.Conn)) {
	if t == nil {
		return func(net.Conn) {}
	}
	held := t.wait(ctx)
	var once sync.Once
	return func(conn net.Conn) {
		if conn != nil {
			t.apart.Store(!speaksHTTP2(conn))
		}
		if held {
			once.Do(func() { t.free <- struct{}{} })
		}
	}
}

// wait reports whether the way is the caller's alone.
func (t *turnstile) wait(ctx context.Context) (held bool) {
	if t.apart.Load() {
		return false
	}
	select {
	case <-t.free:
	default:
		patience := time.NewTimer(connectPatience)
		defer patience.Stop()
		select {
		case <-t.free:
		case <-patience.C:
			t.apart.Store(true)
			return false
		case <-ctx.Done():
			return false
		}
	}
	if t.apart.Load() {
		t.free <- struct{}{}
		return false
	}
	return true
}
