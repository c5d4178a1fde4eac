package config

import (
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// create writes a key that is not there, in the form that its table has.
func (d *document) create(table toml.Key, key, value string) error {
	if len(table) == 0 {
		return d.createAtTop(key, value)
	}
	if e := d.lookup(table); e != nil {
		return d.createEntry(e, key+" = "+value)
	}
	header, dotted, nested := -1, -1, -1
	for i, e := range d.expressions {
		switch {
		case !e.under(table):
		case e.header && len(e.path) == len(table):
			header = i
		case e.header && nested < 0:
			nested = i
		case !e.header:
			if _, ok := e.at(len(table) - 1); ok {
				dotted = i
			}
		}
	}
	switch {
	case header >= 0:
		b := d.section(header)
		return d.createLine(b.last, d.expressions[header+1:b.last+1], key, value)
	case dotted >= 0:
		e := d.expressions[dotted]
		name, _ := e.at(len(table) - 1)
		return d.createLine(dotted, nil, d.text(span{e.names[0].start, name.end})+"."+key, value)
	case nested >= 0:
		// There is only [profiles.NAME.token]: [profiles.NAME] goes
		// above it.
		e := d.expressions[nested]
		name, _ := e.at(len(table) - 1)
		at := d.lead(nested)
		text := "[" + d.text(span{e.names[0].start, name.end}) + "]" + d.eol + key + " = " + value + d.eol + d.eol
		return d.replace(splice{span{at, at}, text})
	}
	return errUnsafe
}

// createAtTop writes a key above all tables.
func (d *document) createAtTop(key, value string) error {
	first := slices.IndexFunc(d.expressions, func(e expression) bool { return e.header })
	switch {
	case first > 0:
		return d.createLine(first-1, d.expressions[:first], key, value)
	case first == 0:
		at := d.lead(0)
		return d.replace(splice{span{at, at}, key + " = " + value + d.eol + d.eol})
	case len(d.expressions) > 0:
		return d.createLine(len(d.expressions)-1, d.expressions, key, value)
	}
	end, follows := d.contentBefore(len(d.data))
	if !follows {
		return d.replace(splice{span{0, 0}, key + " = " + value + d.eol})
	}
	return d.replace(splice{span{end, end}, d.eol + key + " = " + value})
}

// createLine writes a key on the line below an expression, with the indent of
// that and an equals sign as the other keys of its table have it.
func (d *document) createLine(above int, others []expression, key, value string) error {
	e := d.expressions[above]
	indent := d.text(span{e.start, e.names[0].start})
	if e.header {
		indent, _, _ = strings.Cut(indent, "[")
	}
	text := d.eol + indent + key + d.equals(others, len(indent+key)) + value
	return d.replace(splice{span{e.end, e.end}, text})
}

// equals is the equals sign after a new key that ends in a column, with the
// space around the sign. Where the signs of the other keys stand in one column,
// the new one stands there, too; otherwise it has the space that theirs have.
func (d *document) equals(others []expression, column int) string {
	before, after, at := " ", " ", 0
	ends, inLine := map[int]bool{}, true
	for i, e := range others {
		name := e.names[len(e.names)-1].end
		before, after, _ = strings.Cut(d.text(span{name, e.value.start}), "=")
		sign := name + len(before) - e.start
		inLine = inLine && (i == 0 || sign == at)
		at = sign
		ends[name-e.start] = true
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
func (d *document) createEntry(parent *expression, entry string) error {
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
