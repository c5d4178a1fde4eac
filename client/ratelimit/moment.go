package ratelimit

import (
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// MaxWait is the longest cooldown. Whatever a service wants, it is asked again after a
// day: what is longer is a mistake more often than not, and nobody waits that long to hear
// that a token ends.
const MaxWait = 24 * time.Hour

// farthest is how far ahead the time of a reset is believed: some budgets are of a month.
// A later time is a mistake of the service, or in an unknown unit.
const farthest = 31 * 24 * time.Hour

// Capped is the end of a cooldown that begins at a time: at most [MaxWait] later.
func Capped(until, at time.Time) time.Time {
	if longest := at.Add(MaxWait); until.After(longest) {
		return longest
	}
	return until
}

// parseMoment reads the time at which a service wants the next request.
// Services write it as seconds from now, as a duration such as 6m0s, as a date,
// or as seconds, milliseconds, microseconds or nanoseconds since 1970. No
// header names the unit of a number, so the size of the number decides.
//
// skew is how far the server's clock is ahead of ours. A time in the past
// becomes now. A time later than farthest has far set and ok not set; it is
// zero where it is a number in no known unit.
func parseMoment(value string, now time.Time, skew time.Duration) (at time.Time, far, ok bool) {
	value = strings.Trim(value, ` "'`)
	number := value
	if i := strings.IndexAny(value, ",;"); i >= 0 {
		number = strings.TrimSpace(value[:i])
	}
	if v, ok := decimal(number); ok {
		return numericMoment(v, now, skew)
	}
	if d, err := time.ParseDuration(value); err == nil {
		if d < 0 {
			return time.Time{}, false, false
		}
		return within(now.Add(d), now)
	}
	if at, ok = parseDate(value); !ok {
		return time.Time{}, false, false
	}
	return within(at.Add(-skew), now)
}

// numericMoment takes a number for seconds from now if it is small enough, and
// otherwise for the one unit since 1970 in which it is a date between 2001 and
// 2286. A number that is neither is far ahead.
func numericMoment(v float64, now time.Time, skew time.Duration) (at time.Time, far, ok bool) {
	switch {
	case v < 0:
		return time.Time{}, false, false
	case v <= farthest.Seconds():
		return now.Add(time.Duration(v * float64(time.Second))), false, true
	}
	// These are the seconds from 1970 to 2001 and to 2286.
	const first, last = 1e9, 1e10
	for _, unit := range []float64{1, 1e3, 1e6, 1e9} {
		if seconds, fraction := math.Modf(v / unit); first <= seconds && seconds < last {
			at := time.Unix(int64(seconds), int64(fraction*1e9))
			return within(at.Add(-skew), now)
		}
	}
	return time.Time{}, true, false
}

// within moves a time in the past to now, and refuses one too far ahead.
func within(at, now time.Time) (_ time.Time, far, ok bool) {
	switch {
	case at.After(now.Add(farthest)):
		return at, true, false
	case at.Before(now):
		return now, false, true
	}
	return at.In(now.Location()), false, true
}

// decimal reads a decimal number. Unlike strconv, it refuses hexadecimal digits
// and words such as infinity.
func decimal(s string) (float64, bool) {
	if strings.Trim(s, "0123456789.+-eE") != "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	// A number that is out of range becomes infinite.
	return v, err == nil || errors.Is(err, strconv.ErrRange)
}

// parseDate reads a date in the forms that services use in headers.
func parseDate(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05 UTC", "2006-01-02 15:04:05 -0700"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	if t, err := http.ParseTime(s); err == nil {
		return t, true
	}
	// JavaScript's: Fri Jan 02 2026 03:05:05 GMT+0000 (Coordinated Universal
	// Time)
	s, _, _ = strings.Cut(s, " (")
	t, err := time.Parse("Mon Jan 02 2006 15:04:05 GMT-0700", s)
	return t, err == nil
}

// skew is how far the server's clock is ahead of ours, by the Date header; zero
// where there is none.
func skew(h http.Header, now time.Time) time.Duration {
	date, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return 0
	}
	return date.Sub(now)
}
