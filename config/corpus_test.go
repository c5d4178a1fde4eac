package config

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"rollcall/config/credential"
)

// change is an edit of a document, and the edit that takes it back.
type change struct {
	name     string
	do, back func([]byte) ([]byte, error)
	// drops is set where comments go, with what they belong to.
	drops bool
}

// corpus are documents as people write them.
func corpus(t testing.TB) map[string][]byte {
	paths, err := filepath.Glob(filepath.Join("testdata", "corpus", "*.toml"))
	if err != nil || len(paths) < 30 {
		t.Fatalf("%d documents, %v", len(paths), err)
	}
	all := map[string][]byte{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(filepath.Base(path), ".toml")] = data
	}
	return all
}

// Every edit of every document, and what takes it back, give the same bytes.
func TestCorpus(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes long, in one goroutine")
	}
	t.Parallel()
	// Where an edit is refused, the document is written in a way that it
	// cannot keep.
	refusals := map[string]int{
		// Nothing within profiles = { … } is touched.
		"all-inline": 158,
		// The comment at the end would come to stand above a profile.
		"comments-close": 3,
		// A comment stands between the entries of an inline table.
		"inline-over-lines": 3,
		// A profile's place would change with a part of it, or the profile
		// would be gone with its only part.
		"split": 7, "sub-tables-alone": 12, "out-of-order": 7,
	}
	documents := corpus(t)
	edits, refused := 0, 0
	for name, data := range documents {
		n := 0
		for _, c := range slices.Concat(changes(t, data), everyChange(t, data)) {
			after, err := c.do(bytes.Clone(data))
			if err != nil {
				n++
				if after != nil || refusals[name] == 0 {
					t.Errorf("%s: %s: %v", name, c.name, err)
				}
				continue
			}
			edits++
			checkKept(t, name+": "+c.name, data, after, c.drops)
			again, err := c.back(after)
			if err != nil || !bytes.Equal(again, data) {
				t.Errorf("%s: %s: %v\nbefore:\n%q\nafter:\n%q\nback:\n%q", name, c.name, err, data, after, again)
			}
		}
		if n != refusals[name] {
			t.Errorf("%s: %d edits refused, want %d", name, n, refusals[name])
		}
		refused += n
	}
	t.Logf("%d documents, %d edits taken back to the same bytes, %d refused", len(documents), edits, refused)
}

// changes are all edits of a document that make sense.
func changes(t *testing.T, data []byte) []change {
	t.Helper()
	text := bytes.TrimPrefix(data, []byte("\ufeff"))
	root, order, err := contents(text)
	if err != nil {
		t.Fatal(err)
	}
	l, err := parseTree(text)
	if err != nil {
		t.Fatal(err)
	}
	d := &document{syntaxTree: l, root: root, order: order}
	all := []change{
		{"add", func(b []byte) ([]byte, error) {
			return addProfile(b, "new one", setting{"provider", "katapult"}, setting{"token", credential.Env("A")},
				setting{"tags", []string{"a", "b"}}, setting{"disabled", true})
		}, func(b []byte) ([]byte, error) { return removeProfile(b, "new one") }, false},
	}
	for _, key := range []string{"default_profile", "refresh_interval"} {
		all = append(all, keyChanges(d, nil, key,
			func(b []byte, s setting) ([]byte, error) { return setKey(b, s) },
			func(b []byte) ([]byte, error) { return unsetKey(b, key) })...)
	}
	for _, name := range order {
		all = append(all, profileChanges(d, name)...)
	}
	return all
}

// undone is a change that only its own bytes take back.
func undone(name string, do func([]byte) ([]byte, error), drops bool) change {
	var before, after []byte
	return change{name, func(b []byte) (_ []byte, err error) {
		before = b
		after, err = do(b)
		return after, err
	}, func(b []byte) ([]byte, error) {
		// Whatever else was changed meanwhile stays.
		other, err := setKey(b, setting{"request_timeout", "99s"})
		if err != nil {
			return nil, err
		}
		want, err := setKey(before, setting{"request_timeout", "99s"})
		if err != nil {
			return nil, err
		}
		// Both may be about the same lines; then it is refused.
		if got, err := Undo(before, after)(other); err == nil && !sameContents(got, want) {
			return nil, fmt.Errorf("taken back after another edit: %q, want %q", got, want)
		}
		return Undo(before, after)(b)
	}, drops}
}

func sameContents(a, b []byte) bool {
	first, order, err := contents(a)
	second, order2, err2 := contents(b)
	return err == nil && err2 == nil && reflect.DeepEqual(first, second) && slices.Equal(order, order2)
}

func profileChanges(d *document, name string) []change {
	if _, ok := d.profiles()[name].(map[string]any); !ok {
		return nil
	}
	const renamed, odd, copied = "renamed", "odd \"name\". é", "a copy"
	all := []change{
		undone("remove "+name, func(b []byte) ([]byte, error) { return removeProfile(b, name) }, true),
		{"rename " + name,
			func(b []byte) ([]byte, error) { return renameProfile(b, name, renamed) },
			func(b []byte) ([]byte, error) { return renameProfile(b, renamed, name) }, false},
		undone("rename oddly "+name, func(b []byte) ([]byte, error) { return renameProfile(b, name, odd) }, false),
		{"duplicate " + name,
			func(b []byte) ([]byte, error) { return duplicateProfile(b, name, copied) },
			func(b []byte) ([]byte, error) { return removeProfile(b, copied) }, false},
	}
	for _, by := range []int{-1, 1, 2} {
		to := slices.Index(d.order, name) + by
		if to < 0 || to >= len(d.order) {
			continue
		}
		c := change{fmt.Sprintf("move %s by %d", name, by),
			func(b []byte) ([]byte, error) { return moveProfile(b, name, by) },
			func(b []byte) ([]byte, error) { return moveProfile(b, name, -by) }, false}
		if slices.ContainsFunc(d.order, func(profile string) bool { return len(d.blocks(profile)) > 1 }) {
			// What stood apart may come together.
			c = undone(c.name, c.do, false)
		}
		all = append(all, c)
	}
	for _, key := range []string{"provider", "base_url", "token", "username", "password", "tags", "label", "identity", "disabled"} {
		all = append(all, keyChanges(d, toml.Key{"profiles", name}, key,
			func(b []byte, s setting) ([]byte, error) { return setProfileKey(b, name, s) },
			func(b []byte) ([]byte, error) { return unsetProfileKey(b, name, key) })...)
	}
	return all
}

// keyChanges set a key that is not there, and replace or remove one that is.
func keyChanges(
	d *document, table toml.Key, key string, set func([]byte, setting) ([]byte, error), unset func([]byte) ([]byte, error),
) []change {
	title := " " + below(table, key).String()
	var all []change
	values := []any{"it's \"new\"", "new", true, []string{"x"}}
	if len(table) > 0 {
		values = append(values, credential.Keyring("new"), credential.Command("pass", "show", `a "b"`))
	}
	it := d.lookup(below(table, key))
	_, known := d.table(table)[key]
	for i, v := range values {
		do := func(b []byte) ([]byte, error) { return set(b, setting{key, v}) }
		switch {
		case it != nil:
			old := literalText(d.text(it.value))
			all = append(all, change{fmt.Sprint("replace", title, i), do,
				func(b []byte) ([]byte, error) { return set(b, setting{key, old}) }, true})
		case known || onlyBelow(d, table):
			all = append(all, undone(fmt.Sprint("set", title, i), do, known))
		default:
			all = append(all, change{fmt.Sprint("set", title, i), do, unset, false})
		}
	}
	if known {
		all = append(all, undone("unset"+title, unset, true))
	}
	return all
}

// onlyBelow reports whether a table is there only for the ones in it, so that
// a key of its own needs a header.
func onlyBelow(d *document, table toml.Key) bool {
	return len(table) > 0 && !slices.ContainsFunc(d.expressions, func(it expression) bool {
		return it.under(table) && (!it.header || len(it.path) == len(table)) && (it.header || len(it.names) > 1 || it.inline)
	})
}

// checkKept checks what an edit must keep besides all other values.
func checkKept(t *testing.T, name string, before, after []byte, drops bool) {
	t.Helper()
	if bytes.HasPrefix(before, []byte("\ufeff")) != bytes.HasPrefix(after, []byte("\ufeff")) {
		t.Errorf("%s: the byte order mark", name)
	}
	breaks, returns := bytes.Count(before, []byte("\n")), bytes.Count(before, []byte("\r\n"))
	if returns == breaks && breaks > 0 && bytes.Count(after, []byte("\n")) != bytes.Count(after, []byte("\r\n")) ||
		returns == 0 && bytes.Contains(after, []byte("\r")) {
		t.Errorf("%s: line ends: %q", name, after)
	}
	if first, _, _ := bytes.Cut(before, []byte("\n")); bytes.HasPrefix(first, []byte("#:")) && !bytes.HasPrefix(after, first) {
		t.Errorf("%s: the line that names the schema: %q", name, after)
	}
	if len(before) > 10 && bytes.HasSuffix(before, []byte("\n")) != bytes.HasSuffix(after, []byte("\n")) {
		t.Errorf("%s: the last line break: %q", name, after)
	}
	if drops {
		return
	}
	for line := range strings.Lines(string(before)) {
		_, comment, found := strings.Cut(strings.TrimSpace(line), "#")
		if found && !bytes.Contains(after, []byte(comment)) {
			t.Errorf("%s: the comment %q is lost", name, comment)
		}
	}
}
