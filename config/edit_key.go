package config

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// setProfile gives a key of a profile a value.
func (d *document) setProfile(name string, s setting) error {
	if err := d.find(name); err != nil {
		return err
	}
	return d.set(toml.Key{"profiles", name}, s)
}

// unsetProfile removes a key of a profile, if it is there.
func (d *document) unsetProfile(name, key string) error {
	if err := d.find(name); err != nil {
		return err
	}
	return d.unset(toml.Key{"profiles", name}, key)
}

// set gives a key of a table a value.
func (d *document) set(table toml.Key, s setting) error {
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
	if e := d.lookup(path); e != nil {
		if _, literal := s.value.(literalText); !literal {
			text = inStyleOf(d.text(e.value), text, value)
		}
		return d.replace(splice{e.value, text})
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

// setParts gives a table another value where the table is not written in one
// place: its keys are written one by one, as in token.env = …, or stand below a
// header of their own, as in [profiles.NAME.token]. The first of these parts
// gets the new value, and the others go. Nothing is done where the table is
// written in another way, or would need another way for its new value.
func (d *document) setParts(path toml.Key, text string, value any) (done bool, err error) {
	var parts []int
	for i, e := range d.expressions {
		if e.under(path) {
			parts = append(parts, i)
		}
	}
	if len(parts) == 0 {
		return false, nil
	}
	headers := 0
	for _, i := range parts {
		if d.expressions[i].header {
			headers++
		}
	}
	first := d.expressions[parts[0]]
	switch entries, _ := value.(map[string]any); {
	case headers == 0:
		// The part of the key up to the name of the table stays as it is
		// written.
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
		first = d.expressions[parts[0]]
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
func (d *document) unset(table toml.Key, key string) error {
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
func (d *document) clear(path toml.Key) error {
	for {
		i := slices.IndexFunc(d.expressions, func(e expression) bool { return e.under(path) })
		var err error
		switch {
		case i < 0:
			found, in := d.lookupBelow(path)
			if in == nil {
				return nil
			}
			err = d.cutEntry(found, in)
		case d.expressions[i].header:
			err = d.cut(d.section(i))
		default:
			err = d.cutLine(i)
		}
		if err != nil {
			return err
		}
	}
}

// cutLine removes the lines of a key. Where blank lines stand before and after
// them, one of the blank lines goes, too.
func (d *document) cutLine(i int) error {
	e := d.expressions[i]
	before, follows := d.contentBefore(e.start)
	after, more := d.contentAfter(e.end)
	switch {
	case more && after > d.nextLine(e.end) && (!follows || d.nextLine(before) < e.start || d.directive(d.lineStart(before))):
		return d.replace(splice{span{e.start, d.nextLine(d.nextLine(e.end))}, ""})
	case e.start == 0:
		return d.replace(splice{span{0, d.nextLine(e.end)}, ""})
	}
	return d.replace(splice{span{d.lineEnd(d.lineStart(e.start - 1)), e.end}, ""})
}

// cutEntry removes an entry of an inline table, and the comma beside it. It is
// refused where a comment stands between the entry and its neighbour: the
// comment may be about either.
func (d *document) cutEntry(i int, parent *expression) error {
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
