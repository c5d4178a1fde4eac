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
//
// Of the further elements of a list, those are kept that are wanted, behind the first ones
// and before the Rest, and as many values of them as make sense. wanted is told what the
// answer has without them; nil wants none.
func Tree(body []byte, wanted func(element, answer any) bool) (v any, ok bool) {
	if !json.Valid(body) {
		return nil, false
	}
	body = body[afterSpace(body, 0):]
	first := tree{left: maxTree}
	v = first.value(body)
	if wanted == nil || !first.cut {
		return v, true
	}
	again := tree{left: maxTree, room: maxTree, wanted: func(element any) bool { return wanted(element, v) }}
	return again.value(body), true
}

// tree counts what of an answer is still kept; left is negative where that is members of
// objects only.
type tree struct {
	left int
	// room is how many values of wanted elements are kept besides.
	room   int
	wanted func(element any) bool
	// cut is set once an element was left out.
	cut bool
}

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
	all, told, first := []any{}, 0, 0
	for e := range elements(b) {
		told++
		if first < account.MaxListed && t.left > 0 {
			first++
			all = append(all, t.value(e.value))
		} else if v, ok := t.further(e.value); ok {
			all = append(all, v)
		}
	}
	if len(all) < told {
		t.cut = true
		all = append(all, Rest{told - len(all)})
	}
	return all
}

// further is the value of an element beyond the first ones; ok is false where that is not
// kept.
func (t *tree) further(b []byte) (v any, ok bool) {
	if t.wanted == nil || t.room <= 0 {
		return nil, false
	}
	one := tree{left: t.room, room: t.room, wanted: t.wanted}
	if v = one.value(b); !t.wanted(v) {
		return nil, false
	}
	// It has used some of both, which were the same to begin with.
	t.room = one.left + one.room - t.room
	return v, true
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
