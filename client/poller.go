package client

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/client/together"
)

// Poller keeps clients current.
type Poller struct {
	store *store.Store
	// turn is held while Run begins and while clients are replaced.
	turn sync.Mutex

	mu sync.Mutex
	// watches are in the order of the clients. The slice is never changed,
	// only replaced, and so is byName, which has their places.
	watches []*watch
	byName  map[string]int
	// seen are the profiles that a person sees.
	seen []string
	// scheduler looks after the profiles, and changes are what there is to
	// tell; both are nil while Run does not run.
	scheduler *scheduler
	changes   *events
}

// NewPoller makes a poller that remembers in the store.
func NewPoller(clients []*Client, store *store.Store) *Poller {
	p := &Poller{store: store}
	known, decisions := p.known(clients), store.Decisions()
	var pins map[[2]string]string
	if len(clients) >= manyProfiles {
		pins = store.Pins()
	}
	var watches []*watch
	for _, c := range clients {
		c.withCooldowns(store.Cooldown, store.StartCooldown, store.EndCooldown)
		c.withPlace(store.Place)
		w := newWatch(c, store, known(c))
		w.pinned, w.pinnedAfter = pins[[2]string{c.profile.Name, c.Endpoint()}], decisions
		watches = append(watches, w)
	}
	p.take(watches)
	return p
}

// take makes these the watches. Those that are checked at the same origin at the same
// interval share it evenly.
func (p *Poller) take(watches []*watch) {
	p.watches, p.byName = watches, make(map[string]int, len(watches))
	type crowd struct {
		origin   string
		interval time.Duration
	}
	crowds, nth := map[crowd][]*watch{}, map[crowd]int{}
	origins := map[time.Duration]int{}
	for i, w := range watches {
		p.byName[w.client.profile.Name] = i
		if w.client.fixed.State != "" {
			continue
		}
		at := crowd{w.client.address.Origin, w.client.profile.Interval}
		if crowds[at] == nil {
			nth[at] = origins[at.interval]
			origins[at.interval]++
		}
		crowds[at] = append(crowds[at], w)
	}
	for at, those := range crowds {
		for i, w := range those {
			w.slot.place(i, len(those), nth[at], origins[at.interval])
		}
	}
}

// manyProfiles is from how many profiles on the snapshots and pins of all are read
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
	known := p.store.Snapshots()
	all := make(map[key]*account.Snapshot, len(known))
	for i := range known {
		all[key{known[i].Profile, known[i].Endpoint}] = &known[i]
	}
	return func(c *Client) *account.Snapshot { return all[key{c.profile.Name, c.Endpoint()}] }
}

// firstPatience is how long the first event is waited for before anybody is asked.
const firstPatience = time.Second

// Run checks every profile and then again at its interval, and calls send for each
// change, never twice at a time, until ctx ends. All of its goroutines have ended
// when it returns.
//
// The first event has every profile as it was when rollcall last ran. While
// send is busy, changes gather, so that a slow receiver delays no check. The
// number of checks at a time is bounded by origin only: a bound on all of them would
// let one slow service delay the others. At an origin, the profiles that a person sees
// and those that need somebody come first. The rest of a crowd is spread over its
// interval, and what is asked more often than there is time for says so in its
// snapshot.
//
// A credential that the service called invalid is looked at on each interval,
// but sent again only once it has changed or a refresh is asked for. Until
// then the snapshot's NextAt is zero, as it is where no check is planned.
//
// A fault of rollcall beside it ends all of it, and Run panics with that.
func (p *Poller) Run(ctx context.Context, send func(account.Event)) {
	ctx, cancel := context.WithCancel(unattended(ctx))
	changes := newEvents()
	s := newScheduler(ctx, changes.add)
	running := together.Group{Broken: cancel}
	defer p.store.Flush()
	defer p.end()
	defer running.Wait()
	defer cancel()
	running.Go(func() { p.store.Run(ctx, changes.notice, func() { p.decided(changes) }) })
	first := p.begin(changes, s)
	told := make(chan struct{})
	running.Go(func() {
		// Whoever shows what is known has the processors for that.
		select {
		case <-told:
		case <-time.After(firstPatience):
		case <-ctx.Done():
		}
		s.run()
	})
	if len(first.Snapshots) > 0 && ctx.Err() == nil {
		send(first)
	}
	close(told)
	changes.sendAll(ctx, send)
}

// begin has the scheduler look after every profile. The event has them as they are
// before that.
func (p *Poller) begin(changes *events, s *scheduler) account.Event {
	p.turn.Lock()
	defer p.turn.Unlock()
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	for _, w := range p.watches {
		w.planFirst(now)
	}
	first := account.Event{Snapshots: make([]account.Snapshot, 0, len(p.watches))}
	for _, w := range p.watches {
		first.Snapshots = append(first.Snapshots, w.current())
	}
	p.scheduler, p.changes = s, changes
	changes.arrange(p.watches)
	s.add(asked(p.watches))
	s.see(p.namedNow(p.seen))
	return first
}

// asked are the watches of profiles that can be asked.
func asked(all []*watch) (some []*watch) {
	for _, w := range all {
		if w.client.fixed.State == "" {
			some = append(some, w)
		}
	}
	return some
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
	p.scheduler, p.changes = nil, nil
	for _, w := range p.watches {
		w.leave()
	}
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
	p.stopOthers(before, kept)

	var watches, fresh []*watch
	known := p.known(slices.DeleteFunc(slices.Clone(clients), func(c *Client) bool { return kept[c.profile.Name] }))
	for _, c := range clients {
		old := before[c.profile.Name]
		if kept[c.profile.Name] {
			watches = append(watches, old)
			continue
		}
		c.withCooldowns(p.store.Cooldown, p.store.StartCooldown, p.store.EndCooldown)
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
	p.take(watches)
	if p.scheduler == nil {
		return
	}
	p.changes.arrange(watches)
	p.changes.addAll(fresh)
	p.scheduler.add(asked(fresh))
	p.scheduler.see(p.namedNow(p.seen))
}

// stopOthers ends the care for the profiles that are not kept, all at once.
func (p *Poller) stopOthers(watches map[string]*watch, kept map[string]bool) {
	var others []*watch
	for name, w := range watches {
		if !kept[name] {
			others = append(others, w)
		}
	}
	p.mu.Lock()
	s := p.scheduler
	p.mu.Unlock()
	if s != nil {
		s.remove(others)
	}
	for _, w := range others {
		w.leave()
	}
}

// Once checks every named profile once, details included, and returns when
// all are done or ctx ends. The snapshots are in the order of the clients.
// No name means all of them. A profile whose check ctx did not leave time for
// is still checking. It is not for use while Run runs.
func (p *Poller) Once(ctx context.Context, names ...string) []account.Snapshot {
	return p.OnceEach(ctx, func() {}, names...)
}

// Silently has checks leave out what went over the wire, for who does not show it. It is
// called before any.
func (p *Poller) Silently() *Poller {
	for _, w := range p.named(nil) {
		w.silent = true
	}
	return p
}

// OnceEach is Once, and calls done whenever it is done with a profile, maybe with
// several at a time.
func (p *Poller) OnceEach(ctx context.Context, done func(), names ...string) []account.Snapshot {
	chosen := p.named(names)
	checking, finish := context.WithCancel(ctx)
	defer finish()
	s := newScheduler(checking, func(*watch, account.Snapshot, bool) {})
	var left atomic.Int64
	left.Store(int64(len(chosen)))
	s.done = func() {
		done()
		if left.Add(-1) == 0 {
			finish()
		}
	}
	for _, w := range chosen {
		// Whoever waits for details waits no longer than for an answer.
		w.detailsLimit, w.due = w.client.profile.Timeout, time.Time{}
	}
	if s.add(chosen); len(chosen) > 0 {
		s.run()
	}
	snapshots := make([]account.Snapshot, len(chosen))
	for i, w := range chosen {
		snapshots[i] = w.found(w.care.checked)
	}
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
func (p *Poller) Refresh(names ...string) { p.want(wish{}, p.named(names)) }

// Attend is Refresh of one profile for a person who waits for it: its credential
// is resolved with a context that is [Attended].
func (p *Poller) Attend(name string) { p.want(wish{attended: true}, p.named([]string{name})) }

// AttendImpatient is [Poller.Attend] for a person who wants no wait of the service to be
// heeded, as in a check with [Impatient].
func (p *Poller) AttendImpatient(name string) {
	p.want(wish{attended: true, impatient: true}, p.named([]string{name}))
}

// want has profiles checked.
func (p *Poller) want(by wish, all []*watch) {
	for _, w := range all {
		w.want(by)
	}
	p.mu.Lock()
	s := p.scheduler
	p.mu.Unlock()
	if s != nil {
		s.wished(all)
	}
}

// InSight tells which profiles a person has before their eyes. They go ahead of others
// at their origin, and those of them that were not checked yet are checked now.
func (p *Poller) InSight(names []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen = names
	if p.scheduler != nil {
		p.scheduler.see(p.namedNow(names))
	}
}

// named are the watches of the profiles with these names, in their order; no name
// means all.
func (p *Poller) named(names []string) []*watch {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(names) == 0 {
		return p.watches
	}
	return p.namedNow(names)
}

// namedNow is named, but no name means none. The caller holds mu.
func (p *Poller) namedNow(names []string) (chosen []*watch) {
	var places []int
	for _, name := range names {
		if at, known := p.byName[name]; known {
			places = append(places, at)
		}
	}
	slices.Sort(places)
	for _, at := range slices.Compact(places) {
		chosen = append(chosen, p.watches[at])
	}
	return chosen
}
