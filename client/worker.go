package client

import (
	"container/heap"
	"context"
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
	// aside is set once others of the line go ahead, and over when it has ended. Both
	// are guarded by the lock of the scheduler.
	aside, over bool
}

// take gives a worker what waits first in a line; nil where there is nothing, or no
// room for another worker. The caller holds mu.
func (s *scheduler) take(l *line) *job {
	if l.busy >= l.room || l.waiting.Len() == 0 || s.ctx.Err() != nil {
		return nil
	}
	w := heap.Pop(&l.waiting).(*watch)
	l.busy++
	c := &w.care
	j := &job{line: l, watch: w, asked: c.asked, left: c.left}
	j.ctx, c.stop = context.WithCancel(s.ctx)
	c.stage, c.asked, c.left, c.heard = stageBusy, false, nil, false
	return j
}

// work does one job of a line after the other for as long as there are some.
func (s *scheduler) work(j *job) {
	for j != nil {
		s.do(j)
		j = s.after(j)
	}
}

// do does a job.
func (s *scheduler) do(j *job) {
	w := j.watch
	tell := w.telling(func(snap account.Snapshot) { s.tell(w, snap) })
	if j.left != nil {
		w.finish(j.ctx, j.left, tell)
		j.left = nil
		return
	}
	patience := time.AfterFunc(credentialPatience, func() { s.goAhead(j) })
	defer patience.Stop()
	j.left, j.ended = w.round(j.ctx, j.asked, func() { patience.Stop() }, tell)
}

// goAhead has others of the line go ahead of a job that waits for its credential.
func (s *scheduler) goAhead(j *job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if j.over {
		return
	}
	j.aside = true
	j.line.busy--
	s.crowded = append(s.crowded, j.line)
	s.wake()
}

// after ends a job, and gives the next one of the line; nil for none.
func (s *scheduler) after(j *job) *job {
	s.mu.Lock()
	j.over = true
	if !j.aside {
		j.line.busy--
	}
	c := &j.watch.care
	c.stop()
	c.left, c.checked = j.left, c.checked || j.ended
	finished := s.release(j.watch)
	next := s.take(j.line)
	s.mu.Unlock()
	if finished {
		s.done()
	}
	return next
}
