package store

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"rollcall/client/account"
	"rollcall/plainfile"
)

// flushPause is the time between two writes, in which what is learned is
// gathered, and lookPause that between two looks for the decisions of other
// rollcalls. Both are at whole seconds, when others look at something, too, so that
// the machine is woken once for all.
const (
	flushPause = 5 * time.Second
	lookPause  = time.Second
)

// fileName is the database in its folder.
const fileName = "rollcall.db"

// Store keeps what is known of the profiles of one configuration. A profile is
// known by its name and endpoint together, a credential by its origin and text,
// of which only a fingerprint is written. A store is opened by [Open] and may be
// used by several goroutines.
type Store struct {
	configuration string
	db            *database
	cooldowns     *cooldowns
	// trial is set where nothing is kept, nor known from before.
	trial bool
	// tried is the store whose places a trial knows; nil for one that knows none.
	tried *Store
	*notices
	// flushing is held while what is unwritten is written.
	flushing sync.Mutex

	mu sync.Mutex
	// unwritten is what the database does not have yet.
	unwritten map[key]*record
	// pins are first pins that the database does not have yet.
	pins map[key]string
	// places are first places, likewise.
	places map[key]string
	// ahead has the snapshots that are read before somebody asks for them; nil for none.
	ahead func() []account.Snapshot
	// snoozes are those of the configuration; nil until they are read.
	snoozes map[key]account.Snooze
	// pinned is how many decisions were written when all pins were read; zero for never.
	pinned int64
	// decisions counts the decisions of people that this run has heard of.
	decisions uint64
	// retained are the profiles of the configuration, until that is written.
	retained []key
	// steps are the numbers of those for undo that this store itself has noted.
	steps map[int64]bool
}

// Open opens the database in the folder dir for the configuration of a path. Both
// the folder and the file are made when they are first needed. With an empty dir
// everything stays in memory; with one that cannot be used, nothing is known but
// pins and cooldowns of this run, and what it learns waits to be written. The
// notice says in sentences what could not be read and whether it was set aside; it
// is empty where all is well. The only error is a dir that is not an absolute path.
func Open(dir, configuration string) (s *Store, notice string, err error) {
	return openIn(surroundings{fileSystem, patience}, dir, configuration)
}

// openIn is [Open] in surroundings of some kind.
func openIn(around surroundings, dir, configuration string) (s *Store, notice string, err error) {
	path := ""
	if dir != "" {
		if !filepath.IsAbs(dir) {
			return nil, "", fmt.Errorf("the folder of the state, %q, is not an absolute path", dir)
		}
		path = filepath.Join(dir, fileName)
	}
	s = &Store{
		configuration: configuration, notices: newNotices(),
		unwritten: map[key]*record{}, pins: map[key]string{}, places: map[key]string{},
	}
	s.db = newDatabase(path, s.say, around)
	s.cooldowns = newCooldowns(s.db)
	if path == "" {
		return s, "", nil
	}
	for _, end := range []string{asideLock, legacyLock} {
		plainfile.SweepLock(path + end)
	}
	s.report(s.takeOver(dir))
	s.report(s.db.read(0, func(*session) error { return nil }))
	return s, strings.Join(s.takeNotices(), " "), nil
}

// Path is the file of the database; empty where everything stays in memory.
func (s *Store) Path() string { return s.db.path }

// Save keeps the outcome of a check, to be written together with others. Of the
// snapshot's history the last check is new, and of its changes those since.
func (s *Store) Save(snap account.Snapshot) {
	if s.trial {
		return
	}
	k := key{snap.Profile, snap.Endpoint}
	s.mu.Lock()
	s.ahead = nil
	r := s.unwritten[k]
	if r == nil {
		r = &record{}
		s.unwritten[k] = r
	}
	r.take(snap)
	s.mu.Unlock()
	s.wake()
}

// PinOnce pins a profile to the user with an id, unless it has a pin already.
func (s *Store) PinOnce(profile, endpoint, id string) {
	if s.trial {
		return
	}
	s.mu.Lock()
	if k := (key{profile, endpoint}); s.pins[k] == "" {
		s.pins[k] = id
	}
	s.mu.Unlock()
	s.wake()
}

// Pin returns the id of the user that a profile is pinned to; ok is false where
// it has no pin.
func (s *Store) Pin(profile, endpoint string) (id string, ok bool) {
	if s.trial {
		return "", false
	}
	k := key{profile, endpoint}
	err := s.db.read(0, func(c *session) (err error) {
		id, ok, err = c.pin(s.configuration, k)
		return err
	})
	if err != nil {
		s.report(err)
	}
	if !ok {
		s.mu.Lock()
		defer s.mu.Unlock()
		id, ok = s.pins[k]
	}
	return id, ok
}

// Retain notes that profiles, each a pair of name and endpoint, are in the
// configuration, so that they are never forgotten. What an earlier rollcall kept
// of them becomes known at once. The next write forgets the profiles of any
// configuration that were neither retained nor checked for half a year.
func (s *Store) Retain(profiles [][2]string) {
	var all []key
	for _, p := range profiles {
		all = append(all, key{p[0], p[1]})
	}
	s.mu.Lock()
	s.retained = all
	s.mu.Unlock()
	parked := false
	s.report(s.db.readFile(0, func(c *session) (err error) {
		parked, err = c.anyParked()
		return err
	}))
	if parked {
		s.mu.Lock()
		s.ahead = nil
		s.mu.Unlock()
		s.report(s.db.write(0, func(c *session) error { return c.adopt(s.configuration, all) }))
	}
}

// Cooldown reports whether a credential is in a cooldown at an origin now, and
// when that ends.
func (s *Store) Cooldown(origin, credential string) (until time.Time, active bool) {
	return s.cooldowns.active(credentialUse{origin, credential})
}

// StartCooldown puts a credential into a cooldown at an origin, for this and
// all other rollcalls. An earlier end than the present one changes nothing.
func (s *Store) StartCooldown(origin, credential string, until time.Time) {
	s.report(s.cooldowns.start(credentialUse{origin, credential}, until))
}

// EndCooldown ends the cooldown of a credential at an origin, for this rollcall and all
// others but the one that heard of it from the service, where that still runs.
func (s *Store) EndCooldown(origin, credential string) {
	s.report(s.cooldowns.end(credentialUse{origin, credential}))
}

// Run writes from time to time until ctx ends. It calls say with each notice that
// a person should read, and decided when another rollcall has written a decision.
func (s *Store) Run(ctx context.Context, say func(notice string), decided func()) {
	seen := s.decisionsNow(0)
	if s.missed(seen) {
		s.heard()
		decided()
	}
	for looks := 1; ; looks++ {
		now := time.Now()
		select {
		case <-ctx.Done():
			return
		case <-time.After(now.Truncate(lookPause).Add(lookPause).Sub(now)):
		}
		if now := s.decisionsNow(seen); now != seen {
			seen = now
			s.heard()
			decided()
		}
		if looks%int(flushPause/lookPause) != 0 {
			continue
		}
		select {
		case <-s.woken:
			late := time.AfterFunc(plainfile.Wait, func() { say(s.late()) })
			s.Flush()
			late.Stop()
		default:
		}
		for _, notice := range s.takeNotices() {
			say(notice)
		}
	}
}

// late says of a disk that it keeps whoever writes waiting.
func (s *Store) late() string {
	return fmt.Sprintf("What was learned is not kept in %s yet after %s, and checks may have to wait until it is; check the disk or the network that it is on.",
		s.db.where(), plainfile.Wait)
}

// missed reports whether a decision was written between the reading of the pins and seen.
func (s *Store) missed(seen int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pinned != 0 && s.pinned != seen
}

// decisionsNow grows with each decision that is written. Where the disk does not
// tell, it is what was seen before.
func (s *Store) decisionsNow(seen int64) int64 {
	told := make(chan int64, 1)
	if err := s.db.readFile(diskWait, func(c *session) error {
		n, err := c.decisions()
		select {
		case told <- n:
		default: // The first of two attempts was in vain.
			<-told
			told <- n
		}
		return err
	}); err != nil {
		return seen
	}
	select {
	case n := <-told:
		return n
	default:
		return seen
	}
}

// Flush writes everything that is not written yet.
func (s *Store) Flush() {
	if s.trial {
		return
	}
	s.report(s.cooldowns.flush(0))
	s.report(s.writeRecords())
}

// writeRecords writes what is known of profiles.
func (s *Store) writeRecords() error {
	s.flushing.Lock()
	defer s.flushing.Unlock()
	if err := s.writePins(); err != nil {
		return err
	}
	if err := s.writePlaces(); err != nil {
		return err
	}
	// What was last seen when is asked before this run says that it sees something.
	if err := s.writeRetained(); err != nil {
		return err
	}
	s.mu.Lock()
	left := s.unwritten
	s.unwritten = map[key]*record{}
	s.mu.Unlock()
	err := s.db.putAll(s.configuration, left, time.Now())
	s.putBack(left)
	return err
}

// writeRetained notes which profiles are in use.
func (s *Store) writeRetained() error {
	s.mu.Lock()
	retained := s.retained
	s.mu.Unlock()
	if len(retained) == 0 {
		return nil
	}
	err := s.db.changeExisting(func(c *session) error { return c.retain(s.configuration, retained, time.Now()) })
	if err == nil {
		s.mu.Lock()
		s.retained = nil
		s.mu.Unlock()
	}
	return err
}

// writePins writes the pins, which are worth more than what comes after them.
func (s *Store) writePins() error {
	s.mu.Lock()
	pins := maps.Clone(s.pins)
	s.mu.Unlock()
	if len(pins) == 0 {
		return nil
	}
	if err := s.db.decide(func(c *session) error { return c.pinAll(s.configuration, pins) }); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.pins, func(k key, _ string) bool { return pins[k] != "" })
	return nil
}

func (c *session) pinAll(configuration string, pins map[key]string) error {
	for k, id := range pins {
		if err := c.pinTo(configuration, k, id, false); err != nil {
			return err
		}
	}
	return nil
}

// Close writes everything that is not written yet. The error says why that was
// impossible, unless a notice has said so already.
func (s *Store) Close() error {
	if s.trial || s.db.isClosed() {
		return nil
	}
	s.forgive()
	s.Flush()
	s.db.close()
	return s.untold()
}
