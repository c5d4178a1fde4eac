package service

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"

	"rollcall/client/account"
)

// List is a list of an answer: the first [account.MaxListed] elements, and how many
// there are. The others are never decoded, so that an answer that is legal and large
// takes no more memory than a person could look at.
type List[T any] struct {
	// Kept are the first elements, as the service gives them; nil where the answer has
	// no such list.
	Kept []T
	// Told is how many the service told of.
	Told int
}

// UnmarshalJSON keeps the first elements. It gets well-formed JSON only.
func (l *List[T]) UnmarshalJSON(b []byte) error {
	*l = List[T]{}
	switch b = bytes.TrimSpace(b); {
	case string(b) == "null":
		return nil
	case len(b) == 0 || b[0] != '[':
		return wrongKind(b, reflect.TypeFor[[]T]())
	}
	_, err := l.readAt(b, 0, 0)
	return err
}

// readAt reads the array that begins at i, inside of as many arrays and objects as depth,
// and returns where it ends, which is negative where it is not well-formed. Further
// elements of another kind than was promised are an error.
func (l *List[T]) readAt(b []byte, i, depth int) (end int, err error) {
	told, kept, wanted := 0, 0, opening(reflect.TypeFor[T]())
	end = structureEnd(b, i, depth, func(_ []byte, begin int) int {
		end := valueEnd(b, begin, depth+1)
		if told++; told <= account.MaxListed {
			kept = end
		} else if end >= 0 && wanted != 0 && b[begin] != wanted && b[begin] != 'n' {
			err = wrongKind(b[begin:end], reflect.TypeFor[T]())
			return -1
		}
		return end
	})
	if end < 0 {
		return end, err
	}
	head := b[i:end]
	if told > account.MaxListed {
		head = append(append(make([]byte, 0, kept-i+1), b[i:kept]...), ']')
	}
	*l = List[T]{Told: told}
	return end, json.Unmarshal(head, &l.Kept)
}

// opening is the character with which the JSON of a type begins; zero where that may be
// one of several.
func opening(t reflect.Type) byte {
	if reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()) {
		return 0
	}
	switch t.Kind() {
	case reflect.String:
		return '"'
	case reflect.Struct, reflect.Map:
		return '{'
	case reflect.Slice:
		return '['
	}
	return 0
}

// wrongKind is the error of a value of another type than was promised.
func wrongKind(value []byte, promised reflect.Type) error {
	word := "number"
	switch {
	case len(value) == 0:
	case value[0] == '"':
		word = "string"
	case value[0] == '{':
		word = "object"
	case value[0] == '[':
		word = "array"
	case value[0] == 't' || value[0] == 'f':
		word = "bool"
	}
	return &json.UnmarshalTypeError{Value: word, Type: promised}
}

// Add adds the next page of a list.
func (l *List[T]) Add(page List[T]) {
	if l.Kept == nil {
		l.Kept = slices.Clip(page.Kept[:min(len(page.Kept), account.MaxListed)])
	} else {
		l.Kept = append(l.Kept, page.Kept[:min(len(page.Kept), max(0, account.MaxListed-len(l.Kept)))]...)
	}
	l.Told += page.Told
}

// Total is how many there are where not all are kept, and zero where they are.
func (l List[T]) Total() int {
	if l.Told > len(l.Kept) {
		return l.Told
	}
	return 0
}

// Sought goes through a list for the one element that is wanted, wherever in it that
// stands, and keeps no other.
type Sought[T any] struct {
	// Wanted is set before the answer is read; nil wants none.
	Wanted func(T) bool
	// Found is nil where the list does not have it, and Told is how many it has.
	Found *T
	Told  int
}

// UnmarshalJSON looks through the elements. It gets well-formed JSON only.
func (s *Sought[T]) UnmarshalJSON(b []byte) error {
	s.Found, s.Told = nil, 0
	if b = bytes.TrimSpace(b); len(b) == 0 || b[0] != '[' {
		if string(b) == "null" {
			return nil
		}
		return wrongKind(b, reflect.TypeFor[[]T]())
	}
	var err error
	structureEnd(b, 0, 0, func(_ []byte, begin int) int {
		var one T
		end := valueEnd(b, begin, 1)
		if err = json.Unmarshal(b[begin:max(begin, end)], &one); err != nil {
			return -1
		}
		if s.Told++; s.Found == nil && s.Wanted != nil && s.Wanted(one) {
			s.Found = &one
		}
		return end
	})
	return err
}

// Keyed is a list of an answer that has the form of an object with a key for each
// element: as many of them are kept as of a [List].
type Keyed[T any] struct {
	Kept map[string]T
	// Told is how many the service told of.
	Told int
}

// UnmarshalJSON keeps the first members. It gets well-formed JSON only.
func (k *Keyed[T]) UnmarshalJSON(b []byte) error { return k.Unmarshal(b) }

// Unmarshal keeps the first members, and those with some keys wherever they are.
func (k *Keyed[T]) Unmarshal(b []byte, always ...string) error {
	*k = Keyed[T]{}
	if b = bytes.TrimSpace(b); len(b) == 0 || b[0] != '{' {
		if string(b) == "null" {
			return nil
		}
		return wrongKind(b, reflect.TypeFor[map[string]T]())
	}
	k.Kept = map[string]T{}
	var err error
	structureEnd(b, 0, 0, func(text []byte, begin int) int {
		var key string
		end := valueEnd(b, begin, 1)
		if k.Told++; len(k.Kept) >= account.MaxListed && len(always) == 0 {
			return end
		}
		if err = json.Unmarshal(text, &key); err != nil {
			return -1
		}
		if len(k.Kept) >= account.MaxListed && !slices.Contains(always, key) {
			return end
		}
		var one T
		if err = json.Unmarshal(b[begin:max(begin, end)], &one); err != nil {
			return -1
		}
		k.Kept[key] = one
		return end
	})
	return err
}

// Total is how many there are where not all are kept, and zero where they are.
func (k Keyed[T]) Total() int {
	if k.Told > account.MaxListed {
		return k.Told
	}
	return 0
}
