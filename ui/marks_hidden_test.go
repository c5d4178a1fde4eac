package ui

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"rollcall/config"
)

// TestHiddenMarksAreAskedAbout has each action that changes profiles ask first where
// some that are marked are not to be seen.
func TestHiddenMarksAreAskedAbout(t *testing.T) { synctest.Test(t, testHiddenMarksAreAskedAbout) }

func testHiddenMarksAreAskedAbout(t *testing.T) {
	const filtered = "g space space / s t a g enter "
	for _, c := range []struct{ keys, all, shown string }{
		{"X", "", ""},
		{"z", "Snooze 2 profiles", "Snooze staging"},
		{"#", "Tags of 2 profiles", "Tags of staging"},
		{"delete", "Remove 2 profiles", "Remove staging"},
		{"N", "Rotation of 2 secrets", "New secret of staging"},
	} {
		for answer, want := range map[string]string{"left left enter": c.all, "left enter": c.shown} {
			b, _, _ := keptSamples(t, filtered+c.keys)
			b.wants(t, "2 are marked, 1 of them is hidden by the filter: crowd. Which are meant?", "[ All 2 ]  [ 1 shown ]  [ None ]")
			b.press(strings.Fields(answer)...)
			b.wants(t, want)
			if b.selection.marks.narrowed || b.selection.marked() != "staging crowd" {
				t.Errorf("%s %s leaves %q marked", c.keys, answer, b.selection.marked())
			}
		}
		b, k, _ := keptSamples(t, filtered+c.keys)
		b.pressAndSettle(t, k, "enter")
		if k.applied != 0 || b.overlays.top() != nil {
			t.Errorf("%s and enter change %d", c.keys, k.applied)
		}
	}
	b, k, _ := keptSamples(t, filtered+"X left")
	b.pressAndSettle(t, k, "enter")
	if off := k.config(t); !off.Profiles[8].Disabled || strings.Count(string(k.data), "disabled = true") != 2 {
		t.Errorf("the file is\n%s", k.data)
	}

	// What only reads asks nothing; nor is anything asked where all are to be seen.
	for _, keys := range []string{filtered + "y", filtered + "w", "g space z", "* z"} {
		b, _, _ := keptSamples(t, keys)
		b.lacks(t, "Which are meant")
	}
	// Nothing is shown at all.
	b, _, _ = keptSamples(t, "g space / z z q enter delete")
	b.wants(t, "1 is marked, which is hidden by the filter: staging. Which", "[ All 1 ]  [ None ]")
	b.press("left", "enter")
	b.wants(t, "Remove staging")
	b, _, _ = keptSamples(t, "g space space / z z q enter delete")
	b.wants(t, "2 are marked, all of them hidden by the filter: staging, crowd. Which")
}

// TestHiddenMarksInAView are outside of it.
func TestHiddenMarksInAView(t *testing.T) {
	b := mixed(Options{Config: withViews(savedViews), Manage: &keeper{}}, 120, 36)
	b.press("G", "enter", "G", "space", "[", "[", "[", "[", "z")
	b.wants(t, "1 is marked, which is outside of this view: ")
	b.press("esc", "/")
	b.write("staging")
	b.press("enter", "z")
	b.wants(t, "1 is marked, which is hidden by the view and the filter: ")
}

// TestHiddenMarksOfAVerb are asked about over the palette, which waits.
func TestHiddenMarksOfAVerb(t *testing.T) { synctest.Test(t, testHiddenMarksOfAVerb) }

func testHiddenMarksOfAVerb(t *testing.T) {
	b, k, _ := keptSamples(t, "g space space / s t a g enter :")
	b.write("snooze 7d")
	b.press("enter")
	b.wants(t, "1 of them is hidden by the filter")
	b.press("left")
	b.pressAndSettle(t, k, "enter")
	if want := []string{"staging 7d "}; !slices.Equal(k.snoozed, want) {
		t.Errorf("snoozed are %q, not %q", k.snoozed, want)
	}
}

// TestHiddenMarksOfAnOwnCommand are asked about, too.
func TestHiddenMarksOfAnOwnCommand(t *testing.T) { synctest.Test(t, testHiddenMarksOfAnOwnCommand) }

func testHiddenMarksOfAnOwnCommand(t *testing.T) {
	r := &runner{behind: true}
	b := owner(r, config.Command{Name: "plan", Key: "f5", Run: []string{"x"}})
	b.press("g", "space", "/", "z", "z", "q", "enter")
	b.send(f5())
	b.wants(t, "1 is marked, which is hidden by the filter")
	b.press("left")
	b.after(t, keyPress("enter"))
	if !slices.Equal(r.asked, []string{"plan staging"}) {
		t.Errorf("asked for %q", r.asked)
	}
	// What was marked may be gone when the answer comes.
	b.press("esc")
	b.send(f5())
	b.send(ConfigMsg{Config: firstProfiles(3)})
	b.press("left", "enter")
	b.wants(t, "none of them is marked any more")
}

// TestMarkingWhatIsFolded says that the person does not see all of it.
func TestMarkingWhatIsFolded(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("g", "j", "h", "*")
	b.wants(t, "marked 13, 5 of them folded away")
	b.press("*")
	b.lacks(t, "marked 13")
	b.press("o", "*")
	b.lacks(t, "folded away")
}
