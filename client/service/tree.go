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
	if !wellFormed(body) {
		return nil, false
	}
	begin := afterSpace(body, 0)
	first := tree{text: body, left: maxTree}
	v, _ = first.value(begin)
	if wanted == nil || !first.cut {
		return v, true
	}
	again := tree{text: body, left: maxTree, room: maxTree, wanted: func(element any) bool { return wanted(element, v) }}
	all, _ := again.value(begin)
	return all, true
}

// tree counts what of an answer is still kept; left is negative where that is members of
// objects only.
type tree struct {
	// text is well-formed. It is gone over once, however deep a value lies in it.
	text []byte
	left int
	// room is how many values of wanted elements are kept besides.
	room   int
	wanted func(element any) bool
	// cut is set once an element was left out.
	cut bool
}

// value is the value that begins at i, and where it ends.
func (t *tree) value(i int) (v any, end int) {
	t.left--
	switch t.text[i] {
	case '[':
		return t.list(i)
	case '{':
		return t.object(i)
	}
	end = valueEnd(t.text, i, 0)
	switch t.text[i] {
	case '"':
		var s string
		_ = json.Unmarshal(t.text[i:end], &s) // Well-formed, it is a text.
		return s, end
	case 't':
		return true, end
	case 'f':
		return false, end
	case 'n':
		return nil, end
	}
	return json.Number(t.text[i:end]), end
}

func (t *tree) list(i int) (v any, end int) {
	all, told, first := []any{}, 0, 0
	end = structureEnd(t.text, i, 0, func(_ []byte, begin int) (end int) {
		var one any
		kept := true
		if told++; first < account.MaxListed && t.left > 0 {
			first++
			one, end = t.value(begin)
		} else {
			one, end, kept = t.further(begin)
		}
		if kept {
			all = append(all, one)
		}
		return end
	})
	if len(all) < told {
		t.cut = true
		all = append(all, Rest{told - len(all)})
	}
	return all, end
}

// further is the value of an element beyond the first ones, which begins at i, and where
// it ends; kept is false where it is not kept.
func (t *tree) further(i int) (v any, end int, kept bool) {
	if t.wanted == nil || t.room <= 0 {
		return nil, valueEnd(t.text, i, 0), false
	}
	one := tree{text: t.text, left: t.room, room: t.room, wanted: t.wanted}
	if v, end = one.value(i); !t.wanted(v) {
		return nil, end, false
	}
	// It has used some of both, which were the same to begin with.
	t.room = one.left + one.room - t.room
	return v, end, true
}

func (t *tree) object(i int) (v any, end int) {
	all := map[string]any{}
	end = structureEnd(t.text, i, 0, func(text []byte, begin int) (end int) {
		var key string
		if t.left <= -maxTree || json.Unmarshal(text, &key) != nil {
			return valueEnd(t.text, begin, 0)
		}
		all[key], end = t.value(begin)
		return end
	})
	return all, end
}
