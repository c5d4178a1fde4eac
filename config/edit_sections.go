package config

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
)

// sections are a configuration while many edits are made in it. Its text is cut before
// each header, so that an edit of a profile takes apart the pieces that tell of the
// profile, with their neighbours, in place of the whole text each time.
type sections struct {
	first, last *section
	// of are the pieces that tell of each profile, in the order of the text.
	of map[string][]*section
	// root, order and eol are those of a [document].
	root  map[string]any
	order []string
	eol   string
	// whole is set where no profile can be told apart in the text.
	whole bool
}

// section is a piece of the text: what stands before the first header, or a header
// with all that follows it. What an edit does to a profile can depend on the lines
// around it, and none of these is further away than the next header.
type section struct {
	text       []byte
	profiles   []string
	prev, next *section
}

// editPieces is [edit] for many edits.
func editPieces(data []byte, change func(*sections)) ([]byte, error) {
	d, err := open(data)
	if err != nil {
		return nil, err
	}
	s := newSections(d)
	change(s)
	return (&document{syntaxTree: &syntaxTree{data: textOf(s.first, s.last)}, root: s.root, order: s.order}).saved(data)
}

// newSections cuts the text of a document.
func newSections(d *document) *sections {
	s := &sections{of: make(map[string][]*section, len(d.order)), root: d.root, order: d.order, eol: d.eol}
	s.whole = d.separate() != nil
	s.put(nil, nil, d.syntaxTree)
	return s
}

// edit makes an edit, and reports whether it has changed the text. Where it cannot be
// made, all stays as it is.
func (s *sections) edit(e Edit) (changed bool, err error) {
	from, to := s.around(e)
	was := textOf(from, to)
	t, err := parseTree(was)
	if err != nil {
		return false, err
	}
	t.eol = s.eol
	d := &document{syntaxTree: t, root: s.root, order: s.order}
	if e.reorders() {
		d.order = slices.Clone(s.order)
	}
	takeBack := s.remember(e)
	if err := e.make(d); err != nil {
		takeBack()
		return false, err
	}
	s.order = d.order
	if bytes.Equal(was, d.data) {
		return false, nil
	}
	s.put(from, to, d.syntaxTree)
	return true, nil
}

// reorders reports whether an edit writes into the list of the profiles.
func (e Edit) reorders() bool {
	switch e.Kind {
	case EditTag, EditDisable, EditEnable, EditAdd:
		return false
	case EditUpdate:
		return e.Profile != e.Draft.Name
	}
	return true
}

// around are the first and the last of the pieces that an edit can change, or can
// depend on. The default profile is named at the top of the text, too, and an edit of
// a profile that is not there needs none of it.
func (s *sections) around(e Edit) (from, to *section) {
	of := s.of[e.Profile]
	switch {
	case s.whole, e.Kind.OfView(), e.Kind == EditMove:
		return s.first, s.last
	case e.Kind == EditAdd:
		return s.last, s.last
	case len(of) == 0:
		return s.first, s.first
	case s.root["default_profile"] == e.Profile:
		return s.first, s.last
	}
	from, to = of[0], of[len(of)-1]
	return cmp.Or(from.prev, from), cmp.Or(to.next, to)
}

// remember returns what takes an edit back in what the text must say.
func (s *sections) remember(e Edit) (takeBack func()) {
	root := maps.Clone(s.root)
	if e.Kind.OfView() {
		views, _ := s.root[viewsKey].(map[string]any)
		was := copyTables(views, append(slices.Collect(maps.Keys(views)), e.To, e.View.Name))
		return func() { s.restore(root, viewsKey, was) }
	}
	profiles, _ := s.root["profiles"].(map[string]any)
	was := copyTables(profiles, []string{e.Profile, e.To, e.Draft.Name})
	return func() { s.restore(root, "profiles", was) }
}

// restore brings back the root and some of the tables below a key of it.
func (s *sections) restore(root map[string]any, key string, tables map[string]any) {
	clear(s.root)
	maps.Copy(s.root, root)
	all, ok := s.root[key].(map[string]any)
	if !ok {
		return
	}
	for name, table := range tables {
		if all[name] = table; table == nil {
			delete(all, name)
		}
	}
}

// copyTables are copies of the tables of some names; nil for one that is not there.
func copyTables(all map[string]any, names []string) map[string]any {
	copies := make(map[string]any, len(names))
	for _, name := range names {
		copies[name] = all[name]
		if table, ok := all[name].(map[string]any); ok {
			copies[name] = maps.Clone(table)
		}
	}
	return copies
}

// put cuts a text, which takes the place of the pieces from one to another.
func (s *sections) put(from, to *section, t *syntaxTree) {
	fresh := cutAtHeaders(t)
	var old []*section
	var before, after *section
	if from != nil {
		old = between(from, to)
		before, after = from.prev, to.next
	}
	for _, one := range fresh {
		one.prev, before = before, one
		if one.prev == nil {
			s.first = one
		} else {
			one.prev.next = one
		}
	}
	if before.next = after; after == nil {
		s.last = before
	} else {
		after.prev = before
	}
	s.index(old, fresh)
}

// index notes which pieces tell of which profile, since some took the place of others.
func (s *sections) index(old, fresh []*section) {
	gone, tell := map[*section]bool{}, map[string][]*section{}
	for _, one := range old {
		gone[one] = true
		for _, name := range one.profiles {
			tell[name] = nil
		}
	}
	for _, one := range fresh {
		for _, name := range one.profiles {
			if of := tell[name]; len(of) == 0 || of[len(of)-1] != one {
				tell[name] = append(of, one)
			}
		}
	}
	for name, now := range tell {
		was := s.of[name]
		from := slices.IndexFunc(was, func(one *section) bool { return gone[one] })
		if from < 0 {
			from = len(was)
		}
		to := from
		for to < len(was) && gone[was[to]] {
			to++
		}
		if s.of[name] = slices.Concat(was[:from], now, was[to:]); len(s.of[name]) == 0 {
			delete(s.of, name)
		}
	}
}

// cutAtHeaders are the pieces of a text.
func cutAtHeaders(t *syntaxTree) (pieces []*section) {
	start, from := 0, 0
	add := func(end, to int) {
		one := &section{text: t.data[start:end:end]}
		for _, e := range t.expressions[from:to] {
			told := len(one.profiles)
			if len(e.path) > 1 && e.path[0] == "profiles" && (told == 0 || one.profiles[told-1] != e.path[1]) {
				one.profiles = append(one.profiles, e.path[1])
			}
		}
		pieces = append(pieces, one)
		start, from = end, to
	}
	for i, e := range t.expressions {
		if e.header && e.start > start {
			add(e.start, i)
		}
	}
	add(len(t.data), len(t.expressions))
	return pieces
}

// between are the pieces from one to another.
func between(from, to *section) []*section {
	all := []*section{from}
	for from != to {
		from = from.next
		all = append(all, from)
	}
	return all
}

// textOf is the text from one piece to another.
func textOf(from, to *section) (text []byte) {
	for _, one := range between(from, to) {
		text = append(text, one.text...)
	}
	return text
}
