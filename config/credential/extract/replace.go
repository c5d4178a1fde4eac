package extract

import (
	"reflect"
	"slices"

	"github.com/theory/jsonpath/spec"
)

// Replace puts another text in the place of the one that the place leads to, with the
// quotes that are there or that the new text needs. Every other byte stays as it is:
// where that cannot be, it is an error, as it is where the place leads to none, or to
// several. The new text has no line break and no control character in it.
func (p Place) Replace(data []byte, text string) ([]byte, error) {
	found, err := p.Texts(data)
	if err != nil {
		return nil, err
	}
	if len(found) != 1 {
		return nil, ErrNoText
	}
	body := trimMark(data)
	var new part
	switch p.Format {
	case JSON, YAML, TOML:
		new, err = p.documentPart(body, text)
	case INI:
		new, err = iniPart(body, p.Path, text)
	case Netrc:
		new, err = netrcPart(body, p.Path, text)
	case NPMRC:
		new, err = npmPart(body, p.Path, text)
	}
	if err != nil {
		return nil, err
	}
	fresh := slices.Concat(body[:new.start], []byte(new.text), body[new.end:])
	if !p.saysOnly(body, fresh, text) {
		return nil, ErrForm
	}
	return slices.Concat(data[:len(data)-len(body)], fresh), nil
}

// saysOnly reports whether a text says what another did, but for the new text at the
// place.
func (p Place) saysOnly(before, after []byte, text string) bool {
	found, err := p.Texts(after)
	if err != nil || len(found) != 1 || found[0] != text {
		return false
	}
	was, _ := p.Texts(before)
	switch p.Format {
	case INI:
		return iniSays(before, p.Path, text) == iniSays(after, p.Path, text)
	case Netrc:
		all := Machines(before)
		for i := range all {
			if all[i].Name == p.Path && all[i].Password != "" {
				all[i].Password = text
			}
		}
		return slices.Equal(all, Machines(after))
	case NPMRC:
		all := Settings(before)
		for i := range all {
			if all[i].Key == p.Path {
				all[i].Value = text
			}
		}
		return slices.Equal(all, Settings(after))
	}
	old, err := Document(p.Format, before)
	if err != nil {
		return false
	}
	new, err := Document(p.Format, after)
	if err != nil {
		return false
	}
	at, ok := p.located(new)
	return ok && put(new, at, was[0]) && reflect.DeepEqual(old, new)
}

// located is where the one text is that a path leads to.
func (p Place) located(tree any) (at spec.NormalizedPath, ok bool) {
	path, err := parsePath(p.Path, Example(p.Format))
	if err != nil {
		return nil, false
	}
	for _, node := range path.SelectLocated(tree) {
		if _, is := node.Node.(string); is && at != nil {
			return nil, false
		} else if is {
			at = node.Path
		}
	}
	return at, at != nil
}

// put gives a place in a tree another text, and reports whether there is such a place.
func put(tree any, at spec.NormalizedPath, text string) bool {
	if len(at) == 0 {
		return false
	}
	last := len(at) == 1
	switch s := at[0].(type) {
	case spec.Name:
		table, ok := tree.(map[string]any)
		if ok && last {
			table[string(s)] = text
		}
		return ok && (last || put(table[string(s)], at[1:], text))
	case spec.Index:
		switch list := tree.(type) {
		case []any:
			if int(s) < len(list) && last {
				list[s] = text
			}
			return int(s) < len(list) && (last || put(list[s], at[1:], text))
		case []map[string]any:
			return int(s) < len(list) && !last && put(list[s], at[1:], text)
		}
	}
	return false
}

// documentPart is the part of a document that is to be replaced.
func (p Place) documentPart(data []byte, text string) (part, error) {
	tree, err := Document(p.Format, data)
	if err != nil {
		return part{}, err
	}
	at, ok := p.located(tree)
	if !ok {
		return part{}, ErrNoText
	}
	switch p.Format {
	case JSON:
		return jsonPart(data, at, text)
	case TOML:
		return tomlPart(data, at, text)
	}
	return yamlPart(data, at, text)
}
