package client

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"
)

// answersFormat is the format of the file of answers.
const answersFormat = 2

// answers keeps the last snapshot of each profile and the user it is pinned
// to, in memory and in a file. What was written is kept encoded, so that one
// changed profile among many costs little.
type answers struct {
	// file is nil where everything is kept in memory. turn is taken while it
	// is read or written, and before mu.
	file *stateFile
	turn chan struct{}

	// writing and writingPins are what is being written.
	writing     map[string]*Snapshot
	writingPins map[string]pin

	mu sync.Mutex
	// encoded are the snapshots of the file, changed the newer ones that it
	// does not have yet. encoded is changed with both turn and mu.
	encoded map[string]json.RawMessage
	changed map[string]*Snapshot
	pins    map[string]pin
	// newPins are the profiles whose pin the file does not have yet; those
	// that were renewed by hand are true, and win over the file's.
	newPins map[string]bool
	// moves are the profiles that have another name, in order, which the
	// file does not know yet.
	moves []move
}

// pin ties a profile to a user of the service at an endpoint.
type pin struct {
	Endpoint string `json:"endpoint"`
	User     string `json:"user"`
}

// answersData is the file.
type answersData struct {
	Format   int                        `json:"format"`
	Pins     map[string]pin             `json:"pins"`
	Profiles map[string]json.RawMessage `json:"profiles"`
}

func newAnswers(file *stateFile) *answers {
	return &answers{
		file:    file,
		turn:    make(chan struct{}, 1),
		encoded: map[string]json.RawMessage{},
		changed: map[string]*Snapshot{},
		pins:    map[string]pin{},
		newPins: map[string]bool{},
	}
}

func (a *answers) get(profile string) (Snapshot, bool) {
	a.mu.Lock()
	changed, encoded := a.changed[profile], a.encoded[profile]
	a.mu.Unlock()
	if changed != nil {
		return *changed, true
	}
	return decodeSnapshot(encoded)
}

// decodeSnapshot reads a snapshot; one that makes no sense counts as none.
func decodeSnapshot(data json.RawMessage) (Snapshot, bool) {
	var s Snapshot
	if len(data) == 0 || json.Unmarshal(data, &s) != nil || s.Health.State == "" {
		return Snapshot{}, false
	}
	return s, true
}

func (a *answers) put(s Snapshot) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.changed[s.Profile] = &s
}

func (a *answers) pinned(profile, endpoint string) (id string, ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	p, ok := a.pins[profile]
	if !ok || p.Endpoint != endpoint {
		return "", false
	}
	return p.User, true
}

func (a *answers) pin(profile, endpoint, id string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if p, ok := a.pins[profile]; ok && p.Endpoint == endpoint {
		return
	}
	a.pins[profile] = pin{endpoint, id}
	a.newPins[profile] = false
}

func (a *answers) repin(profile, endpoint, id string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.pins[profile] = pin{endpoint, id}
	a.newPins[profile] = true
}

// rename gives what is known of a profile another name.
func (a *answers) rename(profile, to string) {
	if profile == to {
		return
	}
	a.turn <- struct{}{}
	defer func() { <-a.turn }()
	a.mu.Lock()
	defer a.mu.Unlock()
	m := move{profile, to}
	a.moves = append(a.moves, m)
	m.apply(a.encoded, a.pins)
	relocate(a.changed, profile, to, func(s *Snapshot) *Snapshot {
		moved := *s
		moved.Profile = to
		return &moved
	})
	relocate(a.newPins, profile, to, func(renewed bool) bool { return renewed })
}

// move is a profile that has another name; to is empty for one to forget.
type move struct{ profile, to string }

// apply makes the move in what a file holds.
func (m move) apply(encoded map[string]json.RawMessage, pins map[string]pin) {
	relocate(encoded, m.profile, m.to, func(data json.RawMessage) json.RawMessage {
		s, ok := decodeSnapshot(data)
		if !ok {
			return data
		}
		s.Profile = m.to
		moved, err := json.Marshal(s)
		if err != nil {
			return data
		}
		return moved
	})
	relocate(pins, m.profile, m.to, func(p pin) pin { return p })
}

// relocate moves a value to another key, or away where that is empty.
func relocate[V any](values map[string]V, from, to string, changed func(V) V) {
	v, ok := values[from]
	delete(values, from)
	delete(values, to)
	if ok && to != "" {
		values[to] = changed(v)
	}
}

// flush writes what the file does not have yet.
func (a *answers) flush() (notice string, err error) {
	if a.file == nil {
		return "", nil
	}
	a.turn <- struct{}{}
	defer func() { <-a.turn }()
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
func (a *answers) takeIn(data []byte) error {
	var d answersData
	if err := formatError(json.Unmarshal(data, &d), d.Format, answersFormat); err != nil {
		return err
	}
	if d.Pins == nil {
		d.Pins = map[string]pin{}
	}
	if d.Profiles == nil {
		d.Profiles = map[string]json.RawMessage{}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, m := range a.moves {
		m.apply(d.Profiles, d.Pins)
	}
	a.encoded = d.Profiles
	for name, renewed := range a.newPins {
		if p, ok := d.Pins[name]; renewed || !ok || p.Endpoint != a.pins[name].Endpoint {
			d.Pins[name] = a.pins[name]
		}
	}
	a.pins = d.Pins
	return nil
}

// combine makes one snapshot of two of the same profile: the newer one, with
// what only the older one knows of the time before.
func combine(a, b Snapshot) Snapshot {
	if a.Health.CheckedAt.Before(b.Health.CheckedAt) {
		a, b = b, a
	}
	if a.Endpoint != b.Endpoint {
		return a
	}
	if a.Health.LastOKAt.Before(b.Health.LastOKAt) {
		a.Health.LastOKAt = b.Health.LastOKAt
	}
	if a.AccountAt.Before(b.AccountAt) && b.Account != nil && b.Health.State != WrongAccount {
		a.Account, a.AccountAt, a.Details = b.Account, b.AccountAt, b.Details
	}
	history := slices.Concat(a.History, b.History)
	slices.SortStableFunc(history, func(x, y Check) int { return x.At.Compare(y.At) })
	history = slices.CompactFunc(history, func(x, y Check) bool { return x.At.Equal(y.At) })
	a.History = history[max(0, len(history)-HistorySize):]
	if a.Health.State == b.Health.State && !b.Since.IsZero() && b.Since.Before(a.Since) {
		a.Since = b.Since
	}
	a.Since = sinceIn(a.Since, a.Health.State, a.History)
	a.Changes = mergeChanges(a.Changes, b.Changes)
	return a
}

// mergeChanges puts the changes that two rollcalls saw in order, each once: a
// change cannot happen again before it was undone.
func mergeChanges(a, b []Change) []Change {
	all := slices.Concat(a, b)
	slices.SortStableFunc(all, func(x, y Change) int { return x.At.Compare(y.At) })
	var kept []Change
	for _, c := range all {
		again := false
		for _, k := range slices.Backward(kept) {
			if k.concerns(c) {
				again = k.Was == c.Was && k.Is == c.Is
				break
			}
		}
		if !again {
			kept = append(kept, c)
		}
	}
	return kept[max(0, len(kept)-ChangesSize):]
}

// concerns reports whether the two are about the same thing: one value of it,
// or the values of which one takes the other's place.
func (c Change) concerns(other Change) bool {
	if c.Kind != other.Kind || c.What != other.What {
		return false
	}
	same := func(x, y string) bool { return x != "" && x == y }
	return same(c.Is, other.Is) || same(c.Is, other.Was) || same(c.Was, other.Is) || same(c.Was, other.Was)
}

// encode puts each profile on a line of its own. Checks go on meanwhile, so
// it remembers what it wrote.
func (a *answers) encode() ([]byte, error) {
	a.mu.Lock()
	a.writing, a.writingPins = maps.Clone(a.changed), maps.Clone(a.pins)
	a.mu.Unlock()
	fresh := make(map[string]json.RawMessage, len(a.writing))
	for name, s := range a.writing {
		both := *s
		// What seems to come from the future was written by a wrong clock,
		// and would win over every answer until then.
		theirs, ok := decodeSnapshot(a.encoded[name])
		if ok && !theirs.Health.CheckedAt.After(time.Now()) {
			both = combine(both, theirs)
		}
		// One that cannot be written must not keep the others from it.
		if data, err := json.Marshal(both); err == nil {
			fresh[name] = data
		}
	}
	a.mu.Lock()
	maps.Copy(a.encoded, fresh)
	a.mu.Unlock()

	var b bytes.Buffer
	b.WriteString(`{"format":` + strconv.Itoa(answersFormat) + `,"pins":`)
	pins, err := json.Marshal(a.writingPins)
	if err != nil {
		return nil, err
	}
	b.Write(pins)
	b.WriteString(`,"profiles":{`)
	for i, name := range slices.Sorted(maps.Keys(a.encoded)) {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(name)
		if err != nil {
			return nil, err
		}
		b.WriteByte('\n')
		b.Write(key)
		b.WriteByte(':')
		b.Write(a.encoded[name])
	}
	b.WriteString("\n}}\n")
	return b.Bytes(), nil
}

// written forgets what has been written and not changed since.
func (a *answers) written() {
	a.mu.Lock()
	defer a.mu.Unlock()
	maps.DeleteFunc(a.changed, func(name string, s *Snapshot) bool { return s == a.writing[name] })
	maps.DeleteFunc(a.newPins, func(name string, _ bool) bool { return a.pins[name] == a.writingPins[name] })
	a.writing, a.writingPins, a.moves = nil, nil, nil
}
