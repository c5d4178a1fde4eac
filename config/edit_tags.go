package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/pelletier/go-toml/v2/unstable"
)

// tag adds tags to those of a profile, and takes others away. A tag in both lists
// is added. The list keeps its form and its comments: only the last comment on the
// line of a tag that has this line for itself goes with the tag.
func (d *document) tag(name string, add, drop []string) error {
	if err := d.find(name); err != nil {
		return err
	}
	for _, tag := range add {
		if why := wrongTag(tag); why != "" {
			return fmt.Errorf("%s: %s", quote(tag), why)
		}
	}
	table := toml.Key{"profiles", name}
	old, ok := textsOf(d.table(table)["tags"])
	if !ok {
		return fmt.Errorf("the tags of %s are not a list of texts; mend that first", quote(name))
	}
	left := slices.DeleteFunc(slices.Clone(old), func(tag string) bool { return slices.Contains(drop, tag) && !slices.Contains(add, tag) })
	var fresh []string
	for _, tag := range add {
		if !slices.Contains(left, tag) && !slices.Contains(fresh, tag) {
			fresh = append(fresh, tag)
		}
	}
	all := slices.Concat(left, fresh)
	switch {
	case slices.Equal(all, old):
		return nil
	case len(all) == 0:
		return d.unset(table, "tags")
	case len(old) == 0:
		return d.set(table, setting{"tags", all})
	}
	d.table(table)["tags"] = anyOf(all)
	// What is new goes in first, so that the list is never empty.
	for _, tag := range fresh {
		if err := d.addItem(below(table, "tags"), tag); err != nil {
			return err
		}
	}
	for i, tag := range slices.Backward(old) {
		if !slices.Contains(left, tag) {
			if err := d.cutItem(below(table, "tags"), i); err != nil {
				return err
			}
		}
	}
	return nil
}

// textsOf are the texts of a list; a list that is not there has none.
func textsOf(value any) (texts []string, ok bool) {
	if value == nil {
		return nil, true
	}
	items, ok := value.([]any)
	for _, item := range items {
		text, is := item.(string)
		if !is {
			return nil, false
		}
		texts = append(texts, text)
	}
	return texts, ok
}

func anyOf(texts []string) (items []any) {
	for _, text := range texts {
		items = append(items, text)
	}
	return items
}

// items are where the texts of a list are written, which is the value of the key
// at a path, and where the list ends, at its bracket.
func (t *syntaxTree) items(path toml.Key) (all []span, end int, err error) {
	e := t.lookup(path)
	if e == nil {
		return nil, 0, errUnsafe
	}
	const before = "x="
	var parser unstable.Parser
	parser.Reset([]byte(before + t.text(e.value)))
	if !parser.NextExpression() || parser.Expression().Value().Kind != unstable.Array {
		return nil, 0, errUnsafe
	}
	for nodes := parser.Expression().Value().Children(); nodes.Next(); {
		raw := nodes.Node().Raw
		start := e.value.start + int(raw.Offset) - len(before)
		all = append(all, span{start, start + int(raw.Length)})
	}
	if len(all) == 0 {
		return nil, 0, errUnsafe
	}
	return all, e.value.end - 1, nil
}

// addItem writes a text at the end of a list that has some: on a line of its own
// where the last text has one, with the quotes that the last one has.
func (d *document) addItem(path toml.Key, item string) error {
	all, end, err := d.items(path)
	if err != nil {
		return err
	}
	last := all[len(all)-1]
	text, err := encode(item)
	if err != nil {
		return err
	}
	text = inStyleOf(d.text(last), text, item)
	if !d.alone(last, end) {
		between := ", "
		if len(all) > 1 {
			if gap := d.text(span{all[len(all)-2].end, last.start}); strings.TrimSpace(gap) == "," && !strings.ContainsAny(gap, "\r\n") {
				between = gap
			}
		}
		return d.replace(splice{span{last.end, last.end}, between + text})
	}
	line := d.lineEnd(last.end)
	fresh := splice{span{line, line}, d.eol + d.text(span{d.lineStart(last.start), last.start}) + text}
	if strings.HasPrefix(strings.TrimLeft(d.text(span{last.end, line}), " \t"), ",") {
		fresh.text += ","
		return d.replace(fresh)
	}
	return d.replace(splice{span{last.end, last.end}, ","}, fresh)
}

// cutItem takes the text at an index out of a list that has others.
func (d *document) cutItem(path toml.Key, i int) error {
	all, end, err := d.items(path)
	if err != nil {
		return err
	}
	item := all[i]
	if d.alone(item, end) && (i+1 == len(all) || strings.HasPrefix(strings.TrimLeft(d.text(span{item.end, end}), " \t"), ",")) {
		return d.replace(splice{span{d.lineStart(item.start), d.nextLine(item.end)}, ""})
	}
	if i+1 < len(all) {
		next := all[i+1].start
		if strings.Contains(d.text(span{item.end, next}), "#") {
			return d.cutWithComma(item, end)
		}
		return d.replace(splice{span{item.start, next}, ""})
	}
	before := all[i-1].end
	if strings.Contains(d.text(span{before, item.start}), "#") {
		return d.cutWithComma(item, end)
	}
	// A comma at the end of the list stays, behind the text before this one.
	return d.replace(splice{span{before, item.end}, ""})
}

// cutWithComma takes a text out of a list whose neighbours a comment keeps apart,
// with the comma that follows at once or else the one right before it. Where there is
// neither, the text is the last, and the comma above it ends the list.
func (d *document) cutWithComma(item span, end int) error {
	after, follows := strings.CutPrefix(strings.TrimLeft(d.text(span{item.end, end}), " \t"), ",")
	before, leads := strings.CutSuffix(strings.TrimRight(d.text(span{0, item.start}), " \t"), ",")
	switch {
	case follows:
		item.end = end - len(after)
	case leads:
		item.start = len(before)
	}
	return d.replace(splice{item, ""})
}

// alone reports whether nothing but a comma and a comment stands on the lines of a
// text in a list that ends at an offset.
func (d *document) alone(item span, end int) bool {
	if line := d.lineEnd(item.end); line >= end {
		return false
	}
	before := d.text(span{d.lineStart(item.start), item.start})
	after := strings.TrimSpace(d.text(span{item.end, d.lineEnd(item.end)}))
	after = strings.TrimSpace(strings.TrimPrefix(after, ","))
	return strings.TrimSpace(before) == "" && (after == "" || strings.HasPrefix(after, "#"))
}
