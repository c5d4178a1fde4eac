package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/config"
)

// archive is what is kept of the samples beside snapshots that carry less.
type archive struct {
	pasts map[string]account.Past
	// asked are the profiles whose past was read, journals counts the readings of
	// the journal.
	asked    []string
	journals int
}

func newArchive() *archive {
	a := &archive{pasts: map[string]account.Past{}}
	for _, s := range sampleSnapshots() {
		a.pasts[s.Profile] = account.Past{Profile: s.Profile, Endpoint: s.Endpoint, Checks: s.History, Changes: s.Changes}
	}
	return a
}

func (a *archive) history(profile string) account.Past {
	a.asked = append(a.asked, profile)
	return a.pasts[profile]
}

func (a *archive) journal() (all []account.Past) {
	a.journals++
	for _, s := range sampleSnapshots() {
		all = append(all, a.pasts[s.Profile])
	}
	return all
}

// carried are snapshots that carry the last n checks.
func carried(all []account.Snapshot, n int) []account.Snapshot {
	for i := range all {
		all[i].History = latest(all[i].History, n)
	}
	return all
}

// shortMemory is a dashboard of the samples whose snapshots carry no more checks
// than they may.
func (a *archive) shortMemory(o Options, w, h int) *bench {
	return a.carrying(account.MaxHistory, o, w, h)
}

// carrying is a dashboard of the samples whose snapshots carry the last n checks.
func (a *archive) carrying(n int, o Options, w, h int) *bench {
	o.History, o.Journal = a.history, a.journal
	b := newBench(o)
	b.send(tea.WindowSizeMsg{Width: w, Height: h}, account.Event{Snapshots: carried(sampleSnapshots(), n)})
	return b
}

// told runs the commands that were not run yet, timers included that are as short
// as the rest of a selection, and returns what they tell of the past.
func (b *bench) told(t *testing.T) (all []tea.Msg) {
	t.Helper()
	t.Cleanup(func() { time.Sleep(time.Minute) })
	pending := b.pending
	b.pending = nil
	for _, cmd := range pending {
		for _, msg := range collectFor(cmd, restTime+time.Millisecond) {
			switch msg.(type) {
			case pastRestedMsg, pastReadMsg, journalReadMsg, lanesReadMsg:
				all = append(all, msg)
			}
		}
	}
	return all
}

// rest lets the selection rest until nothing of the past is read any more.
func (b *bench) rest(t *testing.T) {
	t.Helper()
	for range 10 {
		msgs := b.told(t)
		if len(msgs) == 0 {
			return
		}
		b.send(msgs...)
	}
	t.Fatal("the past is read again and again")
}

func TestPastIsReadWhenTheSelectionRests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newArchive()
		b := a.shortMemory(Options{}, 120, 36).filed()
		b.rest(t)
		b.press("down", "down", "down", "down")
		b.View()
		if len(a.asked) != 1 || a.asked[0] != "work" {
			t.Errorf("before the selection rests, read %q", a.asked)
		}
		b.rest(t)
		b.send(account.Event{Snapshots: carried(later(1, account.Healthy, "soon"), account.MaxHistory)})
		b.rest(t)
		b.press("home")
		b.rest(t)
		if want := []string{"work", "soon"}; !slices.Equal(a.asked, want) {
			t.Errorf("read %q, want %q", a.asked, want)
		}
	})
}

func TestPastIsNotReadWhereItIsNotLookedAt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newArchive()
		b := a.shortMemory(Options{}, 120, 36)
		b.press("o")
		b.rest(t)
		if b.press("down"); len(a.asked) > 0 {
			t.Errorf("the overview reads %q", a.asked)
		}
		b.press("d")
		b.rest(t)
		if want := []string{"datahub"}; !slices.Equal(a.asked, want) {
			t.Errorf("read %q, want %q", a.asked, want)
		}
	})
}

// TestPastCompletesTheScreen has the screen be as if the snapshots carried
// everything, and nothing move when the past comes in.
func TestPastCompletesTheScreen(t *testing.T) {
	for _, profile := range []string{"work", "staging", "busy"} {
		for _, n := range []int{account.MaxHistory, 2, 1, 0} {
			t.Run(fmt.Sprint(profile, n), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					whole := mixed(Options{Profile: profile}, 140, 60).text()
					b := newArchive().carrying(n, Options{Profile: profile}, 140, 60)
					before := b.text()
					if b.rest(t); b.text() != whole {
						t.Errorf("with the past:\n%s\nwith snapshots that carry all:\n%s", b.text(), whole)
					}
					if before == whole {
						t.Error("the past adds nothing: the test looks at too little")
					}
					if was, is := labels(before), labels(whole); !slices.Equal(was, is) {
						t.Errorf("lines moved: %q, then %q", was, is)
					}
				})
			})
		}
	}
}

// labels are the names of the lines of a screen that tell of the checks, with
// where they stand.
func labels(screen string) (all []string) {
	for i, line := range strings.Split(screen, "\n") {
		for _, name := range []string{"failing", "history", "latency", "available", "source", "code"} {
			if strings.Contains(line, "│ "+name+" ") {
				all = append(all, fmt.Sprint(i, " ", name))
			}
		}
	}
	return all
}

// TestLiveChecksExtendThePast counts every check once, also those that have left
// the snapshot since.
func TestLiveChecksExtendThePast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newArchive().shortMemory(Options{}, 120, 36)
		b.rest(t)
		work := b.roster.named("work")
		n := len(work.checks())
		s := *work.real
		for i := range 20 {
			s.History = latest(append(slices.Clone(s.History), account.Check{At: noon.Add(time.Duration(i+1) * time.Minute), State: account.Healthy}), account.MaxHistory)
			b.send(account.Event{Snapshots: []account.Snapshot{s}})
		}
		s.History = slices.Clone(s.History)
		s.History[account.MaxHistory-1].State = account.Expiring
		b.send(account.Event{Snapshots: []account.Snapshot{s}})
		got := work.checks()
		if len(got) != n+20 || got[n+19].State != account.Expiring || got[n+18].State != account.Healthy {
			t.Errorf("%d checks after %d and 20 more, the last %v", len(got), n, got[len(got)-2:])
		}
		for i := range got[1:] {
			if !got[i].At.Before(got[i+1].At) {
				t.Errorf("check %d is of %v, the next of %v", i, got[i].At, got[i+1].At)
			}
		}
	})
}

func TestStalePastIsDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newArchive()
		b := a.shortMemory(Options{}, 120, 36)
		b.send(b.told(t)...)
		read := b.told(t)
		if len(read) != 1 || !slices.Equal(a.asked, []string{"work"}) {
			t.Fatalf("%d answers, read %q", len(read), a.asked)
		}
		b.press("down")
		b.send(read...)
		for _, name := range []string{"work", "datahub"} {
			if r := b.roster.named(name); r.past != nil {
				t.Errorf("%s has the past of %s", name, r.past.Profile)
			}
		}
		b.rest(t)
		if past := b.roster.named("datahub").past; past == nil || past.Profile != "datahub" {
			t.Errorf("datahub has the past %+v", past)
		}
	})
}

// TestPastsAreFew has the memory not grow with the profiles that were looked at.
func TestPastsAreFew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newArchive()
		b := a.shortMemory(Options{}, 120, 36).filed()
		for range b.roster.rows {
			b.rest(t)
			b.press("down")
		}
		var kept []string
		for _, r := range b.roster.rows {
			if r.past != nil {
				kept = append(kept, r.name)
			}
		}
		if want := []string{"office", "lab", "old", "new"}; !slices.Equal(kept, want) || len(a.asked) != 13 {
			t.Errorf("the pasts of %q are kept after %d were read, want %q", kept, len(a.asked), want)
		}
	})
}

func TestReloadReadsThePastAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newArchive()
		b := a.shortMemory(Options{}, 140, 60)
		b.rest(t)
		whole := b.text()
		b.send(ConfigMsg{Config: sampleProfiles()})
		if b.text() != whole {
			t.Error("the screen changes while the past is read anew")
		}
		b.rest(t)
		if want := []string{"work", "work"}; !slices.Equal(a.asked, want) {
			t.Errorf("read %q, want %q", a.asked, want)
		}
		moved := sampleProfiles()
		moved.Profiles[0].BaseURL = "https://other.example.org"
		b.send(ConfigMsg{Config: moved})
		if past := b.roster.named("work").past; past != nil {
			t.Errorf("a profile that moved has %d checks of before", len(past.Checks))
		}
		gone := sampleProfiles()
		gone.Profiles = slices.DeleteFunc(gone.Profiles, func(p config.Profile) bool { return p.Name == "work" })
		b.send(ConfigMsg{Config: gone})
		b.rest(t)
		if slices.ContainsFunc(b.roster.pasts.known, func(r *row) bool { return r.name == "work" }) {
			t.Error("the past of a profile that is gone is kept")
		}
	})
}
