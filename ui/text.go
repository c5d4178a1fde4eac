package ui

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// cut shortens s to w cells, with tail where something is missing.
func cut(s string, w int, tail string) string {
	if w <= 0 {
		return ""
	}
	s = steady(s)
	if ansi.StringWidth(s) <= w {
		return s
	}
	if ansi.StringWidth(tail) > w {
		tail = ""
	}
	return ansi.Truncate(s, w, tail)
}

// pad cuts s to w cells or fills it with spaces on the right.
func pad(s string, w int, tail string) string {
	s = cut(s, w, tail)
	return s + spaces(w-ansi.StringWidth(s))
}

// What makes several characters one picture.
const (
	joiner       = '\u200d'
	pictureStyle = '\ufe0f'
	keycap       = '\u20e3'
	firstTone    = '\U0001f3fb'
	lastTone     = '\U0001f3ff'
)

// steady leaves of a picture made of several characters the first. Terminals
// do not agree how wide the whole is, and a line would be as wide as they
// think.
func steady(s string) string {
	if !strings.ContainsAny(s, "\u200d\ufe0f\u20e3\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff") {
		return s
	}
	picture, joined := false, false
	return strings.Map(func(r rune) rune {
		switch {
		case r == pictureStyle, r == keycap, firstTone <= r && r <= lastTone:
			return -1
		case r == joiner && picture:
			joined = true
			return -1
		case joined:
			joined = false
			return -1
		}
		picture = r >= '\u2190'
		return r
	}, s)
}

func spaces(n int) string { return strings.Repeat(" ", max(0, n)) }

// wrap breaks s into lines of at most w cells, between words where it can.
func wrap(s string, w int) []string {
	if s == "" || w <= 0 {
		return nil
	}
	lines := strings.Split(ansi.Wrap(steady(s), w, ""), "\n")
	for i, l := range lines {
		// A cluster wider than the line is left whole by Wrap.
		lines[i] = cut(strings.TrimRight(l, " "), w, "")
	}
	return lines
}

// Age is how long something took or has lasted, in one unit: "12 s", "3 min",
// "2 h", "5 days".
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

// ago is how long something lies back.
func ago(d time.Duration) string {
	if d < time.Second {
		return "just now"
	}
	return Age(d) + " ago"
}

// Countdown is the time left until something, to the second that has begun:
// "0:41", "1:02:03", "3 d 4 h".
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

// Latency is a duration as people compare them: "42 ms", "3.1 s".
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

// clockTime is a moment near now: the time of day, with the date where that is
// another one.
func clockTime(t, now time.Time) string {
	t = t.In(now.Location())
	if t.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return t.Format("15:04:05")
	}
	return t.Format("2006-01-02 15:04")
}

// shortTime is clockTime to the minute.
func shortTime(t, now time.Time) string {
	return strings.TrimSuffix(clockTime(t, now), t.In(now.Location()).Format(":05"))
}

// plural is n with its noun: "1 check", "3 checks".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
