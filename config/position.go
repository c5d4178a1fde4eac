package config

import (
	"cmp"
	"maps"
	"slices"
	"sort"
	"strconv"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/pelletier/go-toml/v2/unstable"
)

// How deep keys are located: of profiles as deep as profiles.NAME.token.env, the
// rest cannot be a key that we know; of the descriptions of services deeper, once one
// of them is wrong.
const (
	maxDepth         = 4
	descriptionDepth = 10
	// namesDepth is as deep as profiles.NAME, which is all that a file without a
	// mistake needs.
	namesDepth = 2
)

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
	// depth is how deep keys are located. lists counts the tables of each list of
	// tables; nil where elements of lists are not located.
	depth int
	lists map[string]int
	// deeper locates the keys below; nil where all are located that there are.
	deeper func() *positions
}

// locate finds the keys of a text. The parser that it uses is not the decoder.
// Where the parser should stop at something that the decoder takes, the keys
// from there on have no position.
func locate(data []byte) *positions {
	p := (&positions{depth: namesDepth}).locate(data)
	p.deeper = sync.OnceValue(func() *positions { return (&positions{depth: maxDepth}).locate(data) })
	return p
}

// locateElements finds the keys of a text as deep as descriptions go. In the paths,
// elements of lists are numbers, from 0.
func locateElements(data []byte) *positions {
	return (&positions{depth: descriptionDepth, lists: map[string]int{}}).locate(data)
}

func (p *positions) locate(data []byte) *positions {
	p.of = map[string]position{}
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
			if e.Kind == unstable.ArrayTable && p.lists != nil {
				at := p.of[table.String()]
				table = p.element(table)
				p.of[table.String()] = at
			}
		case unstable.KeyValue:
			p.addValue(table, e)
		}
	}
	return p
}

// find is the position of a key.
func (p *positions) find(path toml.Key) position {
	if len(path) > p.depth && p.deeper != nil {
		p = p.deeper()
	}
	return p.of[path.String()]
}

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
	for key.Next() && len(path) < p.depth {
		n := key.Node()
		if p.lists != nil {
			if n := p.lists[path.String()]; n > 0 {
				// Keys below a list of tables are those of its last one.
				path = below(path, strconv.Itoa(n-1))
			}
		}
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
	p.addWithin(p.add(table, e.Key()), e.Value())
}

// addWithin notes the keys in a value.
func (p *positions) addWithin(path toml.Key, value *unstable.Node) {
	switch {
	case len(path) >= p.depth:
	case value.Kind == unstable.InlineTable:
		for pairs := value.Children(); pairs.Next(); {
			p.addValue(path, pairs.Node())
		}
	case value.Kind == unstable.Array && p.lists != nil:
		i := 0
		for elements := value.Children(); elements.Next(); {
			if n := elements.Node(); n.Kind != unstable.Comment {
				p.addWithin(below(path, strconv.Itoa(i)), n)
				i++
			}
		}
	}
}

// element is the path of the next table of a list.
func (p *positions) element(list toml.Key) toml.Key {
	n := p.lists[list.String()]
	p.lists[list.String()]++
	return below(list, strconv.Itoa(n))
}

// nearest is the position of a key or, where that was not found, of what it lies in.
func (p *positions) nearest(path toml.Key) position {
	if len(path) > p.depth && p.deeper != nil {
		p = p.deeper()
	}
	for ; len(path) > 0; path = path[:len(path)-1] {
		if at, ok := p.of[path.String()]; ok {
			return at
		}
	}
	return position{}
}

// below is the path of a key in a table.
func below(table toml.Key, key string) toml.Key {
	return append(slices.Clip(slices.Clone(table)), key)
}
