package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"
)

// typed is a dashboard after a line of the palette.
func typed(o Options, line string) *bench {
	if o.Config == nil {
		o.Config = withViews(savedViews)
	}
	b := mixed(o, 120, 36)
	b.press(":")
	b.write(line)
	b.press("enter")
	return b
}

// TestVerbs does what the palette is told with an argument.
func TestVerbs(t *testing.T) {
	for line, want := range map[string]string{
		"view bad":               "╭ bad 3",
		"view sl":                "╭ slow 13",
		"view timeline":          "╭ Timeline",
		"VIEW Bad":               "╭ bad 3",
		"filter tag:prod":        "tag:prod",
		"go lab":                 "lab",
		"sort -name":             "sorted by name, reversed",
		"sort latency":           "by latency ▲",
		"columns profile,email":  "E-mail",
		"columns ":               "columns as they fit",
		"group service":          "grouped by service",
		"theme mono":             `theme mono for this run; theme = "mono" below [ui] in the configuration keeps it`,
		"theme configured":       "the theme of the configuration again",
		"sort the profiles by s": "sorted by ",
	} {
		b := typed(Options{Manage: &keeper{}}, line)
		if b.overlays.top() != nil {
			t.Errorf("%s: the palette stays:\n%s", line, b.text())
		}
		b.wants(t, want)
	}
	b := typed(Options{}, "view bad")
	b.press(":")
	b.write("sort due")
	b.press("enter")
	b.wants(t, "bad 3 · due ▲")
}

// TestWrongVerbs are told in the palette, which stays open.
func TestWrongVerbs(t *testing.T) {
	for line, want := range map[string]string{
		"view bat":       `there is no view "bat"; did you mean "bad"?`,
		"view zzzzzzzz":  `there is no view "zzzzzzzz"; there are`,
		"filter state:x": "character 7: there is no state \"x\"",
		"go nobody here": "there is no profile",
		"use laab":       `there is no profile "laab"; did you mean "lab"?`,
		"sort deu":       `there is no order "deu"; did you mean "due"?`,
		"columns nots":   `there is no column "nots"; did you mean "note"?`,
		"group urgencie": `there is no grouping "urgencie"; did you mean "urgency"?`,
		"theme dork":     `there is no theme "dork"; did you mean "dark"?`,
		"snooze ":        "a time is wanted here",
		"tag ":           "a tag is wanted here",
		"tag +":          "a tag stands right behind",
		"keep overview":  "must not be that of a view that is always there",
		"keep  ":         "must not be empty",
	} {
		b := typed(Options{Manage: &keeper{}}, line)
		if b.overlays.top() == nil {
			t.Errorf("%s: the palette closes", line)
		}
		b.wants(t, want)
		b.press("x")
		b.lacks(t, want)
	}
	typed(Options{}, "tag +x").wants(t, "profiles cannot be changed here")
}

// TestVerbsThatWait say what came of them, in the palette where they failed.
func TestVerbsThatWait(t *testing.T) { synctest.Test(t, testVerbsThatWait) }

func testVerbsThatWait(t *testing.T) {
	k := &keeper{data: []byte(sampleTOML)}
	b := typed(Options{Manage: k}, "snooze 7d until Kim is back")
	b.send(b.run(t)...)
	if b.overlays.top() != nil || !slices.Equal(k.snoozed, []string{"work 7d until Kim is back"}) {
		t.Errorf("snoozed %q", k.snoozed)
	}
	k.fail = fmt.Errorf("\"99x\" is no time")
	b = typed(Options{Manage: k}, "snooze 99x")
	b.send(b.run(t)...)
	b.wants(t, `"99x" is no time`)
	k.fail = nil
	b = mixed(Options{Manage: k, Config: withViews("")}, 120, 36)
	b.press("g", "space", "space", ":")
	b.write("tag +new -prod")
	b.press("enter")
	b.send(b.run(t)...)
	if got := strings.Count(string(k.data), `"new"`); got != 2 || b.overlays.top() != nil {
		t.Errorf("%d are tagged:\n%s", got, k.data)
	}
}

// TestVerbsAreCompleted by tab, with the entry that is chosen.
func TestVerbsAreCompleted(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"vi", "view "}, {"view s", "view slow"}, {"filter ta", "filter tag:"}, {"filter tag:p", "filter tag:prod"},
		{"columns profile,no", "columns profile,note"}, {"sort -lat", "sort -latency"}, {"tag +prod -", "tag +prod -prod"},
		{"theme hi", "theme high-contrast"}, {"snooze 7", "snooze 7d"},
	} {
		b := mixed(Options{Config: withViews(savedViews)}, 120, 36)
		b.press(":")
		b.write(c.typed)
		b.press("tab")
		if got := b.overlays.top().(*palette).line.Value(); got != c.want {
			t.Errorf("%s: tab writes %q, want %q", c.typed, got, c.want)
		}
	}
	// What goes on is completed by enter, too, once it was chosen.
	b := mixed(Options{Config: withViews(savedViews)}, 120, 36)
	b.press(":")
	b.write("filter t")
	b.press("down", "enter")
	if p, ok := b.overlays.top().(*palette); !ok || !strings.HasSuffix(p.line.Value(), ":") && b.selection.filter.query() == "" {
		t.Errorf("nothing is taken:\n%s", b.text())
	}
	b = mixed(Options{Config: withViews(savedViews)}, 120, 36)
	b.press(":")
	b.write("view ")
	b.send(tea.KeyPressMsg{Code: tea.KeyDown})
	b.press("enter")
	if b.viewName() != "slow" {
		t.Errorf("the view is %s", b.viewName())
	}
}
