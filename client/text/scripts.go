package text

import (
	"strings"
	"unicode"
)

// joins reports whether the letters on both sides are of one script that joins them.
func joins(before, after string) bool {
	next, last := firstRune(after), lastLetter(before)
	script := joiningScript(next)
	return script != nil && unicode.Is(script, last) && isLetter(last)
}

// joiningScript is the one that a letter belongs to and that joins its letters; nil where
// there is none.
func joiningScript(letter rune) *unicode.RangeTable {
	if !isLetter(letter) {
		return nil
	}
	for _, scripts := range [][]*unicode.RangeTable{cursiveScripts(), conjunctScripts()} {
		if script := scriptOf(letter, scripts); script != nil {
			return script
		}
	}
	return nil
}

func scriptOf(r rune, scripts []*unicode.RangeTable) *unicode.RangeTable {
	for _, script := range scripts {
		if unicode.Is(script, r) {
			return script
		}
	}
	return nil
}

// waits reports whether a joiner behind a character is seen though nothing follows: a
// letter that is written joined has its joined form, and a consonant that lost its vowel
// its half form. The stroke that lengthens Arabic letters belongs to several scripts.
func waits(last rune) bool {
	return last == 0x640 || isLetter(last) && scriptOf(last, cursiveScripts()) != nil || strings.ContainsRune(viramas, last)
}

// viramas take the vowel from the consonant before them.
const viramas = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u0f84\u1039\u103a\u17d2\u1a60" +
	"\u1b44\u1baa\u1bab\ua9c0\uaaf6\U00011046\U000110b9\U00011133\U000111c0\U0001134d\U00011442\U000115bf\U0001163f"

// lastLetter is the last character of a text that is neither one of the marks, such as the
// vowels of Arabic, that belong to many scripts, nor the selector of a Mongolian form.
func lastLetter(s string) rune {
	return lastRune(strings.TrimRightFunc(s, func(r rune) bool {
		return unicode.Is(unicode.Inherited, r) && unicode.Is(unicode.M, r) && !invisible(r) || isMongolianForm(r)
	}))
}

// isMongolianForm reports whether a character selects the form of the Mongolian letter
// before it, or parts it from the vowel behind.
func isMongolianForm(r rune) bool { return 0x180b <= r && r <= 0x180f }

// unspaced reports whether the letters on both sides are of one script that is written
// without spaces between its words, where one of no width says where a line may break.
func unspaced(before, after string) bool {
	last, next := lastLetter(before), firstRune(after)
	script := scriptOf(next, []*unicode.RangeTable{unicode.Khmer, unicode.Thai, unicode.Lao, unicode.Myanmar})
	return script != nil && unicode.Is(script, last) && isLetter(last) && isLetter(next)
}

// isLetter reports whether a character is a letter, or a part of one, that is seen.
func isLetter(r rune) bool { return unicode.In(r, unicode.L, unicode.M) && !invisible(r) }

// cursiveScripts are those whose letters join by strokes.
func cursiveScripts() []*unicode.RangeTable {
	return []*unicode.RangeTable{
		unicode.Arabic, unicode.Syriac, unicode.Nko, unicode.Mandaic, unicode.Mongolian, unicode.Phags_Pa, unicode.Adlam,
		unicode.Hanifi_Rohingya, unicode.Manichaean, unicode.Psalter_Pahlavi, unicode.Sogdian, unicode.Chorasmian, unicode.Old_Uyghur,
	}
}

// conjunctScripts are those whose letters join as conjuncts.
func conjunctScripts() []*unicode.RangeTable {
	return []*unicode.RangeTable{
		unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu,
		unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar, unicode.Tibetan, unicode.Javanese,
		unicode.Balinese, unicode.Sundanese, unicode.Tai_Tham, unicode.Cham, unicode.Meetei_Mayek, unicode.Limbu, unicode.Lepcha,
		unicode.Kaithi, unicode.Brahmi, unicode.Chakma, unicode.Grantha, unicode.Newa, unicode.Sharada, unicode.Siddham, unicode.Modi,
	}
}
