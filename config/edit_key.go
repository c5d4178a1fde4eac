package config

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// table is what the document says of a table: of a profile, or of the document
// itself for no path.
func (d *revision) table(path toml.Key) map[string]any {
	if len(path) == 0 {
		return d.root
	}
	profile, _ := d.profiles()[path[1]].(map[string]any)
	return profile
}

// setProfile gives a key of a profile a value.
func (d *revision) setProfile(name string, s setting) error {
	if err := d.find(name); err != nil {
		return err
	}
	return d.set(toml.Key{"profiles", name}, s)
}

// unsetProfile removes a key of a profile, if it is there.
func (d *revision) unsetProfile(name, key string) error {
	if err := d.find(name); err != nil {
		return err
	}
	return d.unset(toml.Key{"profiles", name}, key)
}

// set gives a key of a table a value.
func (d *revision) set(table toml.Key, s setting) error {
	text, err := encode(s.value)
	if err != nil {
		return err
	}
	value, err := decoded(text)
	if err != nil {
		return err
	}
	old, known := d.table(table)[s.key]
	if len(table) == 0 && (isTable(old) || isTable(value)) {
		return fmt.Errorf("%s is a table, and not set as a whole", shown(s.key))
	}
	if known && reflect.DeepEqual(old, value) {
		return nil
	}
	d.table(table)[s.key] = value
	path := below(table, s.key)
	if it := d.lookup(path); it != nil {
		if _, literal := s.value.(literalText); !literal {
			text = inStyleOf(d.text(it.value), text, value)
		}
		return d.replace(splice{it.value, text})
	}
	if done, err := d.setParts(path, text, value); done || err != nil {
		return err
	}
	if err := d.clear(path); err != nil {
		return err
	}
	return d.create(table, toml.Key{s.key}.String(), text)
}

func isTable(value any) bool {
	_, ok := value.(map[string]any)
	return ok
}

// lookup finds the key at a path, in an inline table, too.
func (d *revision) lookup(path toml.Key) *item {
	var search func(items []item) *item
	search = func(items []item) *item {
		for i := range items {
			if it := &items[i]; !it.header && slices.Equal(it.path, path) {
				return it
			}
			if found := search(items[i].entries); found != nil {
				return found
			}
		}
		return nil
	}
	return search(d.items)
}

// setParts replaces a table that is written as keys, token.env = …, or below a
// header of its own, [profiles.NAME.token]. It is done only where it is
// written so.
func (d *revision) setParts(path toml.Key, text string, value any) (done bool, err error) {
	var parts []int
	for i, it := range d.items {
		if it.under(path) {
			parts = append(parts, i)
		}
	}
	if len(parts) == 0 {
		return false, nil
	}
	headers := 0
	for _, i := range parts {
		if d.items[i].header {
			headers++
		}
	}
	first := d.items[parts[0]]
	switch entries, _ := value.(map[string]any); {
	case headers == 0:
		// The key keeps its form up to the name of the table.
		name, ok := first.at(len(path) - 1)
		if !ok {
			return false, nil
		}
		last := first.names[len(first.names)-1]
		key := span{first.names[0].start, name.end}
		text = d.text(key) + d.text(span{last.end, first.value.start}) + text
		err = d.replace(splice{span{key.start, first.value.end}, text})
	case headers == 1 && first.header && slices.Equal(first.path, path) && len(entries) == 1 && len(parts) > 1:
		parts = parts[1:]
		first = d.items[parts[0]]
		inner := strings.TrimSuffix(strings.TrimPrefix(text, "{ "), " }")
		err = d.replace(splice{span{first.names[0].start, first.value.end}, inner})
	default:
		return false, nil
	}
	for len(parts) > 1 && err == nil {
		err = d.cutLine(parts[len(parts)-1])
		parts = parts[:len(parts)-1]
	}
	return true, err
}

// unset removes a key of a table.
func (d *revision) unset(table toml.Key, key string) error {
	old, known := d.table(table)[key]
	if !known {
		return nil
	}
	if len(table) == 0 && isTable(old) {
		return fmt.Errorf("%s is a table, and not removed as a whole", shown(key))
	}
	delete(d.table(table), key)
	return d.clear(below(table, key))
}

// clear removes all that is written at a path or below it.
func (d *revision) clear(path toml.Key) error {
	for {
		i := slices.IndexFunc(d.items, func(it item) bool { return it.under(path) })
		var err error
		switch {
		case i < 0:
			found, in := d.lookupBelow(path)
			if in == nil {
				return nil
			}
			err = d.cutEntry(found, in)
		case d.items[i].header:
			err = d.cut(d.section(i))
		default:
			err = d.cutLine(i)
		}
		if err != nil {
			return err
		}
	}
}

// lookupBelow finds an entry of an inline table at a path or below it.
func (d *revision) lookupBelow(path toml.Key) (index int, parent *item) {
	var search func(items []item) (int, *item)
	search = func(items []item) (int, *item) {
		for i := range items {
			it := &items[i]
			if k := slices.IndexFunc(it.entries, func(e item) bool { return e.under(path) }); k >= 0 {
				return k, it
			}
			if k, in := search(it.entries); in != nil {
				return k, in
			}
		}
		return 0, nil
	}
	return search(d.items)
}

// cutLine removes the lines of a key, and a blank one where the key stands
// between two.
func (d *revision) cutLine(i int) error {
	it := d.items[i]
	before, follows := d.contentBefore(it.start)
	after, more := d.contentAfter(it.end)
	switch {
	case more && after > d.nextLine(it.end) && (!follows || d.nextLine(before) < it.start):
		return d.replace(splice{span{it.start, d.nextLine(d.nextLine(it.end))}, ""})
	case it.start == 0:
		return d.replace(splice{span{0, d.nextLine(it.end)}, ""})
	}
	return d.replace(splice{span{d.lineEnd(d.lineStart(it.start - 1)), it.end}, ""})
}

// cutEntry removes an entry of an inline table with a comma. It has none to
// spare for a comment between the entries.
func (d *revision) cutEntry(i int, parent *item) error {
	e := parent.entries[i]
	gap := e.span
	switch {
	case i > 0:
		gap.start = parent.entries[i-1].end
	case len(parent.entries) > 1:
		gap.end = parent.entries[1].start
	default:
		gap.start = parent.value.start + 1
	}
	if strings.Contains(d.text(span{gap.start, e.start})+d.text(span{e.end, gap.end}), "#") {
		return errUnsafe
	}
	return d.replace(splice{gap, ""})
}
