package redact

import (
	"bytes"
	"html"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	// Ellipsis marks the place where a text was shortened.
	Ellipsis = "…"
	// escapeSigns are the characters with which an escape begins, and the plus
	// that stands for a space in the query of a URL.
	escapeSigns = `\%&+`
	// longestEntity is the length in bytes of the longest HTML entity that is
	// recognised.
	longestEntity = 12
)

// visible is a text as a reader sees it, without the characters that leave no
// trace on a screen.
type visible struct {
	text []byte
	// at holds for each byte of text the extent of the original that it comes
	// from. It is nil where the caller needs no extents.
	at []extent
}

// extent is a range of byte offsets; to is the first offset behind it.
type extent struct{ from, to int }

// newVisible removes the invisible characters of s. located says whether the
// result keeps track of extents.
func newVisible(s string, located bool) visible {
	t := visible{text: []byte(s)}
	if located {
		t.at = make([]extent, len(s))
		for i := range t.at {
			t.at[i] = extent{i, i + 1}
		}
	}
	return t.without(invisible)
}

// without returns the text without the characters for which unwanted is true.
// It reuses the memory of t, which is not to be used again.
func (t visible) without(unwanted func(rune) bool) visible {
	kept := visible{t.text[:0], t.at[:0:len(t.at)]}
	for i, n := 0, 0; i < len(t.text); i += n {
		r := rune(t.text[i])
		if n = 1; r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(t.text[i:])
		}
		if !unwanted(r) {
			kept.text = append(kept.text, t.text[i:i+n]...)
			if t.at != nil {
				kept.at = append(kept.at, t.at[i:i+n]...)
			}
		}
	}
	return kept
}

// invisible reports whether a reader does not notice a character between two
// others. It includes the control characters, spaces and broken bytes that are
// replaced before a text is shown.
func invisible(r rune) bool {
	switch {
	case r < 0x20, 0x7f <= r && r <= 0xa0, r == 0xad:
		return true
	case r < 0x300:
		return false
	}
	return r == utf8.RuneError || r == 0x2800 || unicode.In(r,
		unicode.Cf, unicode.Zs, unicode.Zl, unicode.Zp, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// unescaped returns the text with every escape replaced by the character that
// it stands for, also where an escape is itself escaped. Nobody can tell how
// many backslashes such a text had at first, so all of them are removed. A plus
// becomes a space.
func (t visible) unescaped() visible {
	var u visible
	u.text = make([]byte, 0, len(t.text))
	for i, b := range t.text {
		u.text = append(u.text, b)
		if t.at != nil {
			u.at = append(u.at, t.at[i])
		}
		for u.unescape() {
		}
	}
	for i, b := range u.text {
		if b == '+' {
			u.text[i] = ' '
		}
	}
	return u.without(func(r rune) bool { return r == '\\' || invisible(r) })
}

// unescape replaces the escape that the text ends with, and reports whether
// there was one.
func (t *visible) unescape() bool {
	n := len(t.text)
	if n == 0 {
		return false
	}
	switch last := t.text[n-1]; {
	case n > 1 && t.text[n-2] == '\\' && strings.IndexByte("abfnrtv", last) >= 0:
		// It stands for a control character, which is invisible.
		return t.replace(n-2, "")
	case last == ';':
		i := bytes.LastIndexByte(t.text[max(0, n-longestEntity):], '&')
		if i < 0 {
			return false
		}
		i += max(0, n-longestEntity)
		escaped := string(t.text[i:])
		plain := html.UnescapeString(escaped)
		return len(plain) < len(escaped) && t.replace(i, plain)
	case last == '\\' && n > 1 && t.text[n-2] == last:
		return t.replace(n-2, `\`)
	case hexDigit(last):
		return t.ahead(2, '%') && t.number("%", 2) || t.ahead(2, 'x') && t.number(`\x`, 2) ||
			t.ahead(4, 'u') && t.number(`\u`, 4) || t.ahead(8, 'U') && t.number(`\U`, 8)
	}
	return false
}

// hexDigit reports whether a byte is a hexadecimal digit.
func hexDigit(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' }

// ahead reports whether a byte stands before the last n bytes of the text. Hardly any
// digit is the end of an escape, and this tells so at once.
func (t *visible) ahead(n int, c byte) bool { return len(t.text) > n && t.text[len(t.text)-n-1] == c }

// number replaces a numeric escape at the end of the text: a mark such as \u
// and a fixed number of hexadecimal digits. Two digits stand for a byte, more
// for a character.
func (t *visible) number(mark string, digits int) bool {
	i := len(t.text) - len(mark) - digits
	if i < 0 || !bytes.HasPrefix(t.text[i:], []byte(mark)) {
		return false
	}
	number, err := strconv.ParseUint(string(t.text[i+len(mark):]), 16, 32)
	switch {
	case err != nil:
		return false
	case digits == 2:
		return t.replace(i, string([]byte{byte(number)}))
	case utf16.IsSurrogate(rune(number)):
		return t.surrogates(i-len(`\uFFFF`), rune(number))
	}
	return t.replace(i, string(rune(number)))
}

// surrogates replaces a pair of \u escapes that stand for one character in
// UTF-16. The first of them begins at i, the second has the given value.
func (t *visible) surrogates(i int, second rune) bool {
	if i < 0 || !bytes.HasPrefix(t.text[i:], []byte(`\u`)) {
		return false
	}
	first, err := strconv.ParseUint(string(t.text[i+2:i+6]), 16, 16)
	r := utf16.DecodeRune(rune(first), second)
	return err == nil && r != utf8.RuneError && t.replace(i, string(r))
}

// replace puts a text in the place of everything from i to the end. It always
// returns true, so that callers can end with it.
func (t *visible) replace(i int, by string) bool {
	if t.at != nil {
		all := extent{t.at[i].from, t.at[len(t.at)-1].to}
		t.at = t.at[:i]
		for range len(by) {
			t.at = append(t.at, all)
		}
	}
	t.text = append(t.text[:i], by...)
	return true
}

// withoutOpenEscapes returns the text without the escapes that an [Ellipsis]
// has cut in the middle, since those cannot be undone.
func (t visible) withoutOpenEscapes() (whole visible) {
	end := 0
	for {
		i := bytes.Index(t.text[end:], []byte(Ellipsis))
		if i < 0 {
			break
		}
		from := end + max(0, i-longestEntity)
		to := end + i
		if open := bytes.LastIndexAny(t.text[from:to], `\%&`); open >= 0 {
			to = from + open
		}
		whole = whole.plus(t, end, to).plus(t, end+i, end+i+len(Ellipsis))
		end += i + len(Ellipsis)
	}
	return whole.plus(t, end, len(t.text))
}

// plus returns the text followed by the bytes of another from one offset to the
// next.
func (t visible) plus(other visible, from, to int) visible {
	t.text = append(t.text, other.text[from:to]...)
	if other.at != nil {
		t.at = append(t.at, other.at[from:to]...)
	}
	return t
}
