package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/config"
)

const savedViews = `
[views.bad]
query   = "fail"
sort    = "-name"
columns = ["profile", "due", "note"]
[views.slow]
sort = "-latency"
[views.nobody]
query = "tag:nowhere"
[views.wrong]
query = "tg:prod"
`

// viewProviders are the services with the words of saved views.
func viewProviders() config.Services {
	s := knownProviders()
	s.Views = config.ViewWords{Query: vocabulary(), Sorts: insight.OrderNames(), Columns: insight.Columns()}
	return s
}

// withViews are the samples with saved views.
func withViews(views string) *config.Config {
	c, err := config.Parse("config.toml", []byte(sampleTOML+views), viewProviders())
	if err != nil {
		panic(err)
	}
	return c
}

// saved is a dashboard of the samples with saved views.
func saved(w, h int) *bench { return mixed(Options{Config: withViews(savedViews)}, w, h) }

// names are those of the profiles in the table that is shown, in its order.
func (b *bench) shownNames() string {
	b.settle()
	var names []string
	for _, l := range b.sheet().lines {
		if l.row != nil {
			names = append(names, l.row.name)
		}
	}
	return strings.Join(names, " ")
}

func TestGoldenSaved(t *testing.T) {
	many := ""
	for i := range 20 {
		many += fmt.Sprintf("[views.\"team %d\"]\nquery = \"tag:prod\"\n", i)
	}
	all := [][2]int{{80, 24}, {120, 36}, {200, 50}, {40, 10}}
	for _, c := range []struct {
		name, views string
		sizes       [][2]int
		keys        []string
	}{
		{"saved", savedViews, all, []string{"[", "[", "[", "["}},
		{"saved-nobody", savedViews, [][2]int{{80, 24}, {40, 10}}, []string{"[", "["}},
		{"saved-wrong", savedViews, [][2]int{{80, 24}, {40, 10}}, []string{"["}},
		{"saved-many", many, [][2]int{{80, 24}, {100, 30}, {120, 36}, {200, 50}}, []string{"[", "[", "["}},
		{"keep-view", savedViews, [][2]int{{80, 24}, {40, 10}}, []string{"[", "[", "[", "[", "W"}},
		{"palette-view", savedViews, [][2]int{{80, 24}, {40, 10}}, []string{":", "v", "i", "e", "w", "space"}},
		{"palette-wrong", savedViews, [][2]int{{80, 24}, {40, 10}}, strings.Split(": f i l t e r space s t a t e : x enter", " ")},
	} {
		for _, size := range c.sizes {
			name := fmt.Sprintf("%s-%dx%d", c.name, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				b := mixed(Options{Config: withViews(c.views), Manage: &keeper{}}, size[0], size[1])
				b.press(c.keys...)
				checkSize(t, b, size[0], size[1])
				golden(t, name, b.text())
			})
		}
	}
}

// TestSavedView holds what its query finds, in its order and columns, below the
// filter; who leaves it has all as before.
func TestSavedView(t *testing.T) {
	b := saved(120, 36)
	b.press("s", "n")
	before, order := b.selection.current().name, b.selection.order
	b.press("[", "[", "[", "[")
	b.wants(t, "╭ bad 3 · name ▼ · fail ", "Profile", "Due", "Note")
	b.lacks(t, "Service")
	if got := b.shownNames(); got != "staging office lab" {
		t.Errorf("in the view are %s", got)
	}
	if b.viewName() != "bad" || b.area() != onOverview {
		t.Errorf("the view is %s", b.viewName())
	}
	b.press("j")
	if r := b.current(); r.name != "office" {
		t.Errorf("down goes to %s", r.name)
	}
	b.press("/")
	b.write("lab")
	b.press("enter")
	b.wants(t, "╭ bad 1/3 ")
	b.press("esc", "*")
	if all := b.targets(); len(all) != 3 {
		t.Errorf("%d are marked", len(all))
	}
	b.press("esc", "d")
	b.at(t, viewDashboard)
	if b.selection.order != order || len(b.selection.visible) != len(b.roster.rows) {
		t.Errorf("left is the order %v of %d profiles", b.selection.order, len(b.selection.visible))
	}
	b.press("-")
	if b.viewName() != "bad" {
		t.Errorf("- goes to %s", b.viewName())
	}
	// What is not in the view is on the dashboard.
	b.press("1")
	b.at(t, viewDashboard)
	if r := b.selection.current(); r.name != before {
		t.Errorf("1 goes to %s", r.name)
	}
}

// TestSavedViewSortsByAColumn that no list has an order for.
func TestSavedViewSortsByAColumn(t *testing.T) {
	b := saved(120, 36)
	b.press("[", "[", "[")
	b.wants(t, "slow 13 · by latency ▼")
	b.press("s", "p")
	b.wants(t, "by profile ▲")
	b.press("o")
	if o := b.views.overview(); o.by != asListed {
		t.Errorf("the overview is sorted by %s", o.by)
	}
	b.press("-")
	b.wants(t, "slow 13 · by profile ▲")
}

// TestSavedViewTakesIn a profile that comes to answer its query, and lets one go.
func TestSavedViewTakesIn(t *testing.T) {
	b := saved(120, 36)
	b.press("[", "[", "[", "[")
	all := sampleSnapshots()
	for i := range all {
		if all[i].Profile == "lab" {
			all[i] = sampleSnapshots()[0]
			all[i].Profile = "lab"
		}
	}
	b.send(account.Event{Snapshots: all})
	if got := b.shownNames(); got != "staging office" {
		t.Errorf("in the view are %s", got)
	}
}

// TestSavedViewsAreReloaded without losing where the person is.
func TestSavedViewsAreReloaded(t *testing.T) {
	b := saved(140, 36)
	b.press("[", "[", "[", "[", "j")
	reload := func(views string) { b.send(ConfigMsg{Config: withViews(views)}) }
	reload("[views.first]\n" + savedViews)
	b.wants(t, "╭ bad 3 ", "People first bad slow")
	if r := b.current(); r.name != "office" {
		t.Errorf("selected is %s", r.name)
	}
	b.press("-", "-")
	b.wants(t, "╭ bad 3 ")
	reload(strings.Replace(savedViews, `"fail"`, `"fail !lab"`, 1))
	b.wants(t, "╭ bad 2 ")
	reload("[views.slow]\n")
	b.wants(t, "╭ Overview 13", "the view bad is not in the configuration any more", "People slow")
	if b.selection.scope != nil || len(b.selection.visible) != len(b.roster.rows) {
		t.Error("what is gone limits the overview")
	}
	b.press("d")
	reload("")
	b.lacks(t, "slow")
	b.press("[")
	b.at(t, viewPeople)
}

// TestSavedViewIsRemembered by its name, and the order of the list is that without it.
func TestSavedViewIsRemembered(t *testing.T) {
	var kept map[string]string
	o := Options{Config: withViews(savedViews), Arrangement: map[string]string{"view": "slow", "sort": "name", "selected": "lab"}}
	o.Arrange = func(parts map[string]string) error { kept = parts; return nil }
	b := mixed(o, 120, 36)
	b.wants(t, "slow 13 · by latency ▼")
	if r := b.current(); r.name != "lab" {
		t.Errorf("selected is %s", r.name)
	}
	b.press("[")
	b.keepArrangement()()
	if kept["view"] != "bad" || kept["sort"] != "" {
		t.Errorf("kept is %v", kept)
	}
	b.press("d")
	if b.selection.order.by != insight.OrderName {
		t.Errorf("the list is sorted %s", b.selection.order)
	}
	o.Arrangement = map[string]string{"view": "gone"}
	mixed(o, 120, 36).at(t, viewDashboard)
}

// TestSavedViewIsOfWhoIsReallyThere, whatever stand-ins are shown.
func TestSavedViewIsOfWhoIsReallyThere(t *testing.T) {
	o := Options{Config: withViews("[views.ada]\nquery = \"user:ada\"\n")}
	b := mixed(o, 120, 36)
	b.press("[")
	open := b.shownNames()
	o.Private = true
	b = mixed(o, 120, 36)
	b.press("[")
	if hidden := b.shownNames(); hidden != open || open == "" {
		t.Errorf("in the view are %q, and in private %q", open, hidden)
	}
	b.press("W")
	if len(b.overlays.all) > 0 {
		t.Error("what may be a stand-in is kept")
	}
}

// TestViewsInPrivate shows no name of a view that tells of somebody, and no query.
func TestViewsInPrivate(t *testing.T) { synctest.Test(t, testViewsInPrivate) }

func testViewsInPrivate(t *testing.T) {
	const views = "[views.acme-tokens]\nquery = \"org:acme\"\n[views.nobody-at-acme]\nquery = \"org:acme user:nobody\"\n"
	k := &keeper{data: []byte(sampleTOML + views)}
	b := mixed(Options{Config: withViews(views), Manage: k, Private: true}, 120, 36)
	hidden := func(what string, keys ...string) {
		t.Helper()
		b.press(keys...)
		if s := strings.ToLower(b.text()); strings.Contains(s, "acme") {
			t.Errorf("%s shows acme:\n%s", what, s)
		}
	}
	hidden("the header")
	hidden("a view", "[")
	b.wants(t, "view-")
	hidden("the view of nobody", "[")
	hidden("what esc leads back to", "enter")
	hidden("the palette", ":")
	b.write("view ")
	hidden("the views in the palette")
	b.press("ctrl+u")
	b.write("keep ")
	hidden("what can be replaced")
	b.press("ctrl+u")
	b.write("rename the view")
	hidden("what can be renamed")
	hidden("renaming", "enter")
	b.wants(t, "leaves private mode first")
	b.press(":")
	b.write("remove the view")
	hidden("removing", "enter")
	b.wants(t, "Remove the view view-")
	b.press("left", "enter")
	b.send(b.run(t)...)
	hidden("the notice")
	b.wants(t, "removed the view view-")
	c, err := config.Parse("config.toml", k.data, viewProviders())
	if err != nil {
		t.Fatal(err)
	}
	b.send(ConfigMsg{Config: c})
	hidden("the screen after that")
	// With the real names the title is the real one.
	b.press("P")
	b.wants(t, "at-acme")
}

// TestKeepingAView writes what is on the screen, and shows it once it is there.
func TestKeepingAView(t *testing.T) { synctest.Test(t, testKeepingAView) }

func testKeepingAView(t *testing.T) {
	file := sampleTOML + savedViews
	k := &keeper{data: []byte(file)}
	b := mixed(Options{Config: withViews(savedViews), Manage: k}, 120, 36)
	b.press("[", "[", "[", "[", "/")
	b.write("!staging")
	b.press("enter", "s", "t", "W")
	b.wants(t, "Keep this view", "fail !staging", "profile, due, note", "╭ bad 2/3 · by state")
	b.press("enter")
	b.wants(t, "There is a view bad already.")
	b.press("esc", "W", "ctrl+u")
	b.write("timeline")
	b.press("enter")
	b.wants(t, "must not be that of a view that is")
	b.press("ctrl+u")
	b.write("mine")
	b.press("enter")
	msgs := b.run(t)
	b.send(msgs...)
	want := "\n[views.mine]\nquery   = \"fail !staging\"\nsort    = \"state\"\ncolumns = [\"profile\", \"due\", \"note\"]\n"
	if got := string(k.data); got != file+want {
		t.Errorf("the file ends with\n%s\nwant\n%s", got[len(file):], want)
	}
	c, err := config.Parse("config.toml", k.data, viewProviders())
	if err != nil {
		t.Fatal(err)
	}
	b.send(ConfigMsg{Config: c})
	b.wants(t, "╭ mine 2", "kept the view mine; U undoes")
	if b.viewName() != "mine" || b.selection.filter.query() != "" {
		t.Errorf("the view is %s, filtered by %q", b.viewName(), b.selection.filter.query())
	}
	// A term that the view has is not kept again.
	b.press("/")
	b.write("fail !staging")
	b.press("enter", "W", "enter", "left", "enter")
	b.send(b.run(t)...)
	if got := string(k.data); got != file+want || k.applied != 2 {
		t.Errorf("after %d changes the file ends with\n%s\nwant\n%s", k.applied, got[len(file):], want)
	}
	if q := b.selection.filter.query(); b.viewName() != "mine" || q != "" {
		t.Errorf("the view is %s, filtered by %q", b.viewName(), q)
	}
}

// TestViewsInThePalette are renamed and removed there.
func TestViewsInThePalette(t *testing.T) { synctest.Test(t, testViewsInThePalette) }

func testViewsInThePalette(t *testing.T) {
	k := &keeper{data: []byte(sampleTOML + savedViews)}
	b := mixed(Options{Config: withViews(savedViews), Manage: k}, 120, 36)
	b.press(":")
	b.write("remove the view slow")
	b.press("enter")
	b.wants(t, "Remove the view slow from the configuration?")
	b.press("left", "enter")
	b.send(b.run(t)...)
	b.press(":")
	b.write("rename the view bad")
	b.press("enter", "ctrl+u")
	b.write("nobody")
	b.press("enter")
	b.wants(t, "there is a view nobody already")
	b.press("ctrl+u")
	b.write("worse")
	b.press("enter")
	b.send(b.run(t)...)
	if got := string(k.data); strings.Contains(got, "views.slow") || !strings.Contains(got, "[views.worse]") || k.applied != 2 {
		t.Errorf("%d changes:\n%s", k.applied, got)
	}
}

// TestColumnsOfTheOverviewAreThoseOfThePlace that saved views and commands share.
func TestColumnsOfTheOverviewAreThoseOfThePlace(t *testing.T) {
	var names []string
	for _, c := range saved(80, 24).views.overview().columns {
		names = append(names, c.name)
	}
	slices.Sort(names)
	if want := slices.Sorted(slices.Values(insight.Columns())); !slices.Equal(names, want) {
		t.Errorf("%q, want %q", names, want)
	}
}
