//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"charm.land/bubbles/v2/key"

	"rollcall/ui"
)

// allKeys are the keys of the dashboard that are bound to the actions.
func allKeys(except ...string) []string {
	var all []string
	keys := reflect.ValueOf(ui.DefaultKeyMap())
	for i := range keys.NumField() {
		b, ok := keys.Field(i).Interface().(key.Binding)
		if ok && !slices.Contains(except, keys.Type().Field(i).Name) {
			all = append(all, b.Keys()...)
		}
	}
	return all
}

// pressedAll fails for keys of the dashboard that a walk left out.
func pressedAll(t *testing.T, pressed map[string]bool, except ...string) {
	t.Helper()
	for _, k := range allKeys(except...) {
		if !pressed[k] {
			t.Errorf("%s was not pressed here", k)
		}
	}
}

// moving are the keys that move among lines, in a place with several of them.
func moving() []step {
	return []step{
		{"G", moves()}, {"g", moves()}, {"end", moves()}, {"home", moves()},
		{"j", moves()}, {"k", moves()}, {"down", moves()}, {"up", moves()},
		{"pgdown", moves()}, {"pgup", moves()}, {"ctrl+d", moves()}, {"ctrl+u", moves()},
	}
}

// overlays are the keys that open something, which escape closes. What they
// are about is the profile that is selected.
func overlays(profile string) []step {
	var steps []step
	for _, o := range []struct{ keys, title string }{
		{"a", "╭ Add a profile"}, {"E", "╭ Edit " + profile}, {"n f2", "╭ Rename " + profile},
		{"N", "╭ New secret of " + profile}, {"D", "╭ Duplicate " + profile}, {"delete ctrl+x", "╭ Remove " + profile}, {": ctrl+p", "╭ Commands"},
		{"?", "╭ Help"}, {"!", "╭ Problems of the configuration"}, {"i", "╭ Incidents"},
		{"I", "╭ Pin " + profile}, {"z", "╭ Snooze " + profile},
		{"#", "╭ Tags of " + profile}, {"w", "╭ Export " + profile}, {"W", "╭ Keep this view"},
	} {
		for _, k := range strings.Fields(o.keys) {
			steps = append(steps, step{k, shows(o.title)}, step{"esc", hides(o.title)})
		}
	}
	return steps
}

// changing are the keys that act on a profile that has others above and below.
func changing(profile string) []step {
	return []step{
		{"r", shows("checking " + profile)}, {"ctrl+r", stays("checking " + profile)}, {"R", matches(`checking \d+ profiles`)},
		{"y", shows("╭ Copy")}, {"y", shows("copied the ")}, {"O", matches("no page is known|opening ")},
		{"f", shows("nothing is to be fixed at " + profile)}, {"Y", matches("nothing to copy here|copied the ")},
		// Where the secret can be stored depends on the machine.
		{"L", matches("╭ (Edit|Secret of|New secret of) " + profile)}, {"esc", hides(" " + profile + " ─")},
		{"u", shows("made " + profile + " the active profile")},
		{"X", shows("switched off " + profile)}, {"X", shows("switched on " + profile)},
		{"T", matches("no page is known|opening http")},
		{"J", shows("moved " + profile + " down")}, {"K", shows("moved " + profile + " up")},
		{"shift+down", shows("moved " + profile + " down")}, {"shift+up", shows("moved " + profile + " up")},
		{"U", shows("took back: ")}, {"ctrl+y", shows("did again: ")}, {"U", shows("took back: ")},
		{"ctrl+n", shows("no rotation was begun")},
		{"x", shows("This is a shell as " + profile)}, {"exit 7\r", shows("the shell of " + profile + " ended with 7")},
		{"m", shows("the mouse selects text now")}, {"m", shows("the mouse is rollcall's again")},
		{"P", shows("private: names")}, {"P", shows("the real names are shown again")},
		{"ctrl+z", shows("there is no shell behind this terminal")}, {"ctrl+l", stays("there is no shell behind this terminal")},
		{"/", shows("│ / ")}, {"esc", hides("│ / ")},
	}
}

// marking are the keys that mark profiles, in a list.
func marking() []step {
	return []step{
		{"space", shows(" 1 marked ")}, {"esc", hides(" marked ")},
		{"V", shows(" 1 marked ")}, {"V", stays(" 1 marked ")}, {"esc", hides(" marked ")},
		{"*", matches(`\d+ marked `)}, {"*", hides(" marked ")},
	}
}

// jumping are the keys of the profiles by their number.
func jumping(names ...string) []step {
	var steps []step
	for i, name := range names {
		steps = append(steps, step{fmt.Sprint(i + 1), selects(name)})
	}
	return steps
}

// placeWalk is a place of the dashboard and what its keys do there.
type placeWalk struct {
	name string
	// enter are the keys that lead there from the start.
	enter []step
	steps []step
	// without are the actions that are for other places only.
	without []string
}

func placeWalks() []placeWalk {
	onlyPeople := []string{"Person", "Differences", "MoreLeft", "MoreRight"}
	onlyTable := append([]string{"NextColumn", "PrevColumn", "Reverse", "Group", "Columns", "Earlier", "Later", "Present"}, onlyPeople...)
	onlyDashboard := []string{"NextPane", "PrevPane", "Fold", "Unfold", "Grow", "Shrink"}
	walks := []placeWalk{
		{
			"list", nil,
			slices.Concat(jumps(), marking(), moving(), []step{
				{"enter", shows("╭ Checks and changes")}, {"esc", hides("╭ Checks and changes")},
				{"tab", shows("esc profiles")}, {"shift+tab", hides("esc profiles")},
				{"right", shows("esc profiles")}, {"left", hides("esc profiles")},
				{"l", shows("esc profiles")}, {"h", hides("esc profiles")},
				{"+", widened()}, {"_", widened()},
			}, sorting("n"), sorting("f"), viewing(), []step{{"3", selects("ci")}}, overlays("ci"), changing("ci")),
			append(onlyTable, "OnlyNews"),
		},
		{
			"overview", []step{{"o", shows("╭ Overview")}},
			slices.Concat(jumps(), marking(), moving(), []step{
				{"enter", hides("╭ Overview")}, {"o", shows("╭ Overview")}, {"esc", hides("╭ Overview")}, {"o", shows("╭ Overview")},
				{"right", heading("Overview")}, {"left", heading("Overview")},
				{"l", heading("Overview")}, {"h", heading("Overview")}, {">", heading("Overview")}, {"<", heading("Overview")},
				{"s", shows("╭ Sort")}, {"esc", hides("╭ Sort")}, {"S", heading("Overview")}, {"<", heading("Overview")}, {"b", heading("Overview")},
				{"b", heading("Overview")}, {"b", heading("Overview")}, {"b", heading("Overview")}, {"b", heading("Overview")},
				{"c", shows("╭ Columns of the overview")}, {"esc", hides("╭ Columns")},
			}, leaving("Overview", "o"), []step{{"3", selects("ci")}}, overlays("ci"), changing("ci")),
			slices.Concat(onlyDashboard, onlyPeople, []string{"OnlyNews", "Earlier", "Later", "Present"}),
		},
		{
			"timeline", []step{{"t", shows("╭ Timeline")}},
			slices.Concat(jumps(), marking(), moving(), []step{
				{"enter", hides("╭ Timeline")}, {"t", shows("╭ Timeline")}, {"esc", hides("╭ Timeline")}, {"t", shows("╭ Timeline")},
				{"right", shifted()}, {"left", shifted()}, {"l", shifted()}, {"h", shifted()}, {"right", shifted()}, {"0", shifted()},
			}, leaving("Timeline", "t"), []step{{"3", selects("ci")}}, overlays("ci"), changing("ci")),
			slices.Concat(onlyDashboard, onlyPeople, []string{"NextColumn", "PrevColumn", "Reverse", "Group", "Columns", "OnlyNews", "Sort"}),
		},
		{
			"activity", []step{{"v", shows("╭ Activity")}},
			// The order is that of the answers.
			slices.Concat(jumps(), []step{{"home", first()}}, marking(), moving(), []step{
				{"c", heading("Activity")}, {"c", heading("Activity")},
				{"3", perhapsAlready(selects("ci"))}, {"enter", shows("╭ Check")}, {"esc", hides("╭ Check")},
				{"esc", hides("╭ Activity")}, {"v", shows("╭ Activity")},
			}, leaving("Activity", "v"), overlays("ci"), changing("ci")),
			slices.Concat(onlyTable, onlyDashboard, []string{"Sort"}),
		},
		{
			"people", []step{{"p", shows("╭ People 2 with several")}},
			slices.Concat([]step{{"2", selects("datahub")}, {"6", selects("personal")}, {"1", selects("work")}}, marking(), moving(), []step{
				{"enter", hides("╭ People")}, {"p", shows("╭ People")}, {"esc", hides("╭ People")}, {"p", shows("╭ People")},
				{"b", shows("What each has")}, {"esc", hides("What each has")}, {"c", heading("People")}, {"c", heading("People")},
				{"right", shows("no more profiles stand there")}, {"left", stays("no more profiles stand there")},
				{"l", stays("no more profiles stand there")}, {"h", stays("no more profiles stand there")},
			}, leaving("People", "p"), []step{{"2", selects("datahub")}}, overlays("datahub"), changing("datahub")),
			slices.Concat(onlyTable[:len(onlyTable)-len(onlyPeople)], onlyDashboard, []string{"OnlyNews", "Sort", "Jump"}),
		},
	}
	pane := []step{
		{"G", moves()}, {"g", moves()}, {"end", moves()}, {"home", moves()}, {"j", moves()}, {"k", moves()}, {"down", moves()}, {"up", moves()},
	}
	walks = append(walks, placeWalk{
		// The last of its groups: while they come one by one, the marker moves by itself.
		"panes", []step{{"2", both(selects("datahub"), shows("Data stewards"))}, {"tab", inPane()}},
		slices.Concat(
			pane, []step{{"tab", moves()}}, pane, []step{{"right", moves()}}, pane, []step{{"l", moves()}}, pane,
			[]step{
				{"shift+tab", moves()}, {"left", moves()}, {"h", moves()}, {"esc", inList()}, {"enter", shows("╭ Checks and changes")}, {"esc", hides("╭ Checks and changes")}, {"tab", inPane()},
				{"+", widened()}, {"_", widened()},
			},
			sorting("n"), sorting("f"), viewing(), overlays("datahub"), changing("datahub")),
		append(onlyTable, "Mark", "MarkRange", "MarkAll", "OnlyNews", "Jump", "PageUp", "PageDown"),
	})
	return walks
}

// steady are accounts of the demo whose state stays as it is.
func steady() []string {
	return []string{
		"work", "datahub", "ci", "staging", "admin", "personal", "laptop", "console", "acme", "northwind", "agency", "world", "teaching", "retired",
	}
}

// steadyConfig is a configuration of them on demo services of their own.
func steadyConfig(t *testing.T) string {
	t.Helper()
	text := "refresh_interval = \"0s\"\n"
	for _, section := range strings.Split(kept(t, newWorld(t).demoConfig()), "\n[profiles.")[1:] {
		if name, _, _ := strings.Cut(section, "]"); slices.Contains(steady(), name) {
			text += "\n[profiles." + section
		}
	}
	return text
}

// jumps goes to the first profiles, and back to the very first.
func jumps() []step {
	all := jumping(steady()[:9]...)
	return append(all[1:], all[0])
}

// sorting sorts the profiles by what a letter stands for.
func sorting(letter string) []step {
	return []step{{"s", shows("╭ Sort by")}, {letter, hides("╭ Sort by")}}
}

// widened is the effect that the panes have other sizes than before.
func widened() effect {
	corners := func(screen string) (at []int) {
		for i, r := range []rune(screen) {
			if strings.ContainsRune("╭╰", r) {
				at = append(at, i)
			}
		}
		return at
	}
	return effect{name: "panes of other sizes", holds: func(before, now string) bool {
		return !slices.Equal(corners(now), corners(before))
	}}
}

// shifted is the effect that the axis of the timeline is another.
func shifted() effect {
	return effect{name: "another axis", holds: func(before, now string) bool {
		return strings.Split(now, "\n")[2] != strings.Split(before, "\n")[2]
	}}
}

// viewing goes from the dashboard to each view and back.
func viewing() []step {
	var steps []step
	for _, v := range views() {
		steps = append(steps, step{v.key, shows("╭ " + v.name)}, step{"d", hides("╭ " + v.name)})
	}
	return append(steps, step{"]", shows("╭ Overview")}, step{"[", hides("╭ Overview")},
		step{"-", shows("╭ Overview")}, step{"-", hides("╭ Overview")})
}

// leaving goes from a view to each of the others and back.
func leaving(name, back string) []step {
	steps := []step{
		{"d", hides("╭ " + name)}, {back, shows("╭ " + name)}, {"]", hides("╭ " + name)}, {"[", shows("╭ " + name)},
		{"-", hides("╭ " + name)}, {"-", shows("╭ " + name)},
	}
	for _, v := range views() {
		if v.name != name {
			steps = append(steps, step{v.key, shows("╭ " + v.name)}, step{back, shows("╭ " + name)})
		}
	}
	return steps
}

type view struct{ key, name string }

func views() []view {
	return []view{{"o", "Overview"}, {"t", "Timeline"}, {"v", "Activity"}, {"p", "People"}}
}

// heading is the effect that what stands beside a title becomes another.
func heading(title string) effect {
	re := regexp.MustCompile("╭ " + title + "[^─]*")
	return effect{name: "another heading", holds: func(before, now string) bool {
		return re.FindString(now) != re.FindString(before)
	}}
}

// blindBrowser is an environment in which pages are opened by a program that shows
// nothing.
func blindBrowser(t *testing.T) []string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range []string{"xdg-open", "open"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return []string{"BROWSER=any", "PATH=" + folder + string(os.PathListSeparator) + os.Getenv("PATH")}
}

// TestEveryKey presses each key at each place where it is for something, on a
// configuration of which everything can be changed.
func TestEveryKey(t *testing.T) {
	t.Parallel()
	text := steadyConfig(t)
	for _, p := range placeWalks() {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			path := (&world{t, t.TempDir(), nil}).write("config.toml", text)
			m := start(t, 120, 36, blindBrowser(t), "--config", path)
			m.shows("Now 3", "▸ Off 1")
			pressed := map[string]bool{}
			// In the order of the file nothing moves by itself, and what moves in it can
			// be seen.
			m.walk(pressed, slices.Concat(sorting("f"), p.enter)...)
			clear(pressed)
			m.walk(pressed, p.steps...)
			pressedAll(t, pressed, append(p.without, "Quit", "Demo", "Import", "EditFile")...)
			m.press("q")
			if status := m.exit(); status != 0 {
				t.Errorf("exit status %d", status)
			}
			m.restored()
		})
	}
}

// TestKeysOfTheDemo does in the demo what needs a configuration of one's own: the demo
// has one, which is gone afterwards.
func TestKeysOfTheDemo(t *testing.T) {
	t.Parallel()
	w, temp := newWorld(t), t.TempDir()
	m := startProgram(t, 120, 36, []string{"HOME=" + w.home, "TMPDIR=" + temp}, program, "--demo", "--profile", "work")
	m.shows("Sam Roe", "rollcall laptop")
	entries, err := os.ReadDir(temp)
	if err != nil || len(entries) != 1 {
		t.Fatalf("in the folder for temporary files: %v, %v", entries, err)
	}
	secrets := filepath.Join(temp, entries[0].Name(), "secrets")

	m.press("/release" + enter)
	m.shows("in 1h5", "release window")
	m.press("N")
	m.shows("New secret of release", "/new-token", "[ Browse ]")
	m.press(pasted("kt-demo-release-2") + enter)
	m.shows("● Sam Roe (user_Zk3PqW8rTn5LxB1c)", "[ Replace ]")
	m.press(enter)
	m.shows("replaced the secret of release; U undoes", "[ Ask ]")
	m.press(escape)
	m.until("no lanes", func(s string) bool { return strings.Contains(s, "in 180d") && !strings.Contains(s, "[ Ask ]") })
	if kept, err := os.ReadFile(filepath.Join(secrets, "release.previous")); string(kept) != "kt-demo-release\n" {
		t.Errorf("the secret before: %q, %v", kept, err)
	}
	m.press("U")
	m.shows("took back: replaced the secret of release; its former", "in 1h5")

	m.press("D")
	m.shows("╭ Duplicate release")
	m.press("\x1b") // As most terminals send it.
	m.until("no form", func(s string) bool { return !strings.Contains(s, "╭ Duplicate") })
	m.press("u")
	m.shows("made release the active profile")
	m.press("X")
	m.shows("switched off release")
	m.press("X")
	m.shows("switched on release")
	m.press("\x18")
	m.shows("Remove release from the configuration?")
	m.press("\t" + enter)
	m.shows("removed release")
	m.shows("╭ Profiles 0/")
	m.press("U")
	m.shows("╭ Profiles 1/")
	m.press("q")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Errorf("the demo left %v behind", left)
	}
	if left, _ := filepath.Glob(filepath.Join(w.home, "*", "*")); len(left) > 0 {
		t.Errorf("the demo wrote into the home: %v", left)
	}
}

// TestSignalsRemoveTheDemo has nothing of a demo stay that a signal ends.
func TestSignalsRemoveTheDemo(t *testing.T) {
	t.Parallel()
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		temp := t.TempDir()
		m := start(t, 80, 24, []string{"TMPDIR=" + temp}, "--demo")
		m.shows("Sam Roe")
		m.signal(sig)
		m.exit()
		if left, _ := os.ReadDir(temp); len(left) > 0 {
			t.Errorf("%s: the demo left %v behind", sig, left)
		}
	}
}

// TestKeysOfTheWelcome presses each key of the first screen.
func TestKeysOfTheWelcome(t *testing.T) {
	t.Parallel()
	m := start(t, 100, 30, nil)
	m.shows("There is no configuration yet")
	pressed := map[string]bool{}
	m.walk(pressed,
		step{"y", shows("copied the sample configuration")},
		step{"m", shows("the mouse selects text now")}, step{"m", shows("the mouse is rollcall's again")},
		step{"P", shows("private: names")}, step{"P", shows("the real names are shown again")},
		step{"U", shows("╭ That did not work")}, step{"esc", hides("╭ That did not work")},
		step{"i", shows("no account was found on this machine")},
		step{"ctrl+z", shows("there is no shell behind this terminal")}, step{"ctrl+l", stays("there is no shell behind this terminal")},
		step{"a", shows("╭ Add a profile")}, step{"esc", hides("╭ Add a profile")},
		step{":", shows("╭ Commands")}, step{"esc", hides("╭ Commands")},
		step{"ctrl+p", shows("╭ Commands")}, step{"esc", hides("╭ Commands")},
		step{"!", shows("╭ Problems")}, step{"esc", hides("╭ Problems")},
		step{"?", shows("╭ Help", "Without a profile")}, step{"esc", hides("╭ Help")},
	)
	// What is for profiles does nothing where there are none.
	m.press("jkGg123rRuENnDXJKotvpibcSs<>/\t\r")
	m.walk(pressed, step{"d", shows("DEMO", "Sam Roe")})
	m.press("q")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
}

// TestQuitFromAnywhere leaves at once from wherever a person is, while a key
// that is text is for what is written there.
func TestQuitFromAnywhere(t *testing.T) {
	t.Parallel()
	text := steadyConfig(t)
	for _, keys := range []struct{ typed, shows string }{
		{"1", "Sam Roe"}, {"a", "╭ Add a profile"}, {"aqq", "│ ▌ name      qq"}, {"aqq" + escape, "Throw away what you wrote?"},
		{":q", "╭ Commands"}, {"/qqqq", "No profile matches"}, {"1\x18", "╭ Remove work"}, {"?", "╭ Help"}, {"!", "╭ Problems"},
		{"o/w", "╭ Overview"}, {"v\r", "╭ Check"},
	} {
		m := start(t, 120, 30, nil, "--config", (&world{t, t.TempDir(), nil}).write("config.toml", text))
		m.shows("Now 3", "▸ Off 1")
		m.press(keys.typed)
		m.shows(keys.shows)
		m.press(keyBytes["ctrl+c"])
		if status := m.exit(); status != 0 {
			t.Errorf("%q: exit status %d", keys.typed, status)
		}
		m.restored()
	}
}

// TestFastKeys writes many keys at once: each of them counts.
func TestFastKeys(t *testing.T) {
	t.Parallel()
	m := start(t, 100, 30, nil, "--demo")
	m.shows("Sam Roe")
	typed := strings.Repeat("abcdefghij", 5)
	m.press("/" + typed)
	m.shows(typed[len(typed)-20:], "No profile matches")
	m.press(strings.Repeat("\x7f", 48))
	m.until("two letters left", func(s string) bool { return strings.Contains(s, "│ / ab ") })
	m.press(escape)
	m.until("no filter", func(s string) bool { return !strings.Contains(s, "│ / ") })
	m.press(strings.Repeat("j", 200))
	m.shows("▌▸ Off 1")
	// Four down from the first, and three up again.
	m.press(strings.Repeat("k", 200) + "jj" + strings.Repeat("\x1b[B", 2) + "k" + strings.Repeat("\x1b[A", 2))
	m.shows("▌  ▲ release")
	m.press(":" + typed)
	m.shows("nothing is called so", typed)
}
