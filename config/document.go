package config

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"rollcall/config/spelling"

	"github.com/BurntSushi/toml"
)

var (
	errUnsafe = errors.New("this cannot be changed without touching other lines; edit the file by hand")
	errInline = errors.New("all profiles are in one inline table, profiles = { … }; write each as a table [profiles.NAME], or edit the file by hand")
)

// document is a configuration while it is edited. Each edit changes the text
// and, beside it, what the text must then say, so that the two can be compared.
type document struct {
	// syntaxTree is that of the text as it is by now.
	*syntaxTree
	// root is what the text must say.
	root map[string]any
	// order are the names of the profiles in the order that the text must
	// have.
	order []string
}

// edit changes one thing in the text of a configuration. Comments, order and
// form stay as they are wherever the change does not touch them. Where the new
// text does not say what it must, and nothing else, the edit is refused, and
// the text stays as it is.
func edit(data []byte, change func(*document) error) ([]byte, error) {
	d, err := open(data)
	if err != nil {
		return nil, err
	}
	if err := change(d); err != nil {
		return nil, err
	}
	return d.saved(data)
}

// open takes the text of a configuration apart.
func open(data []byte) (*document, error) {
	text := bytes.TrimPrefix(data, []byte(byteOrderMark))
	root, order, err := contents(text)
	if err != nil {
		return nil, err
	}
	t, err := parseTree(text)
	if err != nil {
		return nil, err
	}
	return &document{syntaxTree: t, root: root, order: order}, nil
}

// saved is the text of the document, which was made of data, where it says what it must.
func (d *document) saved(data []byte) ([]byte, error) {
	mark := len(data) - len(bytes.TrimPrefix(data, []byte(byteOrderMark)))
	if bytes.Equal(d.data, data[mark:]) {
		return data, nil
	}
	root, order, err := contents(d.data)
	if err != nil || !reflect.DeepEqual(root, d.root) || !slices.Equal(order, d.order) {
		return nil, errUnsafe
	}
	return slices.Concat(data[:mark], d.data), nil
}

// contents is what a text says, and the names of its profiles in their order.
func contents(text []byte) (root map[string]any, order []string, err error) {
	root = map[string]any{}
	if _, err := toml.Decode(string(text), &root); err != nil {
		p := syntaxProblem("", text, err)
		return nil, nil, fmt.Errorf("line %d: %s; mend that first", p.Line, p.Message)
	}
	// A table of no profiles, or of no views, says as much as none.
	for _, key := range []string{"profiles", viewsKey} {
		if all, ok := root[key].(map[string]any); ok && len(all) == 0 {
			delete(root, key)
		}
	}
	profiles, _ := root["profiles"].(map[string]any)
	return root, locate(text).order(toml.Key{"profiles"}, profiles), nil
}

// replace changes parts of the text, which must not overlap.
func (d *document) replace(parts ...splice) error {
	t, err := parseTree(spliced(d.data, parts))
	if err != nil {
		return errUnsafe
	}
	t.eol = d.eol
	d.syntaxTree = t
	return nil
}

// cut removes a block and the blank lines before it. Where the block is the
// first in the text, the blank lines after it go in their place.
func (d *document) cut(b block) error {
	before, follows := d.contentBefore(b.start)
	after, more := d.contentAfter(b.end)
	gap := span{before, b.end}
	switch {
	case !follows && more:
		gap = span{b.start, after}
	case !follows, more && after == d.nextLine(b.end) && d.comment(d.lineStart(before)):
		// A comment before the block belongs to nothing. Without the
		// blank lines it would seem to belong to what comes after the
		// block.
		gap = span{b.start, d.nextLine(b.end)}
	}
	return d.replace(splice{gap, ""})
}

// profiles are what the document says of them.
func (d *document) profiles() map[string]any {
	profiles, _ := d.root["profiles"].(map[string]any)
	return profiles
}

// find checks that there is a profile, and that it can be edited.
func (d *document) find(name string) error {
	v, ok := d.profiles()[name]
	if !ok {
		return fmt.Errorf("there is no profile %s%s", quote(name), spelling.DidYouMean(name, d.order))
	}
	if _, ok := v.(map[string]any); !ok {
		return fmt.Errorf("the profile %s is not a table; mend that first", quote(name))
	}
	return d.separate()
}

// separate checks that the profiles are not all in one inline table.
func (d *document) separate() error {
	for _, e := range d.expressions {
		if !e.header && slices.Equal(e.path, toml.Key{"profiles"}) {
			return errInline
		}
	}
	return nil
}

// free checks that a profile can have a name.
func (d *document) free(name string) error {
	if wrong := wrongName(name); wrong != "" {
		return fmt.Errorf("a profile's name %s", wrong)
	}
	if _, taken := d.profiles()[name]; taken {
		return fmt.Errorf("there is a profile %s already", quote(name))
	}
	return d.separate()
}

// table is what the document says of a table: of a profile or a saved view, or of the
// document itself for no path.
func (d *document) table(path toml.Key) map[string]any {
	table := d.root
	for _, key := range path {
		table, _ = table[key].(map[string]any)
	}
	return table
}
