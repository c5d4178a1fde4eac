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

// archiveFormat is the format of the file of answers.
const archiveFormat = 2

// archive keeps the last snapshot of each profile and the user it is pinned
// to, in memory and in a file. Profiles are known by their [archiveKey]. What
// was written is kept encoded, so that one changed profile among many costs
// little.
type archive struct {
	// The turn is taken before mu.
	fileQueue
	readers singleFlight

	// writing and writingPins are what is being written.
	writing     map[string]*account.Snapshot
	writingPins map[string]pin

	mu sync.Mutex
	// encoded are the snapshots of the file, changed the newer ones that it
	// does not have yet. encoded is changed with both turn and mu.
	encoded map[string]json.RawMessage
	changed map[string]*account.Snapshot
	pins    map[string]pin
	// newPins are the profiles whose pin the file does not have yet; those
	// that were renewed by hand are true, and win over the file's.
	newPins map[string]bool
	// moves are the profiles that have another name, in order, which the
	// file does not know yet.
	moves []move
	// retained are the profiles of the configuration; forgot is set once the old
	// ones that are not are forgotten.
	retained map[string]bool
	forgot   bool
}

// archiveKey is how a profile is known: by its name, and where it asks, since
// two configurations may give one name to different accounts.
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

// archiveData is the file.
type archiveData struct {
	Format   int                        `json:"format"`
	Pins     map[string]pin             `json:"pins"`
	Profiles map[string]json.RawMessage `json:"profiles"`
}

// byName gives the profiles that are known by their names alone their keys.
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

func newArchive(file *stateFile, heed func(notice string, err error)) *archive {
	return &archive{
		fileQueue: newFileQueue(file, heed),
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

// rename gives what is known of a profile another name.
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

// move is a profile that has another name; to is empty for one to forget.
type move struct{ profile, to, endpoint string }

// apply makes the move in what a file holds.
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

// relocate makes the move of a value.
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

// write is done with the turn.
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

// takeIn takes over what another rollcall wrote. A pin of the file wins over
// one that it does not have yet, since it was there first, unless that one was
// renewed by hand.
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

// encode puts each profile on a line of its own. Checks go on meanwhile, so
// it remembers what it wrote.
func (a *archive) encode() ([]byte, error) {
	a.forgetOld(time.Now())
	a.mu.Lock()
	a.writing, a.writingPins = maps.Clone(a.changed), maps.Clone(a.pins)
	a.mu.Unlock()
	fresh := make(map[string]json.RawMessage, len(a.writing))
	for key, s := range a.writing {
		both := *s
		// What seems to come from the future was written by a wrong clock,
		// and would win over every answer until then.
		theirs, ok := decodeSnapshot(a.encoded[key])
		if ok && !theirs.Health.CheckedAt.After(time.Now()) {
			both = merge(both, theirs)
		}
		// One that cannot be written must not keep the others from it.
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

// written forgets what has been written and not changed since.
func (a *archive) written() {
	a.mu.Lock()
	defer a.mu.Unlock()
	maps.DeleteFunc(a.changed, func(key string, s *account.Snapshot) bool { return s == a.writing[key] })
	maps.DeleteFunc(a.newPins, func(key string, _ bool) bool { return a.pins[key] == a.writingPins[key] })
	a.writing, a.writingPins, a.moves = nil, nil, nil
}
