package extract

import (
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
	"github.com/theory/jsonpath/spec"
)

// tomlPart is the text at a place in TOML, and another with the same quotes, as far as
// it can be written so.
func tomlPart(data []byte, at spec.NormalizedPath, text string) (part, error) {
	where, err := tomlSpan(data, at.String())
	if err != nil {
		return part{}, err
	}
	old := string(data[where.start:where.end])
	switch single := !strings.Contains(text, `'`); {
	case strings.Contains(old, "\n"):
		return part{}, ErrLines
	case strings.HasPrefix(old, `'''`) && single:
		return part{where, `'''` + text + `'''`}, nil
	case strings.HasPrefix(old, `"""`):
		return part{where, `""` + escaped(text) + `""`}, nil
	case strings.HasPrefix(old, `'`) && single:
		return part{where, `'` + text + `'`}, nil
	}
	return part{where, escaped(text)}, nil
}

// tomlSpan is where the text at a place stands, quotes included.
func tomlSpan(data []byte, wanted string) (span, error) {
	var parser unstable.Parser
	parser.Reset(data)
	t := tomlSearch{wanted: wanted, tables: map[string]int{}}
	var table spec.NormalizedPath
	for parser.NextExpression() {
		node := parser.Expression()
		switch node.Kind {
		case unstable.Table:
			table = t.resolve(nil, node.Key())
		case unstable.ArrayTable:
			table = t.resolve(nil, node.Key())
			name := headOf(table).String()
			t.tables[name]++
			table = append(headOf(table), spec.Index(t.tables[name]-1))
		case unstable.KeyValue:
			t.value(t.resolve(table, node.Key()), node.Value())
		}
	}
	switch {
	case parser.Error() != nil:
		return span{}, ErrMalformed
	case !t.found:
		return span{}, ErrForm
	}
	return t.at, nil
}

// headOf is the path of a list, without the place in it.
func headOf(path spec.NormalizedPath) spec.NormalizedPath {
	if _, is := path[len(path)-1].(spec.Index); is {
		return path[: len(path)-1 : len(path)-1]
	}
	return path[:len(path):len(path)]
}

// tomlSearch looks for a place among the expressions of a text.
type tomlSearch struct {
	wanted string
	// tables are how many tables each list of them has by now.
	tables map[string]int
	found  bool
	at     span
}

// resolve is the path of a key below a table. A name of a list of tables leads to the
// last of them.
func (t *tomlSearch) resolve(table spec.NormalizedPath, key unstable.Iterator) spec.NormalizedPath {
	path := table[:len(table):len(table)]
	for key.Next() {
		path = append(path, spec.Name(string(key.Node().Data)))
		if n := t.tables[path.String()]; n > 0 {
			path = append(path, spec.Index(n-1))
		}
	}
	return path
}

// value looks for the place in a value.
func (t *tomlSearch) value(path spec.NormalizedPath, n *unstable.Node) {
	path = path[:len(path):len(path)]
	switch n.Kind {
	case unstable.String:
		if path.String() == t.wanted {
			t.found, t.at = true, span{int(n.Raw.Offset), int(n.Raw.Offset + n.Raw.Length)}
		}
	case unstable.Array:
		all := n.Children()
		for i := 0; all.Next(); i++ {
			t.value(append(path, spec.Index(i)), all.Node())
		}
	case unstable.InlineTable:
		for all := n.Children(); all.Next(); {
			t.value(t.resolve(path, all.Node().Key()), all.Node().Value())
		}
	}
}
