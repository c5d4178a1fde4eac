package text_test

import (
	"testing"
	"time"

	"rollcall/client/text"
)

func TestTimesInWords(t *testing.T) {
	day := 24 * time.Hour
	for d, want := range map[time.Duration]string{
		-time.Second: "0 s", 0: "0 s", 59 * time.Second: "59 s", time.Minute: "1 min", 59 * time.Minute: "59 min",
		time.Hour: "1 h", 47 * time.Hour: "47 h", 2 * day: "2 days", 99 * day: "99 days", 100 * day: "3 months",
		729 * day: "24 months", 730 * day: "2 years",
	} {
		if got := text.Age(d); got != want {
			t.Errorf("Age(%v) is %q, not %q", d, got, want)
		}
	}
	for d, want := range map[time.Duration]string{
		-time.Second: "0:00", 0: "0:00", time.Millisecond: "0:01", 41 * time.Second: "0:41", 40*time.Second + 1: "0:41",
		10 * time.Minute: "10:00", time.Hour + 2*time.Minute + 3*time.Second: "1:02:03", 76 * time.Hour: "3 d 4 h",
	} {
		if got := text.Countdown(d); got != want {
			t.Errorf("Countdown(%v) is %q, not %q", d, got, want)
		}
	}
	for d, want := range map[time.Duration]string{
		1: "<1 ms", 41800 * time.Microsecond: "41 ms", 3140 * time.Millisecond: "3.1 s",
	} {
		if got := text.Latency(d); got != want {
			t.Errorf("Latency(%v) is %q, not %q", d, got, want)
		}
	}
}

func TestRemaining(t *testing.T) {
	const day = 24 * time.Hour
	for left, want := range map[time.Duration]string{
		time.Second: "0:01", 59 * time.Minute: "59:00", 3 * time.Hour: "3 h", 9*day - time.Second: "9 days", 400 * day: "13 months",
	} {
		if got := text.Remaining(left); got != want {
			t.Errorf("remaining %v is %q, not %q", left, got, want)
		}
	}
}
