package ui

import (
	"time"

	"rollcall/client"
)

// ending is when the profile's token ends.
func (r *row) ending() client.Expiry { return ending(&r.snap) }

func ending(s *client.Snapshot) client.Expiry {
	if s.Account == nil {
		return client.Expiry{}
	}
	return s.Account.Token.Expiry
}

// near reports whether the time until a moment is shown to the second.
func near(at, now time.Time) bool {
	left := at.Sub(now)
	return left > 0 && left < time.Hour+coarse
}
