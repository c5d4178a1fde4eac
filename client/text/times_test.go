package text_test

import (
	"testing"
	"time"

	"rollcall/client/text"
)

func TestTimesInWords(t *testing.T) {
	day := 24 * time.Hour
	for d, want := range map[time.Duration]string{
		-time.Second: "0s", 0: "0s", 59 * time.Second: "59s", time.Minute: "1m", 59 * time.Minute: "59m",
		time.Hour: "1h", 47 * time.Hour: "47h", 2 * day: "2d", 99 * day: "99d", 400 * day: "400d", 730 * day: "2y", 1100 * day: "3y",
	} {
		if got := text.Age(d); got != want {
			t.Errorf("Age(%v) is %q, not %q", d, got, want)
		}
	}
	for d, want := range map[time.Duration]string{
		-time.Second: "0s", 0: "0s", time.Millisecond: "1s", 41 * time.Second: "41s", 40*time.Second + 1: "41s", 59 * time.Second: "59s",
		59*time.Second + 1: "1m", time.Minute: "1m", time.Minute + 1: "2m", 10 * time.Minute: "10m", 59*time.Minute + 1: "1h", time.Hour: "1h",
		time.Hour + 52*time.Minute + 3*time.Second: "1h53m", 47*time.Hour + time.Minute: "47h1m", 76 * time.Hour: "3d",
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
		time.Second: "1s", 59 * time.Minute: "59m", 3 * time.Hour: "3h", 113 * time.Minute: "1h53m", 9*day - time.Second: "9d", 400 * day: "400d", 3000 * day: "8y",
	} {
		if got := text.Remaining(left); got != want {
			t.Errorf("remaining %v is %q, not %q", left, got, want)
		}
	}
}
