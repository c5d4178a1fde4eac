package ui

import (
	"slices"
	"strings"

	"rollcall/config"
)

// viewID names a view by its place among all.
type viewID int

// The views that the program has of its own, in the order of their names in
// the header. The saved ones follow.
const (
	viewDashboard viewID = iota
	viewOverview
	viewTimeline
	viewActivity
	viewPeople
	firstSaved
)

// view is what fills the screen between the header and the hints.
type view struct {
	// area is where the keys go while the view is shown.
	area area
	// sheet is the view itself; nil for the dashboard.
	sheet *sheet
	// scope is what a saved view lets through; nil for any other.
	scope *scope
}

// views are all views, of which one is shown.
type views struct {
	all []view
	// names are those of all, one a line.
	names   string
	chosen  viewID
	places  places
	awaited awaited
}

// awaited is the saved view to show as soon as it is there; the zero value for none.
type awaited struct {
	name string
	// kept is set where it holds what was on the screen, and so the filter.
	kept bool
}

// newViews makes the views, in the order of their ids.
func newViews(s *selection) views {
	v := views{all: []view{{area: onDashboard}}, names: "Dashboard"}
	for _, kind := range []struct {
		name    string
		area    area
		content func(*selection) sheetContent
	}{
		{"Overview", onOverview, newOverview},
		{"Timeline", onTimeline, newTimeline},
		{"Activity", onActivity, newActivity},
		{"People", onPeople, newPeopleView},
	} {
		v.all = append(v.all, view{area: kind.area, sheet: newSheet(kind.name, s, kind.content(s))})
		v.names += "\n" + kind.name
	}
	return v
}

// sheet is the view that is shown; nil for the dashboard.
func (v *views) sheet() *sheet { return v.all[v.chosen].sheet }

// overview is the table of all profiles.
func (v *views) overview() *overview { return v.all[viewOverview].sheet.content.(*overview) }

// timeline is the view of all tokens on an axis of time.
func (v *views) timeline() *timeline { return v.all[viewTimeline].sheet.content.(*timeline) }

// people is the view of those whom several profiles belong to.
func (v *views) people() *peopleView { return v.all[viewPeople].sheet.content.(*peopleView) }

// activity is the log of checks and changes.
func (v *views) activity() *activity { return v.all[viewActivity].sheet.content.(*activity) }

// table is the overview that is shown, which may be that of a saved view; the
// program's own where none is.
func (v *views) table() *overview {
	if s := v.sheet(); s != nil {
		if o, ok := s.content.(*overview); ok {
			return o
		}
	}
	return v.overview()
}

// scope is that of the saved view that is shown; nil for any other view.
func (v *views) scope() *scope { return v.all[v.chosen].scope }

// name is what a view is called: those of the program as in files, a saved one as the
// person calls it.
func (v *views) name(id viewID) string {
	if s := v.all[id].scope; s != nil {
		return s.view.Name
	}
	return viewNames()[id]
}

// named is the view of a name: one of the program, or a saved one.
func (v *views) named(name string) (id viewID, ok bool) {
	for i := range v.all {
		if v.name(viewID(i)) == name {
			return viewID(i), true
		}
	}
	return 0, false
}

// save makes the saved views those of a configuration. Those that stay the same stay
// as the person has left them. It reports whether the one that was shown is gone, so
// that the overview is in its place.
func (v *views) save(all []config.View, s *selection, c *cover) (gone bool) {
	before := v.all
	moved := map[viewID]viewID{}
	for id := range firstSaved {
		moved[id] = id
	}
	v.all = slices.Clone(before[:firstSaved])
	for _, one := range all {
		id := viewID(len(v.all))
		fresh := newScope(one)
		made := view{area: onOverview, scope: fresh}
		for i, old := range before[firstSaved:] {
			if old.scope.view.Name != one.Name {
				continue
			}
			moved[firstSaved+viewID(i)] = id
			if old.scope.same(fresh) {
				// Where it stands in the file may have changed.
				old.scope.view = one
				made = old
			}
		}
		if made.sheet == nil {
			o := newOverview(s).(*overview)
			o.follow(fresh, c)
			made.sheet = newSheet(one.Name, s, o)
		}
		v.all = append(v.all, made)
	}
	v.title(c)
	is, still := moved[v.chosen]
	if v.chosen = is; !still {
		v.chosen = viewOverview
	}
	v.places.renumber(moved)
	return !still
}

// title gives the saved views their titles, as they may be shown.
func (v *views) title(c *cover) {
	titles := []string{"Dashboard"}
	for _, one := range v.all[1:] {
		if one.scope == nil {
			titles = append(titles, one.sheet.title)
			continue
		}
		if title := c.view(one.scope.view.Name); title != one.sheet.title {
			one.sheet.title = title
			one.sheet.touch()
		}
		titles = append(titles, one.sheet.title)
	}
	v.names = strings.Join(titles, "\n")
}

// in is the view of an area.
func (v *views) in(a area) (id viewID, ok bool) {
	for i, one := range v.all {
		if one.area&a != 0 {
			return viewID(i), true
		}
	}
	return 0, false
}

// SetSize gives the views beside the dashboard their size.
func (v *views) SetSize(w, h int) {
	for _, one := range v.all {
		if one.sheet != nil {
			one.sheet.SetSize(w, h)
		}
	}
}
