package config

import (
	"errors"
	"fmt"
	"slices"

	"github.com/BurntSushi/toml"

	"rollcall/config/spelling"
)

// The kinds of edit of saved views. The first writes the view of the edit, over that of
// the same name; the others are about the one that Profile names.
const (
	EditKeepView   EditKind = "keep_view"
	EditRenameView EditKind = "rename_view"
	EditRemoveView EditKind = "remove_view"
)

// OfView reports whether the edit is of a saved view.
func (k EditKind) OfView() bool {
	return slices.Contains([]EditKind{EditKeepView, EditRenameView, EditRemoveView}, k)
}

// makeView makes an edit of a saved view.
func (e Edit) makeView(d *document) error {
	switch e.Kind {
	case EditKeepView:
		return d.keepView(e.View)
	case EditRenameView:
		return d.renameView(e.Profile, e.To)
	}
	return d.removeView(e.Profile)
}

// doneView says what an edit of a saved view has done.
func (e Edit) doneView() string {
	switch e.Kind {
	case EditKeepView:
		return "kept the view " + e.View.Name
	case EditRenameView:
		return "renamed the view " + e.Profile + " to " + e.To
	}
	return "removed the view " + e.Profile
}

var errInlineViews = errors.New("all views are in one inline table, views = { … }; write each as a table [views.NAME], or edit the file by hand")

// savedViews are what the document says of them.
func (d *document) savedViews() map[string]any {
	views, _ := d.root[viewsKey].(map[string]any)
	return views
}

// findView checks that there is a saved view, and that it can be edited.
func (d *document) findView(name string) error {
	v, ok := d.savedViews()[name]
	if !ok {
		var known []string
		for name := range d.savedViews() {
			known = append(known, name)
		}
		slices.Sort(known)
		return fmt.Errorf("there is no view %s%s", quote(name), spelling.DidYouMean(name, known))
	}
	if _, ok := v.(map[string]any); !ok {
		return fmt.Errorf("the view %s is not a table; mend that first", quote(name))
	}
	return d.separateViews()
}

// freeView checks that a saved view can have a name.
func (d *document) freeView(name string) error {
	if wrong := WrongViewName(name); wrong != "" {
		return fmt.Errorf("a view's name %s", wrong)
	}
	if _, taken := d.savedViews()[name]; taken {
		return fmt.Errorf("there is a view %s already", quote(name))
	}
	return d.separateViews()
}

// separateViews checks that the views are not all in one inline table.
func (d *document) separateViews() error {
	if _, there := d.root[viewsKey]; there && d.savedViews() == nil {
		return errors.New("views is not a table; mend that first")
	}
	for _, e := range d.expressions {
		if !e.header && slices.Equal(e.path, toml.Key{viewsKey}) {
			return errInlineViews
		}
	}
	return nil
}

// keepView writes a saved view: over the one of that name, whose comments stay, else
// behind the last of them, else at the end.
func (d *document) keepView(v View) error {
	path := toml.Key{viewsKey, v.Name}
	if _, there := d.savedViews()[v.Name]; !there {
		if err := d.freeView(v.Name); err != nil {
			return err
		}
		return d.addView(path, v)
	}
	if err := d.findView(v.Name); err != nil {
		return err
	}
	all := []struct {
		setting
		there bool
	}{
		{setting{"query", v.Query}, v.Query != ""}, {setting{"sort", v.Sort}, v.Sort != ""}, {setting{"columns", v.Columns}, len(v.Columns) > 0},
	}
	// What is new comes first, so that the table is never empty.
	for _, s := range all {
		if !s.there {
			continue
		}
		if err := d.set(path, s.setting); err != nil {
			return err
		}
	}
	for _, s := range all {
		if s.there {
			continue
		}
		if err := d.unset(path, s.key); err != nil {
			return err
		}
	}
	return nil
}

// addView writes a saved view that is not there yet.
func (d *document) addView(path toml.Key, v View) error {
	var settings []setting
	if v.Query != "" {
		settings = append(settings, setting{"query", v.Query})
	}
	if v.Sort != "" {
		settings = append(settings, setting{"sort", v.Sort})
	}
	if len(v.Columns) > 0 {
		settings = append(settings, setting{"columns", v.Columns})
	}
	text, values, err := d.written(path, settings)
	if err != nil {
		return err
	}
	if d.savedViews() == nil {
		d.root[viewsKey] = map[string]any{}
	}
	d.savedViews()[v.Name] = values
	if at, follows, ok := d.behindViews(); ok {
		return d.replace(splice{span{at, at}, d.eol + d.eol + text + follows})
	}
	return d.appendTable(text)
}

// behindViews is where the last table of a saved view ends, and what a table that is
// written there needs behind it, to stand apart from what follows.
func (d *document) behindViews() (at int, follows string, ok bool) {
	for i, e := range slices.Backward(d.expressions) {
		if !e.header || !e.under(toml.Key{viewsKey}) {
			continue
		}
		end := d.section(i).end
		if next, more := d.contentAfter(end); more && next == d.nextLine(end) {
			follows = d.eol
		}
		return end, follows, true
	}
	return 0, "", false
}

// removeView takes a saved view away, with the comments that belong to it.
func (d *document) removeView(name string) error {
	if err := d.findView(name); err != nil {
		return err
	}
	path := toml.Key{viewsKey, name}
	for blocks := d.blocksOf(path); len(blocks) > 0; blocks = d.blocksOf(path) {
		if err := d.cut(blocks[len(blocks)-1]); err != nil {
			return err
		}
	}
	delete(d.savedViews(), name)
	if len(d.savedViews()) == 0 {
		delete(d.root, viewsKey)
	}
	return nil
}

// renameView gives a saved view another name.
func (d *document) renameView(name, to string) error {
	if err := d.findView(name); err != nil || name == to {
		return err
	}
	if err := d.freeView(to); err != nil {
		return err
	}
	var parts []splice
	for _, b := range d.blocksOf(toml.Key{viewsKey, name}) {
		parts = append(parts, d.renamed(b, to)...)
	}
	if err := d.replace(parts...); err != nil {
		return err
	}
	d.savedViews()[to] = d.savedViews()[name]
	delete(d.savedViews(), name)
	return nil
}
