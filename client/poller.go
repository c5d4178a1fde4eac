package client

import (
	"context"
	"slices"
	"sync"

	"rollcall/client/account"
	"rollcall/client/store"
)

// Poller keeps clients current.
type Poller struct {
	store *store.Store
	// turn is held while Run begins and while clients are replaced.
	turn sync.Mutex

	mu sync.Mutex
	// watches are in the order of the clients. The slice is never changed,
	// only replaced.
	watches []*watch
	// care begins to look after a profile, and changes are what there is to
	// tell; both are nil while Run does not run.
	care    func(w *watch)
	changes *events
}

// NewPoller makes a poller that remembers in the store.
func NewPoller(clients []*Client, store *store.Store) *Poller {
	p := &Poller{store: store}
	known := p.known(clients)
	for _, c := range clients {
		c.withCooldowns(store.Cooldown, store.StartCooldown)
		c.withPlace(store.Place)
		p.watches = append(p.watches, newWatch(c, store, known(c)))
	}
	return p
}

// manyProfiles is from how many profiles on the snapshots of all are read
// together.
const manyProfiles = 5

// known tells what the store has of the profiles of clients; nil for nothing.
func (p *Poller) known(clients []*Client) func(*Client) *account.Snapshot {
	if len(clients) < manyProfiles {
		return func(c *Client) *account.Snapshot {
			if s, ok := p.store.Snapshot(c.profile.Name, c.Endpoint()); ok {
				return &s
			}
			return nil
		}
	}
	type key struct{ name, endpoint string }
	all := map[key]*account.Snapshot{}
	for _, s := range p.store.Snapshots() {
		all[key{s.Profile, s.Endpoint}] = &s
	}
	return func(c *Client) *account.Snapshot { return all[key{c.profile.Name, c.Endpoint()}] }
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
func (p *Poller) Run(ctx context.Context, send func(account.Event)) {
	ctx, cancel := context.WithCancel(unattended(ctx))
	changes := newEvents()
	var running sync.WaitGroup
	defer p.store.Flush()
	defer running.Wait()
	defer cancel()
	running.Go(func() { p.store.Run(ctx, changes.notice, func() { p.decided(changes) }) })
	tell := func(first account.Event) {
		if len(first.Snapshots) > 0 && ctx.Err() == nil {
			send(first)
		}
	}
	p.begin(changes, tell, func(w *watch) {
		if w.client.fixed.State != "" {
			// Nobody is asked for such a profile.
			return
		}
		own, stop := context.WithCancel(ctx)
		ended := make(chan struct{})
		w.stop = func() { stop(); <-ended }
		running.Go(func() {
			defer close(ended)
			w.run(own, func(s account.Snapshot) { changes.add(w, s) })
		})
	})
	defer p.end()
	changes.sendAll(ctx, send)
}

// begin looks after every profile with care. It tells before that how they are, so
// that no check keeps anybody from seeing what the last run has left.
func (p *Poller) begin(changes *events, tell func(account.Event), care func(w *watch)) {
	p.turn.Lock()
	defer p.turn.Unlock()
	all := p.named(nil)
	first := account.Event{Snapshots: make([]account.Snapshot, len(all))}
	for i, w := range all {
		first.Snapshots[i] = w.current()
	}
	changes.order(all)
	tell(first)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.care, p.changes = care, changes
	for _, w := range all {
		care(w)
	}
}

// decided tells of what another rollcall was told by a person.
func (p *Poller) decided(changes *events) {
	var snoozed []*watch
	for _, w := range p.named(nil) {
		if w.decided() {
			snoozed = append(snoozed, w)
		}
	}
	changes.addAll(snoozed)
	changes.decide()
}

// end keeps Replace from beginning anything more.
func (p *Poller) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.care, p.changes = nil, nil
}

// Replace makes these the clients, while Run runs or not. A profile that is as
// before goes on undisturbed, with its timers and details; its earlier client
// is kept. One that changed or is new is told of and checked at once. One that
// is gone is checked and told of no more; an event that is being sent may
// still hold it. Replace returns when the outdated checks have ended.
func (p *Poller) Replace(clients []*Client) {
	p.turn.Lock()
	defer p.turn.Unlock()
	before := map[string]*watch{}
	for _, w := range p.named(nil) {
		before[w.client.profile.Name] = w
	}
	kept := map[string]bool{}
	for _, c := range clients {
		name := c.profile.Name
		kept[name] = before[name] != nil && before[name].client.same(c)
	}
	stopOthers(before, kept)

	var watches, fresh []*watch
	known := p.known(slices.DeleteFunc(slices.Clone(clients), func(c *Client) bool { return kept[c.profile.Name] }))
	for _, c := range clients {
		old := before[c.profile.Name]
		if kept[c.profile.Name] {
			watches = append(watches, old)
			continue
		}
		c.withCooldowns(p.store.Cooldown, p.store.StartCooldown)
		c.withPlace(p.store.Place)
		w := newWatch(c, p.store, known(c))
		if old != nil {
			// What details told of another credential is not carried on.
			w.fingerprint = old.fingerprint
		}
		watches, fresh = append(watches, w), append(fresh, w)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.watches = watches
	if p.care == nil {
		return
	}
	p.changes.order(watches)
	p.changes.addAll(fresh)
	for _, w := range fresh {
		p.care(w)
	}
}

// stopOthers ends the care for the profiles that are not kept, all at once.
func stopOthers(watches map[string]*watch, kept map[string]bool) {
	var stopping sync.WaitGroup
	defer stopping.Wait()
	for name, w := range watches {
		if !kept[name] && w.stop != nil {
			stopping.Go(w.stop)
		}
	}
}

// Once checks every named profile once, details included, and returns when
// all are done or ctx ends. The snapshots are in the order of the clients.
// No name means all of them. A profile whose check ctx did not leave time for
// is still checking. It is not for use while Run runs.
func (p *Poller) Once(ctx context.Context, names ...string) []account.Snapshot {
	return p.OnceEach(ctx, func() {}, names...)
}

// OnceEach is Once, and calls done whenever it is done with a profile, maybe with
// several at a time.
func (p *Poller) OnceEach(ctx context.Context, done func(), names ...string) []account.Snapshot {
	chosen := p.named(names)
	snapshots := make([]account.Snapshot, len(chosen))
	var running sync.WaitGroup
	for i, w := range chosen {
		running.Go(func() {
			snapshots[i] = w.once(ctx)
			done()
		})
	}
	running.Wait()
	return snapshots
}

// Stored tells what is known of every profile without asking anyone.
func (p *Poller) Stored() []account.Snapshot {
	all := p.named(nil)
	snapshots := make([]account.Snapshot, len(all))
	for i, w := range all {
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
		case w.wish <- wish{}:
		default:
			// A wish is waiting already: one check serves both.
		}
	}
}

// Attend is Refresh of one profile for a person who waits for it: its credential
// is resolved with a context that is [Attended].
func (p *Poller) Attend(name string) {
	for _, w := range p.named([]string{name}) {
		select {
		case <-w.wish:
			// This one serves the wish that was waiting, too.
		default:
		}
		select {
		case w.wish <- wish{attended: true}:
		default:
		}
	}
}

// named are the watches of the profiles with these names; no name means all.
func (p *Poller) named(names []string) []*watch {
	p.mu.Lock()
	all := p.watches
	p.mu.Unlock()
	if len(names) == 0 {
		return all
	}
	var chosen []*watch
	for _, w := range all {
		if slices.Contains(names, w.client.profile.Name) {
			chosen = append(chosen, w)
		}
	}
	return chosen
}
