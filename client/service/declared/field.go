package declared

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"rollcall/client/account"
)

// field finds a value in an answer: by the first of its alternatives that finds one.
type field []alternative

// alternative is a path, or a text with paths in braces.
type alternative struct {
	path *path
	// pieces are those of a text with paths in it; nil for a path alone.
	pieces []piece
}

// piece is a part of such a text: letters, or what a path finds.
type piece struct {
	text string
	path *path
}

// field reads a path, a list of them, or a text with paths in braces.
func (k *keys) field(key string) field {
	v, ok := k.take(key)
	if !ok {
		return nil
	}
	if s, ok := v.(string); ok {
		v = []any{s}
	}
	texts, ok := textsOf(v)
	if !ok || len(texts) == 0 {
		k.fault(key, `must be a path such as "$.id", a list of paths, or a text such as "{$.first} {$.last}"`)
		return nil
	}
	var f field
	for _, text := range texts {
		if a, ok := k.alternative(key, text); ok {
			f = append(f, a)
		}
	}
	return f
}

func (k *keys) alternative(key, text string) (a alternative, ok bool) {
	if !strings.Contains(text, "{$") || strings.HasPrefix(text, "$") {
		a.path = k.compile(key, text)
		return a, a.path != nil
	}
	for rest := text; rest != ""; {
		letters, after, found := strings.Cut(rest, "{$")
		if letters != "" {
			a.pieces = append(a.pieces, piece{text: letters})
		}
		if !found {
			break
		}
		end := closing(after)
		if end < 0 {
			k.fault(key, "%s opens a { that is not closed", text)
			return a, false
		}
		p := k.compile(key, "$"+after[:end])
		if p == nil {
			return a, false
		}
		a.pieces, rest = append(a.pieces, piece{path: p}), after[end+1:]
	}
	return a, true
}

// closing is where the brace closes that was opened before a text; -1 for nowhere.
// One in quotes belongs to the path.
func closing(text string) int {
	var quote byte
	for i := range len(text) {
		switch c := text[i]; {
		case quote == 0 && (c == '\'' || c == '"'):
			quote = c
		case quote == 0 && c == '}':
			return i
		case c == quote && text[i-1] != '\\':
			quote = 0
		}
	}
	return -1
}

// compile compiles a path, of which a description can have so many.
func (k *keys) compile(key, text string) *path {
	if k.paths++; k.paths > maxPaths {
		if k.paths == maxPaths+1 {
			k.fault(key, "a service may have %d paths at most", maxPaths)
		}
		return nil
	}
	p, err := parsePath(text)
	if err != nil {
		k.fault(key, "%s", err)
		return nil
	}
	k.filters.add(p)
	return p
}

// pathList reads a list of paths.
func (k *keys) pathList(key string) (all []*path) {
	for _, text := range k.texts(key, `["$.user.id"]`) {
		if p := k.compile(key, text); p != nil {
			all = append(all, p)
		}
	}
	return all
}

// text is the first text that the field finds; empty where it finds none.
func (f field) text(doc any) string {
	for _, a := range f {
		if found := a.texts(doc); len(found) > 0 {
			return found[0]
		}
	}
	return ""
}

// texts are all that its first alternative finds which finds any.
func (f field) texts(doc any) []string {
	found, _ := f.find(doc)
	return found
}

// find is texts with the number of further values that there are.
func (f field) find(doc any) (found []string, more int) {
	for _, a := range f {
		if found, more := a.find(doc); len(found) > 0 {
			return found, more
		}
	}
	return nil, 0
}

// value is the first value that the field finds, null included.
func (f field) value(doc any) (v any, ok bool) {
	for _, a := range f {
		if a.path == nil {
			if s := a.joined(doc); s != "" {
				return s, true
			}
			continue
		}
		for _, n := range a.path.nodes(doc) {
			if !ok || v == nil {
				v, ok = n, true
			}
		}
		if ok && v != nil {
			return v, ok
		}
	}
	return v, ok
}

func (a alternative) texts(doc any) []string {
	all, _ := a.find(doc)
	return all
}

func (a alternative) find(doc any) (all []string, more int) {
	if a.path == nil {
		if s := a.joined(doc); s != "" {
			return []string{s}, 0
		}
		return nil, 0
	}
	nodes, more := a.path.find(doc)
	for _, n := range nodes {
		list, ok := n.([]any)
		if !ok {
			list = []any{n}
		}
		list, rest := elementsOf(list)
		more += rest
		for _, one := range list {
			switch s := plain(one); {
			case s == "" || slices.Contains(all, s):
			case len(all) == account.MaxListed:
				more++
			default:
				all = append(all, s)
			}
		}
	}
	return all, more
}

// joined is the text with what its paths find, each the first; empty where none of
// them finds anything.
func (a alternative) joined(doc any) string {
	var b strings.Builder
	found := false
	for _, p := range a.pieces {
		if p.path == nil {
			b.WriteString(p.text)
			continue
		}
		for _, n := range p.path.nodes(doc) {
			if s := plain(n); s != "" {
				found = true
				b.WriteString(s)
				break
			}
		}
	}
	if !found {
		return ""
	}
	// A piece that is missing leaves two spaces. Others stay: they could split a secret.
	return strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return r == ' ' }), " ")
}

// plain is a value as text; empty for what is none.
func plain(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// String tells the field as it was written.
func (f field) String() string {
	all := make([]string, len(f))
	for i, a := range f {
		all[i] = a.String()
	}
	return strings.Join(all, ", ")
}

func (a alternative) String() string {
	if a.path != nil {
		return a.path.text
	}
	var b strings.Builder
	for _, p := range a.pieces {
		if p.path != nil {
			b.WriteString("{" + p.path.text + "}")
		} else {
			b.WriteString(p.text)
		}
	}
	return b.String()
}
