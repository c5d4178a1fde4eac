//go:build unix

package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// keyBytes are what a terminal sends for keys that are no text.
var keyBytes = map[string]string{
	"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
	"pgup": "\x1b[5~", "pgdown": "\x1b[6~", "delete": "\x1b[3~", "tab": "\t", "shift+tab": "\x1b[Z",
	"enter": "\r", "esc": "\x1b", "f2": "\x1bOQ", "shift+up": "\x1b[1;2A", "shift+down": "\x1b[1;2B",
	"space": " ", "ctrl+c": "\x03", "ctrl+d": "\x04", "ctrl+l": "\x0c", "ctrl+n": "\x0e", "ctrl+p": "\x10", "ctrl+r": "\x12", "ctrl+u": "\x15", "ctrl+x": "\x18", "ctrl+y": "\x19", "ctrl+z": "\x1a",
}

// effect is what a key does to the screen.
type effect struct {
	name  string
	holds func(before, now string) bool
	// already is set where it may hold before the key.
	already bool
}

func shows(texts ...string) effect {
	return effect{name: strings.Join(texts, ", "), holds: func(_, now string) bool {
		return !slices.ContainsFunc(texts, func(s string) bool { return !strings.Contains(now, s) })
	}}
}

// stays is the effect that a text is there after the key as before; what drawing
// anew is for, TestRedraw shows.
func stays(text string) effect {
	e := shows(text)
	e.already = true
	return e
}

func hides(text string) effect {
	return effect{name: "no " + text, holds: func(_, now string) bool { return !strings.Contains(now, text) }}
}

func matches(pattern string) effect {
	re := regexp.MustCompile(pattern)
	return effect{name: pattern, holds: func(_, now string) bool { return re.MatchString(now) }}
}

// selects is the effect that the marker stands before a profile.
func selects(profile string) effect {
	return matches(`▌[^│\n]{0,24}\b` + regexp.QuoteMeta(profile) + `\b`)
}

// both is the effect that two others hold.
func both(a, b effect) effect {
	return effect{name: a.name + " and " + b.name, holds: func(before, now string) bool { return a.holds(before, now) && b.holds(before, now) }}
}

// perhapsAlready is an effect that may be there before the key is pressed.
func perhapsAlready(e effect) effect {
	e.already = true
	return e
}

// moves is the effect that the marker goes to another line.
func moves() effect {
	return effect{name: "another line selected", holds: func(before, now string) bool {
		is, was := marked(now), marked(before)
		return len(is) > 0 && !slices.Equal(is, was)
	}}
}

// first is the effect that the marker is on the first line of a view, which may have
// a heading before, where it may be before.
func first() effect {
	return effect{name: "the first line selected", already: true, holds: func(_, now string) bool {
		lines := strings.Split(now, "\n")
		return len(lines) > 3 && strings.Contains(lines[2]+lines[3], "▌")
	}}
}

// inPane is the effect that a pane has a marker, too.
func inPane() effect {
	return effect{name: "a marker in a pane", holds: func(_, now string) bool { return len(marked(now)) == 2 }}
}

// inList is the effect that no pane has one any more.
func inList() effect {
	return effect{name: "no marker in a pane", holds: func(_, now string) bool { return len(marked(now)) == 1 }}
}

// marked are the lines with a marker: where they are, and how they begin.
func marked(screen string) []string {
	var lines []string
	for y, line := range strings.Split(screen, "\n") {
		if strings.HasPrefix(line, " ▌") {
			continue // That is a notice.
		}
		for x, part := range strings.Split(line, "▌") {
			if runes := []rune(part); x > 0 {
				lines = append(lines, fmt.Sprint(y, " ", string(runes[:min(12, len(runes))])))
			}
		}
	}
	return lines
}

// step is a key, and what it does.
type step struct {
	key string
	effect
}

// walk presses the keys, each after the one before has had its effect.
func (m *terminal) walk(pressed map[string]bool, steps ...step) {
	m.t.Helper()
	for _, s := range steps {
		before := m.text()
		if !s.already && s.holds(before, before) {
			m.t.Fatalf("%q is there before %s is pressed; the screen:\n%s", s.name, s.key, before)
		}
		keys, ok := keyBytes[s.key]
		if !ok {
			keys = s.key
		}
		m.press(keys)
		pressed[s.key] = true
		m.until(s.key+" leads to "+s.name, func(now string) bool { return s.holds(before, now) })
	}
}

// pasted is a text as a terminal sends it that is pasted.
func pasted(text string) string { return "\x1b[200~" + text + "\x1b[201~" }
