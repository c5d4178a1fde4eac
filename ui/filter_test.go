package ui

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
)

func TestFilter(t *testing.T) {
	for query, want := range map[string]string{
		"stag": "staging", "lingens": "datahub", "rada@": "datahub crowd", "onezone": "datahub wide soon flaky lab",
		"northwind": "work", "unreachable": "lab", "prod": "work", "research": "datahub",
		"stg": "staging", "rad": "work datahub crowd", "onezone rada": "datahub", "山田": "wide", "nothing like it": "",
		"fail": "staging office lab", "tag:prod": "work", "!healthy": "soon ci busy flaky staging office lab old new", "ends<7d": "crowd staging", "now": "crowd staging office lab", "off": "old", "left<10%": "busy", "service:onezone !healthy": "soon flaky lab",
		"user:lingens,山田": "datahub wide", "host:example": "datahub", "changed": "",
	} {
		t.Run(query, func(t *testing.T) {
			b := mixed(Options{}, 120, 36).filed()
			b.press("/")
			b.write(query)
			var got []string
			for _, r := range b.selection.visible {
				got = append(got, r.name)
			}
			if s := strings.Join(got, " "); s != want {
				t.Errorf("%q finds %q, not %q", query, s, want)
			}
		})
	}
}

// What is wrong with a query stands below it, and what was found before stays.
func TestWrongFilter(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}, {40, 10}} {
		for _, view := range []string{"d", "o"} {
			b := mixed(Options{}, size[0], size[1])
			b.press(view, "/")
			b.write("tag:prod")
			if found := b.selection.visible; len(found) != 1 || found[0].name != "work" {
				t.Fatalf("%v finds %d profiles", size, len(found))
			}
			b.lacks(t, "! stands")
			b.write(" !")
			b.wants(t, "tag:prod !", "! stands right before a term")
			if found := b.selection.visible; len(found) != 1 || b.selection.current().name != "work" {
				t.Errorf("%v: nothing to look for finds %d profiles", size, len(found))
			}
			b.press("enter")
			b.wants(t, "! stands", "work")
			b.press("/")
			b.write("fail")
			b.lacks(t, "! stands")
			b.wants(t, "work")
		}
	}
	b := mixed(Options{}, 80, 24)
	b.press("/")
	b.write("stat:ok")
	b.wants(t, `there is no field "stat"; did`, `you mean "state"?`)
	b.press("esc")
	b.lacks(t, "there is no field")
	if n := len(b.selection.visible); n != 13 {
		t.Errorf("without the filter there are %d profiles", n)
	}
}

// A letter too much in a name still finds it, but only where no text has the word.
func TestFilterByLetters(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("/")
	b.write("dhub")
	b.wants(t, "1/13", "datahub")
	b.press("ctrl+u")
	b.write("dhub !datahub")
	b.wants(t, "0/13")
	b.press("ctrl+u")
	b.write("lb")
	if r := b.selection.current(); r == nil || r.name != "lab" {
		t.Errorf("lb finds %v", r)
	}
	b.press("ctrl+u")
	b.write("onezone lb")
	b.wants(t, "1/13", "lab")
}

func TestFilterKeys(t *testing.T) { synctest.Test(t, testFilterKeys) }

func testFilterKeys(t *testing.T) {
	b := mixed(Options{}, 120, 36).filed()
	b.press("/")
	b.write("katapultq")
	b.press("backspace", "down", "enter")
	if b.selection.filter.editing || len(b.selection.visible) == 13 || b.selection.at != 1 {
		t.Errorf("enter does not keep the filter: %+v", b.selection.filter)
	}
	selected := b.selection.current()
	b.press("esc")
	if len(b.selection.visible) != 13 || b.selection.current() != selected {
		t.Errorf("esc does not bring all profiles back, with the same one selected")
	}
	b.press("/")
	b.write("qqq")
	b.wants(t, "No profile matches “qqq”", "0/13")
	b.press("esc")
	b.lacks(t, "No profile")
	b.press("/")
	b.send(tea.PasteMsg{Content: "lab\n\x1b]0;x\a"})
	if len(b.selection.filter.query()) == 0 || strings.ContainsRune(b.View().Content, '\a') {
		t.Errorf("pasted %q", b.selection.filter.query())
	}
	b.press("ctrl+u")
	b.write("lab")
	b.send(account.Event{Snapshots: []account.Snapshot{{Profile: "work", Health: account.Health{State: account.Unavailable}}}})
	// “unavailable” has it in it.
	if !slices.Contains(b.selection.visible, b.roster.named("work")) {
		t.Errorf("an event does not reach the filter: %d rows", len(b.selection.visible))
	}
	b.press("esc", "q")
	if msgs := b.run(t); len(msgs) == 0 {
		t.Error("q does not quit")
	}
}
