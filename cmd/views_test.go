package cmd

import (
	"slices"
	"strings"
	"testing"

	"rollcall/client/insight"
	"rollcall/config"
)

// withViews is the mixed day with saved views, of which one is wrong.
func withViews(t *testing.T) (*app, *loaded) {
	t.Helper()
	a, l, _ := mixedDay(t)
	c, err := config.Parse("config.toml", []byte(`
[views.clients]
query   = "tag:client"
sort    = "-due"
columns = ["profile", "due", "note"]
[views.wrong]
sort  = "deu"
query = "tg:client"
`), a.knownProviders())
	if err != nil {
		t.Fatal(err)
	}
	l.Views = c.Views
	return a, l
}

// TestColumnsAreThoseOfThePlace has each word that saved views, the command line and
// the screen share stand for a column here.
func TestColumnsAreThoseOfThePlace(t *testing.T) {
	t.Parallel()
	var names []string
	for _, c := range profileColumns() {
		names = append(names, c.name)
	}
	if !slices.Equal(names, insight.Columns()) {
		t.Errorf("%q, want %q", names, insight.Columns())
	}
}

// TestInView joins what a view asks with what is asked besides.
func TestInView(t *testing.T) {
	t.Parallel()
	_, l := withViews(t)
	for _, tt := range []struct{ view, selects, want, wrong string }{
		{"", "ok", "ok", ""},
		{"clients", "", "tag:client", ""},
		{"clients", "!ok prod", "tag:client !ok prod", ""},
		{"clint", "", "", `there is no view "clint"; did you mean "clients"?`},
		{"zzz", "", "", `there is no view "zzz"; there are clients and wrong`},
		{"wrong", "", "", "config.toml:7: there is no order \"deu\"; did you mean \"due\"?\n" +
			`config.toml:8: query, character 1: there is no field "tg"; did you mean "tag"?`},
	} {
		f := selectFlag{view: tt.view}
		if err := f.Set(tt.selects); err != nil {
			t.Fatal(err)
		}
		w, err := f.of("work").inView(l.Config)
		switch {
		case tt.wrong != "" && (err == nil || err.Error() != tt.wrong):
			t.Errorf("%+v: %v", tt, err)
		case tt.wrong == "" && (err != nil || w.String() != tt.want || !slices.Equal(w.names, []string{"work"})):
			t.Errorf("%+v: %q, %v", tt, w.String(), err)
		}
	}
	l.Views = nil
	if _, err := (&selectFlag{view: "a"}).of().inView(l.Config); err == nil || !strings.Contains(err.Error(), "has none") {
		t.Error(err)
	}
}

// TestViewShapesTheTable but for what the command line says.
func TestViewShapesTheTable(t *testing.T) {
	t.Parallel()
	_, l := withViews(t)
	for _, tt := range []struct {
		view, given   string
		sort, columns string
	}{
		{"", "", "urgency", ""},
		{"clients", "", "-due", "profile,due,note"},
		{"clients", "sort", "urgency", "profile,due,note"},
		{"clients", "columns", "-due", ""},
	} {
		o := usualTable()
		o.given = func(flag string) bool { return flag == tt.given }
		f := selectFlag{view: tt.view}
		if err := f.shape(l, o); err != nil || o.sort.String() != tt.sort || o.columns.String() != tt.columns {
			t.Errorf("%+v: %s, %s, %v", tt, o.sort, o.columns, err)
		}
	}
	if err := (&selectFlag{view: "wrong"}).shape(l, usualTable()); err == nil {
		t.Error("a wrong view shapes a table")
	}
}
