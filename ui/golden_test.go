package ui

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/config"
)

var update = flag.Bool("update", false, "rewrite the golden screens")

// loading are the snapshots of a start with nothing remembered.
func loading() []account.Snapshot {
	all := sampleSnapshots()
	for i, s := range all {
		all[i] = account.Snapshot{Profile: s.Profile, Health: account.Health{State: account.Checking}, Busy: true}
	}
	return all
}

// networkDown are the samples with nothing to be reached.
func networkDown() []account.Snapshot {
	all := sampleSnapshots()
	for i, s := range all {
		down := failing(s.Profile, account.Unreachable, 0, "", "", "api.katapult.io could not be found: no such host.",
			"Check the network, and base_url.")
		down.Health.Latency, down.Health.CheckedAt = 0, noon
		down.Account, down.AccountAt, down.History = s.Account, s.AccountAt, checks("hhhhxxx")
		down.Health.LastOKAt = s.AccountAt
		down.Verdict, down.UnaskedSince = s.Verdict, noon.Add(-2*time.Minute)
		all[i] = down
	}
	return all
}

// severalLimits are the samples with a profile that has three budgets.
func severalLimits() []account.Snapshot {
	all := sampleSnapshots()
	bucket := func(name string, left, limit int64, reset time.Duration) account.RateLimit {
		return account.RateLimit{Name: name, Limit: &limit, Remaining: &left, ResetAt: noon.Add(reset)}
	}
	all[0].SetRateLimits([]account.RateLimit{
		bucket("search", 3, 30, 41*time.Second),
		bucket("core", 3712, 5000, 31*time.Minute+7*time.Second),
		bucket("graphql", 5000, 5000, time.Hour),
	})
	return all
}

// oneHostDown are the samples of which two at one host have not been reached since.
func oneHostDown() []account.Snapshot {
	all := sampleSnapshots()
	for _, i := range []int{1, 3} {
		s := &all[i]
		s.Endpoint = "https://onezone.example.org/api/v3/onezone/user"
		s.Health.State, s.Health.HTTPStatus, s.Health.Code, s.Health.Latency = account.Unreachable, 0, "refused", 0
		s.Health.Explanation, s.Health.Remedy = "onezone.example.org refused the connection.", "Check whether the service runs."
		s.UnaskedSince = noon.Add(-2 * time.Minute)
	}
	return all
}

// oneSnoozed are the samples of which one is snoozed.
func oneSnoozed() []account.Snapshot {
	all := sampleSnapshots()
	all[8].Snooze = account.Snooze{Until: noon.AddDate(0, 0, 7), Note: "Kim asks for a new one", Verdict: account.InvalidToken}
	return all
}

func sampleEmpty() *config.Config {
	return &config.Config{Path: "/home/sam/.config/rollcall/config.toml"}
}

func TestGolden(t *testing.T) {
	sizes := [][2]int{{80, 24}, {120, 36}, {200, 50}}
	small := [][2]int{{40, 10}}
	all := append(sizes[:3:3], small...)
	for _, c := range []struct {
		name  string
		o     Options
		sizes [][2]int
		data  []account.Snapshot
		keys  []string
	}{
		{"mixed", Options{}, append(sizes, small...), sampleSnapshots(), nil},
		{"outage-unfolded", Options{}, all, networkDown(), []string{"h", "l"}},
		{"folded", Options{}, all, sampleSnapshots(), []string{"h"}},
		{"by-name", Options{}, all, sampleSnapshots(), []string{"s", "n"}},
		{"sort-menu", Options{}, append(sizes[:1:1], small...), sampleSnapshots(), []string{"s"}},
		{"all-fine", Options{Config: firstProfiles(2)}, all, sampleSnapshots()[:2], nil},
		{"plain", Options{NoColor: true}, sizes[:1], sampleSnapshots(), []string{"g"}},
		{"loading", Options{}, all, loading(), nil},
		{"empty", Options{Config: sampleEmpty()}, all, nil, nil},
		{"incident", Options{}, all, oneHostDown(), []string{"g"}},
		{"incident-unfolded", Options{}, append(sizes[:1:1], small...), oneHostDown(), []string{"/", "o", "n", "e", "z"}},
		{"snoozed", Options{}, all, oneSnoozed(), []string{"9", "enter"}},
		{"snoozed-unfolded", Options{}, append(sizes[:1:1], small...), oneSnoozed(), []string{"9"}},
		{"wrong-filter", Options{}, append(sizes[:1:1], small...), sampleSnapshots(), []string{"/", "e", "n", "d", "s", "<"}},
		{"failing", Options{}, all, networkDown(), nil},
		{"first-run", Options{Config: sampleEmpty(), FirstRun: true}, append(sizes, small...), nil, nil},
		{"invalid-token", Options{}, append(sizes, small...), sampleSnapshots(), []string{"9", "enter"}},
		{"rate-limited", Options{Demo: true}, sizes[:1], sampleSnapshots(), []string{"7"}},
		{"two-linked", Options{}, all, sampleSnapshots(), []string{"2"}},
		{"long-and-wide", Options{}, sizes, sampleSnapshots(), []string{"4", "tab", "tab"}},
		{"filter", Options{}, all, sampleSnapshots(), []string{"/", "r", "a", "d", "a"}},
		{"filter-offers", Options{}, append(sizes[:1:1], small...), sampleSnapshots(), []string{"/", "t", "a", "g", ":"}},
		{"no-match", Options{}, sizes[:1], sampleSnapshots(), []string{"/", "z", "z", "q"}},
		{"help", Options{Version: "1.2.3"}, all, sampleSnapshots(), []string{"?"}},
		{"help-search", Options{}, append(sizes[:1:1], small...), sampleSnapshots(), []string{"t", "?", "t", "i", "m", "e"}},
		{"ascii", Options{ASCII: true}, sizes[:1], sampleSnapshots(), []string{"9"}},
		{"overview", Options{}, append(all[:4:4], [2]int{300, 80}), sampleSnapshots(), []string{"o"}},
		{"overview-sort-menu", Options{}, append(sizes[:1:1], small...), sampleSnapshots(), []string{"o", "s"}},
		{"overview-by-tag", Options{}, append(sizes[:1:1], small...), sampleSnapshots(), []string{"o", "s", "s", "b", "b"}},
		{"columns", Options{}, all, sampleSnapshots(), []string{"o", "c"}},
		{"columns-chosen", Options{Arrangement: map[string]string{"columns": "profile,email,host,state,due,tags,token,note"}}, all, sampleSnapshots(), []string{"o"}},
		{"timeline", Options{}, all, sampleSnapshots(), []string{"t"}},
		{"activity", Options{}, append(all[:4:4], [2]int{300, 80}), sampleSnapshots(), []string{"v"}},
		{"checks-unfolded", Options{}, append(sizes[:1:1], small...), sampleSnapshots(), []string{"9", "v", "G", "enter"}},
		{"changes-only", Options{}, append(sizes[:1:1], small...), sampleSnapshots(), []string{"v", "c"}},
		{"check", Options{}, all, sampleSnapshots(), []string{"9", "v", "enter"}},
		{"people", Options{}, all, sampleSnapshots(), []string{"2", "p"}},
		{"people-ascii", Options{ASCII: true, NoColor: true}, append(sizes[:2:2], small...), sampleSnapshots(), []string{"2", "p"}},
		{"person", Options{}, append(sizes[:2:2], small...), sampleSnapshots(), []string{"2", "p", "b"}},
		{"nobody", Options{}, sizes[:1], networkDown()[:1], []string{"p"}},
		{"incidents", Options{}, all, networkDown(), []string{"i"}},
		{"ascii-timeline", Options{ASCII: true}, sizes[:1], sampleSnapshots(), []string{"t"}},
		{"several-limits", Options{}, all, severalLimits(), []string{"1", "enter"}},
		{"marked", Options{}, append(sizes[:2:2], small...), sampleSnapshots(), []string{"g", "space", "space", "j", "space"}},
		{"marked-ascii", Options{ASCII: true}, append(sizes[:1:1], small...), sampleSnapshots(), []string{"g", "space", "j", "space", "k"}},
		{"marked-plain", Options{NoColor: true}, sizes[:1], sampleSnapshots(), []string{"g", "space", "j", "space", "k"}},
		{"marked-hidden", Options{}, append(sizes[:1:1], small...), sampleSnapshots(), []string{"g", "space", "space", "/", "l", "a", "b", "enter"}},
		{"marking-range", Options{}, append(sizes[:1:1], small...), sampleSnapshots(), []string{"g", "V", "j", "j"}},
		{"overview-marked", Options{}, append(sizes[:1:1], small...), sampleSnapshots(), []string{"o", "g", "space", "space"}},
		{"timeline-marked", Options{}, append(sizes[:1:1], small...), sampleSnapshots(), []string{"t", "g", "space", "space"}},
		{"people-marked", Options{}, append(sizes[:1:1], small...), sampleSnapshots(), []string{"p", "g", "space"}},
		{"low", Options{}, [][2]int{{80, 12}, {140, 14}}, sampleSnapshots(), []string{"9"}},
	} {
		for _, size := range c.sizes {
			name := fmt.Sprintf("%s-%dx%d", c.name, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				if c.o.Config == nil {
					c.o.Config = sampleProfiles()
				}
				b := newBench(c.o)
				b.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]}, account.Event{Snapshots: c.data})
				b.press(c.keys...)
				checkSize(t, b, size[0], size[1])
				golden(t, name, b.text())
			})
		}
	}
}

// golden compares a screen with the one that was looked at. Spaces at the end
// of a line are left out of the file; checkSize sees to them.
func golden(t *testing.T, name, screen string) {
	t.Helper()
	var b strings.Builder
	for line := range strings.Lines(screen + "\n") {
		b.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("%s differs; -update rewrites it:\n%s", path, b.String())
	}
}
