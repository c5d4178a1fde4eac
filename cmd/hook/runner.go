package hook

import (
	"context"
	"slices"
	"sync"
	"time"

	"rollcall/cmd/child"
	"rollcall/config"
)

// Event is what happened to a profile.
type Event struct {
	// Kinds are the words for it, of which a hook wants some.
	Kinds []string
	// Line is what hooks read of it, with the line break.
	Line []byte
}

// Options are what a runner needs of whoever has it.
type Options struct {
	// Ready makes the program of a hook ready, or says why it cannot be run.
	Ready func(config.Hook) (child.Program, error)
	// Ended is called after each run, good or not, by several goroutines.
	Ended func(Run)
	// Start runs something beside all else. It is where a panic of it ends.
	Start func(func())
	// Limit is how long a run lasts at most; [Limit] where it is zero.
	Limit time.Duration
	// Patience is how long of that is left for an end; a quarter of a second where it is
	// zero.
	Patience time.Duration
}

// Runner tells hooks of events. It never keeps who tells it waiting.
type Runner struct {
	options Options
	// ending ends when nothing runs any more.
	ending  context.Context
	end     context.CancelCauseFunc
	running sync.WaitGroup

	mu     sync.Mutex
	queues []*queue
	// leaving are those of hooks that are gone, whose runs may not have ended. A hook that
	// comes back waits for its run.
	leaving []*queue
	closed  bool
}

// queue is a hook with what it was not told yet.
type queue struct {
	hook  config.Hook
	lines [][]byte
	// busy is set while somebody tells it.
	busy bool
}

// New is a runner without hooks.
func New(o Options) *Runner {
	r := &Runner{options: o}
	r.ending, r.end = context.WithCancelCause(context.Background())
	return r
}

// Use has these be the hooks from now on. One that stays is still told of what it was not
// told yet; one that is gone is not, but may run to its end.
func (r *Runner) Use(hooks []config.Hook) {
	r.mu.Lock()
	defer r.mu.Unlock()
	before := append(r.queues, slices.DeleteFunc(r.leaving, func(q *queue) bool { return !q.busy })...)
	r.queues, r.leaving = nil, nil
	for _, h := range hooks {
		at := slices.IndexFunc(before, func(q *queue) bool { return q.hook.Same(h) })
		if at < 0 {
			r.queues = append(r.queues, &queue{hook: h})
			continue
		}
		before[at].hook = h
		r.queues = append(r.queues, before[at])
		before = slices.Delete(before, at, at+1)
	}
	for _, q := range before {
		q.lines = nil
		if q.busy {
			r.leaving = append(r.leaving, q)
		}
	}
}

// Tell tells the hooks of events, each of those that it wants to know of. Those of one
// call come to it together.
func (r *Runner) Tell(all []Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return
	}
	for _, q := range r.queues {
		for _, e := range all {
			if slices.ContainsFunc(e.Kinds, func(kind string) bool { return slices.Contains(q.hook.On, kind) }) {
				q.lines = append(q.lines, e.Line)
			}
		}
		if q.busy || len(q.lines) == 0 {
			continue
		}
		q.busy = true
		r.running.Add(1)
		r.options.Start(func() {
			defer r.running.Done()
			r.work(q)
		})
	}
}

// work tells a hook until there is nothing more to tell.
func (r *Runner) work(q *queue) {
	for {
		r.mu.Lock()
		hook, lines := q.hook, q.lines
		q.lines = nil
		q.busy = len(lines) > 0
		r.mu.Unlock()
		if len(lines) == 0 {
			return
		}
		r.options.Ended(r.run(hook, lines))
	}
}

// Close tells nobody of anything new, and returns when all runs have ended. What runs, and
// what waits for that, has until left is over.
func (r *Runner) Close(left time.Duration) {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	late := time.AfterFunc(left, func() { r.end(errLeft) })
	defer late.Stop()
	r.running.Wait()
	r.end(errLeft)
}
