package store

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"sync"
	"time"

	"rollcall/client/ratelimit"
)

// cooldownsFormat is the format of the file of cooldowns.
const cooldownsFormat = 1

// cooldowns holds the times before which services want no request with a
// credential. A file shares them with the other rollcalls. There, a credential
// is a fingerprint of itself and its origin, made with the key of the file.
type cooldowns struct {
	// The semaphore of the queue is acquired before mu.
	fileQueue
	readers, writers singleFlight

	mu sync.Mutex
	// own holds the cooldowns that this rollcall started. They last whatever
	// happens to the file.
	own ledger
	// shared holds the cooldowns of the file. It has no key before there is one.
	shared ledger
	// unwritten holds the cooldowns that the file does not have yet.
	unwritten map[credentialUse]time.Time
}

// credentialUse is a credential and the origin at which it is used.
type credentialUse struct{ origin, credential string }

// ledger holds the end of the cooldown of each fingerprint.
type ledger struct {
	key   []byte
	until map[string]time.Time
}

func newCooldowns(file *stateFile, report func(notice string, err error)) *cooldowns {
	return &cooldowns{
		fileQueue: newFileQueue(file, report),
		own:       ledger{newKey(), map[string]time.Time{}},
		unwritten: map[credentialUse]time.Time{},
	}
}

// newKey makes a random key for fingerprints.
func newKey() []byte {
	key := make([]byte, 32)
	// Read never fails: without randomness, it ends the program.
	_, _ = rand.Read(key)
	return key
}

func (l ledger) fingerprint(b credentialUse) string {
	mac := hmac.New(sha256.New, l.key)
	mac.Write([]byte(b.origin))
	mac.Write([]byte{0})
	mac.Write([]byte(b.credential))
	return hex.EncodeToString(mac.Sum(nil))
}

func (l ledger) get(b credentialUse) time.Time {
	if len(l.until) == 0 {
		return time.Time{}
	}
	return l.until[l.fingerprint(b)]
}

// put sets the end of a cooldown, unless a later one is known.
func (l ledger) put(fingerprint string, until time.Time) {
	if until.After(l.until[fingerprint]) {
		l.until[fingerprint] = until
	}
}

func (l ledger) dropExpired(now time.Time) {
	maps.DeleteFunc(l.until, func(_ string, until time.Time) bool { return !inForce(until, now) })
}

// inForce reports whether a cooldown that ends at until still lasts. One longer
// than the longest possible comes from a wrong clock. An hour more is allowed,
// since the clock may just have been set.
func inForce(until, now time.Time) bool {
	return until.After(now) && !until.After(now.Add(ratelimit.MaxWait+time.Hour))
}

// active returns the end of the cooldown of a credential, and whether it has
// one now. It first reads what other rollcalls have written since the last
// time.
func (c *cooldowns) active(b credentialUse) (until time.Time, active bool) {
	c.share(&c.readers, func() (string, error) { return c.file.load(c) })
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	for _, told := range []time.Time{c.own.get(b), c.shared.get(b)} {
		if told.After(until) && inForce(told, now) {
			until = told
		}
	}
	return until, !until.IsZero()
}

// start starts a cooldown. It returns once the file has it, so that other
// rollcalls know of it, or when writing takes too long: a later flush then
// writes it.
func (c *cooldowns) start(b credentialUse, until time.Time) {
	now := time.Now()
	c.mu.Lock()
	c.own.dropExpired(now)
	if !until.After(c.own.get(b)) {
		// It was written already, or waits for a flush.
		c.mu.Unlock()
		return
	}
	c.own.put(c.own.fingerprint(b), until)
	// The keys of unwritten are secrets. Where the file cannot be written, they
	// must not stay in memory longer than they are needed.
	maps.DeleteFunc(c.unwritten, func(_ credentialUse, until time.Time) bool { return !inForce(until, now) })
	if c.file != nil && until.After(c.unwritten[b]) {
		c.unwritten[b] = until
	}
	c.mu.Unlock()
	c.share(&c.writers, c.write)
}

// flush writes the cooldowns that the file does not have yet.
func (c *cooldowns) flush() { c.exclusively(c.write) }

// write writes the cooldowns that the file does not have yet. The caller has
// the semaphore. Callers that waited for it mostly find nothing left to write.
func (c *cooldowns) write() (notice string, err error) {
	c.mu.Lock()
	writing := maps.Clone(c.unwritten)
	c.mu.Unlock()
	if len(writing) == 0 {
		return "", nil
	}
	if notice, err = c.file.save(c); err != nil {
		return notice, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	maps.DeleteFunc(c.unwritten, func(b credentialUse, until time.Time) bool { return !until.After(writing[b]) })
	return notice, nil
}

// cooldownsData is what the file holds.
type cooldownsData struct {
	Format int `json:"format"`
	// Key is the key of the fingerprints. It is made together with the file.
	Key []byte `json:"key"`
	// Holds maps a fingerprint to the end of its cooldown.
	Holds map[string]time.Time `json:"holds"`
}

func (c *cooldowns) takeIn(data []byte) error {
	var d cooldownsData
	if err := formatError(json.Unmarshal(data, &d), d.Format, cooldownsFormat); err != nil {
		return err
	}
	if len(d.Key) != len(c.own.key) {
		return errors.New("its key is missing")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shared = ledger{d.Key, map[string]time.Time{}}
	for fingerprint, until := range d.Holds {
		c.shared.put(fingerprint, until)
	}
	return nil
}

func (c *cooldowns) encode() ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.shared.key == nil {
		c.shared = ledger{newKey(), map[string]time.Time{}}
	}
	// The expired ones go first: the time of a wrong clock would win over others.
	c.shared.dropExpired(time.Now())
	for b, until := range c.unwritten {
		c.shared.put(c.shared.fingerprint(b), until)
	}
	return json.Marshal(cooldownsData{cooldownsFormat, c.shared.key, c.shared.until})
}
