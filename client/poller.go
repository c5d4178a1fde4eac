package client

import (
	"context"
	"slices"
	"sync"
)

// Poller keeps clients current.
type Poller struct {
	store   *Store
	watches []*watch
}

// NewPoller makes a poller that remembers in the store.
func NewPoller(clients []*Client, store *Store) *Poller {
	p := &Poller{store: store}
	for _, c := range clients {
		c.withGate(store.held, store.hold)
		p.watches = append(p.watches, newWatch(c, store))
	}
	return p
}

// Run checks every profile at once and then at its interval, and calls send
// for each change, never twice at a time, until ctx ends. All of its
// goroutines have ended when it returns.
//
// The first event has every profile as it was when rollcall last ran. While
// send is busy, changes gather, so that a slow receiver delays no check. The
// number of checks at a time is bounded by origin only, in [Network]: a bound
// on all of them would let one slow service delay the others.
//
// A credential that the service called invalid is looked at on each interval,
// but sent again only once it has changed or a refresh is asked for. Until
// then the snapshot's NextAt is zero, as it is where no check is planned.
func (p *Poller) Run(ctx context.Context, send func(Event)) {
	ctx, cancel := context.WithCancel(ctx)
	changes := newEvents()
	var running sync.WaitGroup
	defer p.store.flush()
	defer running.Wait()
	defer cancel()

	first := Event{Snapshots: p.Stored()}
	running.Go(func() { p.store.keep(ctx, changes.notice) })
	for place, w := range p.watches {
		if w.client.fixed.State == "" {
			running.Go(func() { w.run(ctx, func(s Snapshot) { changes.add(place, s) }) })
		}
	}
	if len(first.Snapshots) > 0 && ctx.Err() == nil {
		send(first)
	}
	changes.sendAll(ctx, send)
}

// Once checks every named profile once, details included, and returns when
// all are done or ctx ends. The snapshots are in the order of the clients.
// No name means all of them. A profile whose check ctx did not leave time for
// is still checking. It is not for use while Run runs.
func (p *Poller) Once(ctx context.Context, names ...string) []Snapshot {
	chosen := p.named(names)
	snapshots := make([]Snapshot, len(chosen))
	var running sync.WaitGroup
	for i, w := range chosen {
		running.Go(func() { snapshots[i] = w.once(ctx) })
	}
	running.Wait()
	return snapshots
}

// Stored tells what is known of every profile without asking anyone.
func (p *Poller) Stored() []Snapshot {
	snapshots := make([]Snapshot, len(p.watches))
	for i, w := range p.watches {
		snapshots[i] = w.current()
	}
	return snapshots
}

// Refresh asks for a check of the named profiles now, details included; no
// name means all. It never blocks. A profile whose service wants no request
// yet is checked when it may be, which its snapshot's NextAt tells.
func (p *Poller) Refresh(names ...string) {
	for _, w := range p.named(names) {
		select {
		case w.wish <- struct{}{}:
		default:
			// A wish is waiting already: one check serves both.
		}
	}
}

// named are the watches of the profiles with these names; no name means all.
func (p *Poller) named(names []string) []*watch {
	if len(names) == 0 {
		return p.watches
	}
	var chosen []*watch
	for _, w := range p.watches {
		if slices.Contains(names, w.client.profile.Name) {
			chosen = append(chosen, w)
		}
	}
	return chosen
}
