package service

// maxDepth is how many arrays and objects may lie in one another, as for [json.Unmarshal].
const maxDepth = 10_000

// wellFormed reports whether a text is one JSON value, as [json.Valid] does, in half the
// time.
func wellFormed(b []byte) bool {
	end := valueEnd(b, afterSpace(b, 0), 0)
	return end >= 0 && afterSpace(b, end) == len(b)
}

// afterSpace is where the next character is that is no white space.
func afterSpace(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// valueEnd is where the value ends that begins at i, inside of as many arrays and objects
// as depth; negative where it is not well-formed.
func valueEnd(b []byte, i, depth int) int {
	if i >= len(b) {
		return -1
	}
	switch b[i] {
	case '"':
		return textEnd(b, i)
	case '{', '[':
		return structureEnd(b, i, depth, nil)
	case 't':
		return wordEnd(b, i, "true")
	case 'f':
		return wordEnd(b, i, "false")
	case 'n':
		return wordEnd(b, i, "null")
	}
	return numberEnd(b, i)
}

// structureEnd is where the array or object ends that begins at i, inside of as many others
// as depth; negative where it is not well-formed. each, unless it is nil, is told of every
// element where its value begins, and its key with the quotation marks, which is nil in an
// array. It returns where that value ends, or a negative number, by which it makes an end.
func structureEnd(b []byte, i, depth int, each func(key []byte, begin int) (end int)) int {
	if depth++; depth > maxDepth {
		return -1
	}
	closing := b[i] + 2 // In ASCII, a ] is two behind the [, and a } behind the {.
	if i = afterSpace(b, i+1); i < len(b) && b[i] == closing {
		return i + 1
	}
	for i < len(b) {
		var key []byte
		if closing == '}' {
			if key, i = keyAt(b, i); i < 0 {
				return -1
			}
		}
		if each == nil {
			i = valueEnd(b, i, depth)
		} else {
			i = each(key, i)
		}
		if i < 0 {
			return -1
		}
		if i = afterSpace(b, i); i < len(b) && b[i] == closing {
			return i + 1
		}
		if i >= len(b) || b[i] != ',' {
			return -1
		}
		i = afterSpace(b, i+1)
	}
	return -1
}

// keyAt is the key that must stand at i, and where the value behind it begins, which is
// negative where there is none.
func keyAt(b []byte, i int) (key []byte, value int) {
	if b[i] != '"' {
		return nil, -1
	}
	end := textEnd(b, i)
	if end < 0 {
		return nil, -1
	}
	colon := afterSpace(b, end)
	if colon == len(b) || b[colon] != ':' {
		return nil, -1
	}
	return b[i:end], afterSpace(b, colon+1)
}

// wordEnd is where a word ends that must stand at i.
func wordEnd(b []byte, i int, word string) int {
	if len(b)-i < len(word) || string(b[i:i+len(word)]) != word {
		return -1
	}
	return i + len(word)
}

// textEnd is where the text ends of which the first quotation mark is at i.
func textEnd(b []byte, i int) int {
	for i++; i < len(b) && b[i] >= ' '; i++ {
		switch b[i] {
		case '"':
			return i + 1
		case '\\':
			if i++; i >= len(b) {
				return -1
			}
			switch b[i] {
			case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
			case 'u':
				if i += 4; i >= len(b) || !hexadecimal(b[i-3:i+1]) {
					return -1
				}
			default:
				return -1
			}
		}
	}
	return -1
}

func hexadecimal(digits []byte) bool {
	for _, c := range digits {
		if !('0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F') {
			return false
		}
	}
	return true
}

// numberEnd is where the number ends that begins at i.
func numberEnd(b []byte, i int) int {
	if b[i] == '-' {
		i++
	}
	end := digitsEnd(b, i)
	if end < 0 || b[i] == '0' && end > i+1 {
		return -1
	}
	if end < len(b) && b[end] == '.' {
		if end = digitsEnd(b, end+1); end < 0 {
			return -1
		}
	}
	if end < len(b) && (b[end] == 'e' || b[end] == 'E') {
		if end++; end < len(b) && (b[end] == '+' || b[end] == '-') {
			end++
		}
		return digitsEnd(b, end)
	}
	return end
}

// digitsEnd is where the digits end of which the first must stand at i.
func digitsEnd(b []byte, i int) int {
	end := i
	for end < len(b) && '0' <= b[end] && b[end] <= '9' {
		end++
	}
	if end == i {
		return -1
	}
	return end
}
