package text

import (
	"fmt"
	"time"
)

// DateLayout tells the time of day as well where a day is not exact enough.
func DateLayout(left time.Duration) string {
	if left < 48*time.Hour {
		return time.DateOnly + " 15:04 MST"
	}
	return time.DateOnly
}

// Roughly tells a positive duration in its largest fitting unit: "9 days".
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

// Plural is a number with its unit: "1 day", "2 days".
func Plural(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}
