package config

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// errMove says that two profiles cannot change places.
var errMove = errors.New("these profiles are written in different ways, or a comment would move to another one; reorder them by hand")

// add writes a profile at the end.
func (d *revision) add(name string, settings []setting) error {
	if err := d.free(name); err != nil {
		return err
	}
	lines := []string{"[" + toml.Key{"profiles", name}.String() + "]"}
	values := map[string]any{}
	width := 0
	for _, s := range settings {
		width = max(width, len(toml.Key{s.key}.String()))
	}
	for _, s := range settings {
		text, err := encode(s.value)
		if err != nil {
			return err
		}
		if values[s.key], err = decoded(text); err != nil {
			return err
		}
		key := toml.Key{s.key}.String()
		lines = append(lines, key+strings.Repeat(" ", width-len(key))+" = "+text)
	}
	if d.profiles() == nil {
		d.root["profiles"] = map[string]any{}
	}
	d.profiles()[name] = values
	d.order = append(d.order, name)
	text := strings.Join(lines, d.eol)
	end, follows := d.contentBefore(len(d.data))
	if !follows {
		return d.replace(splice{span{0, 0}, text + d.eol})
	}
	return d.replace(splice{span{end, end}, d.eol + d.eol + text})
}

// remove takes a profile away with the comments that belong to it: those in it,
// right above it and right below. Where it was the default one, that key goes
// with it.
func (d *revision) remove(name string) error {
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
func (d *revision) rename(name, to string) error {
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
func (d *revision) renamed(b block, to string) []splice {
	var parts []splice
	for _, it := range d.items[b.first : b.last+1] {
		if name, ok := it.at(1); ok {
			parts = append(parts, splice{name, keyInStyleOf(d.text(name), to)})
		}
	}
	return parts
}

// duplicate writes a copy of a profile right below it.
func (d *revision) duplicate(name, to string) error {
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

// gap is what to write between a block and a copy of it. A comment at its end
// must not seem to belong to the copy.
func (d *revision) gap(b block) string {
	before, follows := d.contentBefore(b.start)
	adjacent := follows && d.nextLine(before) == b.start
	if b.end == d.items[b.last].end && (adjacent || !d.items[b.first].header) {
		return d.eol
	}
	return d.eol + d.eol
}

// move takes a profile down by so many places, or up where they are less than
// none; not further than it goes.
func (d *revision) move(name string, by int) error {
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
func (d *revision) swap(i int) error {
	upper, lower := d.order[i], d.order[i+1]
	d.order[i], d.order[i+1] = lower, upper
	above, below := d.blocks(upper), d.blocks(lower)
	// The places that both have in the text are filled anew: first all of
	// the one, then all of the other. Where a third stands in between, only
	// the beginnings change places. A comment must stay with its profile.
	was, lines := d.layout, d.owned(upper)+"\n\n"+d.owned(lower)
	for _, blocks := range [][]block{slices.Concat(below, above), {below[0], above[0]}} {
		if d.fill(blocks) && d.owned(upper)+"\n\n"+d.owned(lower) == lines {
			return nil
		}
		d.layout = was
	}
	return errMove
}

// fill puts blocks, in the order given, into the places that they have in the
// text. It reports whether the profiles are then in the order that they should
// be in.
func (d *revision) fill(blocks []block) bool {
	places := slices.SortedFunc(slices.Values(blocks), func(a, b block) int { return cmp.Compare(a.start, b.start) })
	var parts []splice
	for k, place := range places {
		if d.home(place) != d.home(blocks[k]) {
			return false
		}
		parts = append(parts, splice{place.span, d.text(blocks[k].span)})
	}
	if d.replace(parts...) != nil {
		return false
	}
	_, order, err := meaning(d.data)
	return err == nil && slices.Equal(order, d.order)
}

// home tells in what table a block stands, if it is not of tables itself.
func (d *revision) home(b block) string {
	it := d.items[b.first]
	if it.header {
		return "[]"
	}
	return it.path[:len(it.path)-len(it.names)].String()
}

// owned are the lines of a profile with its comments, in no order.
func (d *revision) owned(profile string) string {
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
