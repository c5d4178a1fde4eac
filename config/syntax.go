package config

import (
	"bytes"
	"errors"
	"strings"

	"github.com/BurntSushi/toml"
)

// syntaxProblem tells in plain words why a text is not TOML. The decoder's own
// words are not passed on: they quote what they stumbled over, which can be an
// unquoted secret.
func syntaxProblem(path string, data []byte, err error) *Problem {
	p := &Problem{File: path, Message: "this is not TOML"}
	parse, ok := errors.AsType[toml.ParseError](err)
	if !ok {
		return p
	}
	p.Line = errorLine(data, parse.Position)
	if key, ok := definedKey(parse.Message); ok {
		p.Message = quote(key) + " is defined twice; keep one of the two"
		return p
	}
	for _, s := range syntaxErrors() {
		if strings.Contains(parse.Message, s.sign) {
			p.Message = s.message
			return p
		}
	}
	return p
}

// errorLine is the line of an error, within the text even where the decoder
// names one before or after it.
func errorLine(data []byte, at toml.Position) int {
	line := at.Line
	if at.Start >= 0 && at.Start < len(data) && data[at.Start] == '\n' {
		// An unexpected end of line belongs to the line that it ends.
		line = 1 + bytes.Count(data[:at.Start], []byte("\n"))
	}
	return min(max(line, 1), 1+bytes.Count(data, []byte("\n")))
}

// definedKey is the key that the decoder says is defined already.
func definedKey(message string) (string, bool) {
	key, ok := strings.CutPrefix(message, "Key '")
	if !ok {
		return "", false
	}
	for _, end := range []string{"' has already been defined", "' was already created"} {
		if i := strings.LastIndex(key, end); i >= 0 {
			return key[:i], true
		}
	}
	return "", false
}

// syntaxError says what an error means whose text contains sign.
type syntaxError struct{ sign, message string }

// syntaxErrors lists what people get wrong, the more special sign first.
func syntaxErrors() []syntaxError {
	const (
		unquoted = `a value is missing here, or is text without quotes; write key = "text"`
		open     = "a quoted text does not end on its line; close it with the quote that it began with"
		escape   = `a backslash in "…" begins an escape; write \\ for the backslash itself, or put the text in '…'`
		header   = "a table's name is not well formed; write [profiles.NAME], with quotes around an unusual name"
		pair     = `a key without a value; write key = "value"`
		encoding = "the file is not plain UTF-8 text; save it as UTF-8"
	)
	return []syntaxError{
		{"strings cannot contain newlines", open},
		{`expected '"`, open},
		{`expected "'`, open},
		{"escape", escape},
		{"hexadecimal digits after", escape},
		{"Escaped character", escape},
		{"expected value", unquoted},
		{"Invalid ", unquoted},
		{"invalid float", unquoted},
		{"invalid datetime", unquoted},
		{"floats must", unquoted},
		{"expected a digit", unquoted},
		{"number", unquoted},
		{"out of range", "a number is too large"},
		{"top-level item to end", "there is more on this line than one key and its value; text needs quotes, and each key its own line"},
		{"array terminator", "a list is not closed, or a comma is missing in it; write [\"a\", \"b\"]"},
		{"inline table terminator", "a table is not closed, or a comma is missing in it; write { env = \"NAME\" }"},
		{"unexpected comma", "there is a comma too many"},
		{"is not a table", "this is a table here and a value further up; keep one of the two"},
		{"table", header},
		{"expected '.' or '='", pair},
		{"key separator", pair},
		{"unexpected '", pair},
		{"keys cannot", pair},
		{"UTF-8", encoding},
		{"NULL", encoding},
		{"control characters", "there is a control character in the file; delete it"},
	}
}
