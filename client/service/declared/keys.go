package declared

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// keys is a table of a description while it is read. Its methods read a key each,
// and note what is wrong with it; a key that none has asked for is unknown.
type keys struct {
	*reading
	path   []string
	values map[string]any
	known  []string
}

// reading is what all tables of a description share.
type reading struct {
	faults []Fault
	// paths counts the paths of the description.
	paths int
	// filters are those of the paths.
	filters filters
}

// fault notes that something is wrong with a key; with the table itself for none.
func (k *keys) fault(key, format string, args ...any) {
	k.faults = append(k.faults, Fault{Path: k.at(key), Message: fmt.Sprintf(format, args...)})
}

// at is the path of a key.
func (k *keys) at(key string) []string {
	if key == "" {
		return k.path
	}
	return append(slices.Clone(k.path), key)
}

// has reports whether a key is there, right or wrong.
func (k *keys) has(key string) bool {
	_, ok := k.values[key]
	return ok
}

// take is the value of a key, which is known from then on.
func (k *keys) take(key string) (any, bool) {
	k.known = append(k.known, key)
	v, ok := k.values[key]
	return v, ok
}

// text reads a text that is neither empty nor unreadable; empty where there is none.
func (k *keys) text(key, example string) string {
	v, ok := k.take(key)
	if !ok {
		return ""
	}
	s, ok := v.(string)
	switch {
	case !ok:
		k.fault(key, "must be text in quotes, such as %q", example)
	case strings.TrimSpace(s) == "":
		k.fault(key, "must not be empty; write a value such as %q", example)
	case strings.ContainsFunc(s, unicode.IsControl):
		k.fault(key, "must not have line breaks or control characters in it")
	default:
		return s
	}
	return ""
}

// word reads one of a few words; empty where there is none.
func (k *keys) word(key string, words ...string) string {
	v, ok := k.take(key)
	if !ok {
		return ""
	}
	s, ok := v.(string)
	switch {
	case !ok:
		k.fault(key, "must be %s, in quotes", either(words))
	case !slices.Contains(words, s):
		k.faults = append(k.faults, Fault{Path: k.at(key), Message: fmt.Sprintf("must be %s, not %q", either(words), s), Written: s, Known: words})
	default:
		return s
	}
	return ""
}

// texts reads a list of texts.
func (k *keys) texts(key, example string) []string {
	v, ok := k.take(key)
	if !ok {
		return nil
	}
	all, ok := textsOf(v)
	if !ok || len(all) == 0 {
		k.fault(key, "must be a list of texts, such as %s", example)
		return nil
	}
	return all
}

// textsOf is a list of texts; ok is false for anything else.
func textsOf(v any) (all []string, ok bool) {
	if all, ok := v.([]string); ok {
		return all, true
	}
	list, ok := v.([]any)
	if !ok {
		return nil, false
	}
	for _, one := range list {
		s, ok := one.(string)
		if !ok || s == "" || strings.ContainsFunc(s, unicode.IsControl) {
			return nil, false
		}
		all = append(all, s)
	}
	return all, true
}

// table reads a table within this one; nil where there is none.
func (k *keys) table(key, example string) *keys {
	v, ok := k.take(key)
	if !ok {
		return nil
	}
	values, ok := v.(map[string]any)
	if !ok {
		k.fault(key, "must be a table, such as %s", example)
		return nil
	}
	return &keys{reading: k.reading, path: k.at(key), values: values}
}

// tables reads a list of tables.
func (k *keys) tables(key, example string) (all []*keys) {
	v, ok := k.take(key)
	if !ok {
		return nil
	}
	var list []any
	switch v := v.(type) {
	case []any:
		list = v
	case []map[string]any: // [[services.NAME.states]]
		for _, one := range v {
			list = append(list, one)
		}
	}
	for i, one := range list {
		values, ok := one.(map[string]any)
		if !ok {
			list = nil
			break
		}
		all = append(all, &keys{reading: k.reading, path: append(k.at(key), strconv.Itoa(i)), values: values})
	}
	if len(list) == 0 {
		k.fault(key, "must be a list of tables, such as %s", example)
		return nil
	}
	return all
}

// unknown notes the keys that nothing has asked for.
func (k *keys) unknown() {
	for _, key := range slices.Sorted(maps.Keys(k.values)) {
		if !slices.Contains(k.known, key) {
			k.faults = append(k.faults, Fault{Path: k.at(key), Message: "unknown key", Written: key, Known: k.known})
		}
	}
}

// either joins words into an alternative: a, b or c, each in quotes.
func either(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = strconv.Quote(w)
	}
	if len(quoted) < 2 {
		return strings.Join(quoted, "")
	}
	return strings.Join(quoted[:len(quoted)-1], ", ") + " or " + quoted[len(quoted)-1]
}
