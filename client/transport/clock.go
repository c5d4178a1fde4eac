package transport

import "time"

// WallTime is the present time in UTC and whole milliseconds, without a
// monotonic reading. Such a time stays equal when it is stored and read again,
// and goes on while the machine sleeps.
func WallTime() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }
