package service

import "iter"

// element is one of a JSON array or object, as it is written.
type element struct {
	// key has its quotation marks; it is nil in an array.
	key, value []byte
	// end is where in the text the value ends.
	end int
}

// elements are those of a JSON array or object, which begins b. The text must be
// well-formed, as what [json.Unmarshal] hands to an UnmarshalJSON is.
func elements(b []byte) iter.Seq[element] {
	return func(yield func(element) bool) {
		if len(b) < 2 || b[0] != '[' && b[0] != '{' {
			return
		}
		for i := afterSpace(b, 1); i < len(b) && b[i] != ']' && b[i] != '}'; i = afterSpace(b, i) {
			var e element
			if b[0] == '{' {
				end := afterValue(b, i)
				e.key = b[i:end]
				i = afterSpace(b, afterSpace(b, end)+1) // The colon stands between.
			}
			e.end = afterValue(b, i)
			e.value = b[min(i, e.end):e.end]
			if len(e.value) == 0 || !yield(e) {
				return
			}
			if i = afterSpace(b, e.end); i >= len(b) || b[i] != ',' {
				return
			}
			i++
		}
	}
}

// afterSpace is where the next character is that is no white space.
func afterSpace(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// afterValue is where the value ends that begins at i.
func afterValue(b []byte, i int) int {
	for depth := 0; i < len(b); i++ {
		switch b[i] {
		case '"':
			i = endOfText(b, i)
		case '[', '{':
			depth++
		case ']', '}':
			if depth--; depth < 0 {
				return i
			}
		case ',', ':', ' ', '\n', '\r', '\t':
			if depth == 0 {
				return i
			}
			continue
		default:
			continue // A number or word ends before what is none of it.
		}
		if depth == 0 {
			return i + 1
		}
	}
	return len(b)
}

// endOfText is where the closing quotation mark of the text is that begins at i.
func endOfText(b []byte, i int) int {
	for i++; i < len(b) && b[i] != '"'; i++ {
		if b[i] == '\\' {
			i++
		}
	}
	return min(i, len(b)-1)
}
