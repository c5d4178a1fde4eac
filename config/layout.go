package config

import (
	"bytes"
	"errors"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/pelletier/go-toml/v2/unstable"
)

// span is a part of a text, from one offset up to another.
type span struct{ start, end int }

// layout is a document taken apart, so that each part can be changed without
// touching the others. Lines between the items are comments, or blank.
type layout struct {
	data  []byte
	items []item
	// eol is how its lines end.
	eol string
}

// item is a table's header, or a key with its value. Its span has whole lines
// without the last line break; that of an entry of an inline table has the
// entry alone.
type item struct {
	span
	// path is the whole path of the table or key; names are where the last
	// parts of it, those that are written here, stand.
	path  toml.Key
	names []span
	// header is set for a table's header.
	header bool
	// value is where the value stands; entries are those of an inline table.
	value   span
	inline  bool
	entries []item
}

// takeApart finds the parts of a text that is known to be TOML.
func takeApart(data []byte) (*layout, error) {
	l := &layout{data: data, eol: "\n"}
	if i := bytes.IndexByte(data, '\n'); i > 0 && data[i-1] == '\r' {
		l.eol = "\r\n"
	}
	var parser unstable.Parser
	parser.Reset(data)
	var table toml.Key
	for parser.NextExpression() {
		e := parser.Expression()
		var it item
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			it.header = true
			it.name(nil, e.Key())
			table = it.path
			it.end = it.names[0].start
		case unstable.KeyValue:
			it = l.entry(table, e)
		}
		it.span = span{l.lineStart(it.names[0].start), l.lineEnd(it.end)}
		l.items = append(l.items, it)
	}
	if parser.Error() != nil {
		return nil, errors.New("this file cannot be taken apart; edit it by hand")
	}
	return l, nil
}

// name notes the path of an item below a table.
func (it *item) name(table toml.Key, key unstable.Iterator) {
	it.path = table
	for key.Next() {
		n := key.Node()
		it.path = below(it.path, string(n.Data))
		start := int(n.Raw.Offset)
		it.names = append(it.names, span{start, start + int(n.Raw.Length)})
	}
}

// entry is a key with its value, below a table.
func (l *layout) entry(table toml.Key, e *unstable.Node) item {
	start := int(e.Raw.Offset)
	it := item{span: span{start, start + int(e.Raw.Length)}, inline: e.Value().Kind == unstable.InlineTable}
	it.name(table, e.Key())
	it.value = span{it.names[len(it.names)-1].end, it.end}
	for strings.IndexByte(" \t=", l.data[it.value.start]) >= 0 {
		it.value.start++
	}
	if it.inline {
		for pairs := e.Value().Children(); pairs.Next(); {
			it.entries = append(it.entries, l.entry(it.path, pairs.Node()))
		}
	}
	return it
}

// text is a part of the document.
func (l *layout) text(s span) string { return string(l.data[s.start:s.end]) }

// lineStart is where the line begins that an offset is on.
func (l *layout) lineStart(at int) int { return bytes.LastIndexByte(l.data[:at], '\n') + 1 }

// lineEnd is where it ends, before its line break.
func (l *layout) lineEnd(at int) int {
	end := len(l.data)
	if i := bytes.IndexByte(l.data[at:], '\n'); i >= 0 {
		end = at + i
		if end > at && l.data[end-1] == '\r' {
			end--
		}
	}
	return end
}

// nextLine is where the next line begins; the length of the text on the last.
func (l *layout) nextLine(at int) int {
	if i := bytes.IndexByte(l.data[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(l.data)
}

// line is the text of the line that begins at an offset, without space around.
func (l *layout) line(start int) string {
	return strings.TrimSpace(string(l.data[start:l.lineEnd(start)]))
}

// contentBefore is the end of the last line before the offset of a line that is
// not blank; ok is false where there is none.
func (l *layout) contentBefore(start int) (end int, ok bool) {
	for start > 0 {
		start = l.lineStart(start - 1)
		if l.line(start) != "" {
			return l.lineEnd(start), true
		}
	}
	return 0, false
}

// contentAfter is the start of the first line after the one at an offset that
// is not blank; ok is false where there is none.
func (l *layout) contentAfter(at int) (start int, ok bool) {
	for start = l.nextLine(at); start < len(l.data); start = l.nextLine(start) {
		if l.line(start) != "" {
			return start, true
		}
	}
	return start, false
}

// comment reports whether the line at an offset, which is in no item, has a
// comment.
func (l *layout) comment(start int) bool { return strings.HasPrefix(l.line(start), "#") }

// lead is where the comments begin that stand right above an item.
func (l *layout) lead(i int) int {
	floor := 0
	if i > 0 {
		floor = l.nextLine(l.items[i-1].end)
	}
	start := l.items[i].start
	for start > floor && l.comment(l.lineStart(start-1)) {
		start = l.lineStart(start - 1)
	}
	return start
}

// tail is where the comments end that stand right below an item, and not right
// above the next.
func (l *layout) tail(i int) int {
	ceiling := len(l.data)
	if i+1 < len(l.items) {
		ceiling = l.lead(i + 1)
	}
	end := l.items[i].end
	for next := l.nextLine(end); next < ceiling && l.comment(next); next = l.nextLine(next) {
		end = l.lineEnd(next)
	}
	return end
}

// block is a row of items with the comments that belong to them, in whole lines
// without the last line break.
type block struct {
	span
	first, last int
}

func (l *layout) block(first, last int) block {
	return block{span{l.lead(first), l.tail(last)}, first, last}
}

// section is the header at an index with all that stands in its table.
func (l *layout) section(header int) block {
	last := header
	for last+1 < len(l.items) && !l.items[last+1].header {
		last++
	}
	return l.block(header, last)
}

// blocks are all that a document has of a profile, in its order: rows of whole
// tables, or of keys within another table.
func (l *layout) blocks(profile string) []block {
	var all []block
	path := toml.Key{"profiles", profile}
	for i := 0; i < len(l.items); i++ {
		if !l.items[i].under(path) {
			continue
		}
		first := i
		for i+1 < len(l.items) && l.items[i+1].under(path) && (l.items[first].header || !l.items[i+1].header) {
			i++
		}
		all = append(all, l.block(first, i))
	}
	return all
}

// under reports whether an item is at a path or below it.
func (it *item) under(path toml.Key) bool {
	return len(it.path) >= len(path) && slices.Equal(it.path[:len(path)], path)
}

// at is where the part of the path at an index is written in the item; ok is
// false where it is written elsewhere.
func (it *item) at(index int) (name span, ok bool) {
	index -= len(it.path) - len(it.names)
	if index < 0 || index >= len(it.names) {
		return span{}, false
	}
	return it.names[index], true
}
