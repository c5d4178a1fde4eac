package extract

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"

	"github.com/BurntSushi/toml"
	"go.yaml.in/yaml/v4"
)

const (
	// maxDepth is how deep a document may be nested.
	maxDepth = 64
	// maxValues is how many values a YAML document may have, those that it only
	// repeats included.
	maxValues = 100_000
)

// Document is a text in JSON, YAML or TOML as a tree: a map[string]any, a []any, a
// text, another value, or nil. All values of YAML are texts as they are written,
// since a token may look like a number.
func Document(format string, data []byte) (any, error) {
	data = trimMark(data)
	tree, err := decode(format, data)
	switch {
	case errors.Is(err, ErrDeep), errors.Is(err, ErrTwice), errors.Is(err, ErrDocuments):
		return nil, err
	case err != nil:
		// The words of a decoder may quote what they are about.
		return nil, ErrMalformed
	case deeper(tree, maxDepth):
		return nil, ErrDeep
	}
	return tree, nil
}

func decode(format string, data []byte) (any, error) {
	switch format {
	case JSON:
		return jsonTree(data)
	case TOML:
		if opens(data) > maxDepth {
			return nil, ErrDeep
		}
		var tree map[string]any
		err := toml.Unmarshal(data, &tree)
		return tree, err
	case YAML:
		d := yaml.NewDecoder(bytes.NewReader(data))
		var document, more yaml.Node
		if err := d.Decode(&document); err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if err := d.Decode(&more); !errors.Is(err, io.EOF) {
			return nil, cmp.Or(err, ErrDocuments)
		}
		left := maxValues
		return yamlTree(&document, maxDepth+1, &left)
	}
	return nil, ErrMalformed
}

// jsonTree is a text in JSON as a tree.
func jsonTree(data []byte) (any, error) {
	if twice, err := repeats(json.NewDecoder(bytes.NewReader(data)), maxDepth); twice || err != nil {
		return nil, cmp.Or(err, ErrTwice)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var tree any
	if err := d.Decode(&tree); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, ErrMalformed
	}
	return tree, nil
}

// repeats reports whether an object in the next value has a key more than once.
func repeats(d *json.Decoder, levels int) (bool, error) {
	if levels < 0 {
		return false, ErrDeep
	}
	open, err := d.Token()
	if err != nil || open != json.Delim('{') && open != json.Delim('[') {
		return false, err
	}
	keys := map[json.Token]bool{}
	for d.More() {
		if open == json.Delim('{') {
			key, err := d.Token()
			if keys[key] || err != nil {
				return err == nil, err
			}
			keys[key] = true
		}
		if twice, err := repeats(d, levels-1); twice || err != nil {
			return twice, err
		}
	}
	_, err = d.Token()
	return false, err
}

// opens is how many brackets a text in TOML has open at once, strings and comments left
// out as far as they end on their line. The decoder takes seconds for very many.
func opens(data []byte) (most int) {
	depth, quote, comment := 0, byte(0), false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case c == '\n':
			quote, comment = 0, false
		case comment:
		case quote == '"' && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '#':
			comment = true
		case c == '[' || c == '{':
			depth++
			most = max(most, depth)
		case c == ']' || c == '}':
			depth--
		}
	}
	return most
}

// deeper reports whether a tree has more than a number of levels.
func deeper(tree any, levels int) bool {
	switch t := tree.(type) {
	case map[string]any:
		for _, v := range t {
			if levels == 0 || deeper(v, levels-1) {
				return true
			}
		}
	case []any:
		for _, v := range t {
			if levels == 0 || deeper(v, levels-1) {
				return true
			}
		}
	case []map[string]any:
		for _, v := range t {
			if levels == 0 || deeper(v, levels-1) {
				return true
			}
		}
	}
	return false
}

// yamlTree is a node as a value. An alias is what it stands for; left bounds how
// many values there are in all, since a short text can repeat itself without end.
func yamlTree(n *yaml.Node, levels int, left *int) (any, error) {
	if *left--; *left < 0 || levels < 0 {
		return nil, ErrDeep
	}
	switch n.Kind {
	case yaml.DocumentNode:
		return yamlTree(n.Content[0], levels, left)
	case yaml.AliasNode:
		return yamlTree(n.Alias, levels-1, left)
	case yaml.SequenceNode:
		all := make([]any, 0, len(n.Content))
		for _, c := range n.Content {
			v, err := yamlTree(c, levels-1, left)
			if err != nil {
				return nil, err
			}
			all = append(all, v)
		}
		return all, nil
	case yaml.MappingNode:
		all := make(map[string]any, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			v, err := yamlTree(n.Content[i+1], levels-1, left)
			if err != nil {
				return nil, err
			}
			if _, twice := all[n.Content[i].Value]; twice {
				return nil, ErrTwice
			}
			all[n.Content[i].Value] = v
		}
		return all, nil
	case yaml.ScalarNode:
		return yamlText(n), nil
	}
	return nil, nil
}

// yamlText is the text of a scalar, nil for null. A text that is only said to be null
// is one: glab writes a token so. What is encoded, or of a kind of its own, is not the
// text that is written there: it is false, which is none.
func yamlText(n *yaml.Node) any {
	switch n.ShortTag() {
	case "!!str", "!!int", "!!float", "!!bool", "!!timestamp", "!!merge":
	case "!!null":
		switch n.Value {
		case "", "~", "null", "Null", "NULL":
			return nil
		}
	default:
		return false
	}
	return n.Value
}
