package ui

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
)

// What an overlay tells of the configuration is what it is now.
func TestAFileThatBreaksUnderItsProblems(t *testing.T) {
	b := mixed(Options{}, 100, 30)
	b.press("!")
	b.wants(t, "is fine")
	b.send(ConfigMsg{Err: errors.New("config.toml:3: expected a value")})
	b.wants(t, "expected a value", "Until it is mended")
	b.send(ConfigMsg{Config: sampleProfiles()})
	b.wants(t, "is fine")
}

// What the palette offered can be gone when it is chosen.
func TestThePaletteAfterAReload(t *testing.T) { synctest.Test(t, testThePaletteAfterAReload) }

func testThePaletteAfterAReload(t *testing.T) {
	for _, chosen := range []string{"rotate the secret", "filter the profiles", "open what is selected", "timeline", "go to datahub"} {
		b := mixed(Options{Manage: &keeper{}}, 100, 30)
		b.press(":")
		b.write(chosen)
		b.send(ConfigMsg{Config: sampleEmpty()})
		b.press("enter")
		b.wants(t, "This configuration has no profiles yet")
		if b.notice.text == "" || b.selection.filter.editing || len(b.overlays.all) > 0 {
			t.Errorf("%s: it says %q, %d overlays", chosen, b.notice.text, len(b.overlays.all))
		}
		b.press("q")
		if !slices.Contains(b.run(t), tea.Msg(tea.QuitMsg{})) {
			t.Errorf("%s: q does not quit any more", chosen)
		}
	}
}

// Whatever keys are rebound, escape and enter leave the line of the filter.
func TestTheFilterNeverTraps(t *testing.T) {
	c := sampleProfiles()
	c.UI.Keys = map[string][]string{"open": {"C"}, "back": {"Z"}, "next_pane": {"B"}}
	b := newBench(Options{Config: c})
	b.send(tea.WindowSizeMsg{Width: 100, Height: 30}, account.Event{Snapshots: sampleSnapshots()})
	b.press("/", "C", "Z", "B")
	b.wants(t, "/ CZB", "enter keep the filter", "esc clear it")
	if b.press("enter"); b.selection.filter.editing {
		t.Error("enter does not leave the filter")
	}
	b.press("/", "backspace")
	if b.press("esc"); b.selection.filter.shown() {
		t.Error("escape does not clear the filter")
	}
}

// The table has no panes to go round; the arrows choose what sorts it.
func TestTheArrowsSortTheOverview(t *testing.T) {
	b := mixed(Options{}, 200, 50)
	b.press("o", "tab")
	if o := b.views.overview(); o.by != asListed || strings.Contains(b.text(), "tab pane") {
		t.Errorf("tab sorts %s", o.inWords())
	}
	b.press("right", "right", "left", "l", "h")
	if o := b.views.overview(); o.by != "profile" {
		t.Errorf("the arrows sort %s", o.inWords())
	}
}
