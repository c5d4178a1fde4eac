package ui

import (
	"container/heap"
	"time"
)

// planned are the rows whose next check is planned, the soonest first. All of them are
// put off one after the other while they are checked, so that nothing here goes through
// all.
type planned struct{ heap plannedHeap }

// plannedHeap is that as [container/heap] wants it.
type plannedHeap []*row

func (h plannedHeap) Len() int           { return len(h) }
func (h plannedHeap) Less(i, j int) bool { return h[i].planned.at.Before(h[j].planned.at) }

func (h plannedHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].planned.place, h[j].planned.place = i+1, j+1
}

// Push adds a row at the end.
func (h *plannedHeap) Push(x any) {
	r, _ := x.(*row)
	*h = append(*h, r)
	r.planned.place = len(*h)
}

// Pop takes the last row away.
func (h *plannedHeap) Pop() any {
	all := *h
	r := all[len(all)-1]
	all[len(all)-1] = nil
	*h, r.planned.place = all[:len(all)-1], 0
	return r
}

// nextCheck is when a row is checked next, and its place among the others, from 1; zero where
// nothing is planned.
type nextCheck struct {
	at    time.Time
	place int
}

// add plans the next check of one of many rows, zero for none, which settle then puts in
// their order.
func (p *planned) add(r *row, at time.Time) {
	if r.planned = (nextCheck{at: at}); !at.IsZero() {
		p.heap.Push(r)
	}
}

// settle puts all that were added in their order, and returns the soonest of all.
func (p *planned) settle() (soonest time.Time) {
	heap.Init(&p.heap)
	return p.soonest()
}

func (p *planned) soonest() time.Time {
	if len(p.heap) == 0 {
		return time.Time{}
	}
	return p.heap[0].planned.at
}

// put plans the next check of a row, zero for none, and returns the soonest of all.
func (p *planned) put(r *row, at time.Time) (soonest time.Time) {
	r.planned.at = at
	switch in := r.planned.place > 0; {
	case in && at.IsZero():
		heap.Remove(&p.heap, r.planned.place-1)
	case in:
		heap.Fix(&p.heap, r.planned.place-1)
	case !at.IsZero():
		heap.Push(&p.heap, r)
	}
	return p.soonest()
}
