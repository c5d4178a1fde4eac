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
	emojiStyle = '\ufe0f'
	keycap     = '\u20e3'
	blackFlag  = '\U0001f3f4'
	firstTag   = '\U000e0020'
	lastTag    = '\U000e007f'
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
		0x180b <= r && r <= 0x180f || // Mongolian selectors and vowel separator
		0x200b <= r && r <= 0x200f || // zero width, marks of direction
		0x202a <= r && r <= 0x202e || 0x2060 <= r && r <= 0x206f || // formatting
		r == 0x2800 || // braille without a dot
		0xfe00 <= r && r <= 0xfe0f || // variation selectors
		r == 0xfeff || 0xfff0 <= r && r <= 0xfff8 || // byte order mark, unassigned
		0x1bca0 <= r && r <= 0x1bca3 || 0x1d173 <= r && r <= 0x1d17a || // shorthand, music
		0xe0000 <= r && r <= 0xe0fff // tags, more variation selectors
}

// Marked is a text with U+FFFD in place of each invisible character without effect. Those
// that have one stay, but for the marks of direction, of which terminals make nothing.
// The styles of a text stay, too.
func Marked(s string) string {
	if !HasInvisible(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 2)
	for at, r := range s {
		if !invisible(r) {
			b.WriteRune(r)
			continue
		}
		before, after := b.String(), s[at+utf8.RuneLen(r):]
		before, after = before[max(0, len(before)-company):], after[:min(len(after), company)]
		switch {
		case keepsInvisible(before, r, after):
			b.WriteRune(r)
		case isDirection(r) && (rightToLeft(lastRune(before)) || rightToLeft(firstRune(after))):
		default:
			b.WriteRune(utf8.RuneError)
		}
	}
	return b.String()
}

// keepsInvisible reports whether an invisible character is seen by its effect on what
// stands before and after it: U+200C and U+200D between letters of a script that joins
// its letters, U+200D between two pictures, U+FE0F behind a picture or in a keycap, and
// tags in a flag.
func keepsInvisible(before string, r rune, after string) bool {
	switch {
	case r == nonJoiner:
		return joins(before, after)
	case r == joiner:
		return joins(before, after) || isPicture(pictureAtEnd(before)) && isPicture(firstRune(after))
	case r == emojiStyle:
		last := lastRune(before)
		return isPicture(last) || strings.ContainsRune("0123456789#*", last) && firstRune(after) == keycap
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

// joins reports whether the letters on both sides are of one script that joins them.
func joins(before, after string) bool {
	next := firstRune(after)
	if invisible(next) {
		return false
	}
	// Marks such as the vowels of Arabic belong to many scripts.
	last := lastRune(strings.TrimRightFunc(before, func(r rune) bool {
		return unicode.Is(unicode.Inherited, r) && unicode.Is(unicode.M, r) && !invisible(r)
	}))
	for _, script := range joiningScripts() {
		if unicode.Is(script, next) {
			return unicode.Is(script, last) && isLetter(last) && isLetter(next)
		}
	}
	return false
}

// isLetter reports whether a character is a letter, or a part of one.
func isLetter(r rune) bool { return unicode.In(r, unicode.L, unicode.M) }

// joiningScripts are those whose letters join, by strokes or as conjuncts.
func joiningScripts() []*unicode.RangeTable {
	return []*unicode.RangeTable{
		unicode.Arabic, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil,
		unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar, unicode.Tibetan,
		unicode.Syriac, unicode.Nko, unicode.Mandaic, unicode.Mongolian, unicode.Phags_Pa, unicode.Adlam, unicode.Hanifi_Rohingya,
		unicode.Manichaean, unicode.Psalter_Pahlavi, unicode.Sogdian, unicode.Chorasmian, unicode.Old_Uyghur, unicode.Javanese,
		unicode.Balinese, unicode.Sundanese, unicode.Tai_Tham, unicode.Cham, unicode.Meetei_Mayek, unicode.Limbu, unicode.Lepcha,
		unicode.Kaithi, unicode.Brahmi, unicode.Chakma, unicode.Grantha, unicode.Newa, unicode.Sharada, unicode.Siddham, unicode.Modi,
	}
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
