package service

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
)

// longBody is from how many bytes on an answer is read by [readLong], and how many it may
// have at most beside its lists.
const longBody = 64 << 10

// lister is a [List]. It can be read where it stands in a text of which nobody knows yet
// whether it is well-formed.
type lister interface {
	readAt(b []byte, i, depth int) (end int, err error)
}

// member is a list that an object has, by its key, with the quotation marks.
type member struct {
	key  []byte
	list lister
}

// readLong does what [json.Unmarshal] does, for an answer that is long by its lists alone.
// That goes over all of a list twice, with a call for each character, before it hands it
// over, for which the screen would have to wait. Where readLong reports false, v is as it
// was, as long as it has no map or pointer to begin with: json.Unmarshal then reads the
// answer, or says what is wrong with it.
func readLong(body []byte, v any) bool {
	whole := reflect.ValueOf(v).Elem()
	read := reflect.New(whole.Type())
	read.Elem().Set(whole)
	if l, ok := read.Interface().(lister); ok && body[0] == '[' {
		if end, err := l.readAt(body, 0, 0); end != len(body) || err != nil {
			return false
		}
	} else if lists := listsOf(read); lists == nil || body[0] != '{' || !readMembers(body, lists, read.Interface()) {
		return false
	}
	whole.Set(read.Elem())
	return true
}

// listsOf are the lists among the members of what v points to.
func listsOf(v reflect.Value) (all []member) {
	if _, itself := v.Interface().(json.Unmarshaler); itself || v.Elem().Kind() != reflect.Struct {
		return nil
	}
	for i := range v.Elem().NumField() {
		f := v.Elem().Type().Field(i)
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if key == "" || key == "-" || !f.IsExported() {
			continue
		}
		if l, ok := v.Elem().Field(i).Addr().Interface().(lister); ok {
			all = append(all, member{[]byte(`"` + key + `"`), l})
		}
	}
	return all
}

// readMembers reads an object whose lists are read where they stand, and the rest of it
// into v.
func readMembers(body []byte, lists []member, v any) bool {
	rest := []byte{'{'}
	end := structureEnd(body, 0, 0, func(key []byte, begin int) (end int) {
		for i, m := range lists {
			if !bytes.EqualFold(m.key, key) {
				continue
			}
			// A second list of the same key replaces the first, and what is none is an error or null.
			if lists[i].list = nil; m.list == nil || !bytes.HasPrefix(body[begin:], []byte{'['}) {
				return -1
			}
			end, err := m.list.readAt(body, begin, 1)
			if err != nil {
				return -1
			}
			return end
		}
		end = valueEnd(body, begin, 1)
		if end < 0 || bytes.IndexByte(key, '\\') >= 0 || len(rest)+len(key)+end-begin > longBody {
			return -1
		}
		rest = append(append(append(append(rest, key...), ':'), body[begin:end]...), ',')
		return end
	})
	rest = append(bytes.TrimSuffix(rest, []byte{','}), '}')
	return end == len(body) && json.Unmarshal(rest, v) == nil
}
