package store

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"maps"
	"sync"
	"time"

	"rollcall/client/ratelimit"
)

const (
	// diskWait is how long a check waits for the disk.
	diskWait = time.Second
	// longestWaited is the longest cooldown that counts as it is, and longestKept the
	// longest that an earlier version has kept: what seems to be longer comes from a wrong
	// clock. An hour more is allowed, since the clock may just have been set.
	longestWaited = ratelimit.MaxWait + time.Hour
	longestKept   = 31*24*time.Hour + time.Hour
)

// credentialUse is a credential and the origin at which it is used.
type credentialUse struct{ origin, credential string }

// fingerprint stands for the use of a credential. Only who has the key and the
// credential can make it.
func (u credentialUse) fingerprint(key []byte) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(u.origin))
	mac.Write([]byte{0})
	mac.Write([]byte(u.credential))
	return string(mac.Sum(nil))
}

// newKey makes a random key for fingerprints.
func newKey() []byte {
	key := make([]byte, 32)
	// Read never fails: without randomness, it ends the program.
	_, _ = rand.Read(key)
	return key
}

// cooldowns holds the times before which services want no request with a
// credential: those that this rollcall started, which last whatever happens to
// the database, and those of all in the database.
type cooldowns struct {
	db *database
	// key makes the fingerprints of own and unwritten.
	key []byte

	mu sync.Mutex
	// own holds the ends of those that this rollcall started, by fingerprint.
	own map[string]time.Time
	// unwritten are those that the database does not have yet. The credentials
	// stay in memory until it has, or until the cooldown is over.
	unwritten map[credentialUse]time.Time
	// next is the look for those of other rollcalls that has not begun yet; nil for none.
	next *look
	// looking is held by who looks.
	looking sync.Mutex
}

// look is what the database has of cooldowns at a moment. It serves all who have asked
// before it began: checks that begin together ask the disk once.
type look struct {
	once sync.Once
	// key makes the fingerprints of ends. Both belong to the lock of the cooldowns.
	key  []byte
	ends map[string]time.Time
}

func newCooldowns(db *database) *cooldowns {
	return &cooldowns{db: db, key: newKey(), own: map[string]time.Time{}, unwritten: map[credentialUse]time.Time{}}
}

// inForce reports whether a cooldown that ends at until still lasts.
func inForce(until, now time.Time) bool {
	return until.After(now) && !until.After(now.Add(longestKept))
}

// tooLong reports whether a cooldown that ends at until counts as one of a day.
func tooLong(until, now time.Time) bool { return until.After(now.Add(longestWaited)) }

// active returns the end of the cooldown of a credential, and whether it has one
// now. It asks the database, where another rollcall may have noted one. One that is too
// long ends a day from now, for all: else each who looks would wait a day from then.
func (c *cooldowns) active(u credentialUse) (until time.Time, active bool) {
	l, now := c.ask(), time.Now()
	until = c.until(u, l, now)
	if tooLong(until, now) {
		until = ratelimit.Capped(until, now)
		// Where nothing can be written, it is one day after the other.
		_ = c.shorten(until, now)
	}
	return until, !until.IsZero()
}

// until is the end of the cooldown of a credential, by what this rollcall knows and by
// what a look has found; zero where it has none.
func (c *cooldowns) until(u credentialUse, l *look, now time.Time) (until time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var shared time.Time
	if len(l.ends) > 0 {
		shared = l.ends[u.fingerprint(l.key)]
	}
	for _, told := range []time.Time{c.own[u.fingerprint(c.key)], shared} {
		if told.After(until) && inForce(told, now) {
			until = told
		}
	}
	return until
}

// shorten has all cooldowns that are too long end at a time.
func (c *cooldowns) shorten(until, now time.Time) error {
	c.mu.Lock()
	for fingerprint, told := range c.own {
		if tooLong(told, now) {
			c.own[fingerprint] = until
		}
	}
	for u, told := range c.unwritten {
		if tooLong(told, now) {
			c.unwritten[u] = until
		}
	}
	c.mu.Unlock()
	return c.db.write(diskWait, func(s *session) error {
		return s.exec("UPDATE cooldowns SET until = ? WHERE until > ? AND until <= ?",
			until.UnixMilli(), now.Add(longestWaited).UnixMilli(), now.Add(longestKept).UnixMilli())
	})
}

// ask looks into the database, or waits for somebody who is about to.
func (c *cooldowns) ask() *look {
	if c.db.path == "" {
		return &look{} // In memory there are those of this rollcall alone.
	}
	c.mu.Lock()
	l := c.next
	if l == nil {
		l = &look{}
		c.next = l
	}
	c.mu.Unlock()
	l.once.Do(func() {
		c.looking.Lock()
		defer c.looking.Unlock()
		c.mu.Lock()
		c.next = nil
		c.mu.Unlock()
		_ = c.db.readFile(diskWait, func(s *session) error { return c.read(s, l) })
	})
	return l
}

// read reads what there is of cooldowns into a look.
func (c *cooldowns) read(s *session, l *look) error {
	var key, fingerprint []byte
	var some bool
	// Most often there is none at all, and one question is enough.
	_, err := s.one("SELECT cooldown_key, EXISTS (SELECT 1 FROM cooldowns) FROM meta", nil, bytesOut{&key}, flagOut{&some})
	if err != nil || !some {
		return err
	}
	ends := map[string]time.Time{}
	var until time.Time
	err = s.all("SELECT fingerprint, until FROM cooldowns", nil, []column{bytesOut{&fingerprint}, timeOut{&until}},
		func() { ends[string(fingerprint)] = until })
	c.mu.Lock()
	defer c.mu.Unlock()
	l.key, l.ends = key, ends
	return err
}

func (s *session) cooldownKey() (key []byte, err error) {
	_, err = s.one("SELECT cooldown_key FROM meta", nil, bytesOut{&key})
	return key, err
}

// start starts a cooldown. It returns once the database has it, so that other
// rollcalls know of it, or when writing takes too long: a later flush then writes
// it.
func (c *cooldowns) start(u credentialUse, until time.Time) error {
	now := time.Now()
	fingerprint := u.fingerprint(c.key)
	c.mu.Lock()
	maps.DeleteFunc(c.own, func(_ string, until time.Time) bool { return !inForce(until, now) })
	maps.DeleteFunc(c.unwritten, func(_ credentialUse, until time.Time) bool { return !inForce(until, now) })
	if !until.After(c.own[fingerprint]) {
		// It was written already, or waits for a flush.
		c.mu.Unlock()
		return nil
	}
	c.own[fingerprint] = until
	c.unwritten[u] = until
	c.mu.Unlock()
	return c.flush(diskWait)
}

// end ends a cooldown, which the database may still have where it cannot be written.
func (c *cooldowns) end(u credentialUse) error {
	c.mu.Lock()
	delete(c.own, u.fingerprint(c.key))
	delete(c.unwritten, u)
	c.mu.Unlock()
	return c.db.write(diskWait, func(s *session) error {
		key, err := s.cooldownKey()
		if err != nil {
			return err
		}
		return s.exec("DELETE FROM cooldowns WHERE fingerprint = ?", []byte(u.fingerprint(key)))
	})
}

// flush writes the cooldowns that the database does not have yet.
func (c *cooldowns) flush(limit time.Duration) error {
	c.mu.Lock()
	waiting := len(c.unwritten)
	c.mu.Unlock()
	if waiting == 0 {
		return nil
	}
	return c.db.write(limit, func(s *session) error {
		c.mu.Lock()
		writing := maps.Clone(c.unwritten)
		c.mu.Unlock()
		if err := s.putCooldowns(writing, time.Now()); err != nil {
			return err
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		maps.DeleteFunc(c.unwritten, func(u credentialUse, until time.Time) bool { return !until.After(writing[u]) })
		return nil
	})
}

// putCooldowns writes cooldowns, each unless one that ends later is known, and
// drops those that are over: the time of a wrong clock would win over others.
func (s *session) putCooldowns(all map[credentialUse]time.Time, now time.Time) error {
	key, err := s.cooldownKey()
	if err != nil {
		return err
	}
	if err := s.exec("DELETE FROM cooldowns WHERE until <= ? OR until > ?",
		now.UnixMilli(), now.Add(longestKept).UnixMilli()); err != nil {
		return err
	}
	for u, until := range all {
		if err := s.exec(`INSERT INTO cooldowns (fingerprint, until) VALUES (?, ?)
ON CONFLICT (fingerprint) DO UPDATE SET until = max(until, excluded.until)`, []byte(u.fingerprint(key)), until.UnixMilli()); err != nil {
			return err
		}
	}
	return nil
}
