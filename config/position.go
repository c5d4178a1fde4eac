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

// place is where a key stands in a text. The zero place is that of a key that
// was not found.
type place struct {
	// offset counts bytes from 0, line from 1.
	offset, line int
}

// places tells where each key of a text is first named, on its own, as part of
// a dotted key or in a table's header. A key is its path as [toml.Key] writes
// it, with quotes where they are needed.
type places struct {
	of map[string]place
	// lineEnds are the offsets of the line breaks.
	lineEnds []int
}

// locate finds the keys of a text. Decoding is another parser's task; where
// this one should not understand what that one does, the keys from there on
// have no place.
func locate(data []byte) *places {
	p := &places{of: map[string]place{}}
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

// find is the place of a key.
func (p *places) find(path toml.Key) place { return p.of[path.String()] }

// order are the keys of a table by where they are first named.
func (p *places) order(table toml.Key, values map[string]any) []string {
	at := make(map[string]int, len(values))
	for name := range values {
		at[name] = p.find(below(table, name)).offset
	}
	return slices.SortedFunc(maps.Keys(values), func(a, b string) int {
		return cmp.Or(cmp.Compare(at[a], at[b]), cmp.Compare(a, b))
	})
}

// add notes each part of a dotted key below a table and returns its path.
func (p *places) add(table toml.Key, key unstable.Iterator) toml.Key {
	path := table
	for key.Next() && len(path) < maxDepth {
		n := key.Node()
		path = below(path, string(n.Data))
		id := path.String()
		if _, known := p.of[id]; !known {
			offset := int(n.Raw.Offset)
			p.of[id] = place{offset: offset, line: 1 + sort.SearchInts(p.lineEnds, offset)}
		}
	}
	return path
}

// addValue notes a key and, where its value is an inline table, those in it.
func (p *places) addValue(table toml.Key, e *unstable.Node) {
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
