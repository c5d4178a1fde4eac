package config

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"rollcall/config/query"
)

// viewServices are services with the words of views.
func viewServices() Services {
	s := testProviders()
	s.Views = ViewWords{
		Query: query.Vocabulary{States: []string{"healthy"}, Severities: []string{"ok", "fail"}, Urgencies: []string{"now", "soon"}},
		Sorts: []string{"urgency", "due", "name"}, Columns: []string{"profile", "due", "note"},
	}
	return s
}

// Views keep the order of the file, in every notation.
func TestViews(t *testing.T) {
	t.Parallel()
	c, err := Parse("c.toml", []byte(`
[views.clients]
query   = "tag:client !ok"
sort    = "-due"
columns = ["profile", "note"]
[views]
"last week" = { query = "changed<7d" }
all = {}
`), viewServices())
	if err != nil {
		t.Fatal(err)
	}
	want := []View{
		{Name: "clients", Query: "tag:client !ok", Sort: "-due", Columns: []string{"profile", "note"}, Line: 2},
		{Name: "last week", Query: "changed<7d", Line: 7},
		{Name: "all", Line: 8},
	}
	if !reflect.DeepEqual(c.Views, want) || len(c.Problems) > 0 {
		t.Errorf("got  %+v\nwant %+v\nproblems %v", c.Views, want, messages(c.Problems))
	}
	if v, ok := c.View("last week"); !ok || v.Line != 7 {
		t.Errorf("%+v, %v", v, ok)
	}
	if _, ok := c.View("clint"); ok {
		t.Error("a view that is not there")
	}
	if got := c.ViewNames(); !slices.Equal(got, []string{"clients", "last week", "all"}) {
		t.Errorf("%q", got)
	}
}

func TestWrongViews(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"views = 3", "1: views must be a table: [views.NAME]"},
		{"views.a = 'tag:x'", "1: a must be a table: [views.a]"},
		{"[views.a]\nquery = 'tg:prod'", `2: query, character 1: there is no field "tg"; did you mean "tag"?`},
		{"[views.a]\nquery = 'state:helthy'", `2: query, character 7: there is no state "helthy"; did you mean "healthy"?`},
		{"[views.a]\nquery = ''", `2: query must not be empty; write a value such as "tag:prod !ok"`},
		{"[views.a]\nsort = 'deu'", `2: there is no order "deu"; did you mean "due"?`},
		{"[views.a]\nsort = '--due'", `2: there is no order "-due"; did you mean "due"?`},
		{"[views.a]\nsort = 'zzzzzz'", `2: there is no order "zzzzzz"; there are urgency, due or name`},
		{"[views.a]\ncolumns = 'due'", `2: columns must be a list of columns, such as ["profile", "due", "note"]`},
		{"[views.a]\ncolumns = []", `2: columns must name one column at least; delete the line for the usual ones`},
		{"[views.a]\ncolumns = ['due', 'due']", `2: the column due is there twice`},
		{"[views.a]\ncolumns = ['nots', 'duee']", `2: there is no column "nots"; did you mean "note"?|c.toml:2: there is no column "duee"; did you mean "due"?`},
		{"[views.a]\nquerry = 'x'", `2: unknown key "querry"; did you mean "query"?`},
		{"[views.' a']", `1: a view's name must not begin or end with a space; rename " a"`},
		{"[views.Overview]", `1: a view's name must not be that of a view that is always there; rename "Overview"`},
		{"[view.a]", `1: unknown key "view"; did you mean "views"?`},
	}
	for _, tt := range tests {
		c, err := Parse("c.toml", []byte(tt.text+"\n[views.good]\nsort = 'name'\n"+goodProfile), viewServices())
		if strings.HasPrefix(tt.text, "views = 3") {
			c, err = Parse("c.toml", []byte(tt.text+"\n"+goodProfile), viewServices())
		}
		if err != nil {
			t.Fatalf("%s: %v", tt.text, err)
		}
		if got := strings.Join(messages(c.Problems), "|"); got != "c.toml:"+tt.want {
			t.Errorf("%s:\ngot  %s\nwant c.toml:%s", tt.text, got, tt.want)
		}
		for _, p := range c.Problems {
			if p.Profile != "" {
				t.Errorf("%s: a problem of the profile %s", tt.text, p.Profile)
			}
		}
		if len(c.Profiles) != 1 || len(c.Profiles[0].Problems) > 0 {
			t.Errorf("%s: profiles %+v", tt.text, c.Profiles)
		}
		if good, ok := c.View("good"); strings.HasPrefix(tt.text, "[views") && (!ok || len(good.Problems) > 0 || len(c.Views[0].Problems) == 0) {
			t.Errorf("%s: views %+v", tt.text, c.Views)
		}
	}
}
