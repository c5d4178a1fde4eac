package client

import (
	"math"
	"sync"
	"time"

	"rollcall/client/transport"
)

const (
	// checkedTogether is how many profiles of an origin are checked one after the other
	// at the start: ten rounds of as many as are asked at a time. Those of a larger
	// crowd who need nobody wait for their slots.
	checkedTogether = 10 * transport.RequestsPerOrigin
	// longestStart is how long the first checks of such a crowd are spread over.
	longestStart = time.Minute
	// longestDrift is how far a check goes towards its slot at a time, in intervals.
	longestDrift = 0.1
	// smoothing is the weight of the latest check in what one takes.
	smoothing = 0.3
)

// pace is how the checks at one origin follow each other.
type pace struct {
	mu sync.Mutex
	// load is how many requests would be under way at a time, on average, if every
	// profile of the origin were checked at its interval.
	load float64
}

// slot is the part that one profile has in the pace of its origin. Its fields are
// guarded by the lock of the pace.
type slot struct {
	pace *pace
	// phase is where in the interval the check belongs, from 0 to 1; crowd is how many
	// profiles of the origin have the interval.
	phase float64
	crowd int
	// held is for how long a check has a request under way, on average, and share what
	// the profile adds to the load.
	held, share float64
}

// place puts the slot where it belongs among those of an origin that have the same
// interval, and the origin among the others that have it.
func (s *slot) place(nth, crowd, origin, origins int) {
	s.pace.mu.Lock()
	defer s.pace.mu.Unlock()
	s.phase, s.crowd = (float64(nth)+float64(origin)/float64(origins))/float64(crowd), crowd
}

// behind is how far a time lies behind the slot before it, in periods.
func (s *slot) behind(at time.Time, period time.Duration) float64 {
	s.pace.mu.Lock()
	defer s.pace.mu.Unlock()
	_, passed := math.Modf(float64(at.UnixNano()%int64(period))/float64(period) - s.phase + 1)
	return passed
}

// lean is what is added to an interval that ends at a time, so that the checks of
// profiles that were asked in a crowd move away from each other.
func (s *slot) lean(next time.Time, interval time.Duration) time.Duration {
	if interval <= 0 {
		return 0
	}
	off := s.behind(next, interval)
	by := math.Round(off) - off
	return time.Duration(max(-longestDrift, min(by, longestDrift)) * float64(interval))
}

// first is when the first check of a profile in a crowd follows that nobody waits for.
func (s *slot) first(now time.Time, interval time.Duration) time.Time {
	s.pace.mu.Lock()
	alone := s.crowd <= checkedTogether
	s.pace.mu.Unlock()
	if alone {
		return now
	}
	period := longestStart
	if interval > 0 {
		period = min(period, interval)
	}
	return now.Add(time.Duration((1 - s.behind(now, period)) * float64(period)))
}

// took takes in for how long a check had requests under way, and tells how long it is
// from one check to the next where the interval is too short for all profiles of the
// origin; zero where it is not.
func (s *slot) took(held, interval time.Duration) time.Duration {
	if interval <= 0 {
		return 0
	}
	s.pace.mu.Lock()
	defer s.pace.mu.Unlock()
	if s.held == 0 {
		s.held = float64(held)
	}
	s.held += smoothing * (float64(held) - s.held)
	s.pace.load -= s.share
	s.share = s.held / float64(interval)
	s.pace.load += s.share
	times := s.pace.load / transport.RequestsPerOrigin
	if times <= 1 {
		return 0
	}
	return time.Duration(times * float64(interval)).Round(time.Second)
}

// leave takes the profile out of the pace of its origin.
func (s *slot) leave() {
	s.pace.mu.Lock()
	defer s.pace.mu.Unlock()
	s.pace.load -= s.share
	s.held, s.share = 0, 0
}
