package transport

import (
	"bytes"
	"compress/gzip"
	"errors"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// plainBody is a body without the packing that its headers name, and in UTF-8.
func plainBody(body []byte, h http.Header, hold *holder) (_ []byte, err error) {
	if len(body) == 0 {
		return body, nil
	}
	for _, coding := range codings(h) {
		switch {
		case coding == "gzip" || coding == "x-gzip":
			if body, err = unpack(body, hold); err != nil {
				return body, err
			}
		case !looksPlain(body):
			return nil, &packingError{name: coding}
		}
	}
	if bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		return nil, &packingError{name: "gzip", unsaid: true}
	}
	return inUTF8(body, h.Get("Content-Type")), nil
}

// codings are the packings that headers name, the one to undo first at the
// beginning.
func codings(h http.Header) (all []string) {
	for _, line := range h.Values("Content-Encoding") {
		for coding := range strings.SplitSeq(line, ",") {
			if coding = strings.ToLower(strings.TrimSpace(coding)); coding != "" && coding != "identity" {
				all = append([]string{coding}, all...)
			}
		}
	}
	return all
}

// looksPlain reports whether a body is not packed, whatever its headers say: a
// proxy on the way can have unpacked it.
func looksPlain(body []byte) bool {
	body = bytes.TrimSpace(body)
	return len(body) > 0 && bytes.IndexByte([]byte("{[<\""), body[0]) >= 0 && utf8.Valid(body)
}

// unpack decompresses a body.
func unpack(packed []byte, hold *holder) (body []byte, err error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err == nil {
		body, err = hold.readMost(r, unknownSize)
	}
	if err != nil && !errors.Is(err, errTooLarge) {
		err = errCompression
	}
	return body, err
}

// inUTF8 is a body in the character set of JSON. One that says that it is in
// another, and is, is decoded; servers often say so of UTF-8, too.
func inUTF8(body []byte, contentType string) []byte {
	_, parameters, err := mime.ParseMediaType(contentType)
	if err != nil {
		return body
	}
	set := characterSet(parameters["charset"])
	if set == nil || utf8.Valid(body) && bytes.IndexByte(body, 0) < 0 {
		return body
	}
	if decoded, err := set.NewDecoder().Bytes(body); err == nil {
		return decoded
	}
	return body
}

// characterSet is the one of a name; nil for UTF-8 and for what nobody sends JSON
// in. What calls itself Latin-1 is read as browsers do.
func characterSet(name string) encoding.Encoding {
	switch strings.NewReplacer("_", "-", "iso8859", "iso-8859").Replace(strings.ToLower(name)) {
	case "iso-8859-1", "latin1", "latin-1", "l1", "us-ascii", "ascii", "windows-1252", "cp1252":
		return charmap.Windows1252
	case "iso-8859-15", "latin9", "latin-9":
		return charmap.ISO8859_15
	case "utf-16", "utf-16be":
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case "utf-16le":
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	}
	return nil
}
