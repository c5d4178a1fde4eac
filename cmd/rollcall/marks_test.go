//go:build unix

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMarkedInTheDemo marks three profiles of the demo, and does with all of them what
// is done with one otherwise: one undo takes each back.
func TestMarkedInTheDemo(t *testing.T) {
	t.Parallel()
	m := start(t, 120, 36, nil, "--demo")
	m.shows("Sam Roe", "╭ Profiles")
	m.press("sf")
	m.shows("╭ Profiles 85 · file")
	m.press("g   ")
	m.shows("▐work", "▐datahub", "─ 3 marked ·")

	m.press("z")
	m.shows("╭ Snooze 3 profiles", "work, datahub, ")
	m.press(enter)
	m.shows("─ 3 marked ·", "snoozed 3 profiles: work, datahub and ci until", "U undoes")
	m.press("U")
	m.shows("─ 3 marked ·", "took back: snoozed work, datahub and ci")

	m.press("#mine" + enter + enter)
	m.shows("tagged", "+mine", "U undoes")
	m.press("U")
	m.shows("─ 3 marked ·", "took back: tagged work, datahub and ci +mine")

	path := filepath.Join(t.TempDir(), "mine.json")
	m.press("w")
	m.shows("╭ Export 3 profiles")
	m.press("\x15" + path + enter)
	m.shows("wrote 3 profiles to ")
	var told struct{ Profiles []struct{ Name string } }
	if data, err := os.ReadFile(path); err != nil || json.Unmarshal(data, &told) != nil || len(told.Profiles) != 3 || told.Profiles[0].Name != "work" {
		t.Errorf("the file holds %v, %v: %s", told, err, data)
	}
	m.press(escape)
	m.until("no marks", func(s string) bool { return !strings.Contains(s, "marked") })
	m.press("q")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
}
