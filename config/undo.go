package config

import (
	"bytes"
	"errors"
	"maps"
	"reflect"
)

// Undo returns an edit that takes back an earlier one, which has turned the
// text before into the text after. What was changed since then stays. Where the
// same lines were changed since then, the two changes cannot be told apart, and
// nothing is taken back.
func Undo(before, after []byte) func(now []byte) ([]byte, error) {
	return func(now []byte) ([]byte, error) {
		back, since := difference(after, before), difference(after, now)
		parts := []splice{back}
		switch {
		case since.start == since.end && since.text == "":
		case back.end < since.start, since.end < back.start:
			parts = append(parts, since)
		default:
			return nil, errors.New("the same lines were changed since; edit the file by hand")
		}
		text := spliced(after, parts)
		var said [4]map[string]any
		for i, version := range [][]byte{before, after, now, text} {
			root, _, err := contents(bytes.TrimPrefix(version, []byte(byteOrderMark)))
			if err != nil {
				return nil, err
			}
			said[i] = root
		}
		if !reflect.DeepEqual(said[3], withoutChange(said[0], said[1], said[2])) {
			return nil, errUnsafe
		}
		return text, nil
	}
}

// withoutChange is what a table says now, but for what has changed in it between
// before and after.
func withoutChange(before, after, now map[string]any) map[string]any {
	result := maps.Clone(now)
	keys := maps.Clone(before)
	maps.Copy(keys, after)
	for key := range keys {
		old, was := before[key]
		if new, is := after[key]; was == is && reflect.DeepEqual(old, new) {
			continue
		}
		oldTable, _ := old.(map[string]any)
		newTable, _ := after[key].(map[string]any)
		nowTable, _ := now[key].(map[string]any)
		switch {
		case oldTable != nil && newTable != nil && nowTable != nil:
			result[key] = withoutChange(oldTable, newTable, nowTable)
		case was:
			result[key] = old
		default:
			delete(result, key)
		}
	}
	return result
}

// difference is the one splice that turns a text into another.
func difference(from, to []byte) splice {
	start, end := 0, len(from)
	for start < min(len(from), len(to)) && from[start] == to[start] {
		start++
	}
	rest := len(to)
	for end > start && rest > start && from[end-1] == to[rest-1] {
		end--
		rest--
	}
	return splice{span{start, end}, string(to[start:rest])}
}
