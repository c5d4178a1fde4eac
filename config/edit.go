package config

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/BurntSushi/toml"
)

// An edit changes one thing in the text of a configuration, and leaves its
// comments, its order and its form as they are wherever it does not touch them.
// One that cannot be made so fails, and changes nothing.

// setting is a key with its value: a string, a bool, a []string or a
// [Credential] that is not the secret itself.
type setting struct {
	key   string
	value any
}

var (
	errUnsafe = errors.New("this cannot be changed without touching other lines; edit the file by hand")
	errInline = errors.New("all profiles are in one inline table, profiles = { … }; write each as a table [profiles.NAME], or edit the file by hand")
)

// byteOrderMark begins a file of some editors of Windows.
const byteOrderMark = "\ufeff"

// revision is a document while it is edited. What it must say in the end is kept
// beside the text, and compared with it.
type revision struct {
	*layout
	root map[string]any
	// order are the names of the profiles as the text has them.
	order []string
}

// edit makes an edit and checks that it did what it should, and nothing else.
func edit(data []byte, change func(*revision) error) ([]byte, error) {
	text := bytes.TrimPrefix(data, []byte(byteOrderMark))
	root, order, err := meaning(text)
	if err != nil {
		return nil, err
	}
	l, err := takeApart(text)
	if err != nil {
		return nil, err
	}
	d := &revision{layout: l, root: root, order: order}
	if err := change(d); err != nil {
		return nil, err
	}
	if bytes.Equal(d.data, text) {
		return data, nil
	}
	root, order, err = meaning(d.data)
	if err != nil || !reflect.DeepEqual(root, d.root) || !slices.Equal(order, d.order) {
		return nil, errUnsafe
	}
	return slices.Concat(data[:len(data)-len(text)], d.data), nil
}

// meaning is what a text says, and the order of its profiles.
func meaning(text []byte) (root map[string]any, order []string, err error) {
	root = map[string]any{}
	if _, err := toml.Decode(string(text), &root); err != nil {
		p := syntaxProblem("", text, err)
		return nil, nil, fmt.Errorf("line %d: %s; mend that first", p.Line, p.Message)
	}
	// A table of no profiles says as much as none.
	if profiles, ok := root["profiles"].(map[string]any); ok && len(profiles) == 0 {
		delete(root, "profiles")
	}
	profiles, _ := root["profiles"].(map[string]any)
	return root, locate(text).order(toml.Key{"profiles"}, profiles), nil
}

// splice is a part of a text and what takes its place.
type splice struct {
	span
	text string
}

// replace changes parts of the text, which must not overlap.
func (d *revision) replace(parts ...splice) error {
	l, err := takeApart(spliced(d.data, parts))
	if err != nil {
		return errUnsafe
	}
	d.layout = l
	return nil
}

func spliced(data []byte, parts []splice) []byte {
	slices.SortStableFunc(parts, func(a, b splice) int { return cmp.Compare(a.start, b.start) })
	var out []byte
	from := 0
	for _, p := range parts {
		out = append(append(out, data[from:p.start]...), p.text...)
		from = p.end
	}
	return append(out, data[from:]...)
}

// cut removes a block, with the space before it; or with the space after it
// where it is the first.
func (d *revision) cut(b block) error {
	before, follows := d.contentBefore(b.start)
	after, more := d.contentAfter(b.end)
	gap := span{before, b.end}
	switch {
	case !follows && more:
		gap = span{b.start, after}
	case !follows, more && after == d.nextLine(b.end) && d.comment(d.lineStart(before)):
		// Without the space before it, a comment that belongs to nothing
		// would seem to belong to what comes next.
		gap = span{b.start, d.nextLine(b.end)}
	}
	return d.replace(splice{gap, ""})
}

// profiles are what the document says of them.
func (d *revision) profiles() map[string]any {
	profiles, _ := d.root["profiles"].(map[string]any)
	return profiles
}

// find checks that there is a profile, and that it can be edited.
func (d *revision) find(name string) error {
	v, ok := d.profiles()[name]
	if !ok {
		return fmt.Errorf("there is no profile %s%s", quote(name), didYouMean(name, d.order))
	}
	if _, ok := v.(map[string]any); !ok {
		return fmt.Errorf("the profile %s is not a table; mend that first", quote(name))
	}
	return d.separate()
}

// separate checks that the profiles are not all in one inline table.
func (d *revision) separate() error {
	for _, it := range d.items {
		if !it.header && slices.Equal(it.path, toml.Key{"profiles"}) {
			return errInline
		}
	}
	return nil
}

// free checks that a profile can have a name.
func (d *revision) free(name string) error {
	if wrong := wrongName(name); wrong != "" {
		return fmt.Errorf("a profile's name %s", wrong)
	}
	if _, taken := d.profiles()[name]; taken {
		return fmt.Errorf("there is a profile %s already", quote(name))
	}
	return d.separate()
}
