package config

import (
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// create writes a key that is not there, in the form that its table has.
func (d *revision) create(table toml.Key, key, value string) error {
	if len(table) == 0 {
		return d.createAtTop(key, value)
	}
	if it := d.lookup(table); it != nil {
		return d.createEntry(it, key+" = "+value)
	}
	header, dotted, nested := -1, -1, -1
	for i, it := range d.items {
		switch {
		case !it.under(table):
		case it.header && len(it.path) == len(table):
			header = i
		case it.header && nested < 0:
			nested = i
		case !it.header:
			if _, ok := it.at(len(table) - 1); ok {
				dotted = i
			}
		}
	}
	switch {
	case header >= 0:
		b := d.section(header)
		return d.createLine(b.last, d.items[header+1:b.last+1], key, value)
	case dotted >= 0:
		it := d.items[dotted]
		name, _ := it.at(len(table) - 1)
		return d.createLine(dotted, nil, d.text(span{it.names[0].start, name.end})+"."+key, value)
	case nested >= 0:
		// There is only [profiles.NAME.token]: [profiles.NAME] goes above it.
		it := d.items[nested]
		name, _ := it.at(len(table) - 1)
		at := d.lead(nested)
		text := "[" + d.text(span{it.names[0].start, name.end}) + "]" + d.eol + key + " = " + value + d.eol + d.eol
		return d.replace(splice{span{at, at}, text})
	}
	return errUnsafe
}

// createAtTop writes a key above all tables.
func (d *revision) createAtTop(key, value string) error {
	first := slices.IndexFunc(d.items, func(it item) bool { return it.header })
	switch {
	case first > 0:
		return d.createLine(first-1, d.items[:first], key, value)
	case first == 0:
		at := d.lead(0)
		return d.replace(splice{span{at, at}, key + " = " + value + d.eol + d.eol})
	case len(d.items) > 0:
		return d.createLine(len(d.items)-1, d.items, key, value)
	}
	end, follows := d.contentBefore(len(d.data))
	if !follows {
		return d.replace(splice{span{0, 0}, key + " = " + value + d.eol})
	}
	return d.replace(splice{span{end, end}, d.eol + key + " = " + value})
}

// createLine writes a key below an item, as the others in its table are
// written.
func (d *revision) createLine(above int, others []item, key, value string) error {
	it := d.items[above]
	indent := d.text(span{it.start, it.names[0].start})
	if it.header {
		indent, _, _ = strings.Cut(indent, "[")
	}
	text := d.eol + indent + key + d.equals(others, len(indent+key)) + value
	return d.replace(splice{span{it.end, it.end}, text})
}

// equals is the equals sign after a key that ends in a column, with the space
// around it: below those of the others where these are in one column.
func (d *revision) equals(others []item, column int) string {
	before, after, at := " ", " ", 0
	ends, inLine := map[int]bool{}, true
	for i, it := range others {
		name := it.names[len(it.names)-1].end
		before, after, _ = strings.Cut(d.text(span{name, it.value.start}), "=")
		sign := name + len(before) - it.start
		inLine = inLine && (i == 0 || sign == at)
		at = sign
		ends[name-it.start] = true
	}
	switch {
	case inLine && len(ends) > 1:
		return strings.Repeat(" ", max(at-column, 1)) + "=" + after
	case len(others) > 0 && before == "":
		return "=" + after
	}
	return " = "
}

// createEntry writes an entry into an inline table.
func (d *revision) createEntry(parent *item, entry string) error {
	if !parent.inline {
		return errUnsafe
	}
	at := parent.value.start + 1
	if n := len(parent.entries); n > 0 {
		at = parent.entries[n-1].end
		return d.replace(splice{span{at, at}, ", " + entry})
	}
	if d.data[at] == ' ' {
		entry = " " + entry
	}
	return d.replace(splice{span{at, at}, entry})
}
