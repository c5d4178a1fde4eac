package store

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"rollcall/client/account"
)

// flushPause is the time between two writes of the state. The changes of that
// time are written together.
const flushPause = 5 * time.Second

// Store keeps snapshots, pins and cooldowns between runs. A profile is known by
// its name and endpoint together, a credential by its origin and text, of which
// only a fingerprint is written. A store is opened by [Open] and may be used by
// several goroutines.
type Store struct {
	archive   *archive
	cooldowns *cooldowns
	// woken holds a value while there is something to write or to say.
	woken chan struct{}

	mu      sync.Mutex
	notices []string
	// failure is why the state could not be written. told is set once a notice
	// has said so.
	failure error
	told    bool
}

// Open opens the state in the folder dir, which is made when it is first
// needed. With an empty dir, or one that cannot be used, everything stays in
// memory. The notice says in sentences what could not be read and whether it
// was set aside; it is empty where all is well. The only error is a dir that is
// not an absolute path.
func Open(dir string) (s *Store, notice string, err error) {
	var answersFile, cooldownsFile *stateFile
	if dir != "" {
		if !filepath.IsAbs(dir) {
			return nil, "", fmt.Errorf("the folder of the state, %q, is not an absolute path", dir)
		}
		answersFile = &stateFile{path: filepath.Join(dir, "state.json")}
		cooldownsFile = &stateFile{path: filepath.Join(dir, "holds.json"), unsynced: true}
	}
	s = &Store{woken: make(chan struct{}, 1)}
	s.archive, s.cooldowns = newArchive(answersFile, s.report), newCooldowns(cooldownsFile, s.report)
	if dir == "" {
		return s, "", nil
	}
	s.report(answersFile.load(s.archive))
	s.report(cooldownsFile.load(s.cooldowns))
	answersFile.tidyIfIdle()
	cooldownsFile.tidyIfIdle()
	return s, strings.Join(s.takeNotices(), " "), nil
}

// Trial returns a store for checks that are only tried. It is empty and stays
// in memory, but shares the cooldowns of s: a service that wants no request
// wants none from a trial either.
func (s *Store) Trial() *Store {
	return &Store{archive: newArchive(nil, nil), cooldowns: s.cooldowns, woken: make(chan struct{}, 1)}
}

// Snapshot returns the last snapshot of a profile, marked as restored. It is
// false where there is none.
func (s *Store) Snapshot(profile, endpoint string) (account.Snapshot, bool) {
	snap, ok := s.archive.get(profile, endpoint)
	snap.Restored = true
	return snap, ok
}

// Pin returns the id of the user that a profile is pinned to; ok is false where
// it has no pin.
func (s *Store) Pin(profile, endpoint string) (id string, ok bool) {
	return s.archive.pinned(profile, endpoint)
}

// Reload reads what other rollcalls have written since. A slow disk delays it
// by a second at most.
func (s *Store) Reload() { s.archive.reload() }

// Save keeps a snapshot in memory, to be written together with others.
func (s *Store) Save(snap account.Snapshot) {
	s.archive.put(snap)
	s.wake()
}

// PinOnce pins a profile to the user with an id, unless it has a pin already.
func (s *Store) PinOnce(profile, endpoint, id string) {
	s.archive.pin(profile, endpoint, id)
	s.wake()
}

// Repin pins a profile to the user with an id in place of any other.
func (s *Store) Repin(profile, endpoint, id string) {
	s.archive.repin(profile, endpoint, id)
	s.wake()
}

// Retain notes that a profile is in the configuration, so that it is never
// forgotten. Once it was called, the next write forgets the profiles that were
// neither retained nor checked for half a year.
func (s *Store) Retain(profile, endpoint string) { s.archive.retain(profile, endpoint) }

// Rename moves what is known of a profile to another name at the same endpoint,
// in place of what is known under that name. An empty name forgets the profile.
func (s *Store) Rename(profile, to, endpoint string) {
	s.archive.rename(profile, to, endpoint)
	s.wake()
}

// Cooldown reports whether a credential is in a cooldown at an origin now, and
// when that ends.
func (s *Store) Cooldown(origin, credential string) (until time.Time, active bool) {
	return s.cooldowns.active(credentialUse{origin, credential})
}

// StartCooldown puts a credential into a cooldown at an origin, for this and
// all other rollcalls. An earlier end than the present one changes nothing.
func (s *Store) StartCooldown(origin, credential string, until time.Time) {
	s.cooldowns.start(credentialUse{origin, credential}, until)
	s.wake()
}

// Run writes the state from time to time until ctx ends. It calls say with each
// notice that a person should read.
func (s *Store) Run(ctx context.Context, say func(notice string)) {
	pause := flushPause
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.woken:
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
		start := time.Now()
		s.Flush()
		// Writing a large state to a slow disk takes a twentieth of the time at
		// most.
		pause = max(flushPause, 20*time.Since(start))
		for _, notice := range s.takeNotices() {
			say(notice)
		}
	}
}

// Flush writes everything that is not written yet.
func (s *Store) Flush() {
	s.cooldowns.flush()
	s.archive.flush()
}

// Close writes everything that is not written yet. The error says why that was
// impossible, unless a notice has said so already.
func (s *Store) Close() error {
	s.mu.Lock()
	// An earlier failure does not count, since the write is tried again.
	s.failure = nil
	s.mu.Unlock()
	s.Flush()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.told {
		return nil
	}
	return s.failure
}

// report keeps the outcome of reading or writing a file for a notice. Only the
// first failure is told, since the next ones have the same reason.
func (s *Store) report(notice string, err error) {
	if notice == "" && err == nil {
		return
	}
	s.mu.Lock()
	if notice != "" {
		s.notices = append(s.notices, notice)
	}
	if s.failure == nil {
		s.failure = err
	}
	s.mu.Unlock()
	s.wake()
}

// takeNotices returns the notices that were not returned before.
func (s *Store) takeNotices() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	notices := s.notices
	s.notices = nil
	if s.failure != nil && !s.told {
		s.told = true
		notices = append(notices, fmt.Sprintf(
			"The state cannot be kept for the next run: %v.", s.failure))
	}
	return notices
}

// wake makes Run write the state.
func (s *Store) wake() {
	select {
	case s.woken <- struct{}{}:
	default:
	}
}
