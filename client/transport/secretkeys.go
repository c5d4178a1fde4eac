package transport

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"rollcall/client/redact"
)

// secretWords are the ends of keys whose values are secret, whoever they belong to,
// each with an s behind it or not. They are those that end in a letter.
func secretWords(letter byte) []string {
	switch letter {
	case 'd':
		return []string{"password", "passwd", "pwd"}
	case 'e':
		return []string{"passphrase", "cookie", "signature"}
	case 'l':
		return []string{"credential"}
	case 'n':
		return []string{"token", "authorization", "session", "macaroon"}
	case 's':
		return []string{"credentials"}
	case 't':
		return []string{"secret"}
	case 'y':
		return []string{
			"apikey", "api_key", "api-key", "privatekey", "private_key", "private-key", "accesskey", "access_key", "access-key",
		}
	}
	return nil
}

// longestWord is how many letters are looked at of the end of a key.
const longestWord = 16

// withoutSecretKeys replaces the values of secret keys. They are not all known
// to the redactor: an answer can hold secrets of its own. It looks at each body, so
// that it does without regular expressions.
func withoutSecretKeys(text string) string {
	text = replaceValues(text, ':', func(text string, colon int) (from, to int) {
		if !isSecretKey(text[:colon]) {
			return 0, 0
		}
		from = colon + 1 + spaces(text[colon+1:])
		return from, from + stringEnd(text[from:])
	})
	text = replaceValues(text, ':', func(text string, colon int) (from, to int) {
		if !isSecretKey(text[:colon]) {
			return 0, 0
		}
		from = colon + 1 + spaces(text[colon+1:])
		if !strings.HasPrefix(text[from:], "[") {
			return 0, 0
		}
		from += 1 + spaces(text[from+1:])
		return from, from + listEnd(text[from:])
	})
	return replaceValues(text, '=', func(text string, equals int) (from, to int) {
		if !endsInSecretWord(text[:equals]) {
			return 0, 0
		}
		end := strings.IndexAny(text[equals+1:], "&\"'<> \t\n\f\r")
		if end < 0 {
			end = len(text) - equals - 1
		}
		return equals + 1, equals + 1 + end
	})
}

// replaceValues puts the mark in the place of values. find tells of a separator in the
// text from where to where its value goes; the same twice for one that stays. In JSON
// the mark is a string.
func replaceValues(text string, separator byte, find func(text string, at int) (from, to int)) string {
	mark := redact.Mark
	if separator == ':' {
		mark = `"` + redact.Mark + `"`
	}
	var b strings.Builder
	kept := 0
	for at := strings.IndexByte(text, separator); at >= 0; {
		next := at + 1
		if from, to := find(text, at); to > from {
			b.WriteString(text[kept:from])
			b.WriteString(mark)
			kept, next = to, to
		}
		step := strings.IndexByte(text[next:], separator)
		if step < 0 {
			break
		}
		at = next + step
	}
	if kept == 0 {
		return text
	}
	b.WriteString(text[kept:])
	return b.String()
}

// isSecretKey reports whether a text ends in a quoted secret key, and the space behind
// it.
func isSecretKey(text string) bool {
	text = strings.TrimRight(text, space)
	return strings.HasSuffix(text, `"`) && endsInSecretWord(text[:len(text)-1])
}

// endsInSecretWord reports whether a text ends in a secret word, whatever its case.
func endsInSecretWord(text string) bool {
	var letters [longestWord]byte
	from := len(letters)
	for from > 0 && text != "" {
		r, size := utf8.DecodeLastRuneInString(text)
		switch {
		case 'A' <= r && r <= 'Z':
			r += 'a' - 'A'
		case r == 'ſ':
			r = 's'
		case r == '\u212a': // The sign of the kelvin.
			r = 'k'
		}
		if r >= utf8.RuneSelf {
			break
		}
		from--
		letters[from] = byte(r)
		text = text[:len(text)-size]
	}
	word := letters[from:]
	return endsInOne(word) || endsInOne(bytes.TrimSuffix(word, []byte("s")))
}

// endsInOne reports whether letters end in a secret word.
func endsInOne(letters []byte) bool {
	if len(letters) == 0 {
		return false
	}
	for _, w := range secretWords(letters[len(letters)-1]) {
		if len(letters) >= len(w) && string(letters[len(letters)-len(w):]) == w {
			return true
		}
	}
	return false
}

// space are the characters that may stand between the parts of JSON.
const space = "\t\n\f\r "

// spaces is how many of these a text begins with.
func spaces(text string) int { return len(text) - len(strings.TrimLeft(text, space)) }

// stringEnd is how long the string of JSON is that a text begins with; zero for none.
// The end of the string may be missing where the JSON was cut off.
func stringEnd(text string) int {
	if !strings.HasPrefix(text, `"`) {
		return 0
	}
	for at := 1; at < len(text); at++ {
		switch {
		case text[at] == '"':
			return at + 1
		case text[at] != '\\' || at+1 == len(text):
		case text[at+1] == '\n':
			return 0
		default:
			at++
		}
	}
	return len(text)
}

// listEnd is how long the strings of a list are that a text begins with, commas
// included.
func listEnd(text string) int {
	end := stringEnd(text)
	for more := end; more > 0; {
		next := end + spaces(text[end:])
		if !strings.HasPrefix(text[next:], ",") {
			break
		}
		next += 1 + spaces(text[next+1:])
		if more = stringEnd(text[next:]); more > 0 {
			end = next + more
		}
	}
	return end
}
