package text

import (
	"fmt"
	"strings"
	"time"
)

const (
	day  = 24 * time.Hour
	year = 365 * day
	// longHours is from when on a span is told in days, and longDays in years.
	longHours, longDays = 2 * day, 2 * year
)

// Age is how long something took or has lasted, rounded down to one unit: "12s",
// "3m", "2h", "5d", "2y". A negative duration is "0s".
func Age(d time.Duration) string {
	d = max(0, d)
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%ds", d/time.Second)
	case d < time.Hour:
		return fmt.Sprintf("%dm", d/time.Minute)
	case d < longHours:
		return fmt.Sprintf("%dh", d/time.Hour)
	case d < longDays:
		return fmt.Sprintf("%dd", d/day)
	default:
		return fmt.Sprintf("%dy", d/year)
	}
}

// Ago is how long ago something was: "3m ago", or "just now" within a
// second.
func Ago(d time.Duration) string {
	if d < time.Second {
		return "just now"
	}
	return Age(d) + " ago"
}

// Countdown is the time left until something, rounded up, so that it reaches "0s"
// only at the end: "41s", "12m", "1h53m", "3d".
func Countdown(d time.Duration) string {
	d = max(0, d)
	switch {
	case d <= time.Minute-time.Second:
		return Age(roundUp(d, time.Second))
	case d < longHours:
		return hours(roundUp(d, time.Minute))
	}
	return Age(d)
}

func roundUp(d, unit time.Duration) time.Duration { return (d + unit - 1) / unit * unit }

// hours is a span of whole minutes: "12m", "3h", "1h53m".
func hours(d time.Duration) string {
	h, m := d/time.Hour, d%time.Hour/time.Minute
	switch {
	case h == 0:
		return fmt.Sprintf("%dm", m)
	case m == 0:
		return fmt.Sprintf("%dh", h)
	}
	return fmt.Sprintf("%dh%dm", h, m)
}

// Latency is the time that a request took: "42 ms", "3.1 s".
func Latency(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return "<1 ms"
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	default:
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
}

// Clock is a moment near now, in the time zone of now: "15:04:05" on the same
// day, and the date with hours and minutes on any other.
func Clock(t, now time.Time) string {
	t = t.In(now.Location())
	if t.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return t.Format("15:04:05")
	}
	return t.Format("2006-01-02 15:04")
}

// ShortClock is [Clock] without the seconds.
func ShortClock(t, now time.Time) string {
	clock := Clock(t, now)
	if strings.Count(clock, ":") < 2 {
		return clock // A date has no seconds.
	}
	return strings.TrimSuffix(clock, t.In(now.Location()).Format(":05"))
}

// Remaining is the time until something ends: "83d", "1h53m", "41s". Days are
// rounded to the nearest, unlike those of an age, so that nine days are still nine
// a second later.
func Remaining(left time.Duration) string {
	if left < longHours {
		return Countdown(left)
	}
	return Age(left.Round(day))
}

// EndDate is the date on which something ends, in the time zone of now. The
// days next to now are named, and have the time as well: "tomorrow 15:04".
func EndDate(at, now time.Time) string {
	at = at.In(now.Location())
	for days, name := range map[int]string{-1: "yesterday", 0: "today", 1: "tomorrow"} {
		if at.Format(time.DateOnly) == now.AddDate(0, 0, days).Format(time.DateOnly) {
			return name + at.Format(" 15:04")
		}
	}
	return at.Format(time.DateOnly)
}

// DateLayout returns the layout, in the sense of [time.Time.Format], for the
// date of something that is left away. It includes the time of day within two
// days, where the date alone is not exact enough.
func DateLayout(left time.Duration) string {
	if left < 48*time.Hour {
		return time.DateOnly + " 15:04 MST"
	}
	return time.DateOnly
}

// Roughly is the time until something as a sentence has it, rounded down: "9d",
// "1h30m". Anything below one second is "a moment".
func Roughly(d time.Duration) string {
	switch {
	case d < time.Second:
		return "a moment"
	case d < time.Minute, d >= longHours:
		return Age(d)
	}
	return hours(d.Truncate(time.Minute))
}
