package ui

import (
	"fmt"
	"runtime"
	"testing"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/config"
)

// crowd is a dashboard of n profiles, 120x36, all of them answered.
func crowd(n int) (*bench, []account.Snapshot) {
	samples, base := sampleSnapshots(), sampleProfiles()
	c := &config.Config{UI: base.UI}
	var all []account.Snapshot
	for i := range n {
		p, s := base.Profiles[i%len(samples)], samples[i%len(samples)]
		p.Name = fmt.Sprintf("%s-%05d", p.Name, i)
		s.Profile, s.Busy = p.Name, false
		c.Profiles, all = append(c.Profiles, p), append(all, s)
	}
	b := newBench(Options{Config: c})
	b.send(tea.WindowSizeMsg{Width: 120, Height: 36}, account.Event{Snapshots: all})
	b.pending = nil
	return b, all
}

// forSizes runs a benchmark with few profiles and with many. It reports the processor time of
// the thread that draws, too: what else the machine does counts little in it.
func forSizes(b *testing.B, run func(b *testing.B, d *bench, all []account.Snapshot)) {
	for _, n := range []int{10, 100, 1000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			d, all := crowd(n)
			d.View()
			b.ReportAllocs()
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			began := spent()
			run(b, d, all)
			b.ReportMetric(float64(spent()-began)/float64(b.N), "cpu-ns/op")
		})
	}
}

// BenchmarkKey is a key down (at the end, back to the top) and its screen.
func BenchmarkKey(b *testing.B) {
	forSizes(b, func(b *testing.B, d *bench, _ []account.Snapshot) {
		down, top := keyPress("down"), keyPress("home")
		for b.Loop() {
			if d.selection.at == len(d.selection.lines)-1 {
				d.Update(top)
			}
			d.Update(down)
			d.View()
		}
	})
}

// BenchmarkEvent is the answer of one profile and its screen.
func BenchmarkEvent(b *testing.B) {
	forSizes(b, func(b *testing.B, d *bench, all []account.Snapshot) {
		i := 0
		for b.Loop() {
			d.Update(account.Event{Snapshots: all[i : i+1]})
			d.View()
			i = (i + 1) % len(all)
		}
	})
}

// BenchmarkTick is a second that passes, and its screen.
func BenchmarkTick(b *testing.B) {
	forSizes(b, func(b *testing.B, d *bench, _ []account.Snapshot) {
		for b.Loop() {
			d.now = d.now.Add(1e9)
			d.Update(clockTickedMsg{d.now, d.clock.generation})
			d.View()
		}
	})
}

// BenchmarkView is a whole screen drawn anew, nothing kept.
func BenchmarkView(b *testing.B) {
	forSizes(b, func(b *testing.B, d *bench, _ []account.Snapshot) {
		for b.Loop() {
			d.restyle()
			d.settle()
			d.View()
		}
	})
}

// BenchmarkFilter is a letter more in the filter, and its screen: the letters of a word,
// each of which makes another text to look for, and then the word is taken away.
func BenchmarkFilter(b *testing.B) {
	forSizes(b, func(b *testing.B, d *bench, _ []account.Snapshot) {
		d.press("/")
		word, i := []string{"s", "a", "m", "r"}, 0
		away := keyPress("ctrl+u")
		for b.Loop() {
			d.Update(keyPress(word[i]))
			d.View()
			if i = (i + 1) % len(word); i == 0 {
				b.StopTimer()
				d.Update(away)
				d.View()
				b.StartTimer()
			}
		}
	})
}

// BenchmarkViews is each of the other views: a key and its screen, an answer
// and its screen, a second and its screen.
func BenchmarkViews(b *testing.B) {
	for name, open := range map[string][]string{
		"overview": {"o", "s", "s"}, "by-tag": {"o", "b", "b"}, "timeline": {"t"}, "activity": {"v"}, "people": {"p"},
	} {
		b.Run(name, func(b *testing.B) {
			forSizes(b, func(b *testing.B, d *bench, all []account.Snapshot) {
				d.press(open...)
				i, down, top := 0, keyPress("down"), keyPress("home")
				for b.Loop() {
					if i%50 == 0 {
						d.Update(top)
					}
					d.Update(down)
					d.View()
					d.Update(account.Event{Snapshots: all[i : i+1]})
					d.View()
					d.now = d.now.Add(1e9)
					d.Update(clockTickedMsg{d.now, d.clock.generation})
					d.View()
					i = (i + 1) % len(all)
				}
			})
		})
	}
}

// BenchmarkPeopleAnew is the people found and compared anew, as after an answer that
// changes what one of them has.
func BenchmarkPeopleAnew(b *testing.B) {
	forSizes(b, func(b *testing.B, d *bench, _ []account.Snapshot) {
		d.press("p")
		for b.Loop() {
			d.roster.rows[0].facts++
			d.roster.accounts++
			d.settle()
			d.View()
		}
	})
}

// BenchmarkOutage is every profile that begins to fail, in many answers, and
// their screens.
func BenchmarkOutage(b *testing.B) {
	forSizes(b, func(b *testing.B, d *bench, all []account.Snapshot) {
		for b.Loop() {
			for i := range all {
				h := &all[i].Health
				if h.State == account.Unreachable {
					h.State = account.Healthy
				} else {
					h.State = account.Unreachable
				}
			}
			for i := 0; i < len(all); i += 10 {
				d.Update(account.Event{Snapshots: all[i : i+10]})
				d.View()
			}
		}
	})
}
