package extract

import (
	"bytes"
	"errors"
	"strings"
)

// What keeps a text from being replaced by another with every other byte left as it
// is. None of them quotes the file.
var (
	// ErrShared says that the text is written once for several places.
	ErrShared = errors.New("it is shared with other places by an anchor or alias")
	// ErrLines says that the text is written over several lines.
	ErrLines = errors.New("it is written over several lines")
	// ErrForm says that the text is written in a form that cannot be kept.
	ErrForm = errors.New("it is written in a form that cannot be kept")
)

// span is a part of a text, from one offset up to, and without, another.
type span struct{ start, end int }

// part is a part of a text, and what takes its place.
type part struct {
	span
	text string
}

// lineOf is the line that an offset is on, without its line break.
func lineOf(data []byte, at int) span {
	end := len(data)
	if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
		end = at + i
	}
	return span{bytes.LastIndexByte(data[:at], '\n') + 1, end}
}

// escaped is a text between double quotes, with a backslash before those that are in it.
func escaped(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}
