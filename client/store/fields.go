package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// column is where a value of a row goes.
type column interface{ read(v any) error }

// The functions that end with In make the value of a column: nil, which is NULL,
// for what is not known. The types that end with Out read it back: each points
// to where the value goes.

func timeIn(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

func spanIn(d time.Duration) any { return countIn(d.Microseconds()) }

func textIn[T ~string](s T) any {
	if s == "" {
		return nil
	}
	return string(s)
}

func countIn[T ~int | ~int64](n T) any {
	if n == 0 {
		return nil
	}
	return int64(n)
}

func flagIn(b bool) any {
	if b {
		return int64(1)
	}
	return nil
}

func numberIn(n *int64) any {
	if n == nil {
		return nil
	}
	return *n
}

func listIn(all []string) any {
	if all == nil {
		return nil
	}
	// A list of texts can always be encoded.
	data, _ := json.Marshal(all)
	return string(data)
}

type timeOut struct{ to *time.Time }

func (o timeOut) read(v any) error {
	*o.to = time.Time{}
	if v == nil {
		return nil
	}
	n, err := integer(v)
	*o.to = time.UnixMilli(n).UTC()
	return err
}

type spanOut struct{ to *time.Duration }

func (o spanOut) read(v any) error {
	n, err := integer(v)
	*o.to = time.Duration(n) * time.Microsecond
	return err
}

type textOut[T ~string] struct{ to *T }

func text[T ~string](to *T) textOut[T] { return textOut[T]{to} }

func (o textOut[T]) read(v any) error {
	switch v := v.(type) {
	case nil:
		*o.to = ""
	case string:
		*o.to = T(v)
	case []byte:
		*o.to = T(v)
	default:
		return misplaced(v, "a text")
	}
	return nil
}

type countOut[T ~int | ~int64] struct{ to *T }

func count[T ~int | ~int64](to *T) countOut[T] { return countOut[T]{to} }

func (o countOut[T]) read(v any) error {
	n, err := integer(v)
	*o.to = T(n)
	return err
}

type flagOut struct{ to *bool }

func (o flagOut) read(v any) error {
	n, err := integer(v)
	*o.to = n != 0
	return err
}

type numberOut struct{ to **int64 }

func (o numberOut) read(v any) error {
	if v == nil {
		*o.to = nil
		return nil
	}
	n, err := integer(v)
	*o.to = &n
	return err
}

type listOut struct{ to *[]string }

func (o listOut) read(v any) error {
	var data string
	if err := text(&data).read(v); err != nil || data == "" {
		*o.to = nil
		return err
	}
	*o.to = nil // A list that was read before keeps its memory.
	if err := json.Unmarshal([]byte(data), o.to); err != nil {
		return misplaced(data, "a list")
	}
	return nil
}

type bytesOut struct{ to *[]byte }

func (o bytesOut) read(v any) error {
	data, ok := v.([]byte)
	if !ok {
		return misplaced(v, "bytes")
	}
	*o.to = data
	return nil
}

// anyOut takes every value as it is.
type anyOut struct{ to *any }

func (o anyOut) read(v any) error {
	*o.to = v
	return nil
}

// integer is zero for NULL.
func integer(v any) (int64, error) {
	switch v := v.(type) {
	case nil:
		return 0, nil
	case int64:
		return v, nil
	}
	return 0, misplaced(v, "a number")
}

// errDamaged says that a database holds what the store has never written.
var errDamaged = errors.New("it is damaged")

func misplaced(v any, what string) error {
	return fmt.Errorf("%w: a %T stands where %s should", errDamaged, v, what)
}
