package ui

import "time"

// pace is how often the clock has to tell the time where the spans to some moments are
// shown; zero for none. A zero moment is none.
func pace(now time.Time, moments ...time.Time) (often time.Duration) {
	for _, at := range moments {
		switch {
		case at.IsZero():
		case inSeconds(at.Sub(now)):
			return everySecond
		default:
			often = coarse
		}
	}
	return often
}

// inSeconds reports whether a span, negative for a past one, is shown in seconds, or
// will be before the clock tells the time again.
func inSeconds(left time.Duration) bool { return left > -time.Minute && left < time.Minute+coarse }

// ahead is a moment that is told until it has come; zero for none.
func ahead(at, now time.Time) time.Time {
	if !at.After(now) {
		return time.Time{}
	}
	return at
}
