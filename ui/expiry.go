package ui

import (
	"time"

	"rollcall/client/account"
)

// ending is when the profile's token ends.
func (r *row) ending() account.Expiry { return ending(r.snap) }

func ending(s *account.Snapshot) account.Expiry { return s.Expiry() }

// near reports whether the time until a moment is shown to the second.
func near(at, now time.Time) bool {
	left := at.Sub(now)
	return left > 0 && left < time.Hour+coarse
}
