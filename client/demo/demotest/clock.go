package demotest

import (
	"sync/atomic"
	"time"
)

// Noon is when the tests take place.
func Noon() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// Clock is one that tests move; it starts at noon.
type Clock struct{ after atomic.Int64 }

// Now is the time that the clock shows.
func (c *Clock) Now() time.Time { return Noon().Add(time.Duration(c.after.Load())) }

// Set moves the clock to so long after noon.
func (c *Clock) Set(after time.Duration) { c.after.Store(int64(after)) }
