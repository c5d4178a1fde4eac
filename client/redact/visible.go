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
	// Ellipsis is the sign at the end of a text that was shortened.
	Ellipsis = "…"
	// escapeSigns are the characters that begin one, and the one that stands for
	// a space in addresses.
	escapeSigns = `\%&+`
	// longestEntity is how many bytes of a character that is escaped as in
	// HTML are looked at.
	longestEntity = 12
)

// visible is a text as people see it: without the characters that leave no trace
// on a screen.
type visible struct {
	text []byte
	// at is where in the text itself each byte comes from; nil where nobody
	// wants to know.
	at []extent
}

// extent is a part of a text.
type extent struct{ from, to int }

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

// without leaves out characters; it changes t.
func (t visible) without(left func(rune) bool) visible {
	kept := visible{t.text[:0], t.at[:0:len(t.at)]}
	for i, n := 0, 0; i < len(t.text); i += n {
		r := rune(t.text[i])
		if n = 1; r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(t.text[i:])
		}
		if !left(r) {
			kept.text = append(kept.text, t.text[i:i+n]...)
			if t.at != nil {
				kept.at = append(kept.at, t.at[i:i+n]...)
			}
		}
	}
	return kept
}

// invisible reports whether a character can be put between two others without a
// change that people would notice, or is one that [text.Printable] replaces.
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

// unescaped is the text with what its escapes stand for, however often they
// are escaped themselves. Backslashes are left out, since nobody can tell how
// many there were at first, and a plus is a space.
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

// unescape replaces an escape at the end of the text, and reports whether there
// was one.
func (t *visible) unescape() bool {
	n := len(t.text)
	if n == 0 {
		return false
	}
	switch last := t.text[n-1]; {
	case n > 1 && t.text[n-2] == '\\' && strings.IndexByte("abfnrtv", last) >= 0:
		// A control character, which nobody sees.
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
	case unicode.Is(unicode.ASCII_Hex_Digit, rune(last)):
		return t.number("%", 2) || t.number(`\x`, 2) || t.number(`\u`, 4) || t.number(`\U`, 8)
	}
	return false
}

// number replaces an escape that is a mark and the number of a character, or
// of a byte, in so many digits.
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

// surrogates replaces two numbers that stand for one character together.
func (t *visible) surrogates(i int, second rune) bool {
	if i < 0 || !bytes.HasPrefix(t.text[i:], []byte(`\u`)) {
		return false
	}
	first, err := strconv.ParseUint(string(t.text[i+2:i+6]), 16, 16)
	r := utf16.DecodeRune(rune(first), second)
	return err == nil && r != utf8.RuneError && t.replace(i, string(r))
}

// replace puts a text in the place of what begins at i.
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

// withoutOpenEscapes is the text without the escapes that were shortened in
// the middle.
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

// plus is the text with a part of another behind it.
func (t visible) plus(other visible, from, to int) visible {
	t.text = append(t.text, other.text[from:to]...)
	if other.at != nil {
		t.at = append(t.at, other.at[from:to]...)
	}
	return t
}

// find reports whether one of some needles is in the text, or the beginning of
// one where the text was shortened. It tells where, unless that is not wanted.
func (t visible) find(all []needle, found *[]extent) (any bool) {
	asItIs := string(t.text)
	inLower := lower(asItIs)
	for _, n := range all {
		in := asItIs
		if n.anyCase {
			in = inLower
		}
		n.each(in, func(from, to int) {
			any = true
			if found != nil {
				*found = append(*found, extent{t.at[from].from, t.at[to-1].to})
			}
		})
	}
	return any
}

// each tells where the needle, or its beginning before a cut, is in a text.
func (n needle) each(in string, tell func(from, to int)) {
	for end := 0; ; {
		i := strings.Index(in[end:], n.text)
		if i < 0 {
			break
		}
		from := end + i
		end = from + len(n.text)
		to := min(len(in), end+n.after)
		for range 2 {
			// Signs that fill up the last characters of base64.
			if !n.anyCase && to < len(in) && in[to] == '=' {
				to++
			}
		}
		tell(max(0, from-n.before), to)
	}
	for end := 0; ; {
		i := strings.Index(in[end:], Ellipsis)
		if i < 0 {
			break
		}
		part := in[end : end+i]
		k := min(len(n.text)-1, len(part))
		for k >= minLength && !strings.HasSuffix(part, n.text[:k]) {
			k--
		}
		if k >= minLength {
			tell(max(0, end+i-k-n.before), end+i)
		}
		end += i + len(Ellipsis)
	}
}

// lower is s with the letters of ASCII in lower case: those of others can be
// of another length there.
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
