package ui

import "time"

// clicks is the latest click on a profile, by which a double one is known.
type clicks struct {
	on sheetLine
	at time.Time
}

// doubleTime is how soon the second click makes a double one.
const doubleTime = 400 * time.Millisecond

// double notes a click, and reports whether it is the second one soon after
// another on the same line.
func (c *clicks) double(on sheetLine, now time.Time) bool {
	again := c.on == on && now.Sub(c.at) <= doubleTime
	*c = clicks{on, now}
	if again {
		*c = clicks{}
	}
	return again
}
