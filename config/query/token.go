package query

import (
	"strings"
	"unicode"
)

// char is one character of a query.
type char struct {
	r rune
	// column counts from 1.
	column int
	// quoted is set between quotes, where no character has a meaning of its own.
	quoted bool
	// mark is set for what quotes or escapes, and is no part of the text.
	mark bool
}

// is reports whether it is a character with its own meaning.
func (c char) is(r rune) bool { return c.r == r && !c.quoted && !c.mark }

// chars are a part of a query.
type chars []char

// text is what they say.
func (cs chars) text() string {
	var b strings.Builder
	for _, c := range cs {
		if !c.mark {
			b.WriteRune(c.r)
		}
	}
	return b.String()
}

// marked reports whether there are quotes among them.
func (cs chars) marked() bool {
	for _, c := range cs {
		if c.mark {
			return true
		}
	}
	return false
}

// column is where they begin.
func (cs chars) column() int { return cs[0].column }

// split cuts them at each character with its own meaning.
func (cs chars) split(at rune) (parts []chars) {
	from := 0
	for i, c := range cs {
		if c.is(at) {
			parts, from = append(parts, cs[from:i]), i+1
		}
	}
	return append(parts, cs[from:])
}

// tokens are the terms of a query, as they are written. open is where a quote
// begins that has no end; zero for none.
func tokens(text string) (all []chars, open int) {
	var token chars
	escaped := false
	letters := []rune(text)
	for i, r := range letters {
		c := char{r: r, column: i + 1, quoted: open > 0}
		switch {
		case escaped:
			escaped = false
		case r == '"':
			c.mark = true
			if open = c.column; c.quoted {
				open = 0
			}
		case c.quoted && r == '\\' && i+1 < len(letters) && (letters[i+1] == '"' || letters[i+1] == '\\'):
			c.mark, escaped = true, true
		case !c.quoted && unicode.IsSpace(r):
			if token != nil {
				all, token = append(all, token), nil
			}
			continue
		}
		token = append(token, c)
	}
	if token != nil {
		all = append(all, token)
	}
	return all, open
}

// cutNot takes the exclamation marks off a term.
func cutNot(token chars) (not bool, rest chars) {
	for rest = token; len(rest) > 0 && rest[0].is('!'); rest = rest[1:] {
		not = !not
	}
	return not, rest
}

// cutKey cuts a term into a key, what stands between it and the rest, and the
// rest. There is no operator in a term that is a text to look for.
func cutKey(term chars) (key, operator, rest chars) {
	n := 0
	for n < len(term) && !term[n].mark && keyLetter(term[n].r) {
		n++
	}
	m := n
	for m < len(term) && (term[m].is('<') || term[m].is('>') || term[m].is('=')) {
		m++
	}
	if m == n && n < len(term) && term[n].is(':') {
		m++
	}
	return term[:n], term[n:m], term[m:]
}

func keyLetter(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '-' || r == '_'
}

// quoted is a text with quotes around it.
func quoted(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// unquoted is what a value says that [written] has written.
func unquoted(value string) string {
	inner, ok := strings.CutPrefix(value, `"`)
	if !ok {
		return value
	}
	return strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(strings.TrimSuffix(inner, `"`))
}

// written is a value as it can stand after a key, with quotes where it needs them.
func written(value string) string {
	special := func(r rune) bool { return unicode.IsSpace(r) || r == '"' || r == ',' }
	if value == "" || value[0] == '!' || strings.ContainsFunc(value, special) {
		return quoted(value)
	}
	return value
}
