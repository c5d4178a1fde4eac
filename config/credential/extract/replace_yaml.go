package extract

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/theory/jsonpath/spec"
	"go.yaml.in/yaml/v4"
)

// yamlPart is the text at a place in YAML, and another with the same quotes, or with
// those that it needs.
func yamlPart(data []byte, at spec.NormalizedPath, text string) (part, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil || len(document.Content) == 0 {
		return part{}, ErrMalformed
	}
	node, err := yamlNode(document.Content[0], at)
	if err != nil {
		return part{}, err
	}
	start, ok := yamlStart(data, node)
	if !ok {
		return part{}, ErrForm
	}
	tagged := data[start] == '!'
	if tagged {
		for start < len(data) && data[start] != ' ' && data[start] != '\n' {
			start++
		}
		for start < len(data) && data[start] == ' ' {
			start++
		}
	}
	line := string(data[start:lineOf(data, start).end])
	switch {
	case node.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return part{}, ErrLines
	case strings.HasPrefix(line, `"`):
		end := endOfQuoted(line, `\`)
		return partOf(start, end, escaped(text))
	case strings.HasPrefix(line, `'`):
		end := endOfQuoted(line, `'`)
		return partOf(start, end, singleQuoted(text))
	case !strings.HasPrefix(line, node.Value):
		return part{}, ErrLines
	case tagged || plainInYAML(text):
		return partOf(start, len(node.Value), text)
	case strings.Contains(text, `'`):
		return partOf(start, len(node.Value), escaped(text))
	}
	return partOf(start, len(node.Value), singleQuoted(text))
}

// partOf is the part of so many bytes from an offset; none of none is written over
// several lines.
func partOf(start, length int, text string) (part, error) {
	if length <= 0 {
		return part{}, ErrLines
	}
	return part{span{start, start + length}, text}, nil
}

// endOfQuoted is the length of a text with its quotes, at the beginning of a line; 0
// where it does not end on the line. before is the sign that keeps a quote behind it
// from being the last.
func endOfQuoted(line, before string) int {
	quote := line[0]
	for i := 1; i < len(line); i++ {
		switch {
		case before == `\` && line[i] == '\\':
			i++
		case line[i] != quote:
		case before == `'` && i+1 < len(line) && line[i+1] == quote:
			i++
		default:
			return i + 1
		}
	}
	return 0
}

func singleQuoted(text string) string { return `'` + strings.ReplaceAll(text, `'`, `''`) + `'` }

// plainInYAML reports whether a text can stand without quotes: YAML reads it as that
// text, and as nothing else, in a list and in a table on one line, too.
func plainInYAML(text string) bool {
	if strings.ContainsAny(text, ",[]{}#&*!|>%@`\"' ") {
		return false
	}
	var read yaml.Node
	if yaml.Unmarshal([]byte("["+text+"]"), &read) != nil || len(read.Content) != 1 || len(read.Content[0].Content) != 1 {
		return false
	}
	node := read.Content[0].Content[0]
	return node.Kind == yaml.ScalarNode && node.Value == text && node.ShortTag() == "!!str"
}

// yamlNode is the node of a text at a place. What several places share is none.
func yamlNode(n *yaml.Node, at spec.NormalizedPath) (*yaml.Node, error) {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		return nil, ErrShared
	}
	if len(at) == 0 {
		if n.Kind != yaml.ScalarNode {
			return nil, ErrNoText
		}
		return n, nil
	}
	switch s := at[0].(type) {
	case spec.Name:
		for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == string(s) {
				return yamlNode(n.Content[i+1], at[1:])
			}
		}
	case spec.Index:
		if n.Kind == yaml.SequenceNode && int(s) < len(n.Content) {
			return yamlNode(n.Content[s], at[1:])
		}
	}
	return nil, ErrNoText
}

// yamlStart is the offset of a node, of which the decoder tells the line and the column
// in characters.
func yamlStart(data []byte, n *yaml.Node) (at int, ok bool) {
	for line := 1; line < n.Line; line++ {
		i := bytes.IndexByte(data[at:], '\n')
		if i < 0 {
			return 0, false
		}
		at += i + 1
	}
	for column := 1; column < n.Column; column++ {
		_, size := utf8.DecodeRune(data[at:])
		if size == 0 || data[at] == '\n' {
			return 0, false
		}
		at += size
	}
	return at, at < len(data)
}
