package spelling

import (
	"errors"
	"math"
	"strings"
	"time"
)

var (
	errNotDuration = errors.New("is not a duration")
	errTooLong     = errors.New("is too long a time")
)

// Duration reads Go's notation and the units d, w and y beside it: "1w2d12h". A
// year has 365 days. A duration is never negative.
func Duration(s string) (time.Duration, error) {
	if s == "0" {
		return 0, nil
	}
	if s == "" {
		return 0, errNotDuration
	}
	const digits = "0123456789."
	var total time.Duration
	for rest := s; rest != ""; {
		unitAt := len(rest) - len(strings.TrimLeft(rest, digits))
		number, tail := rest[:unitAt], rest[unitAt:]
		end := strings.IndexAny(tail, digits)
		if end < 0 {
			end = len(tail)
		}
		part, err := durationPart(number, tail[:end])
		if err != nil {
			return 0, err
		}
		if part > math.MaxInt64-total {
			return 0, errTooLong
		}
		total += part
		rest = tail[end:]
	}
	return total, nil
}

// durationPart is a number with its unit.
func durationPart(number, unit string) (time.Duration, error) {
	hours := time.Duration(1)
	switch unit {
	case "d":
		unit, hours = "h", 24
	case "w":
		unit, hours = "h", 7*24
	case "y":
		unit, hours = "h", 365*24
	}
	if _, err := time.ParseDuration("1" + unit); err != nil {
		return 0, errNotDuration
	}
	if strings.Count(number, ".") > 1 || strings.Trim(number, ".") == "" {
		return 0, errNotDuration
	}
	// All that can be wrong now is the size.
	part, err := time.ParseDuration(number + unit)
	if err != nil || part > math.MaxInt64/hours {
		return 0, errTooLong
	}
	return part * hours, nil
}
