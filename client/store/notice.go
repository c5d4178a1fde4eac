package store

import (
	"errors"
	"fmt"
)

// say keeps a notice for a person.
func (s *Store) say(notice string) {
	s.mu.Lock()
	s.notices = append(s.notices, notice)
	s.mu.Unlock()
	s.wake()
}

// report keeps an error for a notice. Only the first is told, since the next ones
// have the same reason. Who reads while the store is closed has lost nothing.
func (s *Store) report(err error) {
	if err == nil || errors.Is(err, errNewer) || errors.Is(err, errClosed) {
		return
	}
	s.mu.Lock()
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
		notices = append(notices, fmt.Sprintf("The state cannot be kept for the next run: %v.", s.failure))
	}
	return notices
}
