package client

import (
	"container/heap"
	"time"

	"rollcall/client/insight"
	"rollcall/client/transport"
)

const (
	// checksPerOrigin is how many checks are under way at an origin: as many again as
	// requests, so that no place stays empty while an answer is read and kept, or while
	// one pauses before it tries again.
	checksPerOrigin = 2 * transport.RequestsPerOrigin
	// detailsPerOrigin is for how many profiles of an origin details are asked.
	detailsPerOrigin = transport.RequestsPerOrigin
)

// How much earlier than it is due a check counts, so that it goes before others that
// wait at its origin. Since those only get older, each has its turn.
const (
	aheadForWish    = time.Hour
	aheadForPerson  = 2 * time.Hour
	aheadInSight    = time.Minute
	aheadForUrgency = 15 * time.Second
)

// line is where the profiles of an origin wait for a worker: for their checks, or for
// their details. What is slow at one origin so delays nobody at another one.
type line struct {
	waiting watchHeap
	// busy is how many workers there are, and room how many there can be.
	busy, room int
}

// lineKey says which line it is.
type lineKey struct {
	origin  string
	details bool
}

func newLine(key lineKey) *line {
	l := &line{waiting: watchHeap{key: func(w *watch) time.Time { return w.care.rank }}, room: checksPerOrigin}
	if key.details {
		l.room = detailsPerOrigin
	}
	return l
}

// rank is the moment by which a profile takes its place among those that wait.
func (w *watch) rank(now time.Time) time.Time {
	due := now
	if !w.care.asked && !w.due.IsZero() && w.due.Before(now) {
		due = w.due
	}
	if by := w.wish.Load(); by != nil {
		due = due.Add(-aheadForWish)
		if by.attended {
			due = due.Add(-aheadForPerson)
		}
	}
	if w.care.seen {
		due = due.Add(-aheadInSight)
	}
	return due.Add(-time.Duration(w.needed(now)) * aheadForUrgency)
}

// needed is how much a profile needs somebody; zero for not at all.
func (w *watch) needed(now time.Time) int {
	switch insight.UrgencyOf(w.shown.Load(), now, w.client.profile.ExpiryWarning) {
	case insight.UrgencyNow:
		return 3
	case insight.UrgencySoon:
		return 2
	case insight.UrgencyWaiting:
		return 1
	}
	return 0
}

// watchHeap has the watch with the earliest time first.
type watchHeap struct {
	watches []*watch
	key     func(*watch) time.Time
}

// first is the earliest; nil where there is none.
func (h *watchHeap) first() *watch {
	if len(h.watches) == 0 {
		return nil
	}
	return h.watches[0]
}

// drop takes a watch out, where it is in.
func (h *watchHeap) drop(w *watch) {
	if w.care.index >= 0 {
		heap.Remove(h, w.care.index)
	}
}

// Len is that of [heap.Interface], as are the others.
func (h *watchHeap) Len() int { return len(h.watches) }

// Less compares two watches.
func (h *watchHeap) Less(i, k int) bool { return h.key(h.watches[i]).Before(h.key(h.watches[k])) }

// Swap has two watches change their places.
func (h *watchHeap) Swap(i, k int) {
	h.watches[i], h.watches[k] = h.watches[k], h.watches[i]
	h.watches[i].care.index, h.watches[k].care.index = i, k
}

// Push adds a watch at the end.
func (h *watchHeap) Push(x any) {
	w := x.(*watch)
	w.care.index = len(h.watches)
	h.watches = append(h.watches, w)
}

// Pop takes the watch at the end.
func (h *watchHeap) Pop() any {
	last := len(h.watches) - 1
	w := h.watches[last]
	h.watches[last], h.watches = nil, h.watches[:last]
	w.care.index = -1
	return w
}
