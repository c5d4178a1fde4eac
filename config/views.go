package config

import (
	"errors"
	"slices"
	"strings"

	"rollcall/config/query"
	"rollcall/config/spelling"
)

// View is a saved view of the profiles: which of them, in which order, and what is
// shown of each.
type View struct {
	Name string
	// Query says which profiles are in it; empty for all.
	Query string
	// Sort is their order, with a "-" before it where that is turned round; empty for
	// the usual one.
	Sort string
	// Columns are what is shown of each; none for the usual ones.
	Columns []string
	// Line is where it begins in the file.
	Line int
	// Problems are what is wrong with it. A view with any cannot be shown.
	Problems []Problem
}

// ViewWords are the words that saved views are made of. Where there are none of a
// kind, any will do.
type ViewWords struct {
	// Query are those of queries, Sorts the orders, Columns what there is to show.
	Query          query.Vocabulary
	Sorts, Columns []string
}

// BuiltInViews are the views of the dashboard that are always there, in their order.
// No saved view can be called so.
func BuiltInViews() []string {
	return []string{"dashboard", "overview", "timeline", "activity", "people"}
}

// View is the saved view with a name.
func (c *Config) View(name string) (v View, ok bool) {
	i := slices.IndexFunc(c.Views, func(v View) bool { return v.Name == name })
	if i < 0 {
		return View{}, false
	}
	return c.Views[i], true
}

// ViewNames are those of the saved views.
func (c *Config) ViewNames() (names []string) {
	for _, v := range c.Views {
		names = append(names, v.Name)
	}
	return names
}

// WrongViewName says what is wrong with the name of a saved view, as the end of a
// sentence; empty for nothing.
func WrongViewName(name string) string {
	switch wrong := wrongName(name); {
	case wrong != "":
		return wrong
	case slices.Contains(BuiltInViews(), strings.ToLower(name)):
		return "must not be that of a view that is always there"
	}
	return ""
}

// views reads the saved views. What is wrong with one hides no other.
func (t *table) views() (all []View) {
	views, ok := t.table("views", "a table: [views.NAME]")
	if !ok {
		return nil
	}
	for _, name := range t.dec.positions.order(views.path, views.values) {
		own := &report{}
		views.report = own
		v := views.view(name)
		v.Problems = problems(own)
		t.report.problems = append(t.report.problems, own.problems...)
		all = append(all, v)
	}
	return all
}

// view reads one of the saved views; t is the table of all of them.
func (t *table) view(name string) View {
	v := View{Name: name, Line: t.dec.positions.find(below(t.path, name)).line}
	if wrong := WrongViewName(name); wrong != "" {
		t.problem(name, "a view's name %s; rename %s", wrong, quote(name))
	}
	own, ok := t.table(name, "a table: [views."+shown(name)+"]")
	if !ok {
		return v
	}
	own.fillView(&v)
	return v
}

// fillView reads the keys of a saved view.
func (t *table) fillView(v *View) {
	words := t.dec.services.Views
	v.Query, _ = t.query("query", words.Query)
	v.Sort, _ = t.sort("sort", words.Sorts)
	v.Columns, _ = t.columns("columns", words.Columns)
	t.unknown()
}

// query reads a query.
func (t *table) query(key string, words query.Vocabulary) (string, bool) {
	text, ok := t.text(key, "tag:prod !ok")
	if !ok {
		return "", false
	}
	_, err := query.Parse(text, words)
	if wrong, is := errors.AsType[*query.Error](err); is {
		t.problem(key, "%s, character %d: %s", key, wrong.Column, wrong.Message)
		return text, false
	}
	return text, true
}

// sort reads an order.
func (t *table) sort(key string, known []string) (string, bool) {
	text, ok := t.text(key, "due")
	if word := strings.TrimPrefix(text, "-"); ok && known != nil && !slices.Contains(known, word) {
		t.problem(key, "%s", unknownWord("order", word, known))
		return text, false
	}
	return text, ok
}

// columns reads a list of columns.
func (t *table) columns(key string, known []string) ([]string, bool) {
	names, ok := t.texts(key, `a list of columns, such as ["profile", "due", "note"]`)
	if !ok {
		return nil, false
	}
	if len(names) == 0 {
		t.problem(key, "%s must name one column at least; delete the line for the usual ones", key)
		return nil, false
	}
	for i, name := range names {
		switch {
		case slices.Contains(names[:i], name):
			t.problem(key, "the column %s is there twice", shown(name))
			ok = false
		case known != nil && !slices.Contains(known, name):
			t.problem(key, "%s", unknownWord("column", name, known))
			ok = false
		}
	}
	return names, ok
}

// unknownWord says that there is no such word of a kind, and which is near or which
// there are.
func unknownWord(kind, word string, known []string) string {
	message := "there is no " + kind + " " + quote(word)
	if near := spelling.DidYouMean(word, known); near != "" {
		return message + near
	}
	return message + "; there are " + list(known)
}
