package ui

// viewID names a view by its place among all.
type viewID int

// The views that the program has of its own, in the order of their names in
// the header.
const (
	viewDashboard viewID = iota
	viewOverview
	viewTimeline
	viewActivity
	viewPeople
)

// view is what fills the screen between the header and the hints.
type view struct {
	// area is where the keys go while the view is shown.
	area area
	// sheet is the view itself; nil for the dashboard.
	sheet *sheet
}

// views are all views, of which one is shown.
type views struct {
	all []view
	// names are those of all, one a line.
	names  string
	chosen viewID
	places places
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
		v.all = append(v.all, view{kind.area, newSheet(kind.name, s, kind.content(s))})
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
