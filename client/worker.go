package client

import (
	"container/heap"
	"context"
	"sync/atomic"
	"time"

	"rollcall/client/account"
)

// job is what a worker has to do for one profile: a check, or its details.
type job struct {
	line  *line
	watch *watch
	ctx   context.Context
	asked bool
	// left are the details that are to be asked for, or that a check has left; ended is
	// set where a check did.
	left  *pending
	ended bool
	// known is set once there is a credential.
	known atomic.Bool
	// slow is set once it takes long, aside where others of the line then go ahead, and
	// over when it has ended. They are guarded by the lock of the scheduler.
	slow, aside, over bool
}

// take gives a worker what waits first in a line; nil where there is nothing, or no
// room for another worker. The caller holds mu.
func (s *scheduler) take(l *line) *job {
	if l.busy >= l.room || l.waiting.Len() == 0 || s.ctx.Err() != nil {
		return nil
	}
	w := heap.Pop(&l.waiting).(*watch)
	l.busy++
	s.fresh++
	c := &w.care
	j := &job{line: l, watch: w, asked: c.asked, left: c.left}
	j.ctx, c.stop = context.WithCancel(s.ctx)
	c.stage, c.asked, c.left, c.heard = stageBusy, false, nil, false
	return j
}

// work does one job after the other for as long as there are some.
func (s *scheduler) work(j *job) {
	for j != nil {
		s.do(j)
		j = s.after(j)
	}
}

// do does a job.
func (s *scheduler) do(j *job) {
	w := j.watch
	tell := w.telling(func(snap account.Snapshot, news bool) { s.tell(w, snap, news) })
	patience := time.AfterFunc(patience, func() { s.goAhead(j) })
	defer patience.Stop()
	if j.left != nil {
		j.known.Store(true)
		w.finish(j.ctx, j.left, tell)
		j.left = nil
		return
	}
	j.left, j.ended = w.round(j.ctx, j.asked, func() { j.known.Store(true) }, tell)
}

// goAhead has others begin beside a job that takes long, and others of its line where
// it waits for its credential.
func (s *scheduler) goAhead(j *job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if j.over {
		return
	}
	j.slow = true
	s.fresh--
	if !j.known.Load() {
		j.aside = true
		j.line.busy--
		s.crowded = append(s.crowded, j.line)
	}
	s.wake()
}

// next gives a worker what is to be done next, one job of a line after the other; nil
// where there is nothing, or enough has just begun. The caller holds mu.
func (s *scheduler) next() *job {
	for s.fresh < mostFresh && len(s.pressing)+len(s.crowded) > 0 {
		from := &s.crowded
		if len(s.pressing) > 0 {
			from = &s.pressing
		}
		l := (*from)[0]
		*from = (*from)[1:]
		if j := s.take(l); j != nil {
			*from = append(*from, l)
			return j
		}
	}
	return nil
}

// after ends a job, and gives the next one; nil for none.
func (s *scheduler) after(j *job) *job {
	next, finished := s.end(j)
	if finished {
		s.done()
	}
	return next
}

// end ends a job, gives the next one, and reports whether all is done for the profile.
func (s *scheduler) end(j *job) (next *job, finished bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	j.over = true
	if !j.aside {
		j.line.busy--
	}
	c := &j.watch.care
	c.stop()
	c.left, c.checked = j.left, c.checked || j.ended
	if !j.slow {
		s.fresh--
	}
	finished = s.release(j.watch)
	s.crowded = append(s.crowded, j.line)
	next = s.next()
	if len(s.pressing)+len(s.crowded) > 0 {
		s.wake()
	}
	return next, finished
}
