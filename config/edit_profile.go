package config

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// errMove says that two profiles cannot be exchanged.
var errMove = errors.New("these profiles are written in different ways, or a comment would move to another one; reorder them by hand")

// add writes a profile at the end.
func (d *document) add(name string, settings []setting) error {
	if err := d.free(name); err != nil {
		return err
	}
	text, values, err := d.written(toml.Key{"profiles", name}, settings)
	if err != nil {
		return err
	}
	if d.profiles() == nil {
		d.root["profiles"] = map[string]any{}
	}
	d.profiles()[name] = values
	d.order = append(d.order, name)
	return d.appendTable(text)
}

// written is a table with its settings, their equals signs below each other, and what
// that says.
func (d *document) written(table toml.Key, settings []setting) (text string, values map[string]any, err error) {
	lines := []string{"[" + table.String() + "]"}
	values = map[string]any{}
	width := 0
	for _, s := range settings {
		width = max(width, len(toml.Key{s.key}.String()))
	}
	for _, s := range settings {
		text, err := encode(s.value)
		if err != nil {
			return "", nil, err
		}
		if values[s.key], err = decoded(text); err != nil {
			return "", nil, err
		}
		key := toml.Key{s.key}.String()
		lines = append(lines, key+strings.Repeat(" ", width-len(key))+" = "+text)
	}
	return strings.Join(lines, d.eol), values, nil
}

// appendTable writes a table at the end.
func (d *document) appendTable(text string) error {
	end, follows := d.contentBefore(len(d.data))
	if !follows {
		return d.replace(splice{span{0, 0}, text + d.eol})
	}
	return d.replace(splice{span{end, end}, d.eol + d.eol + text})
}

// remove takes a profile away with the comments that belong to it: those in it,
// right above it and right below. Where it was the default one, that key goes
// with it.
func (d *document) remove(name string) error {
	if err := d.find(name); err != nil {
		return err
	}
	for blocks := d.blocks(name); len(blocks) > 0; blocks = d.blocks(name) {
		if err := d.cut(blocks[len(blocks)-1]); err != nil {
			return err
		}
	}
	delete(d.profiles(), name)
	if len(d.profiles()) == 0 {
		delete(d.root, "profiles")
	}
	d.order = slices.DeleteFunc(d.order, func(n string) bool { return n == name })
	if d.root["default_profile"] == name {
		return d.unset(nil, "default_profile")
	}
	return nil
}

// rename gives a profile another name, as the default one, too.
func (d *document) rename(name, to string) error {
	if err := d.find(name); err != nil || name == to {
		return err
	}
	if err := d.free(to); err != nil {
		return err
	}
	var parts []splice
	for _, b := range d.blocks(name) {
		parts = append(parts, d.renamed(b, to)...)
	}
	if err := d.replace(parts...); err != nil {
		return err
	}
	d.profiles()[to] = d.profiles()[name]
	delete(d.profiles(), name)
	d.order[slices.Index(d.order, name)] = to
	if d.root["default_profile"] == name {
		return d.set(nil, setting{"default_profile", to})
	}
	return nil
}

// renamed is what changes in a block with the name of its profile.
func (d *document) renamed(b block, to string) []splice {
	var parts []splice
	for _, e := range d.expressions[b.first : b.last+1] {
		if name, ok := e.at(1); ok {
			parts = append(parts, splice{name, keyInStyleOf(d.text(name), to)})
		}
	}
	return parts
}

// duplicate writes a copy of a profile right below it.
func (d *document) duplicate(name, to string) error {
	if err := d.find(name); err != nil {
		return err
	}
	if err := d.free(to); err != nil {
		return err
	}
	var parts []splice
	for _, b := range d.blocks(name) {
		copied := spliced(d.data[:b.end], d.renamed(b, to))[b.start:]
		parts = append(parts, splice{span{b.end, b.end}, d.gap(b) + string(copied)})
	}
	d.profiles()[to] = d.profiles()[name]
	d.order = slices.Insert(d.order, slices.Index(d.order, name)+1, to)
	return d.replace(parts...)
}

// gap is what stands between a block and a copy of it: a line break where the
// block is a row of keys, or as close to what stands before it; else a blank
// line. After a comment at the end of the block it is always a blank line, or
// the comment would seem to belong to the copy.
func (d *document) gap(b block) string {
	before, follows := d.contentBefore(b.start)
	adjacent := follows && d.nextLine(before) == b.start
	if b.end == d.expressions[b.last].end && (adjacent || !d.expressions[b.first].header) {
		return d.eol
	}
	return d.eol + d.eol
}

// move takes a profile down by a number of profiles, or up where the number is
// negative; at the first and at the last place it stops.
func (d *document) move(name string, by int) error {
	if err := d.find(name); err != nil {
		return err
	}
	step := cmp.Compare(by, 0)
	for ; by != 0; by -= step {
		i := slices.Index(d.order, name)
		j := i + step
		if j < 0 || j >= len(d.order) {
			return nil
		}
		if err := d.swap(min(i, j)); err != nil {
			return err
		}
	}
	return nil
}

// swap exchanges a profile with the next.
func (d *document) swap(i int) error {
	upper, lower := d.order[i], d.order[i+1]
	d.order[i], d.order[i+1] = lower, upper
	above, below := d.blocks(upper), d.blocks(lower)
	// The two profiles can have several blocks each. All spans that these
	// have in the text are filled anew, first with the blocks of the lower
	// profile, then with those of the upper. Where a third profile stands
	// among them, that would not do, and only the first blocks change
	// places. Either way each profile must have its own comments in the
	// end.
	was, lines := d.syntaxTree, d.linesOf(upper)+"\n\n"+d.linesOf(lower)
	for _, blocks := range [][]block{slices.Concat(below, above), {below[0], above[0]}} {
		if d.fill(blocks) && d.linesOf(upper)+"\n\n"+d.linesOf(lower) == lines {
			return nil
		}
		d.syntaxTree = was
	}
	return errMove
}

// fill writes blocks, in the order given, into the spans that they have in the
// text by now. It reports whether the profiles are then in the order that they
// must be in.
func (d *document) fill(blocks []block) bool {
	spans := slices.SortedFunc(slices.Values(blocks), func(a, b block) int { return cmp.Compare(a.start, b.start) })
	var parts []splice
	for k, old := range spans {
		if d.tableOf(old) != d.tableOf(blocks[k]) {
			return false
		}
		parts = append(parts, splice{old.span, d.text(blocks[k].span)})
	}
	if d.replace(parts...) != nil {
		return false
	}
	_, order, err := contents(d.data)
	return err == nil && slices.Equal(order, d.order)
}

// tableOf is the table that the keys of a block stand in. For all blocks of
// whole tables it is the same: these can stand anywhere.
func (d *document) tableOf(b block) string {
	e := d.expressions[b.first]
	if e.header {
		return "[]"
	}
	return e.path[:len(e.path)-len(e.names)].String()
}

// linesOf are the lines of a profile and of its comments, sorted, so that they
// can be compared whatever their order.
func (d *document) linesOf(profile string) string {
	var lines []string
	for _, b := range d.blocks(profile) {
		for line := range strings.Lines(d.text(b.span)) {
			if line = strings.TrimRight(line, "\r\n"); line != "" {
				lines = append(lines, line)
			}
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
