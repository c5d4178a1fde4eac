package privacy

import (
	"strings"
	"unicode"
)

// plainWords are the words of a text in small letters. A number, and a capital
// letter behind a small one, begin another word.
func plainWords(s string) (words []string) {
	var word strings.Builder
	before := ' '
	end := func() {
		if word.Len() > 0 {
			words = append(words, strings.ToLower(word.String()))
			word.Reset()
		}
	}
	for _, r := range s {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r):
			end()
		case unicode.IsDigit(r) != unicode.IsDigit(before), unicode.IsUpper(r) && unicode.IsLower(before):
			end()
			word.WriteRune(r)
		default:
			word.WriteRune(r)
		}
		before = r
	}
	end()
	return words
}

// telling reports whether a value says something by itself: a letter or a short
// number does not.
func telling(plain string) bool {
	if strings.ContainsFunc(plain, unicode.IsLetter) {
		return len([]rune(plain)) > 1
	}
	return len(plain) > 4
}
