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

// cooldownsFormat is the format of the file of holds.
const cooldownsFormat = 1

// cooldowns knows until when services want no request with a credential, from
// this rollcall and, by way of a file, from others. A credential is known by
// a keyed fingerprint of itself and its origin.
type cooldowns struct {
	// The turn is taken before mu.
	fileQueue
	readers, writers singleFlight

	mu sync.Mutex
	// own are the times that this rollcall was told. They hold whatever
	// happens to the file.
	own ledger
	// shared is what the file says; without a key before there is one.
	shared ledger
	// unwritten are times that the file does not have yet.
	unwritten map[credentialUse]time.Time
}

// credentialUse is a credential and where it is used.
type credentialUse struct{ origin, credential string }

// ledger has a time for each fingerprint.
type ledger struct {
	key   []byte
	until map[string]time.Time
}

func newCooldowns(file *stateFile, heed func(notice string, err error)) *cooldowns {
	return &cooldowns{
		fileQueue: newFileQueue(file, heed),
		own:       ledger{newKey(), map[string]time.Time{}},
		unwritten: map[credentialUse]time.Time{},
	}
}

func newKey() []byte {
	key := make([]byte, 32)
	// Never fails: where there is no randomness, the program ends.
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

// put keeps the later time.
func (l ledger) put(fingerprint string, until time.Time) {
	if until.After(l.until[fingerprint]) {
		l.until[fingerprint] = until
	}
}

func (l ledger) dropExpired(now time.Time) {
	maps.DeleteFunc(l.until, func(_ string, until time.Time) bool { return !inForce(until, now) })
}

// inForce reports whether a time to wait is still to come. One further ahead
// than the longest was noted by a wrong clock, unless it is so little that the
// clock may just have been set right.
func inForce(until, now time.Time) bool {
	return until.After(now) && !until.After(now.Add(ratelimit.MaxWait+time.Hour))
}

// active reports whether a credential must not be used now, and until when.
// What other rollcalls were told since the last time is read first.
func (h *cooldowns) active(b credentialUse) (until time.Time, held bool) {
	h.share(&h.readers, func() (string, error) { return h.file.load(h) })
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	for _, told := range []time.Time{h.own.get(b), h.shared.get(b)} {
		if told.After(until) && inForce(told, now) {
			until = told
		}
	}
	return until, !until.IsZero()
}

// start keeps a credential from being used until a time. It returns when the
// other rollcalls can know, or when the file takes too long: a later flush then
// writes it.
func (h *cooldowns) start(b credentialUse, until time.Time) {
	now := time.Now()
	h.mu.Lock()
	h.own.dropExpired(now)
	if !until.After(h.own.get(b)) {
		// It has been told, or waits for a flush.
		h.mu.Unlock()
		return
	}
	h.own.put(h.own.fingerprint(b), until)
	// Where the file cannot be written, no secret is kept for longer than it
	// is of use.
	maps.DeleteFunc(h.unwritten, func(_ credentialUse, until time.Time) bool { return !inForce(until, now) })
	if h.file != nil && until.After(h.unwritten[b]) {
		h.unwritten[b] = until
	}
	h.mu.Unlock()
	h.share(&h.writers, h.write)
}

// flush writes what the file does not have yet.
func (h *cooldowns) flush() { h.exclusively(h.write) }

// write is done with the turn. Those that wait for theirs meanwhile most often
// find that it was written with the first.
func (h *cooldowns) write() (notice string, err error) {
	h.mu.Lock()
	writing := maps.Clone(h.unwritten)
	h.mu.Unlock()
	if len(writing) == 0 {
		return "", nil
	}
	if notice, err = h.file.save(h); err != nil {
		return notice, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	maps.DeleteFunc(h.unwritten, func(b credentialUse, until time.Time) bool { return !until.After(writing[b]) })
	return notice, nil
}

// cooldownsData is the file.
type cooldownsData struct {
	Format int `json:"format"`
	// Key makes the fingerprints; it is made once, with the file.
	Key   []byte               `json:"key"`
	Holds map[string]time.Time `json:"holds"`
}

func (h *cooldowns) takeIn(data []byte) error {
	var d cooldownsData
	if err := formatError(json.Unmarshal(data, &d), d.Format, cooldownsFormat); err != nil {
		return err
	}
	if len(d.Key) != len(h.own.key) {
		return errors.New("its key is missing")
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.shared = ledger{d.Key, map[string]time.Time{}}
	for fingerprint, until := range d.Holds {
		h.shared.put(fingerprint, until)
	}
	return nil
}

func (h *cooldowns) encode() ([]byte, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.shared.key == nil {
		h.shared = ledger{newKey(), map[string]time.Time{}}
	}
	// First what is over: a time that a wrong clock noted would win.
	h.shared.dropExpired(time.Now())
	for b, until := range h.unwritten {
		h.shared.put(h.shared.fingerprint(b), until)
	}
	return json.Marshal(cooldownsData{cooldownsFormat, h.shared.key, h.shared.until})
}
