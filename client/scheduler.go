package client

import (
	"container/heap"
	"context"
	"sync"
	"time"

	"rollcall/client/account"
	"rollcall/client/together"
)

const (
	// longestSleep is how long a timer is trusted: it stands still while the machine
	// sleeps, and knows nothing of a clock that is set.
	longestSleep = time.Minute
	// patience is how long a check is taken to be quick. After that others begin beside
	// it, and others of its origin where it still waits for its credential, which can
	// take a program, or a person.
	patience = 250 * time.Millisecond
	// mostFresh is how many checks and details begin together, over all origins: as many
	// as the processors and the memory of a machine take in at a time.
	mostFresh = 128
)

// scheduler looks after many profiles with few goroutines. Each profile rests until
// its time has come, then waits in the line of its origin, and is checked by one of the
// workers there, of which there are as many as have something to do, and no more than
// the line has room for.
type scheduler struct {
	// ctx is that of all checks.
	ctx context.Context
	// tell is called with what is known of a profile whenever that changes; news is set
	// where it says anything else than before.
	tell func(w *watch, s account.Snapshot, news bool)
	// done is called whenever a profile was checked where all are checked only once;
	// nil where they are checked again and again.
	done func()
	// woken has a value while there is something to do.
	woken chan struct{}
	// workers end all with the first of them that panics.
	workers together.Group

	mu      sync.Mutex
	resting watchHeap
	lines   map[lineKey]*line
	// crowded are the lines that may have room for those who wait in them, pressing
	// those of them in which somebody waits who goes before others.
	crowded, pressing []*line
	// fresh is how many jobs have just begun.
	fresh int
	// heard are those of whose rate limit there may be news, and seen those that a
	// person sees.
	heard, seen []*watch
	// looked is when the times of all that rest were last compared with the clock.
	looked time.Time
}

func newScheduler(ctx context.Context, tell func(w *watch, s account.Snapshot, news bool)) *scheduler {
	ctx, stop := context.WithCancel(ctx)
	return &scheduler{
		ctx: ctx, workers: together.Group{Broken: stop}, tell: tell, woken: make(chan struct{}, 1), lines: map[lineKey]*line{}, looked: time.Now(),
		resting: watchHeap{key: func(w *watch) time.Time { return w.care.at }},
	}
}

// add begins to look after profiles, whose first checks someone wants.
func (s *scheduler) add(all []*watch) {
	now := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, w := range all {
		heard := func() { s.news(w) }
		w.hears.Store(&heard)
		w.care = care{asked: true, index: -1}
		if wait, ok := w.untilDue(now); ok && wait > 0 && w.wish.Load() == nil {
			s.rest(w, now)
		} else {
			s.join(w, now)
		}
	}
	s.wake()
}

// remove ends the care for profiles, and returns when what was under way for them
// has ended.
func (s *scheduler) remove(all []*watch) {
	var ending []chan struct{}
	s.mu.Lock()
	for _, w := range all {
		switch c := &w.care; c.stage {
		case stageResting:
			s.resting.drop(w)
			c.stage = stageNone
		case stageWaiting:
			c.line.waiting.drop(w)
			c.stage = stageNone
		case stageBusy:
			c.ended = make(chan struct{})
			ending = append(ending, c.ended)
			if c.stop != nil {
				c.stop()
			}
		}
	}
	s.mu.Unlock()
	for _, ended := range ending {
		<-ended
	}
}

// wished has the profiles checked whose watches have a wish.
func (s *scheduler) wished(all []*watch) {
	now := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, w := range all {
		if w.wish.Load() != nil {
			s.advance(w, now)
		}
	}
	s.wake()
}

// see has those checked first that a person sees, and at once those of them that
// were not checked yet.
func (s *scheduler) see(all []*watch) {
	now := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, w := range s.seen {
		w.care.seen = false
	}
	s.seen = all
	for _, w := range all {
		w.care.seen = true
		if w.care.asked || w.care.stage == stageWaiting {
			s.advance(w, now)
		}
	}
	s.wake()
}

// advance has a profile checked that rests, and gives one that waits its new place.
func (s *scheduler) advance(w *watch, now time.Time) {
	switch c := &w.care; c.stage {
	case stageResting:
		s.resting.drop(w)
		s.join(w, now)
	case stageWaiting:
		c.rank = w.rank(now)
		heap.Fix(&c.line.waiting, c.index)
		s.press(w, now)
	}
}

// news is told that there is some of the rate limit of a profile.
func (s *scheduler) news(w *watch) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if w.care.heard {
		return
	}
	w.care.heard = true
	if w.care.stage == stageResting {
		s.heard = append(s.heard, w)
		s.wake()
	}
}

// wake has the scheduler look for something to do.
func (s *scheduler) wake() {
	select {
	case s.woken <- struct{}{}:
	default:
	}
}

// run does what is to be done until ctx ends or nothing is left. All workers have
// ended when it returns.
func (s *scheduler) run() {
	defer s.workers.Wait()
	timer := time.NewTimer(longestSleep)
	defer timer.Stop()
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-s.woken:
		case <-timer.C:
		}
		timer.Reset(s.turn())
	}
}

// turn does what is to be done now, and tells how long it is until there is more.
func (s *scheduler) turn() time.Duration {
	for _, w := range s.due(time.Now()) {
		w.catchUp(func(snap account.Snapshot, news bool) { s.tell(w, snap, news) })
		s.mu.Lock()
		s.release(w)
		s.mu.Unlock()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.serve()
	if first := s.resting.first(); first != nil {
		return min(longestSleep, time.Until(first.care.at))
	}
	return longestSleep
}

// due lines up the profiles whose checks are due, and gives those that are otherwise
// to be told of.
func (s *scheduler) due(now time.Time) (told []*watch) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now.Sub(s.looked) >= longestSleep {
		s.looked = now
		for _, w := range s.resting.watches {
			w.care.at = now.Add(w.wait(now))
			if at := w.care.moment; !at.IsZero() && !at.After(now) {
				// It went by while the machine slept, or as the clock was set.
				w.care.at = now
			}
		}
		heap.Init(&s.resting)
	}
	for w := s.resting.first(); w != nil && !w.care.at.After(now); w = s.resting.first() {
		s.resting.drop(w)
		if wait, ok := w.untilDue(now); ok && wait <= 0 {
			w.care.asked = w.care.asked || w.wanted
			s.join(w, now)
			continue
		}
		w.care.stage = stageBusy
		told = append(told, w)
	}
	for _, w := range s.heard {
		if w.care.stage == stageResting && w.care.heard {
			s.resting.drop(w)
			w.care.stage = stageBusy
			told = append(told, w)
		}
	}
	s.heard = s.heard[:0]
	for _, w := range told {
		w.care.heard = false
	}
	return told
}

// rest lays a profile to rest until its time has come. The caller holds mu.
func (s *scheduler) rest(w *watch, now time.Time) {
	c := &w.care
	c.stage, c.index, c.moment = stageResting, -1, w.nextMoment(now)
	if c.heard {
		s.heard = append(s.heard, w)
		s.wake()
	}
	if wait := w.wait(now); wait < forever {
		c.at = now.Add(wait)
		heap.Push(&s.resting, w)
		if c.index == 0 {
			s.wake()
		}
	}
}

// join puts a profile in the line of its origin. The caller holds mu.
func (s *scheduler) join(w *watch, now time.Time) {
	key := lineKey{w.client.address.Origin, w.care.left != nil}
	l := s.lines[key]
	if l == nil {
		l = newLine(key)
		s.lines[key] = l
	}
	w.care.stage, w.care.line, w.care.rank = stageWaiting, l, w.rank(now)
	heap.Push(&l.waiting, w)
	s.press(w, now)
}

// press has somebody look at the line in which a profile waits. The caller holds mu.
func (s *scheduler) press(w *watch, now time.Time) {
	if l := w.care.line; now.Sub(w.care.rank) >= 2*aheadForUrgency {
		s.pressing = append(s.pressing, l)
	} else {
		s.crowded = append(s.crowded, l)
	}
}

// serve has workers begin for what waits and has room. The caller holds mu.
func (s *scheduler) serve() {
	for j := s.next(); j != nil; j = s.next() {
		s.workers.Go(func() { s.work(j) })
	}
}

// release puts a profile where it belongs after somebody had it, and reports whether
// all is done for it. The caller holds mu.
func (s *scheduler) release(w *watch) (finished bool) {
	c, now := &w.care, time.Now()
	c.stop = nil
	switch {
	case c.ended != nil:
		c.stage = stageNone
		close(c.ended)
	case s.ctx.Err() != nil:
		c.stage = stageNone
	case c.left != nil, s.done == nil && w.wish.Load() != nil:
		s.join(w, now)
		s.wake()
	case s.done != nil:
		c.stage = stageNone
		return true
	default:
		s.rest(w, now)
	}
	return false
}
