package ui

import (
	"fmt"
	"strings"
	"testing"

	"rollcall/plainfile/documenttest"
)

// TestDocumentOfKeys holds the reference of keys to the table of commands.
func TestDocumentOfKeys(t *testing.T) {
	k := DefaultKeyMap()
	var b strings.Builder
	for _, g := range newCommands(&k).groups {
		fmt.Fprintf(&b, "### %s\n\n| key | does | where | action |\n| --- | --- | --- | --- |\n", g.title)
		for _, a := range g.actions {
			fmt.Fprintf(&b, "| %s | %s | %s | `%s` |\n", keysWritten(a), a.keys.Help().Desc, placesWritten(a.areas), a.name)
		}
		b.WriteString("\n")
	}
	documenttest.Part(t, "../.github/docs/keys.md", "keys", b.String(), *update)
}

// keysWritten are the keys of an action, each as a screen with Unicode names it.
func keysWritten(a action) string {
	var all []string
	for name := range strings.FieldsSeq(keyText(*a.keys, false)) {
		all = append(all, "`"+name+"`")
	}
	return strings.Join(all, " ")
}

// placesWritten says where keys are for something; empty for all places.
func placesWritten(areas area) string {
	if areas == everywhere {
		return ""
	}
	if areas == anywhere {
		return "with profiles"
	}
	var all []string
	for _, place := range []struct {
		area area
		word string
	}{
		{onDashboard, "dashboard"}, {onList, "list"}, {onPane, "pane"}, {onOpened, "opened profile"}, {onViews, "other views"},
		{onOverview, "overview"}, {onTimeline, "timeline"}, {onActivity, "activity"}, {onPeople, "people"}, {onWelcome, "without profiles"},
	} {
		if areas&place.area == place.area {
			all = append(all, place.word)
			areas &^= place.area
		}
	}
	return strings.Join(all, ", ")
}
