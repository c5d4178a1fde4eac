package cmd

import (
	"fmt"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/text"
)

// ago is how long a moment lies back; empty for none.
func ago(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	return text.Ago(now.Sub(t))
}

// date is the day of a moment, in UTC; empty for none.
func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

// plural is the noun as it goes with the number.
func plural(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}

// limitWords is what is left of a budget of requests.
func limitWords(r account.RateLimit) string {
	switch {
	case r.Limit != nil && r.Remaining != nil:
		return fmt.Sprintf("%d/%d", *r.Remaining, *r.Limit)
	case r.Remaining != nil:
		return fmt.Sprintf("%d left", *r.Remaining)
	case r.Limit != nil:
		return fmt.Sprintf("limit %d", *r.Limit)
	default:
		return "-"
	}
}

// latencyWords is how long an answer took, a dash where none came.
func latencyWords(d time.Duration) string {
	if d <= 0 {
		return "-"
	}
	return text.Latency(d)
}

// dash stands for an empty text in a table, so that columns can be counted.
func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// printableLines is a text of several lines, each fit for a terminal.
func printableLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = text.Printable(l)
	}
	return strings.Join(lines, "\n")
}
