package cmd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"
	"unicode"
	"unicode/utf8"
)

// writeJSON writes v indented, with every character escaped that could act on
// a terminal.
func writeJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(escapeControls(b.Bytes()))
	return err
}

// escapeControls replaces the control and format characters that
// encoding/json leaves as they are (DEL, C1, bidirectional controls and the
// like) by their \u escapes. They can only stand inside of strings.
func escapeControls(in []byte) []byte {
	out := make([]byte, 0, len(in))
	for len(in) > 0 {
		r, n := utf8.DecodeRune(in)
		switch {
		case r == '\n' || !unicode.In(r, unicode.Cc, unicode.Cf):
			out = append(out, in[:n]...)
		case r > 0xffff:
			r -= 0x10000
			out = fmt.Appendf(out, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		in = in[n:]
	}
	return out
}

// schema is the number of the JSON format. Adding keys keeps it; changing or
// removing one does not.
const schema = 1

// timeJSON is a time as RFC 3339 in UTC to the second, null when zero.
type timeJSON time.Time

// MarshalJSON implements [json.Marshaler].
func (t timeJSON) MarshalJSON() ([]byte, error) {
	if time.Time(t).IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(time.Time(t).UTC().Format(time.RFC3339))
}

// list is s, an empty list instead of null.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
