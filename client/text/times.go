package text

import (
	"fmt"
	"strings"
	"time"
)

// Age is how long something took or has lasted, rounded down to one unit in the
// short form of a list: "12 s", "3 min", "2 h", "5 days". A negative duration
// is "0 s".
func Age(d time.Duration) string {
	d = max(0, d)
	day := 24 * time.Hour
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", d/time.Second)
	case d < time.Hour:
		return fmt.Sprintf("%d min", d/time.Minute)
	case d < 2*day:
		return fmt.Sprintf("%d h", d/time.Hour)
	case d < 100*day:
		return fmt.Sprintf("%d days", d/day)
	case d < 730*day:
		return fmt.Sprintf("%d months", d/(30*day))
	default:
		return fmt.Sprintf("%d years", d/(365*day))
	}
}

// Ago is how long ago something was: "3 min ago", or "just now" within a
// second.
func Ago(d time.Duration) string {
	if d < time.Second {
		return "just now"
	}
	return Age(d) + " ago"
}

// Countdown is the time left until something, rounded up to seconds, so that it
// reaches "0:00" only at the end: "0:41", "1:02:03", "3 d 4 h".
func Countdown(d time.Duration) string {
	s := int64((max(0, d) + time.Second - 1) / time.Second)
	switch {
	case s < 3600:
		return fmt.Sprintf("%d:%02d", s/60, s%60)
	case s < 24*3600:
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	default:
		return fmt.Sprintf("%d d %d h", s/86400, s/3600%24)
	}
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
	return strings.TrimSuffix(Clock(t, now), t.In(now.Location()).Format(":05"))
}

// Remaining is the time until something ends: "83 days", "3 h", "1:42". It is
// rounded to the nearest unit, unlike an age, so that nine days are still nine
// a second later.
func Remaining(left time.Duration) string {
	switch {
	case left < time.Hour:
		return Countdown(left)
	case left < 48*time.Hour:
		return Age(left.Round(time.Hour))
	default:
		return Age(left.Round(24 * time.Hour))
	}
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

// Roughly is a duration in whole words, rounded down to one unit: "9 days", "36
// hours". Anything below one second is "a moment".
func Roughly(d time.Duration) string {
	for _, u := range []struct {
		size time.Duration
		name string
	}{{24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}, {time.Second, "second"}} {
		n := int(d / u.size)
		if n >= 2 || n == 1 && u.size <= time.Minute {
			return Plural(n, u.name)
		}
	}
	return "a moment"
}
