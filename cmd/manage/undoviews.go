package manage

import (
	"slices"

	"rollcall/config"
)

// viewsChanged says what has become of the saved views from one configuration to
// another: as what is so again, and as what was done. Both are empty where nothing has.
func viewsChanged(from, to *config.Config) (again, done string) {
	if len(from.Views) == len(to.Views) {
		for i, v := range from.Views {
			w := to.Views[i]
			_, still := to.View(v.Name)
			_, already := from.View(w.Name)
			if !still && !already {
				return "the view " + v.Name + " is called " + w.Name + " again", "renamed the view " + v.Name + " to " + w.Name
			}
		}
	}
	for _, v := range from.Views {
		w, still := to.View(v.Name)
		switch {
		case !still:
			return "the view " + v.Name + " is gone again", "removed the view " + v.Name
		case v.Query != w.Query || v.Sort != w.Sort || !slices.Equal(v.Columns, w.Columns):
			return "the view " + v.Name + " is as it was", "changed the view " + v.Name
		}
	}
	for _, v := range to.Views {
		if _, already := from.View(v.Name); !already {
			return "the view " + v.Name + " is there again", "kept the view " + v.Name
		}
	}
	return "", ""
}
