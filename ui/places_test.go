package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// where is the place that a bench is in, in words.
func (b *bench) where() string {
	name := viewNames()[b.views.chosen]
	switch {
	case b.area() == onOpened:
		name = "profile"
	case b.area() == onPane:
		name = "pane"
	}
	return name
}

// TestTheWayBack presses keys and tells where each leads.
func TestTheWayBack(t *testing.T) {
	for keys, want := range map[string]string{
		"enter esc esc":                 "profile dashboard dashboard",
		"o enter esc esc":               "overview profile overview dashboard",
		"o t v esc esc esc":             "overview timeline activity timeline overview dashboard",
		"o t o esc esc":                 "overview timeline overview timeline dashboard",
		"o enter o esc esc":             "overview profile overview profile dashboard",
		"o d esc":                       "overview dashboard dashboard",
		"tab enter esc esc":             "pane profile pane dashboard",
		"enter o enter esc esc":         "profile overview profile overview dashboard",
		"- t - - o - -":                 "dashboard timeline dashboard timeline overview timeline overview",
		"enter - -":                     "profile dashboard profile",
		"] ] [ [ [":                     "overview timeline overview dashboard people",
		"/ a enter esc":                 "dashboard dashboard dashboard dashboard",
		"o / a enter esc esc":           "overview overview overview overview overview dashboard",
		"/ a enter enter esc esc":       "dashboard dashboard dashboard profile dashboard dashboard",
		"enter / a esc":                 "profile dashboard dashboard dashboard",
		"v enter":                       "activity activity",
		"t enter tab tab esc esc":       "timeline profile profile profile timeline dashboard",
		"enter 2 3 esc":                 "profile profile profile dashboard",
		"p enter d esc":                 "people profile dashboard dashboard",
		"enter shift+tab : esc esc esc": "profile profile profile profile dashboard dashboard",
	} {
		b := mixed(Options{}, 120, 36)
		var got []string
		for _, k := range strings.Fields(keys) {
			b.press(k)
			got = append(got, b.where())
			checkSize(t, b, 120, 36)
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s leads to\n%s, not\n%s", keys, got, want)
		}
	}
}

// The hint at the bottom says where esc leads, or that it leads nowhere.
func TestTheHintSaysWhereEscLeads(t *testing.T) {
	for keys, want := range map[string]string{
		"enter": "esc profiles", "o": "esc dashboard", "o enter": "esc overview", "o t": "esc overview", "enter o": "esc profile",
		"/ a enter": "esc clear the filter", "tab": "esc profiles",
	} {
		b := mixed(Options{}, 120, 36)
		b.press(strings.Fields(keys)...)
		b.wants(t, want)
	}
	b := mixed(Options{}, 120, 36)
	b.lacks(t, "esc ")
}

// A profile in full has what no pane has room for, and leads to its checks.
func TestAProfileInFull(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("9", "enter")
	b.wants(t, "staging", "it was revoked, or never existed", "Checks and changes", "state: invalid token", "Last check", "403", "90 days")
	b.press("tab", "end")
	b.wants(t, "11:45:00")
	b.press("enter")
	b.wants(t, "Check of staging")
	b.press("esc", "esc")
	if b.where() != "dashboard" {
		t.Errorf("esc leads to %s", b.where())
	}
	// Below the width for two columns, all of it is one page.
	b = mixed(Options{}, 80, 24)
	b.press("9", "enter")
	for range 40 {
		b.press("pgdown")
	}
	b.wants(t, "11:45:00")
	b.press("home")
	b.wants(t, "invalid token", "staging")
}

// What is opened stays so through all sizes, and so does what has the keys.
func TestOpenedAtAllSizes(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("enter", "tab")
	for _, size := range [][2]int{{40, 10}, {300, 80}, {80, 24}, {120, 36}} {
		b.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		checkSize(t, b, size[0], size[1])
		if b.area() != onOpened || !b.dashboard.layout.has(b.dashboard.focus) {
			t.Errorf("at %v the keys are in pane %d", size, b.dashboard.focus)
		}
	}
}

// The shares are kept as words, and words that mean nothing change nothing.
func TestShares(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	before, _ := b.dashboard.layout.slotOf(paneProfiles)
	b.press("+", "+", "_", "+")
	wide, _ := b.dashboard.layout.slotOf(paneProfiles)
	if wide.w <= before.w {
		t.Errorf("the list is %d wide, and was %d", wide.w, before.w)
	}
	b.press("tab", "_")
	low, _ := b.dashboard.layout.slotOf(paneProfile)
	kept := b.sharesText()
	other := mixed(Options{}, 120, 36)
	other.putShares(kept + ", nonsense 3, token x")
	other.layOut()
	if is, _ := other.dashboard.layout.slotOf(paneProfile); is.rect != low.rect {
		t.Errorf("%q gives %+v, not %+v", kept, is, low)
	}
}
