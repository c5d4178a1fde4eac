package service

import (
	"encoding/json"

	"rollcall/client/account"
)

// Rest stands behind the elements of a list that were kept where there were more: as a
// value of no kind that JSON has, so that nobody takes it for an element.
type Rest struct {
	// More is how many further elements the list has.
	More int
}

// maxTree is how many values of one answer a [Tree] has before its lists end: as many as
// the fullest list has where each of its elements has fifty.
const maxTree = 50 * account.MaxListed

// Tree decodes JSON of any form, with its numbers as they are written; ok is false for
// what is none. Of each list it keeps the first [account.MaxListed] elements, with a [Rest]
// behind them where there are more, and of the whole answer as many values as make sense.
// Beyond those, which elements of a list can use up, there is as much once more for the
// members of objects: the id of a user may well stand behind a long list. A list there is
// its [Rest] alone.
func Tree(body []byte) (v any, ok bool) {
	if !json.Valid(body) {
		return nil, false
	}
	t := tree{left: maxTree}
	return t.value(body[afterSpace(body, 0):]), true
}

// tree counts what of an answer is still kept; left is negative where that is members of
// objects only.
type tree struct{ left int }

// value is the value that begins b, which is well-formed.
func (t *tree) value(b []byte) any {
	t.left--
	switch b[0] {
	case '[':
		return t.list(b)
	case '{':
		return t.object(b)
	case '"':
		var s string
		_ = json.Unmarshal(b[:afterValue(b, 0)], &s) // Well-formed, it is a text.
		return s
	case 't':
		return true
	case 'f':
		return false
	case 'n':
		return nil
	}
	return json.Number(b[:afterValue(b, 0)])
}

func (t *tree) list(b []byte) any {
	all, told := []any{}, 0
	for e := range elements(b) {
		if told++; len(all) < account.MaxListed && t.left > 0 {
			all = append(all, t.value(e.value))
		}
	}
	if len(all) < told {
		all = append(all, Rest{told - len(all)})
	}
	return all
}

func (t *tree) object(b []byte) any {
	all := map[string]any{}
	for e := range elements(b) {
		var key string
		if t.left > -maxTree && json.Unmarshal(e.key, &key) == nil {
			all[key] = t.value(e.value)
		}
	}
	return all
}
