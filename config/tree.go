package config

import (
	"bytes"
	"errors"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/pelletier/go-toml/v2/unstable"
)

// syntaxTree is a text of TOML with all its expressions, so that each can be
// changed without touching the others. The lines between two expressions are
// comments, or blank.
type syntaxTree struct {
	data        []byte
	expressions []expression
	// eol is how the lines of the text end.
	eol string
}

// expression is the header of a table, or a key with its value. The span of an
// expression has whole lines, without the last line break. The span of an entry
// of an inline table has the entry alone.
type expression struct {
	span
	// path is the whole path of the table or of the key. The first parts of
	// a key's path may be written in a header above; names are the spans of
	// the last parts, which are written here.
	path  toml.Key
	names []span
	// header is set for a table's header.
	header bool
	value  span
	// inline is set where the value is an inline table; entries are its own.
	inline  bool
	entries []expression
}

// parseTree finds the expressions of a text that is known to be TOML.
func parseTree(data []byte) (*syntaxTree, error) {
	t := &syntaxTree{data: data, eol: "\n"}
	if i := bytes.IndexByte(data, '\n'); i > 0 && data[i-1] == '\r' {
		t.eol = "\r\n"
	}
	var parser unstable.Parser
	parser.Reset(data)
	var table toml.Key
	for parser.NextExpression() {
		node := parser.Expression()
		var e expression
		switch node.Kind {
		case unstable.Table, unstable.ArrayTable:
			e.header = true
			e.name(nil, node.Key())
			table = e.path
			e.end = e.names[0].start
		case unstable.KeyValue:
			e = t.entry(table, node)
		}
		e.span = span{t.lineStart(e.names[0].start), t.lineEnd(e.end)}
		t.expressions = append(t.expressions, e)
	}
	if parser.Error() != nil {
		return nil, errors.New("this file cannot be taken apart; edit it by hand")
	}
	return t, nil
}

// name notes the path of an expression below a table.
func (e *expression) name(table toml.Key, key unstable.Iterator) {
	e.path = table
	for key.Next() {
		n := key.Node()
		e.path = below(e.path, string(n.Data))
		start := int(n.Raw.Offset)
		e.names = append(e.names, span{start, start + int(n.Raw.Length)})
	}
}

// entry is a key with its value, below a table.
func (t *syntaxTree) entry(table toml.Key, node *unstable.Node) expression {
	start := int(node.Raw.Offset)
	e := expression{span: span{start, start + int(node.Raw.Length)}, inline: node.Value().Kind == unstable.InlineTable}
	e.name(table, node.Key())
	e.value = span{e.names[len(e.names)-1].end, e.end}
	for strings.IndexByte(" \t=", t.data[e.value.start]) >= 0 {
		e.value.start++
	}
	if e.inline {
		for pairs := node.Value().Children(); pairs.Next(); {
			e.entries = append(e.entries, t.entry(e.path, pairs.Node()))
		}
	}
	return e
}

// text is a part of the text.
func (t *syntaxTree) text(s span) string { return string(t.data[s.start:s.end]) }

// lineStart is where the line begins that an offset is on.
func (t *syntaxTree) lineStart(at int) int { return bytes.LastIndexByte(t.data[:at], '\n') + 1 }

// lineEnd is where the line of an offset ends, before its line break.
func (t *syntaxTree) lineEnd(at int) int {
	end := len(t.data)
	if i := bytes.IndexByte(t.data[at:], '\n'); i >= 0 {
		end = at + i
		if end > at && t.data[end-1] == '\r' {
			end--
		}
	}
	return end
}

// nextLine is where the next line begins; the length of the text on the last.
func (t *syntaxTree) nextLine(at int) int {
	if i := bytes.IndexByte(t.data[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(t.data)
}

// line is the text of the line that begins at an offset, without space around.
func (t *syntaxTree) line(start int) string {
	return strings.TrimSpace(string(t.data[start:t.lineEnd(start)]))
}

// contentBefore is the end of the last line before the offset of a line that is
// not blank; ok is false where there is none.
func (t *syntaxTree) contentBefore(start int) (end int, ok bool) {
	for start > 0 {
		start = t.lineStart(start - 1)
		if t.line(start) != "" {
			return t.lineEnd(start), true
		}
	}
	return 0, false
}

// contentAfter is the start of the first line after the one at an offset that
// is not blank; ok is false where there is none.
func (t *syntaxTree) contentAfter(at int) (start int, ok bool) {
	for start = t.nextLine(at); start < len(t.data); start = t.nextLine(start) {
		if t.line(start) != "" {
			return start, true
		}
	}
	return start, false
}

// comment reports whether the line at an offset, which is in no expression, has
// a comment.
func (t *syntaxTree) comment(start int) bool { return strings.HasPrefix(t.line(start), "#") }

// directive reports whether the line at an offset is the comment by which an editor
// knows the schema of the file: it belongs to the file as a whole.
func (t *syntaxTree) directive(start int) bool { return strings.HasPrefix(t.line(start), "#:schema") }

// lead is where the comments begin that stand right above an expression.
func (t *syntaxTree) lead(i int) int {
	floor := 0
	if i > 0 {
		floor = t.nextLine(t.expressions[i-1].end)
	}
	start := t.expressions[i].start
	for start > floor {
		above := t.lineStart(start - 1)
		if !t.comment(above) || t.directive(above) {
			break
		}
		start = above
	}
	return start
}

// tail is where the comments end that stand right below an expression, and not
// right above the next.
func (t *syntaxTree) tail(i int) int {
	ceiling := len(t.data)
	if i+1 < len(t.expressions) {
		ceiling = t.lead(i + 1)
	}
	end := t.expressions[i].end
	for next := t.nextLine(end); next < ceiling && t.comment(next); next = t.nextLine(next) {
		end = t.lineEnd(next)
	}
	return end
}

// block is a row of expressions, from the first to the last, with the comments
// that belong to them. Its span has whole lines, without the last line break.
type block struct {
	span
	first, last int
}

func (t *syntaxTree) block(first, last int) block {
	return block{span{t.lead(first), t.tail(last)}, first, last}
}

// section is the header at an index with all that stands in its table.
func (t *syntaxTree) section(header int) block {
	last := header
	for last+1 < len(t.expressions) && !t.expressions[last+1].header {
		last++
	}
	return t.block(header, last)
}

// blocks are all that a text says of a profile.
func (t *syntaxTree) blocks(profile string) []block { return t.blocksOf(toml.Key{"profiles", profile}) }

// blocksOf are all that a text says of a table, in the order of the text. Each is a
// row of whole tables, or a row of keys in a table that holds other things, too.
func (t *syntaxTree) blocksOf(path toml.Key) []block {
	var all []block
	for i := 0; i < len(t.expressions); i++ {
		if !t.expressions[i].under(path) {
			continue
		}
		first := i
		for i+1 < len(t.expressions) && t.expressions[i+1].under(path) && (t.expressions[first].header || !t.expressions[i+1].header) {
			i++
		}
		all = append(all, t.block(first, i))
	}
	return all
}

// under reports whether an expression is at a path or below it.
func (e *expression) under(path toml.Key) bool {
	return len(e.path) >= len(path) && slices.Equal(e.path[:len(path)], path)
}

// at is where the part of the path at an index is written in the expression; ok
// is false where it is written elsewhere.
func (e *expression) at(index int) (name span, ok bool) {
	index -= len(e.path) - len(e.names)
	if index < 0 || index >= len(e.names) {
		return span{}, false
	}
	return e.names[index], true
}

// lookup finds the key at a path, in an inline table, too.
func (t *syntaxTree) lookup(path toml.Key) *expression {
	var search func(expressions []expression) *expression
	search = func(expressions []expression) *expression {
		for i := range expressions {
			if e := &expressions[i]; !e.header && slices.Equal(e.path, path) {
				return e
			}
			if found := search(expressions[i].entries); found != nil {
				return found
			}
		}
		return nil
	}
	return search(t.expressions)
}

// lookupBelow finds an entry of an inline table at a path or below it.
func (t *syntaxTree) lookupBelow(path toml.Key) (index int, parent *expression) {
	var search func(expressions []expression) (int, *expression)
	search = func(expressions []expression) (int, *expression) {
		for i := range expressions {
			in := &expressions[i]
			if k := slices.IndexFunc(in.entries, func(e expression) bool { return e.under(path) }); k >= 0 {
				return k, in
			}
			if k, parent := search(in.entries); parent != nil {
				return k, parent
			}
		}
		return 0, nil
	}
	return search(t.expressions)
}
