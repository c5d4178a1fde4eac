package plainfile

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// turnGrace is how long is waited for whoever is over time already with a path: what
// does not hang ends within it.
const turnGrace = 100 * time.Millisecond

// turn is what one has who does something with a path. Nobody else in the process does
// anything with that meanwhile: each of those who wait for a disk that does not answer
// has a thread of the system, of which there is no end where they are asked for again
// and again.
type turn struct {
	// until is when whoever has it gives up.
	until time.Time
	// ended is closed when the system has answered, which can be after that.
	ended chan struct{}
	// piped is set when the path has turned out to be a pipe.
	piped atomic.Bool
}

// turns are those that are taken, by their paths.
var turns = struct {
	mu    sync.Mutex
	taken map[string]*turn
}{taken: map[string]*turn{}}

// takeTurn waits for the turn with a path until ctx ends, which has a deadline, or until
// whoever has it is over time. Then mine is false, and t is the turn of that one.
func takeTurn(ctx context.Context, path string) (t *turn, mine bool) {
	for piped := false; ; {
		turns.mu.Lock()
		before := turns.taken[path]
		if before == nil {
			t = &turn{ended: make(chan struct{})}
			t.until, _ = ctx.Deadline()
			// A silent pipe can take all of the time, so that nobody finds out again.
			t.piped.Store(piped)
			turns.taken[path] = t
		}
		turns.mu.Unlock()
		if before == nil {
			return t, true
		}
		over := time.NewTimer(max(time.Until(before.until), 0) + turnGrace)
		select {
		case <-before.ended:
			over.Stop()
			piped = before.piped.Load()
			continue
		case <-over.C:
		case <-ctx.Done():
		}
		over.Stop()
		return before, false
	}
}

// turnWith is the turn that somebody has with a path; nil where nobody has it.
func turnWith(path string) *turn {
	turns.mu.Lock()
	defer turns.mu.Unlock()
	return turns.taken[path]
}

// end lets the next one have the turn.
func (t *turn) end(path string) {
	turns.mu.Lock()
	delete(turns.taken, path)
	turns.mu.Unlock()
	close(t.ended)
}
