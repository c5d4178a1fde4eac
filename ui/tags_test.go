package ui

import (
	"strings"
	"testing"
	"testing/synctest"

	"rollcall/ui/theme"
)

func TestTagging(t *testing.T) { synctest.Test(t, testTagging) }

func testTagging(t *testing.T) {
	tags := func(k *keeper, name string) string {
		p, _ := k.config(t).Profile(name)
		return strings.Join(p.Tags, ",")
	}
	b, k, _ := keptSamples(t, "/ s t enter * / esc 1 space #")
	if got := b.selection.marked(); !strings.Contains(got, "staging") || !strings.Contains(got, "work") {
		t.Fatalf("%q is marked", got)
	}
	b.press("esc", "esc")
	b.press("g", "space", "1", "space", "#")
	b.wants(t, "Tags of 2 profiles", "[-] #prod", "1 of 2", "[-] #staging", "[ ] #eu", "[ ] #test")
	b.press("space")
	b.wants(t, "[x] #prod", "add to 1", "enter changes 1")
	b.press("down", "space", "space")
	b.wants(t, "[ ] #staging", "remove from 1")
	b.write("new")
	b.wants(t, "[ ] #new", "a new tag")
	b.press("enter")
	b.wants(t, "[x] #new", "add to 2", "enter changes 2")
	b.pressAndSettle(t, k, "enter")
	if work, staging := tags(k, "work"), tags(k, "staging"); work != "prod,new" || staging != "new,prod" && staging != "prod,new" || k.applied != 1 {
		t.Errorf("after %d saves work has %s, staging %s", k.applied, work, staging)
	}
	if got := b.selection.marked(); got != "staging work" {
		t.Errorf("then %q is marked", got)
	}
	b.pressAndSettle(t, k, "U")
	if string(k.data) != sampleTOML {
		t.Errorf("undone, the file is\n%s", k.data)
	}
	// Of one profile.
	b, k, _ = keptSamples(t, "1 #")
	b.wants(t, "Tags of work", "[x] #prod", "[ ] #staging")
	b.press("s", "t", "a", "space")
	b.wants(t, "[x] #staging", "add")
	b.pressAndSettle(t, k, "enter")
	if got := tags(k, "work"); got != "prod,staging" {
		t.Errorf("work has %s", got)
	}
	b.press("#", "enter")
	if k.applied != 1 || b.overlays.top() != nil {
		t.Errorf("without a change there are %d saves", k.applied)
	}
}

// TestTurningTags goes through what can become of a tag.
func TestTurningTags(t *testing.T) {
	for _, c := range []struct {
		had, n int
		want   string
	}{
		{0, 1, "[ ] [x] [ ]"}, {1, 1, "[x] [ ] [x]"}, {0, 3, "[ ] [x] [ ]"}, {3, 3, "[x] [ ] [x]"}, {1, 3, "[-] [x] [ ] [-]"},
	} {
		tag := tagChoice{tag: "a", had: c.had}
		got := []string{tag.box(c.n)}
		for range strings.Count(c.want, "[") - 1 {
			tag.turn(c.n)
			got = append(got, tag.box(c.n))
		}
		if told := strings.Join(got, " "); told != c.want {
			t.Errorf("a tag that %d of %d have: %s, not %s", c.had, c.n, told, c.want)
		}
	}
}

// TestTagDialogKeys finds tags and writes new ones.
func TestTagDialogKeys(t *testing.T) {
	for _, c := range []struct{ keys, want string }{
		{"enter", ""},
		{"space enter", "a-prod b-prod"},
		{"p r o d enter enter", "a-prod b-prod"},
		{"p r o enter enter", "a-prod b-prod"},
		{"p r o down enter enter", "a+pro b+pro"},
		{"E U enter enter", "b+eu"},
		{"# n e w enter enter", "a+new b+new"},
		{"x , y tab enter", "a+y+x b+y+x"},
		{"n e w esc enter", ""},
		{"n space w enter enter", "a+n w b+n w"},
		{"down space space space enter", ""},
	} {
		d := newTagDialog("Tags", []tagged{{"a", []string{"prod", "eu"}}, {"b", []string{"prod"}}},
			[]tagChoice{{tag: "prod", shown: "prod", had: 2}, {tag: "eu", shown: "eu", had: 1}, {tag: "old", shown: "old"}})
		d.SetSize(80, 24)
		k := DefaultKeyMap()
		var last reply
		for _, key := range strings.Fields(c.keys) {
			last = d.HandleKey(keyPress(key), &k)
			d.View(theme.NewStyles(theme.Look{}))
		}
		var got []string
		wished, _ := last.wish.(changesWish)
		for _, e := range wished.changes {
			one := e.Profile
			for _, tag := range e.Tags {
				one += "+" + tag
			}
			for _, tag := range e.Untag {
				one += "-" + tag
			}
			got = append(got, one)
		}
		if told := strings.Join(got, " "); told != c.want || !last.close {
			t.Errorf("%s: %q (closed: %v), not %q", c.keys, told, last.close, c.want)
		}
	}
}
