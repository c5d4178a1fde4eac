package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
)

// course is the past of a profile: from so many days ago on, checks found a state.
type course []struct {
	days  float64
	state account.State
}

// checks are those of a course, one each hour until noon.
func (c course) checks() (all []account.Check) {
	for i, step := range c {
		to := noon
		if i+1 < len(c) {
			to = daysAgo(c[i+1].days)
		}
		for at := daysAgo(step.days); at.Before(to); at = at.Add(time.Hour) {
			if step.state != account.Disabled {
				all = append(all, account.Check{At: at, State: step.state, HTTPStatus: 200, Latency: 40 * time.Millisecond})
			}
		}
	}
	return all
}

func daysAgo(days float64) time.Time { return noon.Add(-time.Duration(days * 24 * float64(time.Hour))) }

// seasoned is an archive that reaches back 90 days. What was checked less often
// than now has gaps in it.
func seasoned() *archive {
	a := newArchive()
	const gone = account.Disabled
	for name, c := range map[string]course{
		"work":    {{90, account.Healthy}, {61, account.ScopeMissing}, {60.5, account.Healthy}, {31, account.Unavailable}, {29, account.Healthy}},
		"datahub": {{90, account.Healthy}},
		"crowd":   {{90, account.Healthy}, {13, account.Expiring}},
		"wide":    {{22, account.Healthy}},
		"soon":    {{90, account.Healthy}, {5, account.Expiring}},
		"ci":      {{90, account.NoUser}},
		"busy":    {{90, account.Healthy}, {50, account.RateLimited}, {42, account.Healthy}},
		"flaky":   {{90, account.Healthy}, {80, account.Unreachable}, {72, account.Healthy}, {40, account.Unreachable}, {30, account.Healthy}, {6, account.Unavailable}},
		"staging": {{90, account.Healthy}, {0.03, account.InvalidToken}},
		"office":  {{90, account.Healthy}, {70, gone}, {48, account.Healthy}, {20, account.NetworkDenied}},
		"lab":     {{90, account.Unreachable}},
		"old":     {{88, account.Healthy}, {55, account.InvalidToken}, {45, gone}},
	} {
		p := a.pasts[name]
		p.Checks, p.Changes = c.checks(), changesOf(c)
		a.pasts[name] = p
	}
	return a
}

// changesOf are the changes of state in a course.
func changesOf(c course) (all []account.Change) {
	for i := 1; i < len(c); i++ {
		all = append(all, account.Change{
			At: daysAgo(c[i].days), Kind: account.ChangeState, Was: account.Value{State: c[i-1].state}, Is: account.Value{State: c[i].state},
		})
	}
	return all
}

// known is a dashboard of the samples with the verdicts that the engine gives them.
func known(o Options, w, h int) *bench {
	b := newBench(o)
	all := sampleSnapshots()
	for i := range all {
		judge(&all[i])
	}
	b.send(tea.WindowSizeMsg{Width: w, Height: h}, account.Event{Snapshots: all})
	return b
}

// judge gives a snapshot the verdict of its state, and when it began.
func judge(s *account.Snapshot) {
	h := &s.Health
	switch {
	case h.State.Judges():
		s.Verdict = account.Verdict{State: h.State, At: h.CheckedAt, Since: daysAgo(20)}
		if s.Since.IsZero() {
			s.Since = daysAgo(20)
		}
	case h.State.Inconclusive() && s.Account != nil:
		s.Verdict = account.Verdict{State: account.Healthy, At: s.AccountAt, Since: daysAgo(40)}
		s.UnaskedSince = h.CheckedAt
	case h.State.Inconclusive():
		s.UnaskedSince = daysAgo(6)
	}
}

func TestGoldenTimeline(t *testing.T) {
	for _, c := range []struct {
		name string
		o    Options
		keys []string
	}{
		{"timeline-past", Options{}, nil},
		{"timeline-later", Options{}, []string{"right", "right"}},
		{"timeline-ascii", Options{ASCII: true, NoColor: true}, nil},
	} {
		for _, size := range [][2]int{{40, 10}, {80, 24}, {120, 36}, {200, 50}, {300, 80}} {
			if c.keys != nil && size[0] > 120 || c.o.ASCII && size[0] != 80 {
				continue
			}
			name := fmt.Sprintf("%s-%dx%d", c.name, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					a := seasoned()
					c.o.History, c.o.Journal = a.history, a.journal
					b := known(c.o, size[0], size[1])
					b.press("t")
					b.rest(t)
					b.press(c.keys...)
					checkSize(t, b, size[0], size[1])
					golden(t, name, b.text())
					picture(t, name, b)
				})
			})
		}
	}
}

// picture writes a screen with its colours, where somebody wants to look at it.
func picture(t *testing.T, name string, b *bench) {
	t.Helper()
	folder := os.Getenv("ROLLCALL_PICTURES")
	if folder == "" {
		return
	}
	for _, dark := range []bool{true, false} {
		b.terminal.dark = dark
		b.restyle()
		b.settle()
		theme := map[bool]string{true: "dark", false: "light"}[dark]
		if err := os.WriteFile(filepath.Join(folder, name+"-"+theme+".ansi"), []byte(strings.ReplaceAll(b.View().Content, "\n", "\r\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTimelineMovesInTime(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("t", "right")
	b.wants(t, "30d ahead of now", "now", "Mar")
	b.press("l", "l", "l")
	b.wants(t, "90d ahead of now", "nothing is known beyond that")
	b.press("0")
	b.wants(t, "Timeline · 4 of 13", "┬now")
	b.press("h", "left", "left", "left")
	b.wants(t, "90d before now")
	// An end that lies far ahead can be gone to.
	s := sampleSnapshots()[0]
	s.Account.Token.Expiry.At = noon.Add(4 * laneStep)
	b.send(account.Event{Snapshots: []account.Snapshot{s}})
	b.press("0", "right", "right", "right", "right")
	b.wants(t, "120d ahead of now")
	b.press("o", "t")
	b.wants(t, "120d ahead of now")
}

// The past of no profile is read before its lane is in sight, and never that of many
// at once.
func TestLanesAreReadInSight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, all := crowd(100)
		asked, most := map[string]int{}, 0
		d.roster.lanes.history = func(name string) account.Past {
			asked[name]++
			return account.Past{Checks: course{{30, account.Healthy}, {10, account.InvalidToken}}.checks()}
		}
		d.press("t")
		for range 10 {
			before := len(asked)
			msgs := d.told(t)
			most = max(most, len(asked)-before)
			d.send(msgs...)
		}
		if seen := len(d.sheet().rowsInSight()); len(asked) != seen || most > lanesAtOnce {
			t.Errorf("%d read for %d in sight, %d at once", len(asked), seen, most)
		}
		d.wants(t, "●●●●✗✗✗")
		d.send(account.Event{Snapshots: all[:1]})
		d.press("end")
		d.rest(t)
		for name, n := range asked {
			if n > 1 {
				t.Errorf("%s is read %d times", name, n)
			}
		}
		if len(asked) >= len(all) {
			t.Errorf("all %d are read", len(asked))
		}
	})
}

func TestLanesAreBounded(t *testing.T) {
	var l lanes
	rows := map[string]*row{}
	for i := range 3 * maxLanes {
		name := fmt.Sprint(i)
		rows[name] = &row{name: name}
		l.take(lanesReadMsg{map[string][]account.Spell{name: nil}, 0}, func(name string) *row { return rows[name] })
	}
	if len(l.known) != maxLanes || rows["0"].lane != nil || rows[fmt.Sprint(3*maxLanes-1)].lane == nil {
		t.Errorf("%d lanes are kept", len(l.known))
	}
	l.reload(func(r *row) bool { return r.name != "1200" })
	if len(l.known) != maxLanes-1 {
		t.Errorf("%d lanes are kept of those that are there", len(l.known))
	}
}
