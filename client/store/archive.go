package store

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"rollcall/client/account"
)

// archiveFormat is the format of the file of the archive.
const archiveFormat = 2

// archive keeps the last snapshot of each profile and the user that it is
// pinned to, in memory and in a file. A profile is known by its [archiveKey].
// The snapshots of the file stay encoded, so that one change among many
// profiles costs little.
type archive struct {
	// The semaphore of the queue is acquired before mu.
	fileQueue
	readers singleFlight

	// writing and writingPins are a copy of what is being written.
	writing     map[string]*account.Snapshot
	writingPins map[string]pin

	mu sync.Mutex
	// encoded holds the snapshots of the file, and changed the newer ones that it
	// does not have yet. Whoever changes encoded has both the semaphore and mu.
	encoded map[string]json.RawMessage
	changed map[string]*account.Snapshot
	pins    map[string]pin
	// newPins holds the profiles whose pin the file does not have yet. The value
	// is true for a pin that was renewed by hand, which wins over the file's.
	newPins map[string]bool
	// moves are the renames that the file does not know yet, in their order.
	moves []move
	// retained holds the profiles of the configuration. forgot is set once the
	// old profiles that are in none are forgotten.
	retained map[string]bool
	forgot   bool
}

// archiveKey is the key of a profile: its name and its endpoint, since two
// configurations can give one name to different accounts.
func archiveKey(profile, endpoint string) string { return endpoint + " " + profile }

// isArchiveKey tells a key from a name alone, by which an earlier format knew
// profiles.
func isArchiveKey(key string) bool {
	endpoint, _, found := strings.Cut(key, " ")
	return found && (endpoint == "" || strings.Contains(endpoint, "://"))
}

// pin ties a profile to a user of the service at an endpoint.
type pin struct {
	Endpoint string `json:"endpoint"`
	User     string `json:"user"`
}

// archiveData is what the file holds.
type archiveData struct {
	Format   int                        `json:"format"`
	Pins     map[string]pin             `json:"pins"`
	Profiles map[string]json.RawMessage `json:"profiles"`
}

// byName gives keys to the profiles of an earlier format, which have only
// names.
func (d archiveData) byName() {
	for name, data := range d.Profiles {
		if isArchiveKey(name) {
			continue
		}
		delete(d.Profiles, name)
		s, ok := decodeSnapshot(data)
		if key := archiveKey(name, s.Endpoint); ok && d.Profiles[key] == nil {
			d.Profiles[key] = data
		}
	}
	for name, p := range d.Pins {
		if isArchiveKey(name) {
			continue
		}
		delete(d.Pins, name)
		if key := archiveKey(name, p.Endpoint); d.Pins[key] == (pin{}) {
			d.Pins[key] = p
		}
	}
}

func newArchive(file *stateFile, report func(notice string, err error)) *archive {
	return &archive{
		fileQueue: newFileQueue(file, report),
		encoded:   map[string]json.RawMessage{},
		changed:   map[string]*account.Snapshot{},
		pins:      map[string]pin{},
		newPins:   map[string]bool{},
		retained:  map[string]bool{},
	}
}

func (a *archive) get(profile, endpoint string) (account.Snapshot, bool) {
	key := archiveKey(profile, endpoint)
	a.mu.Lock()
	changed, encoded := a.changed[key], a.encoded[key]
	a.mu.Unlock()
	if changed != nil {
		return *changed, true
	}
	return decodeSnapshot(encoded)
}

func (a *archive) put(s account.Snapshot) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.changed[archiveKey(s.Profile, s.Endpoint)] = &s
}

func (a *archive) pinned(profile, endpoint string) (id string, ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	p, ok := a.pins[archiveKey(profile, endpoint)]
	return p.User, ok
}

func (a *archive) pin(profile, endpoint, id string) {
	key := archiveKey(profile, endpoint)
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, ok := a.pins[key]; ok {
		return
	}
	a.pins[key] = pin{endpoint, id}
	a.newPins[key] = false
}

func (a *archive) repin(profile, endpoint, id string) {
	key := archiveKey(profile, endpoint)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.pins[key] = pin{endpoint, id}
	a.newPins[key] = true
}

// rename moves what is known of a profile to another name.
func (a *archive) rename(profile, to, endpoint string) {
	if profile == to {
		return
	}
	a.sem <- struct{}{}
	defer func() { <-a.sem }()
	a.mu.Lock()
	defer a.mu.Unlock()
	m := move{profile, to, endpoint}
	a.moves = append(a.moves, m)
	m.apply(a.encoded, a.pins)
	relocate(a.changed, m, func(s *account.Snapshot) *account.Snapshot {
		moved := *s
		moved.Profile = to
		return &moved
	})
	relocate(a.newPins, m, func(renewed bool) bool { return renewed })
}

// move is the rename of a profile; to is empty for a profile to forget.
type move struct{ profile, to, endpoint string }

// apply makes the move in the contents of a file.
func (m move) apply(encoded map[string]json.RawMessage, pins map[string]pin) {
	relocate(encoded, m, func(data json.RawMessage) json.RawMessage {
		s, ok := decodeSnapshot(data)
		if !ok {
			return data
		}
		s.Profile = m.to
		moved, err := encodeSnapshot(s)
		if err != nil {
			return data
		}
		return moved
	})
	relocate(pins, m, func(p pin) pin { return p })
}

// relocate moves the value of a profile from its old key to its new one.
func relocate[V any](values map[string]V, m move, changed func(V) V) {
	from, to := archiveKey(m.profile, m.endpoint), archiveKey(m.to, m.endpoint)
	v, ok := values[from]
	delete(values, from)
	delete(values, to)
	if ok && m.to != "" {
		values[to] = changed(v)
	}
}

// flush writes what the file does not have yet.
func (a *archive) flush() { a.exclusively(a.write) }

// reload reads what others wrote in the meantime.
func (a *archive) reload() {
	a.share(&a.readers, func() (string, error) { return a.file.load(a) })
}

// write writes what the file does not have yet. The caller has the semaphore.
func (a *archive) write() (notice string, err error) {
	a.mu.Lock()
	clean := len(a.changed) == 0 && len(a.newPins) == 0 && len(a.moves) == 0
	a.mu.Unlock()
	if clean {
		return "", nil
	}
	if notice, err = a.file.save(a); err == nil {
		a.written()
	}
	return notice, err
}

// takeIn replaces what is known of the file with what another rollcall wrote. A
// pin of the file wins over a pin that it does not have yet, since it was there
// first, unless the new one was renewed by hand.
func (a *archive) takeIn(data []byte) error {
	var d archiveData
	if err := formatError(json.Unmarshal(data, &d), d.Format, archiveFormat); err != nil {
		return err
	}
	if d.Pins == nil {
		d.Pins = map[string]pin{}
	}
	if d.Profiles == nil {
		d.Profiles = map[string]json.RawMessage{}
	}
	d.byName()
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, m := range a.moves {
		m.apply(d.Profiles, d.Pins)
	}
	a.encoded = d.Profiles
	for key, renewed := range a.newPins {
		if _, ok := d.Pins[key]; renewed || !ok {
			d.Pins[key] = a.pins[key]
		}
	}
	a.pins = d.Pins
	return nil
}

// encode puts each profile on a line of its own. It remembers what it wrote,
// since checks go on meanwhile.
func (a *archive) encode() ([]byte, error) {
	a.forgetOld(time.Now())
	a.mu.Lock()
	a.writing, a.writingPins = maps.Clone(a.changed), maps.Clone(a.pins)
	a.mu.Unlock()
	fresh := make(map[string]json.RawMessage, len(a.writing))
	for key, s := range a.writing {
		both := *s
		// A snapshot from the future was written under a wrong clock, and would
		// win over every later one until that time has come.
		theirs, ok := decodeSnapshot(a.encoded[key])
		if ok && !theirs.Health.CheckedAt.After(time.Now()) {
			both = merge(both, theirs)
		}
		// A snapshot that cannot be encoded must not stop the others.
		if data, err := encodeSnapshot(both); err == nil {
			fresh[key] = data
		}
	}
	a.mu.Lock()
	maps.Copy(a.encoded, fresh)
	a.mu.Unlock()

	var b bytes.Buffer
	b.WriteString(`{"format":` + strconv.Itoa(archiveFormat) + `,"pins":`)
	pins, err := json.Marshal(a.writingPins)
	if err != nil {
		return nil, err
	}
	b.Write(pins)
	b.WriteString(`,"profiles":{`)
	for i, key := range slices.Sorted(maps.Keys(a.encoded)) {
		if i > 0 {
			b.WriteByte(',')
		}
		quoted, err := json.Marshal(key)
		if err != nil {
			return nil, err
		}
		b.WriteByte('\n')
		b.Write(quoted)
		b.WriteByte(':')
		b.Write(a.encoded[key])
	}
	b.WriteString("\n}}\n")
	return b.Bytes(), nil
}

// written drops what has been written and not changed since.
func (a *archive) written() {
	a.mu.Lock()
	defer a.mu.Unlock()
	maps.DeleteFunc(a.changed, func(key string, s *account.Snapshot) bool { return s == a.writing[key] })
	maps.DeleteFunc(a.newPins, func(key string, _ bool) bool { return a.pins[key] == a.writingPins[key] })
	a.writing, a.writingPins, a.moves = nil, nil, nil
}
