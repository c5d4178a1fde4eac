package config

import (
	"cmp"
	"maps"
	"slices"
	"sort"

	"github.com/BurntSushi/toml"
	"github.com/pelletier/go-toml/v2/unstable"
)

// maxDepth is how deep keys are located: profiles.NAME.token.env. The rest
// cannot be a key that we know.
const maxDepth = 4

// position is where a key stands in a text. The zero position is that of a key
// that was not found.
type position struct {
	// offset counts bytes from 0, line from 1.
	offset, line int
}

// positions tell where each key of a text is first named, on its own, as part of
// a dotted key or in a table's header. A key is its path as [toml.Key] writes
// it, with quotes where they are needed.
type positions struct {
	of map[string]position
	// lineEnds are the offsets of the line breaks.
	lineEnds []int
}

// locate finds the keys of a text. The parser that it uses is not the decoder.
// Where the parser should stop at something that the decoder takes, the keys
// from there on have no position.
func locate(data []byte) *positions {
	p := &positions{of: map[string]position{}}
	for i, b := range data {
		if b == '\n' {
			p.lineEnds = append(p.lineEnds, i)
		}
	}
	var parser unstable.Parser
	parser.Reset(data)
	var table toml.Key
	for parser.NextExpression() {
		e := parser.Expression()
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = p.add(nil, e.Key())
		case unstable.KeyValue:
			p.addValue(table, e)
		}
	}
	return p
}

// find is the position of a key.
func (p *positions) find(path toml.Key) position { return p.of[path.String()] }

// order are the keys of a table by where they are first named.
func (p *positions) order(table toml.Key, values map[string]any) []string {
	at := make(map[string]int, len(values))
	for name := range values {
		at[name] = p.find(below(table, name)).offset
	}
	return slices.SortedFunc(maps.Keys(values), func(a, b string) int {
		return cmp.Or(cmp.Compare(at[a], at[b]), cmp.Compare(a, b))
	})
}

// add notes each part of a dotted key below a table and returns its path.
func (p *positions) add(table toml.Key, key unstable.Iterator) toml.Key {
	path := table
	for key.Next() && len(path) < maxDepth {
		n := key.Node()
		path = below(path, string(n.Data))
		id := path.String()
		if _, known := p.of[id]; !known {
			offset := int(n.Raw.Offset)
			p.of[id] = position{offset: offset, line: 1 + sort.SearchInts(p.lineEnds, offset)}
		}
	}
	return path
}

// addValue notes a key and, where its value is an inline table, those in it.
func (p *positions) addValue(table toml.Key, e *unstable.Node) {
	path := p.add(table, e.Key())
	if e.Value().Kind != unstable.InlineTable || len(path) == maxDepth {
		return
	}
	for pairs := e.Value().Children(); pairs.Next(); {
		p.addValue(path, pairs.Node())
	}
}

// below is the path of a key in a table.
func below(table toml.Key, key string) toml.Key {
	return append(slices.Clip(slices.Clone(table)), key)
}
