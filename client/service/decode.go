package service

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strings"
	"time"
)

// Lenient holds a T, or its zero value where the JSON is of another type. It
// is for what a service does not promise: error texts and old fields.
type Lenient[T any] struct{ V T }

func (l *Lenient[T]) UnmarshalJSON(b []byte) error {
	if json.Unmarshal(b, &l.V) != nil {
		var zero T
		l.V = zero
	}
	return nil
}

// Decode reads the body as JSON into v. What is wrong with it comes back as a
// sentence, which is empty where nothing is.
func Decode(a Answer, v any) string {
	body := TrimBody(a.Body)
	if len(body) == 0 {
		return "The answer is empty."
	}
	if len(body) >= longBody && readLong(body, v) {
		return ""
	}
	err := json.Unmarshal(body, v)
	if err == nil {
		return ""
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		what := "The answer"
		if wrong.Field != "" {
			what = "In the answer, " + wrong.Field
		}
		got, _, _ := strings.Cut(wrong.Value, " ")
		if got, promised := jsonWord(got), promised(wrong.Type); got != promised {
			return what + " is " + got + " where " + promised + " was promised."
		}
		return what + " is out of range."
	}
	if errors.Is(json.NewDecoder(bytes.NewReader(body)).Decode(new(json.RawMessage)), io.ErrUnexpectedEOF) {
		return fmt.Sprintf("The answer is JSON that breaks off after %d bytes.", len(body))
	}
	return "The answer is not JSON."
}

func jsonWord(got string) string {
	switch got {
	case "array":
		return "a list"
	case "object":
		return "an object"
	case "bool":
		return "true or false"
	case "string":
		return "text"
	}
	return "a " + got
}

func promised(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "text"
	case reflect.Slice:
		return "a list"
	case reflect.Bool:
		return "true or false"
	case reflect.Struct, reflect.Pointer, reflect.Map:
		return "an object"
	}
	return "a number"
}

// TrimBody removes white space and a byte order mark around a body.
func TrimBody(b []byte) []byte {
	return bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(b), []byte("\ufeff")))
}

// IsWebPage reports whether an answer is a page for people. It tells by the body, since services and proxies mislabel theirs.
func IsWebPage(a Answer) bool {
	body := TrimBody(a.Body)
	if len(body) == 0 {
		return false
	}
	html := strings.HasPrefix(strings.ToLower(a.Header.Get("Content-Type")), "text/html")
	return body[0] == '<' || html && body[0] != '{' && body[0] != '['
}

// MaxTime is the last moment that RFC 3339 can tell.
var MaxTime = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)

// UnixTime is the moment some seconds after 1970, kept within what can be
// written as RFC 3339.
func UnixTime(seconds float64) time.Time {
	if math.IsNaN(seconds) || seconds < 0 {
		return time.Unix(0, 0).UTC()
	}
	return time.Unix(int64(math.Min(seconds, float64(MaxTime.Unix()))), 0).UTC()
}
