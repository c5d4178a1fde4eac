package draw

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/text"
)

// Cut shortens s to w cells, with tail where something is missing.
func Cut(s string, w int, tail string) string {
	s, _ = fitted(s, w, tail)
	return s
}

// fitted is [Cut], with how many cells the text takes then.
func fitted(s string, w int, tail string) (string, int) {
	if w <= 0 {
		return "", 0
	}
	is, plain := plainWidth(s)
	if !plain {
		s = steady(s)
		is = ansi.StringWidth(s)
	}
	if is <= w {
		return s, is
	}
	if Width(tail) > w {
		tail = ""
	}
	if plain && is == len(s) {
		return s[:w-Width(tail)] + tail, w
	}
	s = ansi.Truncate(s, w, tail)
	return s, Width(s)
}

// Pad cuts s to w cells or fills it with spaces on the right.
func Pad(s string, w int, tail string) string {
	s, is := fitted(s, w, tail)
	if is >= w {
		return s
	}
	return s + Spaces(w-is)
}

// What makes several characters one picture.
const (
	joiner       = '\u200d'
	textStyle    = '\ufe0e'
	pictureStyle = '\ufe0f'
	keycap       = '\u20e3'
	firstTone    = '\U0001f3fb'
	lastTone     = '\U0001f3ff'
	firstTag     = '\U000e0020'
	lastTag      = '\U000e007f'
)

// steady is a text with a mark for what nobody sees, which leaves of a picture made of
// several characters the first. Terminals do not agree how wide the whole is, and a line
// would be as wide as they think. What is steady stays as it is when it is cut or styled,
// and made steady again.
func steady(s string) string {
	if isASCII(s) {
		return s
	}
	s = text.MarkedLine(s)
	if !strings.ContainsAny(s, "\u200d\ufe0e\ufe0f\u20e3\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff\U000e007f") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	picture, joined := false, false
	for at := 0; at < len(s); {
		r, n := utf8.DecodeRuneInString(s[at:])
		style := text.StyleLength(s[at:])
		n = max(n, style)
		switch {
		case style > 0:
			// What a style parts is one picture nevertheless.
			b.WriteString(s[at : at+n])
		case r == textStyle, r == pictureStyle, r == keycap, firstTone <= r && r <= lastTone, firstTag <= r && r <= lastTag:
		case r == joiner && picture:
			joined = true
		case joined:
			joined = false
		default:
			// Letters that join to others are none.
			picture = r >= '\u2190' && !unicode.In(r, unicode.L, unicode.M)
			b.WriteString(s[at : at+n])
		}
		at += n
	}
	return b.String()
}

// isASCII reports whether a text has nothing but ASCII in it, as most have.
func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Spaces are n of them; none where n is negative.
func Spaces(n int) string {
	if n <= len(spaces) {
		return spaces[:max(0, n)]
	}
	return strings.Repeat(" ", n)
}

// spaces are as many as most lines need, so that few are made.
const spaces = "                                                                                                                                "

// Wrap breaks s into lines of at most w cells, between words where it can, and a word
// that is wider, such as an address, before what parts it.
func Wrap(s string, w int) []string {
	if s == "" || w <= 0 {
		return nil
	}
	if is, plain := plainWidth(s); plain && is <= w {
		return []string{strings.TrimRight(s, " ")}
	}
	s = steady(s)
	firm := parted(s, w)
	lines := strings.Split(text.Wrap(firm, w), "\n")
	for i, l := range lines {
		if firm != s {
			l = strings.ReplaceAll(l, firmHyphen, "-")
		}
		// A cluster wider than the line is left whole by Wrap.
		lines[i] = Cut(strings.TrimRight(l, " "), w, "")
	}
	return lines
}

// addressParts are what parts an address.
const addressParts = "/.:?&"

// firmHyphen is as wide as a hyphen, and no line is broken behind it.
const firmHyphen = "\u2011"

// parted is a text with a space in each place where a word that is wider than w cells is
// to be broken, and nowhere else in that word. Two of its parts have no room in one line.
func parted(s string, w int) string {
	if Width(s) <= w || !strings.ContainsAny(s, addressParts) {
		return s
	}
	words := strings.Split(s, " ")
	for i, word := range words {
		// A character that is wider than the line is left to the library.
		if parts := WrapAt(word, addressParts+"-", w); len(parts) > 1 && strings.Join(parts, "") == word {
			words[i] = strings.ReplaceAll(strings.Join(parts, " "), "-", firmHyphen)
		}
	}
	return strings.Join(words, " ")
}

// WrapAddress breaks an address into lines of at most w cells, before what parts it where
// it can.
func WrapAddress(s string, w int) []string { return WrapAt(s, addressParts, w) }

// WrapAt breaks s into lines of at most w cells, before one of the characters of at
// where it can. Nothing of s is lost.
func WrapAt(s, at string, w int) []string {
	if w <= 0 {
		return nil
	}
	var lines []string
	for s = steady(s); Width(s) > w; {
		head := ansi.Truncate(s, w, "")
		fits := strings.IndexAny(s[len(head):], at) == 0
		if i := strings.LastIndexAny(head, at); !fits && i > w/3 && !strings.ContainsAny(head[i-1:i], at) {
			head = head[:i]
		}
		if head == "" {
			// A character that is wider than the line.
			break
		}
		lines, s = append(lines, head), s[len(head):]
	}
	return append(lines, Cut(s, w, ""))
}
