package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
)

// exports notes what was to be written.
type exports struct {
	told []string
	fail error
}

func (e *exports) export(_ context.Context, names []string, path string, private bool) (string, error) {
	e.told = append(e.told, fmt.Sprintf("%s to %s, private %v", strings.Join(names, ","), path, private))
	return fmt.Sprintf("wrote %d profiles to %s", len(names), path), e.fail
}

// keptSamples is a dashboard of the samples, whose file a keeper keeps.
func keptSamples(t *testing.T, keys string) (*bench, *keeper, *exports) {
	t.Helper()
	k, e := &keeper{data: []byte(sampleTOML)}, &exports{}
	b := newBench(Options{Config: k.config(t), Manage: k, Export: e.export})
	b.send(tea.WindowSizeMsg{Width: 120, Height: 36}, account.Event{Snapshots: sampleSnapshots()})
	b.press(strings.Fields(keys)...)
	b.pending = nil
	return b, k, e
}

// pressAndSettle presses a key, and takes in what comes of it.
func (b *bench) pressAndSettle(t *testing.T, k *keeper, key string) {
	t.Helper()
	b.pending = nil
	b.press(key)
	b.settleAll(t, k)
}

func TestCheckingTheMarked(t *testing.T) { synctest.Test(t, testCheckingTheMarked) }

func testCheckingTheMarked(t *testing.T) {
	b, _, _ := keptSamples(t, "g space space 7 space G enter G space")
	b.pending = nil
	b.press("r")
	b.wants(t, "checking 2 profiles; 1 more when their service allows it; 1 left out: old (switched off)", "")
	b.run(t)
	if want := [][]string{{"staging", "crowd", "busy"}}; !slices.EqualFunc(b.asked, want, slices.Equal) {
		t.Errorf("%q was asked for, not %q", b.asked, want)
	}
	if got := b.selection.marked(); got != "staging crowd busy old" {
		t.Errorf("then %q is marked", got)
	}
	// One that is marked is checked as a person waits for it.
	b, _, _ = keptSamples(t, "g space j j")
	b.press("r")
	b.wants(t, "checking staging")
	b.run(t)
	if want := [][]string{{"check", "staging"}}; !slices.EqualFunc(b.asked, want, slices.Equal) {
		t.Errorf("%q was asked for, not %q", b.asked, want)
	}
}

func TestSnoozingTheMarked(t *testing.T) { synctest.Test(t, testSnoozingTheMarked) }

func testSnoozingTheMarked(t *testing.T) {
	b, k, _ := keptSamples(t, "g space space z")
	b.wants(t, "Snooze 2 profiles", "staging, crowd", "7d")
	b.press("tab")
	b.write("Kim")
	b.pressAndSettle(t, k, "enter")
	if want := []string{"staging,crowd 7d Kim"}; !slices.Equal(k.snoozed, want) {
		t.Errorf("snoozed are %q, not %q", k.snoozed, want)
	}
	b.wants(t, "snoozed staging,crowd; U undoes")
	if got := b.selection.marked(); got != "staging crowd" {
		t.Errorf("then %q is marked", got)
	}
	// Where all have the same snooze, it ends by the same keys.
	all := sampleSnapshots()
	for _, i := range []int{2, 8} {
		all[i].Snooze = account.Snooze{Until: noon.AddDate(0, 0, 7), Note: "Kim"}
	}
	b.send(account.Event{Snapshots: all})
	b.press("z")
	b.wants(t, "off", "Kim")
}

func TestSwitchingTheMarked(t *testing.T) { synctest.Test(t, testSwitchingTheMarked) }

func testSwitchingTheMarked(t *testing.T) {
	off := func(k *keeper) string {
		var all []string
		for _, p := range k.config(t).Profiles {
			if p.Disabled {
				all = append(all, p.Name)
			}
		}
		return strings.Join(all, " ")
	}
	b, k, _ := keptSamples(t, "g space space G enter G space")
	b.pressAndSettle(t, k, "X")
	if got := off(k); got != "crowd staging old" || k.applied != 1 {
		t.Errorf("%q are off after %d saves", got, k.applied)
	}
	b.wants(t, "switched off staging, switched off crowd; U undoes", "3 marked")
	b.pressAndSettle(t, k, "X")
	if got := off(k); got != "" || k.applied != 2 {
		t.Errorf("%q are off after %d saves", got, k.applied)
	}
	// Pressed again before that is saved, it takes it back.
	b.pending = nil
	b.press("X", "X")
	if b.roster.named("crowd").own.Disabled {
		t.Error("it does not show at once")
	}
	b.pending = b.pending[:1]
	for range 3 {
		b.settleAll(t, k)
	}
	if got := off(k); got != "" || len(b.switching) != 0 {
		t.Errorf("%q are off, and %v is being switched", got, b.switching)
	}
	// Where it fails, they are shown as they are.
	k.fail = errors.New("the disk is full")
	b.pressAndSettle(t, k, "X")
	b.wants(t, "the disk is full")
	if b.roster.named("crowd").own.Disabled || len(b.switching) != 0 {
		t.Errorf("crowd is shown as off, and %v is being switched", b.switching)
	}
}

func TestRemovingTheMarked(t *testing.T) { synctest.Test(t, testRemovingTheMarked) }

func testRemovingTheMarked(t *testing.T) {
	b, k, _ := keptSamples(t, "g space space delete")
	b.wants(t, "Remove 2 profiles", "They are staging, crowd.", "The tokens themselves are", "[ Remove 2 ]")
	b.press("enter")
	if k.applied != 0 || b.overlays.top() != nil || b.selection.marked() != "staging crowd" {
		t.Fatal("enter alone removes them")
	}
	b.press("delete", "left")
	b.pressAndSettle(t, k, "enter")
	if names(b) != "work datahub wide soon ci busy flaky office lab old new" || k.applied != 1 {
		t.Errorf("%d saves leave %s", k.applied, names(b))
	}
	b.wants(t, "removed crowd")
	b.lacks(t, "marked")
	b.pressAndSettle(t, k, "U")
	if string(k.data) != sampleTOML {
		t.Errorf("undone, the file is\n%s", k.data)
	}
	b, _, _ = keptSamples(t, "* delete")
	b.wants(t, "Remove 13 profiles", "and 5 more.")
}

// TestWhatCannotBeChanged does the rest, and says what is left out and why.
func TestWhatCannotBeChanged(t *testing.T) { synctest.Test(t, testWhatCannotBeChanged) }

func testWhatCannotBeChanged(t *testing.T) {
	b, k, _ := keptSamples(t, "g space space space")
	k.data = []byte(strings.Replace(sampleTOML, "[profiles.crowd]", "[profiles.crowds]", 1))
	b.pending = nil
	b.press("X")
	for _, m := range b.run(t) {
		b.send(m)
	}
	b.wants(t, "1 left out", "switched off staging, switched off office; U undoes.", "crowd", "there is no profile")
	if strings.Count(string(k.data), "disabled = true") != 3 {
		t.Errorf("the file is\n%s", k.data)
	}
	if b.roster.named("crowd").own.Disabled || !b.roster.named("office").own.Disabled {
		t.Error("crowd is shown as off, or office is not")
	}
}

func TestCopyingTheMarked(t *testing.T) { synctest.Test(t, testCopyingTheMarked) }

func testCopyingTheMarked(t *testing.T) {
	b, _, _ := keptSamples(t, "g space space space y")
	b.wants(t, "╭ Copy", "profile name", "staging, crowd, office", "user id", "e-mail")
	b.pending = nil
	b.press("p")
	b.wants(t, "copied the profile name of 3 profiles")
	if told := fmt.Sprint(b.run(t)); !strings.Contains(told, "staging\ncrowd\noffice") {
		t.Errorf("copied is %q", told)
	}
	b.press("y", "u")
	b.wants(t, "copied the user id of 2 profiles; 1 of the marked has none")
	b.press("y", "j", "s")
	b.wants(t, "The user id of 2 profiles", "user_stage", "user_crowd")
	if got := b.selection.marked(); got != "staging crowd office" {
		t.Errorf("then %q is marked", got)
	}
}

func TestExporting(t *testing.T) { synctest.Test(t, testExporting) }

func testExporting(t *testing.T) {
	b, k, e := keptSamples(t, "g space space w")
	b.wants(t, "Export 2 profiles", "staging, crowd", "rollcall-export-2026-11-21.json")
	e.fail = errors.New("there is a file rollcall-export-2026-11-21.json already; choose another name")
	b.pressAndSettle(t, k, "enter")
	b.wants(t, "Export 2 profiles", "there is a file")
	e.fail = nil
	b.press("ctrl+u")
	b.write("mine.json")
	b.pressAndSettle(t, k, "enter")
	b.wants(t, "wrote 2 profiles to mine.json")
	b.press("P")
	b.press("w")
	b.wants(t, "stand-ins in the file, too")
	b.pressAndSettle(t, k, "enter")
	want := []string{
		"staging,crowd to rollcall-export-2026-11-21.json, private false", "staging,crowd to mine.json, private false",
		"staging,crowd to rollcall-export-2026-11-21.json, private true",
	}
	if !slices.Equal(e.told, want) {
		t.Errorf("written was %q", e.told)
	}
	b, _, _ = keptSamples(t, "g w")
	b.wants(t, "Export staging")
	b.options.Export = nil
	b.press("esc", "w")
	b.wants(t, "nothing can be written to a file here")
}

// TestMarkedInPrivate asks with stand-ins.
func TestMarkedInPrivate(t *testing.T) {
	for _, key := range []string{"delete", "z", "#", "w", "y"} {
		c := sampleProfiles()
		for i := range c.Profiles {
			c.Profiles[i].Name = "stan-aging-" + c.Profiles[i].Name
			c.Profiles[i].Tags = []string{"stan-aging"}
		}
		all := sampleSnapshots()
		for i := range all {
			all[i].Profile = "stan-aging-" + all[i].Profile
		}
		b := newBench(Options{Config: c, Manage: &keeper{}, Export: (&exports{}).export, Private: true})
		b.send(tea.WindowSizeMsg{Width: 120, Height: 36}, account.Event{Snapshots: all})
		b.press("g", "space", "space", key)
		if b.overlays.top() == nil {
			t.Fatalf("%s opens nothing", key)
		}
		over := ansi.Strip(strings.Join(b.overlays.top().View(b.styles), "\n"))
		if strings.Contains(over, "stan-aging") {
			t.Errorf("%s shows\n%s", key, over)
		}
	}
}

// TestGoldenMany draws the dialogs about what is marked.
func TestGoldenMany(t *testing.T) { synctest.Test(t, testGoldenMany) }

func testGoldenMany(t *testing.T) {
	for _, c := range []struct{ name, keys string }{
		{"marked-tags", "g space space 1 space # space"}, {"marked-tag-new", "g space space # n e w"},
		{"marked-remove", "* delete"}, {"marked-snooze", "g space space z"}, {"marked-export", "g space space w"},
		{"marked-copy", "g space space y"},
	} {
		for _, size := range [][2]int{{80, 24}, {40, 10}} {
			b, _, _ := keptSamples(t, "")
			b.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			b.press(strings.Fields(c.keys)...)
			checkSize(t, b, size[0], size[1])
			golden(t, fmt.Sprintf("%s-%dx%d", c.name, size[0], size[1]), b.text())
		}
	}
}

func TestLeftOut(t *testing.T) {
	for _, c := range []struct{ adds, want string }{
		{"", ""},
		{"a:off", "; 1 left out: a (off)"},
		{"a:off b:wrong c:off", "; 3 left out: a, c (off), b (wrong)"},
		{"a:off b:off c:off d:off e:off", "; 5 left out: a, b, c and 2 more (off)"},
	} {
		var l leftOut
		for _, one := range strings.Fields(c.adds) {
			name, why, _ := strings.Cut(one, ":")
			l.add(name, why)
		}
		if got := l.told(); got != c.want {
			t.Errorf("%q is told as %q, not %q", c.adds, got, c.want)
		}
	}
}
