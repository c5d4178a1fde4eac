package config

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"rollcall/config/credential"
	"rollcall/config/credential/extract"
)

func TestChange(t *testing.T) {
	t.Parallel()
	const file = `# mine
[profiles.work]   # the first
provider = 'katapult'
token    = "s3cret"   # a literal
tags     = [ 'a',
             'b' ]

[profiles.admin]
provider = "onezone"
base_url = "https://onezone.example.org"
username = "admin"
password = { file = "~/x" }
proxy    = "wrong"
`
	drafts := map[string]Draft{}
	for _, p := range parsed(t, file).Profiles {
		drafts[p.Name] = DraftOf(p)
	}
	update := func(name string, change func(*Draft)) Edit {
		d := drafts[name]
		change(&d)
		return Edit{Kind: EditUpdate, Profile: name, Draft: d}
	}
	replace := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(file) }
	tests := []struct {
		change     Edit
		want, said string
	}{
		{Edit{Kind: EditAdd, Draft: Draft{Name: "new", Provider: "onezone", BaseURL: "https://h", Label: "N", Tags: []string{"t"},
			Username: "sam", Source: credential.SourceCommand, Reference: `pass "a b"`}},
			file + "\n[profiles.new]\nprovider = \"onezone\"\nbase_url = \"https://h\"\nusername = \"sam\"\n" +
				"password = { command = [\"pass\", \"a b\"] }\nlabel    = \"N\"\ntags     = [\"t\"]\n", "added new"},
		{update("work", func(*Draft) {}), file, "changed work"},
		{update("work", func(d *Draft) { d.Name, d.Label = "job", "J" }),
			replace("profiles.work", "profiles.job", "'b' ]", "'b' ]\nlabel    = \"J\""), "changed job"},
		{update("work", func(d *Draft) { d.Source, d.Reference = credential.SourceKeyring, "rollcall/work" }),
			replace(`"s3cret"`, `{ keyring = "rollcall/work" }`), "changed work"},
		{update("work", func(d *Draft) { d.Tags = nil }), replace("tags     = [ 'a',\n             'b' ]\n", ""), "changed work"},
		{update("work", func(d *Draft) {
			d.Provider, d.BaseURL, d.Username, d.Source, d.Reference = "onezone", "https://h", "sam", credential.SourceEnv, "A"
		}), replace("'katapult'", "'onezone'", "token    = \"s3cret\"   # a literal\n", "", "'b' ]",
			"'b' ]\nbase_url = \"https://h\"\nusername = \"sam\"\npassword = { env = \"A\" }"), "changed work"},
		{update("admin", func(d *Draft) { d.Username, d.Source, d.Reference = "", credential.SourceEnv, "A" }),
			replace("username = \"admin\"\npassword = { file = \"~/x\" }\n", "", "\"wrong\"", "\"wrong\"\ntoken    = { env = \"A\" }"), "changed admin"},
		{update("admin", func(d *Draft) { d.BaseURL = "https://h" }), replace("https://onezone.example.org", "https://h"), "changed admin"},
		{Edit{Kind: EditRename, Profile: "work", To: "job"}, replace("profiles.work", "profiles.job"), "renamed work to job"},
		{Edit{Kind: EditDisable, Profile: "admin"}, replace("\"wrong\"", "\"wrong\"\ndisabled = true"), "switched off admin"},
		{Edit{Kind: EditEnable, Profile: "admin"}, file, "switched on admin"},
		{Edit{Kind: EditMove, Profile: "work", By: -1}, file, "moved work up"},
		{Edit{Kind: EditTag, Profile: "work", Tags: []string{"c"}, Untag: []string{"a"}}, replace("[ 'a',\n             'b' ]", "[ 'b', 'c' ]"), "tagged work +c -a"},
		{Edit{Kind: EditTag, Profile: "admin", Tags: []string{"x"}}, replace("\"wrong\"", "\"wrong\"\ntags     = [\"x\"]"), "tagged admin +x"},
	}
	for _, test := range tests {
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
	for said, c := range map[string]Edit{
		"copied work to job": {Kind: EditDuplicate, Profile: "work", To: "job"},
		"removed work":       {Kind: EditRemove, Profile: "work"},
		"moved work down":    {Kind: EditMove, Profile: "work", By: 1},
	} {
		if got, err := c.Apply([]byte(file)); err != nil || string(got) == file || c.Done() != said {
			t.Errorf("%s: %v", c.Done(), err)
		}
	}
}

// An update leaves alone what somebody else has changed since.
func TestChangeMeanwhile(t *testing.T) {
	t.Parallel()
	d := DraftOf(parsed(t, "[profiles.a]\nprovider = 'katapult'\ntoken.env = 'A'\nlabel = 'x'\n").Profiles[0])
	d.Tags = []string{"new"}
	const now = "[profiles.a]\nprovider = 'onezone'\ntoken = 's3cret'\n"
	got, err := Edit{Kind: EditUpdate, Profile: "a", Draft: d}.Apply([]byte(now))
	if want := now + "tags = [\"new\"]\n"; string(got) != want || err != nil {
		t.Errorf("%v\n%s", err, got)
	}
}

func TestChangeRefused(t *testing.T) {
	t.Parallel()
	const file = "[profiles.a]\nprovider = 'katapult'\ntoken = 's3cret'\n[profiles.b]\nprovider = 'katapult'\ntoken.env = 'A'\n"
	kept := DraftOf(parsed(t, file).Profiles[0])
	password := kept
	password.Username = "sam"
	for want, c := range map[string]Edit{
		`there is a profile "b" already`:       {Kind: EditAdd, Draft: Draft{Name: "b"}},
		`there is no profile "c"`:              {Kind: EditUpdate, Profile: "c", Draft: Draft{Name: "c"}},
		errNoLiteral.Error():                   {Kind: EditUpdate, Profile: "a", Draft: password},
		errWritten.Error():                     {Kind: EditAdd, Draft: Draft{Name: "c", Source: credential.SourceLiteral}},
		"the command line has a quote without": {Kind: EditAdd, Draft: Draft{Name: "c", Source: credential.SourceCommand, Reference: "'"}},
		"the command line must not be empty":   {Kind: EditUpdate, Profile: "b", Draft: Draft{Name: "b", Source: credential.SourceCommand}},
		`there is no profile "d"`:              {Kind: EditTag, Profile: "d", Tags: []string{"x"}},
		`"": a tag must not be empty`:          {Kind: EditTag, Profile: "b", Tags: []string{"x", ""}},
		`there is no change "burn"`:            {Kind: "burn"},
	} {
		if got, err := c.Apply([]byte(file)); got != nil || err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q, %v, want %s", got, err, want)
		}
	}
}

// everyChange are changes of a document as commands and forms make them, each
// with its undo.
func everyChange(t *testing.T, data []byte) []change {
	t.Helper()
	c := parsed(t, string(data))
	all := viewEdits(c)
	all = append(all, Edit{Kind: EditAdd, Draft: Draft{
		Name: "brand new", Provider: "katapult", Label: "N", Source: credential.SourceEnv, Reference: "A", Tags: []string{"x"}}})
	for _, p := range c.Profiles {
		if p.Name == "list" {
			continue // It is no table, so that nothing can be done with it.
		}
		for _, edited := range []func(*Draft){
			func(*Draft) {},
			func(d *Draft) { d.Name, d.Label, d.Tags = "brand new", "it's new", []string{"x", "y"} },
			func(d *Draft) { d.BaseURL, d.Label, d.Tags = "", "", nil },
			func(d *Draft) { d.Source, d.Reference = credential.SourceKeyring, "rollcall/new" },
			func(d *Draft) { d.Username, d.Source, d.Reference = "sam", credential.SourceCommand, `pass "a b"` },
			func(d *Draft) { d.Username, d.Source, d.Reference = "", credential.SourceFile, "~/token" },
			func(d *Draft) {
				d.Source, d.Reference, d.Within = credential.SourceFile, "~/a.yml", extract.Place{Format: "yaml", Path: "$['a b'].token"}
			},
		} {
			d := DraftOf(p)
			edited(&d)
			all = append(all, Edit{Kind: EditUpdate, Profile: p.Name, Draft: d})
		}
		for _, action := range []EditKind{EditRename, EditDuplicate, EditDisable, EditEnable, EditRemove, EditMove} {
			all = append(all, Edit{Kind: action, Profile: p.Name, To: "brand new", By: 1})
		}
		for _, c := range tagEdits(p.Tags) {
			c.Kind, c.Profile = EditTag, p.Name
			all = append(all, c)
		}
	}
	var changes []change
	for _, c := range all {
		changes = append(changes, undone(string(c.Kind)+" "+c.Profile, c.Apply, true))
	}
	return changes
}

// tagEdits are edits of the tags of a profile that has some: each of them taken away,
// all of them, some added, all of them replaced.
func tagEdits(has []string) []Edit {
	all := []Edit{{Tags: []string{"new", "it's"}}, {Tags: has}, {Untag: has}, {Tags: []string{"new"}, Untag: has}}
	for _, tag := range has {
		all = append(all, Edit{Untag: []string{tag}}, Edit{Tags: []string{"new"}, Untag: []string{tag}})
	}
	return all
}

// A draft that nobody has changed changes nothing, in any document.
func TestUnchangedDraft(t *testing.T) {
	t.Parallel()
	for name, data := range corpus(t) {
		for _, p := range parsed(t, string(data)).Profiles {
			c := Edit{Kind: EditUpdate, Profile: p.Name, Draft: DraftOf(p)}
			got, err := c.Apply(slices.Clone(data))
			if err == nil && !bytes.Equal(got, data) {
				t.Errorf("%s: %s changed:\n%s", name, p.Name, got)
			}
		}
	}
}

// Lines that a change is not about are as they were, as a person sees who
// compares the files.
func TestOtherLinesStay(t *testing.T) {
	t.Parallel()
	// How lines end is another test's task: the last may have no line break.
	split := func(text []byte) []string {
		return strings.Split(strings.ReplaceAll(strings.TrimPrefix(string(text), byteOrderMark), "\r", ""), "\n")
	}
	// among reports whether some lines are among others, in their order.
	among := func(some, others []string) bool {
		for _, line := range some {
			i := slices.Index(others, line)
			if i < 0 {
				return false
			}
			others = others[i+1:]
		}
		return true
	}
	sorted := func(lines []string) []string { return slices.Sorted(slices.Values(lines)) }
	tests := map[EditKind]func(before, after []string) bool{
		EditAdd:       among,
		EditDuplicate: among,
		EditRemove:    func(before, after []string) bool { return among(after, before) },
		EditMove:      func(before, after []string) bool { return slices.Equal(sorted(before), sorted(after)) },
		EditRename: func(before, after []string) bool {
			return slices.EqualFunc(before, after, func(a, b string) bool { return a == b || strings.Contains(b, "q-q") })
		},
	}
	for name, data := range corpus(t) {
		for _, p := range parsed(t, string(data)).Profiles {
			for action, kept := range tests {
				c := Edit{Kind: action, Profile: p.Name, To: "q-q", By: 1,
					Draft: Draft{Name: "q-q", Provider: "katapult", Source: credential.SourceEnv, Reference: "A"}}
				after, err := c.Apply(bytes.Clone(data))
				if err == nil && !kept(split(data), split(after)) {
					t.Errorf("%s: %s: other lines are not as they were:\n%s", name, c.Done(), after)
				}
			}
		}
	}
}
