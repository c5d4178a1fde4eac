package demo

import (
	"sync/atomic"
	"time"
)

// noon is when the tests take place.
func noon() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// clock is one that tests move; it starts at noon.
type clock struct{ after atomic.Int64 }

// now is the time that the clock shows.
func (c *clock) now() time.Time { return noon().Add(time.Duration(c.after.Load())) }

// set moves the clock to so long after noon.
func (c *clock) set(after time.Duration) { c.after.Store(int64(after)) }
