package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// The characters that have an effect in some company only.
const (
	nonJoiner  = '\u200c'
	joiner     = '\u200d'
	textStyle  = '\ufe0e'
	emojiStyle = '\ufe0f'
	keycap     = '\u20e3'
	blackFlag  = '\U0001f3f4'
	firstTag   = '\U000e0020'
	lastTag    = '\U000e007f'
	thinSpace  = '\u200b'
	byteOrder  = '\ufeff'
	firstForm  = '\U000e0100'
	lastForm   = '\U000e01ef'
)

// company is how many bytes are looked at on each side of a character: what it has an
// effect on is near.
const company = 64

// HasInvisible reports whether a text has a character that is not seen by itself, and so
// may look like another text.
func HasInvisible(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return strings.ContainsFunc(s[i:], invisible)
		}
	}
	return false
}

// invisible reports whether nothing is drawn for a character by itself: those that
// Unicode calls default ignorable, and the blank pattern of braille.
func invisible(r rune) bool {
	switch {
	case r < 0xad:
		return false
	case r < 0x300:
		return r == 0xad // soft hyphen
	}
	return r == 0x34f || r == 0x61c || // combining grapheme joiner, Arabic letter mark
		0x115f <= r && r <= 0x1160 || r == 0x3164 || r == 0xffa0 || // Hangul fillers
		0x17b4 <= r && r <= 0x17b5 || // inherent vowels of Khmer
		isMongolianForm(r) || // selectors and vowel separator
		0x200b <= r && r <= 0x200f || // zero width, marks of direction
		0x202a <= r && r <= 0x202e || 0x2060 <= r && r <= 0x206f || // formatting
		r == 0x2800 || // braille without a dot
		0xfe00 <= r && r <= 0xfe0f || // variation selectors
		r == 0xfeff || 0xfff0 <= r && r <= 0xfff8 || // byte order mark, unassigned
		0x1bca0 <= r && r <= 0x1bca3 || 0x1d173 <= r && r <= 0x1d17a || // shorthand, music
		0xe0000 <= r && r <= 0xe0fff // tags, more variation selectors
}

// Marked is a text with U+FFFD in place of each invisible character without effect. Those
// that have one stay. Of those that only help to lay a text out nothing is left: the marks
// of direction in a text with letters that run from right to left, of which terminals
// make nothing, and the spaces of no width between words of Thai and its neighbours. The
// styles of a text stay, and do not part what they stand between.
func Marked(s string) string { return marked(s, false) }

// MarkedLine is [Marked] for a text that was marked before, and may since have been cut,
// or stand beside others on a line: what follows a letter is not what followed it then, so
// that a joiner stays behind any letter that joins.
func MarkedLine(s string) string { return marked(s, true) }

func marked(s string, cut bool) string {
	if !HasInvisible(s) {
		return s
	}
	// Styles are left out of the company of a character, and are few where there are any.
	bare := withoutStyles(s)
	laidOut := strings.ContainsFunc(bare, rightToLeft)
	var b, seen strings.Builder
	b.Grow(len(s) + 2)
	for at, next := 0, 0; at < len(s); {
		if n := StyleLength(s[at:]); n > 0 {
			b.WriteString(s[at : at+n])
			at += n
			continue
		}
		r, n := utf8.DecodeRuneInString(s[at:])
		at, next = at+n, next+n
		if invisible(r) {
			before, after := seen.String(), bare[next:]
			before, after = before[max(0, len(before)-company):], after[:min(len(after), company)]
			switch {
			case keepsInvisible(before, r, after, cut):
			case isDirection(r) && laidOut, r == thinSpace && unspaced(before, after):
				continue
			default:
				r = utf8.RuneError
			}
		}
		b.WriteRune(r)
		seen.WriteRune(r)
	}
	return b.String()
}

// withoutStyles is a text without the codes of styles.
func withoutStyles(s string) string {
	if strings.IndexByte(s, ansi.ESC) < 0 {
		return s
	}
	var b strings.Builder
	for at := 0; at < len(s); {
		if n := StyleLength(s[at:]); n > 0 {
			at += n
			continue
		}
		b.WriteByte(s[at])
		at++
	}
	return b.String()
}

// StyleLength is how many bytes the code of a style takes that a text begins with; zero
// where that is none.
func StyleLength(s string) int {
	if len(s) < 2 || s[0] != ansi.ESC || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case '0' <= c && c <= ';':
		case c == 'm':
			return i + 1
		default:
			return 0
		}
	}
	return 0
}

// Seen is a text without what is not seen for sure: characters without effect, the marks
// that stand for them, and the tags of flags. It is for comparing what was kept by one
// version of the program with what another has read: they do not leave out the same.
func Seen(s string) string {
	if isPlain(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		if isDirection(r) || r == byteOrder || r == utf8.RuneError || firstTag <= r && r <= lastTag {
			return -1
		}
		return r
	}, s)
	return strings.ReplaceAll(Marked(s), string(utf8.RuneError), "")
}

// Bare is a text without any character that is not seen by itself, as a person would type
// it.
func Bare(s string) string {
	if !HasInvisible(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if invisible(r) {
			return -1
		}
		return r
	}, s)
}

// keepsInvisible reports whether an invisible character is seen by its effect on what
// stands before and after it: U+200C and U+200D between letters of a script that joins
// its letters, U+200D behind a letter that waits for another, U+200D between two pictures,
// the styles behind a picture or in a keycap, the selectors of the forms of Chinese and
// Mongolian letters, and tags in a flag. Where the text may have been cut, any letter that
// joins is enough.
func keepsInvisible(before string, r rune, after string, cut bool) bool {
	switch {
	case r == nonJoiner:
		return joins(before, after) || cut && joiningScript(lastLetter(before)) != nil
	case r == joiner:
		return joins(before, after) || waits(lastLetter(before)) || cut && joiningScript(lastLetter(before)) != nil ||
			isPicture(pictureAtEnd(before)) && isPicture(firstRune(after))
	case r == emojiStyle || r == textStyle:
		last := lastRune(before)
		return isPicture(last) || strings.ContainsRune("0123456789#*", last) && firstRune(after) == keycap
	case firstForm <= r && r <= lastForm:
		return unicode.Is(unicode.Han, lastRune(before))
	case isMongolianForm(r):
		last := lastRune(before)
		return unicode.Is(unicode.Mongolian, last) && isLetter(last)
	case firstTag <= r && r <= lastTag:
		return inFlag(before, after, r)
	}
	return false
}

// lastRune and firstRune are those of a text; zero for none.
func lastRune(s string) rune {
	if s == "" {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func firstRune(s string) rune {
	if s == "" {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// isDirection reports whether a character tells of the direction of what is beside it.
func isDirection(r rune) bool { return r == 0x200e || r == 0x200f || r == 0x61c }

// rightToLeft reports whether a character is from the blocks of the scripts that run so.
func rightToLeft(r rune) bool {
	return !isDirection(r) && 0x590 <= r && r <= 0x8ff || 0xfb1d <= r && r <= 0xfdff || 0xfe70 <= r && r <= 0xfefe ||
		0x10800 <= r && r <= 0x10fff || 0x1e800 <= r && r <= 0x1efff
}

// isPicture reports whether a character is one that can be a part of an emoji, by the
// rule that joins two of them to one.
func isPicture(r rune) bool {
	if r < 0xa9 {
		return false
	}
	joined := string(r) + "\u200d\U0001f469"
	whole, _ := ansi.FirstGraphemeCluster(joined, ansi.GraphemeWidth)
	return whole == joined
}

// pictureAtEnd is the picture that ends a text, without its style and the tone of skin.
func pictureAtEnd(s string) rune {
	return lastRune(strings.TrimRightFunc(s, func(r rune) bool {
		return r == emojiStyle || 0x1f3fb <= r && r <= 0x1f3ff
	}))
}

// inFlag reports whether a tag is one of those of a flag, which is a black flag with
// tags behind it, the last of which ends it.
func inFlag(before, after string, r rune) bool {
	isTag := func(r rune) bool { return firstTag <= r && r < lastTag }
	head := strings.TrimRightFunc(before, isTag)
	if lastRune(head) != blackFlag || r == lastTag && head == before {
		return false
	}
	return r == lastTag || firstRune(strings.TrimLeftFunc(after, isTag)) == lastTag
}

// ASCIIMarks is a text with a question mark in place of U+FFFD, for a terminal that has
// nothing but ASCII. It is as wide.
func ASCIIMarks(s string) string { return strings.ReplaceAll(s, string(utf8.RuneError), "?") }
