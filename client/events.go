package client

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"rollcall/client/account"
)

// events gathers what changed until the receiver is ready for it. Of each
// profile only the latest snapshot is kept, so a slow receiver neither slows
// the checks nor makes memory grow. What changes within gatherTime comes together,
// so that the receiver has work once a frame and not once a check; that a check has
// begun is told only where it takes longer than moment. A check that only confirms
// what is known is told of with others, at whole seconds.
type events struct {
	// ready has a value while there is something to send.
	ready chan struct{}

	mu sync.Mutex
	// later has what waits sent at the next whole second; nil where nothing has to.
	later *time.Timer
	// order has the places of those that are told of.
	order   map[*watch]int
	changed map[*watch]account.Snapshot
	// begun has the profiles whose checks have begun, with what tells, or has told, of it.
	begun   map[*watch]*time.Timer
	notices []string
	decided bool
}

// gatherTime is how long changes gather after an event: as long as a screen shows a
// frame.
const gatherTime = 16 * time.Millisecond

// moment is how long a check may take before it is worth telling that it goes on.
const moment = 300 * time.Millisecond

func newEvents() *events {
	return &events{ready: make(chan struct{}, 1), changed: map[*watch]account.Snapshot{}, begun: map[*watch]*time.Timer{}}
}

// arrange sets which profiles are told of, and in which order. What waits to be
// told of others is dropped.
func (e *events) arrange(watches []*watch) {
	order := make(map[*watch]int, len(watches))
	for i, w := range watches {
		order[w] = i
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.order = order
	maps.DeleteFunc(e.changed, func(w *watch, _ account.Snapshot) bool { _, told := order[w]; return !told })
	for w := range e.begun {
		if _, told := order[w]; !told {
			e.ended(w)
		}
	}
}

// add takes the snapshot of a profile. Where it is no news, it can wait a little.
func (e *events) add(w *watch, s account.Snapshot, news bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	told := e.ended(w)
	if s.Busy {
		e.begin(w, s)
		return
	}
	e.changed[w] = s
	if news || told {
		e.wake()
	} else {
		e.wakeLater()
	}
}

// confirmTime is at whole multiples of what time that is told which is no news: when
// the screen counts the seconds anyway.
const confirmTime = time.Second

// wakeLater has what waits sent at the next whole second.
func (e *events) wakeLater() {
	if e.later == nil {
		now := time.Now()
		e.later = time.AfterFunc(now.Truncate(confirmTime).Add(confirmTime).Sub(now), e.wake)
	}
}

// begin tells in a moment that the check of a profile has begun, unless something else
// is to be told of it before that.
func (e *events) begin(w *watch, s account.Snapshot) {
	var later *time.Timer
	later = time.AfterFunc(moment, func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		if e.begun[w] == later {
			e.changed[w] = s
			e.wake()
		}
	})
	e.begun[w] = later
}

// ended keeps what is to be told in a moment from being told, and reports whether it
// was told already.
func (e *events) ended(w *watch) (told bool) {
	if later := e.begun[w]; later != nil {
		told = !later.Stop()
		delete(e.begun, w)
	}
	return told
}

// addAll takes what is known of several profiles, to be told of together.
func (e *events) addAll(watches []*watch) {
	if len(watches) == 0 {
		return
	}
	e.mu.Lock()
	for _, w := range watches {
		e.ended(w)
		e.changed[w] = w.current()
	}
	e.mu.Unlock()
	e.wake()
}

func (e *events) notice(text string) {
	e.mu.Lock()
	e.notices = append(e.notices, text)
	e.mu.Unlock()
	e.wake()
}

// decide tells that another rollcall has kept a decision.
func (e *events) decide() {
	e.mu.Lock()
	e.decided = true
	e.mu.Unlock()
	e.wake()
}

func (e *events) wake() {
	select {
	case e.ready <- struct{}{}:
	default:
	}
}

// take is all that changed, in order; ok is false where nothing did.
func (e *events) take() (event account.Event, ok bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.later != nil {
		e.later.Stop()
		e.later = nil
	}
	if len(e.changed) == 0 && len(e.notices) == 0 && !e.decided {
		return account.Event{}, false
	}
	watches := slices.SortedFunc(maps.Keys(e.changed), func(a, b *watch) int { return e.order[a] - e.order[b] })
	for _, w := range watches {
		if _, told := e.order[w]; told {
			event.Snapshots = append(event.Snapshots, e.changed[w])
		}
	}
	clear(e.changed)
	event.Decided, e.decided = e.decided, false
	if len(e.notices) > 0 {
		event.Notice = e.notices[0]
		e.notices = e.notices[1:]
	}
	return event, true
}

// sendAll sends what there is, one event after the other, until ctx ends.
func (e *events) sendAll(ctx context.Context, send func(account.Event)) {
	for {
		for ctx.Err() == nil {
			event, ok := e.take()
			if !ok {
				break
			}
			send(event)
			select {
			case <-ctx.Done():
			case <-time.After(gatherTime):
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-e.ready:
		}
	}
}
