package config

import (
	"strings"
	"testing"
)

// viewEdits are edits of the saved views of a document: a new one, and each of those
// that are there kept anew, renamed and removed.
func viewEdits(c *Config) []Edit {
	fresh := View{Name: "brand new", Query: `tag:"a b"`, Sort: "-due", Columns: []string{"profile", "note"}}
	all := []Edit{{Kind: EditKeepView, View: fresh}, {Kind: EditKeepView, View: View{Name: "bare"}}}
	for _, v := range c.Views {
		all = append(all,
			Edit{Kind: EditKeepView, View: View{Name: v.Name, Query: "ok", Columns: []string{"due"}}},
			Edit{Kind: EditKeepView, View: View{Name: v.Name, Sort: "name"}},
			Edit{Kind: EditRenameView, Profile: v.Name, To: "brand new"}, Edit{Kind: EditRemoveView, Profile: v.Name})
	}
	return all
}

func TestViewEdits(t *testing.T) {
	t.Parallel()
	const file = `# mine
[views.clients]          # theirs
query   = 'tag:client'   # all of them
columns = [
  "profile",             # who
  "due",
]

# what is late
[views.late]
sort = "due"
# the end of the views
[profiles.work]
provider = "katapult"
`
	replace := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(file) }
	for _, test := range []struct {
		change     Edit
		want, said string
	}{
		{Edit{Kind: EditKeepView, View: View{Name: "new", Query: `tag:"a b"`, Sort: "-due", Columns: []string{"profile", "note"}}},
			replace("sort = \"due\"\n", "sort = \"due\"\n"+
				"\n[views.new]\nquery   = \"tag:\\\"a b\\\"\"\nsort    = \"-due\"\ncolumns = [\"profile\", \"note\"]\n\n"), "kept the view new"},
		{Edit{Kind: EditKeepView, View: View{Name: "clients", Query: "tag:client !ok", Sort: "name", Columns: []string{"profile", "due"}}},
			replace("'tag:client'", "'tag:client !ok'", "  \"due\",\n]\n", "  \"due\",\n]\nsort    = \"name\"\n"), "kept the view clients"},
		{Edit{Kind: EditKeepView, View: View{Name: "late", Query: "ok"}}, replace(`sort = "due"`, `query = "ok"`), "kept the view late"},
		{Edit{Kind: EditRenameView, Profile: "late", To: "over due"}, replace("views.late", `views."over due"`), "renamed the view late to over due"},
		{Edit{Kind: EditRemoveView, Profile: "late"}, replace("\n# what is late\n[views.late]\nsort = \"due\"\n", ""), "removed the view late"},
	} {
		got, err := test.change.Apply([]byte(file))
		if string(got) != test.want || err != nil {
			t.Errorf("%s: %v\n%s\nwant\n%s", test.change.Done(), err, got, test.want)
		}
		if said := test.change.Done(); said != test.said {
			t.Errorf("%q, want %q", said, test.said)
		}
		if back, err := Undo([]byte(file), got)(got); err != nil || string(back) != file {
			t.Errorf("%s: taken back: %v\n%s", test.change.Done(), err, back)
		}
	}
	if got, err := (Edit{Kind: EditKeepView, View: View{Name: "a", Query: "ok"}}).Apply(nil); err != nil || string(got) != "[views.a]\nquery = \"ok\"\n" {
		t.Errorf("into no file: %q, %v", got, err)
	}
}

func TestViewEditsRefused(t *testing.T) {
	t.Parallel()
	const file = "[views.a]\nquery = 'ok'\n[views.b]\n"
	for _, test := range []struct {
		file, want string
		change     Edit
	}{
		{file, `there is no view "aa"; did you mean "a"?`, Edit{Kind: EditRemoveView, Profile: "aa"}},
		{file, `there is no view "zzz"`, Edit{Kind: EditRenameView, Profile: "zzz", To: "c"}},
		{file, `there is a view "b" already`, Edit{Kind: EditRenameView, Profile: "a", To: "b"}},
		{file, "a view's name must not be empty", Edit{Kind: EditKeepView}},
		{file, "a view's name must not be that of a view that is always there", Edit{Kind: EditRenameView, Profile: "a", To: "timeline"}},
		{"views = { a = { query = 'ok' } }\n", errInlineViews.Error(), Edit{Kind: EditKeepView, View: View{Name: "b"}}},
		{"views = { a = { query = 'ok' } }\n", errInlineViews.Error(), Edit{Kind: EditRemoveView, Profile: "a"}},
		{"views = 3\n", "views is not a table; mend that first", Edit{Kind: EditKeepView, View: View{Name: "b"}}},
		{"[views]\na = 3\n", `the view "a" is not a table; mend that first`, Edit{Kind: EditKeepView, View: View{Name: "a"}}},
	} {
		if got, err := test.change.Apply([]byte(test.file)); got != nil || err == nil || err.Error() != test.want {
			t.Errorf("%q, %v, want %s", got, err, test.want)
		}
	}
}
