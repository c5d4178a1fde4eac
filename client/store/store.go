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

// flushPause is the time between two writes of the state, during which
// changes gather.
const flushPause = 5 * time.Second

// Store keeps the last answers, pins and times to wait between runs. Several
// rollcalls may use the same folder. It never holds a secret. Profiles are known
// by name and endpoint.
type Store struct {
	archive   *archive
	cooldowns *cooldowns
	// woken has a value while there is something to write or to tell.
	woken chan struct{}

	mu      sync.Mutex
	notices []string
	// failure is why the state could not be written, told whether a notice
	// has said so.
	failure error
	told    bool
}

// Open opens the state in the folder dir, made when it is first needed.
// An empty dir keeps everything in memory, and so does one that cannot be
// used. A notice says in a sentence what could not be read and whether it was
// set aside. It is an error if dir is not an absolute path.
func Open(dir string) (s *Store, notice string, err error) {
	var answersFile, holdsFile *stateFile
	if dir != "" {
		if !filepath.IsAbs(dir) {
			return nil, "", fmt.Errorf("the folder of the state, %q, is not an absolute path", dir)
		}
		answersFile = &stateFile{path: filepath.Join(dir, "state.json")}
		holdsFile = &stateFile{path: filepath.Join(dir, "holds.json"), unsynced: true}
	}
	s = &Store{woken: make(chan struct{}, 1)}
	s.archive, s.cooldowns = newArchive(answersFile, s.report), newCooldowns(holdsFile, s.report)
	if dir == "" {
		return s, "", nil
	}
	s.report(answersFile.load(s.archive))
	s.report(holdsFile.load(s.cooldowns))
	answersFile.tidyIfIdle()
	holdsFile.tidyIfIdle()
	return s, strings.Join(s.takeNotices(), " "), nil
}

// Trial is a store for checks of which nothing is kept but the times to wait,
// which both share: a service that wants no request wants none to try something
// either.
func (s *Store) Trial() *Store {
	return &Store{archive: newArchive(nil, nil), cooldowns: s.cooldowns, woken: make(chan struct{}, 1)}
}

// Snapshot is the stored state of a profile at its endpoint.
func (s *Store) Snapshot(profile, endpoint string) (account.Snapshot, bool) {
	snap, ok := s.archive.get(profile, endpoint)
	snap.Restored = true
	return snap, ok
}

// Pin is the id of the user that a profile was pinned to at its endpoint.
func (s *Store) Pin(profile, endpoint string) (id string, ok bool) {
	return s.archive.pinned(profile, endpoint)
}

// Reload reads what other rollcalls have written.
func (s *Store) Reload() { s.archive.reload() }

// Save keeps a snapshot, to be written with others.
func (s *Store) Save(snap account.Snapshot) {
	s.archive.put(snap)
	s.wake()
}

// PinOnce ties a profile to a user, unless it is tied to one at this endpoint.
func (s *Store) PinOnce(profile, endpoint, id string) {
	s.archive.pin(profile, endpoint, id)
	s.wake()
}

// Repin ties a profile to another user at its endpoint.
func (s *Store) Repin(profile, endpoint, id string) {
	s.archive.repin(profile, endpoint, id)
	s.wake()
}

// Retain notes that a profile is in the configuration. Once some are, others that
// were not checked for half a year are forgotten.
func (s *Store) Retain(profile, endpoint string) { s.archive.retain(profile, endpoint) }

// Rename moves what is known of a profile at its endpoint to another name, in
// place of what that one had; an empty name forgets it.
func (s *Store) Rename(profile, to, endpoint string) {
	s.archive.rename(profile, to, endpoint)
	s.wake()
}

// Cooldown reports whether a credential must not be used at an origin now, and
// until when.
func (s *Store) Cooldown(origin, credential string) (until time.Time, held bool) {
	return s.cooldowns.active(credentialUse{origin, credential})
}

// StartCooldown keeps a credential from being used at an origin until a time, by this
// and other rollcalls.
func (s *Store) StartCooldown(origin, credential string, until time.Time) {
	s.cooldowns.start(credentialUse{origin, credential}, until)
	s.wake()
}

// Run writes the state from time to time until ctx ends, and says what the
// person should know.
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
		// A large state on a slow disk must not keep the machine busy.
		pause = max(flushPause, 20*time.Since(start))
		for _, notice := range s.takeNotices() {
			say(notice)
		}
	}
}

// Flush writes what is not yet written.
func (s *Store) Flush() {
	s.cooldowns.flush()
	s.archive.flush()
}

// Close writes what is not yet written. It returns why that was impossible,
// unless a notice has already said so.
func (s *Store) Close() error {
	s.mu.Lock()
	// What failed before is tried again.
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

// report keeps what came of reading or writing a file, for a notice. Only the
// first failure is told: the next ones have the same reason.
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

// takeNotices are the sentences that were not yet told.
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

func (s *Store) wake() {
	select {
	case s.woken <- struct{}{}:
	default:
	}
}
