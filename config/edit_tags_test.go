package config

import (
	"slices"
	"strings"
	"testing"
)

// TestEditTag adds and takes away tags, and leaves the list as people have written it.
func TestEditTag(t *testing.T) {
	t.Parallel()
	const head = "[profiles.a]\nprovider = 'katapult'\n"
	tests := []struct {
		name, before string
		add, drop    []string
		after        string
	}{
		{"absent", "", []string{"x", "y"}, nil, "tags = [\"x\", \"y\"]\n"},
		{"absent, nothing to drop", "", nil, []string{"x"}, ""},
		{"empty", "tags = [] # none\n", []string{"x"}, nil, "tags = [\"x\"] # none\n"},
		{"there already", "tags = ['x', \"y\"]\n", []string{"y", "x"}, []string{"z"}, "tags = ['x', \"y\"]\n"},
		{"there twice", "tags = [\"x\",\"y\",\"x\"]\n", nil, []string{"x"}, "tags = [\"y\"]\n"},
		{"named twice", "tags = [\"x\"]\n", []string{"y", "y"}, nil, "tags = [\"x\", \"y\"]\n"},
		{"both", "tags = [\"x\"]\n", []string{"x", "y"}, []string{"x", "y"}, "tags = [\"x\", \"y\"]\n"},
		{"the form of the line", "tags=['x','y'] # mine\n", []string{"z"}, nil, "tags=['x','y','z'] # mine\n"},
		{"a quote", "tags = ['x']\n", []string{"it's"}, nil, "tags = ['x', \"it's\"]\n"},
		{"first", "tags = [ 'x', 'y', 'z' ]\n", nil, []string{"x"}, "tags = [ 'y', 'z' ]\n"},
		{"middle", "tags = [ 'x', 'y', 'z' ]\n", nil, []string{"y"}, "tags = [ 'x', 'z' ]\n"},
		{"last", "tags = [ 'x', 'y', 'z' ]\n", nil, []string{"z"}, "tags = [ 'x', 'y' ]\n"},
		{"last of a list with a comma at its end", "tags = ['x', 'y',]\n", []string{"z"}, []string{"y"}, "tags = ['x', 'z',]\n"},
		{"all", "label = 'l'\ntags = ['x', 'y'] # both\n", nil, []string{"y", "x"}, "label = 'l'\n"},
		{"all replaced", "tags = ['x', 'y'] # both\n", []string{"z"}, []string{"y", "x"}, "tags = ['z'] # both\n"},
		{
			"lines",
			"tags = [\n  \"x\", # the first\n  # about y\n  \"y\", # the second\n\n  \"z\" # the last\n] # all\n",
			[]string{"new"}, []string{"y"},
			"tags = [\n  \"x\", # the first\n  # about y\n\n  \"z\", # the last\n  \"new\"\n] # all\n",
		},
		{
			"lines with a comma at their end",
			"tags = [\n\t'x',\n\t'y', # the last, as yet\n]\n", []string{"new", "more"}, nil,
			"tags = [\n\t'x',\n\t'y', # the last, as yet\n\t'new',\n\t'more',\n]\n",
		},
		{
			"the last line",
			"tags = [\n  'x',\n  'y'\n]\n", nil, []string{"y"},
			"tags = [\n  'x',\n]\n",
		},
		{
			"the comma on the next line",
			"tags = [ 'x' # one\n       , 'y' # two\n       , 'z' # three\n       ]\n", nil, []string{"y"},
			"tags = [ 'x' # one\n        # two\n       , 'z' # three\n       ]\n",
		},
		{
			"a comment between",
			"tags = ['x', # one\n        'y']\n", []string{"z"}, []string{"x"},
			"tags = [ # one\n        'y', 'z']\n",
		},
		{
			"a comment before the last",
			"tags = ['x', # one\n        'y'] # all\n", nil, []string{"y"},
			"tags = ['x', # one\n        ] # all\n",
		},
		{"Windows", "tags = [\r\n  'x',\r\n  'y'\r\n]\r\n", []string{"z"}, []string{"x"}, "tags = [\r\n  'y',\r\n  'z'\r\n]\r\n"},
		{"dotted and quoted", "\"tags\" = [\"\"\"x\"\"\"]\n", []string{"y"}, nil, "\"tags\" = [\"\"\"x\"\"\", \"\"\"y\"\"\"]\n"},
	}
	for _, test := range tests {
		file := head
		if strings.Contains(test.before, "\r") {
			file = strings.ReplaceAll(file, "\n", "\r\n")
		}
		c := Edit{Kind: EditTag, Profile: "a", Tags: test.add, Untag: test.drop}
		got, err := c.Apply([]byte(file + test.before))
		if err != nil || string(got) != file+test.after {
			t.Errorf("%s: %v\n%s\nwant\n%s", test.name, err, got, file+test.after)
			continue
		}
		if back, err := Undo([]byte(file+test.before), got)(got); err != nil || string(back) != file+test.before {
			t.Errorf("%s: taken back: %v\n%s", test.name, err, back)
		}
	}
	for before, want := range map[string]string{
		"tags = 'x'\n":      "the tags of \"a\" are not a list of texts; mend that first",
		"tags = ['x', 1]\n": "the tags of \"a\" are not a list of texts; mend that first",
	} {
		got, err := Edit{Kind: EditTag, Profile: "a", Tags: []string{"y"}}.Apply([]byte(head + before))
		if got != nil || err == nil || err.Error() != want {
			t.Errorf("%q, %v, want %s", got, err, want)
		}
	}
}

// TestTagWithComma adds no tag that a query could not ask for, and leaves or takes away
// one that the file has.
func TestTagWithComma(t *testing.T) {
	t.Parallel()
	const file = "[profiles.a]\nprovider = 'katapult'\ntags = ['x,y', 'z']\n"
	if got, err := (Edit{Kind: EditTag, Profile: "a", Tags: []string{"p,q"}}).Apply([]byte(file)); err == nil || !strings.Contains(err.Error(), "must not have a comma") {
		t.Errorf("%s, %v", got, err)
	}
	got, err := Edit{Kind: EditTag, Profile: "a", Tags: []string{"p"}}.Apply([]byte(file))
	if err != nil || !strings.Contains(string(got), "['x,y', 'z', 'p']") {
		t.Errorf("%s, %v", got, err)
	}
	if got, err = (Edit{Kind: EditTag, Profile: "a", Untag: []string{"x,y"}}).Apply([]byte(file)); err != nil || !strings.Contains(string(got), "['z']") {
		t.Errorf("%s, %v", got, err)
	}
}

// TestApplyAllTellsWhatWasTagged tells of a tag where at least one profile has got or
// lost it.
func TestApplyAllTellsWhatWasTagged(t *testing.T) {
	t.Parallel()
	const file = "[profiles.a]\nprovider = 'katapult'\ntags = ['prod']\n[profiles.b]\nprovider = 'katapult'\n"
	var edits []Edit
	for _, name := range []string{"a", "b"} {
		edits = append(edits, Edit{Kind: EditTag, Profile: name, Tags: []string{"new"}, Untag: []string{"prod", "x"}})
	}
	_, made, err := ApplyAll([]byte(file), edits)
	if err != nil || len(made) != 2 {
		t.Fatalf("%v, %v", made, err)
	}
	for _, e := range made {
		if _, how := e.Deed(); how != "+new -prod" {
			t.Errorf("%s: %s", e.Profile, how)
		}
	}
}

// TestApplyAll makes all edits or none, and names each that cannot be made.
func TestApplyAll(t *testing.T) {
	t.Parallel()
	const file = "[profiles.a]\nprovider = 'katapult' # mine\n\n[profiles.b]\nprovider = 'katapult'\ndisabled = true\n\n[profiles.c]\nprovider = 'katapult'\n"
	off := func(names ...string) (all []Edit) {
		for _, name := range names {
			all = append(all, Edit{Kind: EditDisable, Profile: name})
		}
		return all
	}
	got, made, err := ApplyAll([]byte(file), off("a", "b", "c"))
	want := strings.NewReplacer("# mine\n", "# mine\ndisabled = true\n", "[profiles.c]\nprovider = 'katapult'\n", "[profiles.c]\nprovider = 'katapult'\ndisabled = true\n").Replace(file)
	if err != nil || string(got) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
	if len(made) != 2 || made[0].Profile != "a" || made[1].Profile != "c" {
		t.Errorf("it has made %+v", made)
	}
	if got, made, err := ApplyAll([]byte(file), off("b")); err != nil || string(got) != file || len(made) != 0 {
		t.Errorf("%v, %+v\n%s", err, made, got)
	}
	got, made, err = ApplyAll([]byte(file), append(off("a", "x", "c", "y"), Edit{Kind: EditTag, Profile: "b", Tags: []string{" "}}, Edit{Kind: EditTag, Profile: "c", Tags: []string{" "}}))
	const refused = "nothing was changed\nx: there is no profile \"x\"\ny: there is no profile \"y\"\n" +
		"b, c: \" \": a tag must not be empty, or have line breaks or control characters in it"
	if got != nil || made != nil || err == nil || err.Error() != refused {
		t.Errorf("%q, %+v, %v\nwant\n%s", got, made, err, refused)
	}
	if _, _, err := ApplyAll([]byte(file), off("x")); err == nil || err.Error() != "there is no profile \"x\"" {
		t.Errorf("one alone: %v", err)
	}
	// An edit sees what those before it have made.
	got, _, err = ApplyAll([]byte(file), []Edit{{Kind: EditRename, Profile: "a", To: "z"}, {Kind: EditRemove, Profile: "z"}, {Kind: EditRemove, Profile: "b"}})
	if err != nil || strings.Contains(string(got), "mine") || !slices.Equal(parsed(t, string(got)).Names(), []string{"c"}) {
		t.Errorf("%v\n%s", err, got)
	}
}
