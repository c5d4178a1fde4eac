package ui

import (
	"fmt"
	"image/color"
	"runtime"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/config"
)

// BenchmarkLongestUpdate is for how long the screen can take no key while everything
// changes at once: the longest of all updates that a message leads to, as longest-ns, of
// which each counts as the fastest that it ever was. What takes an operation is what all
// of them take together, frames left out. Both are processor time where that can be had.
func BenchmarkLongestUpdate(b *testing.B) {
	for _, change := range []struct {
		name string
		// open is the dashboard that it happens to, and next what happens the n-th time.
		open func(all *config.Config) *bench
		next func(d *bench, all []account.Snapshot, n int) tea.Msg
	}{
		{"first", unanswered, func(_ *bench, all []account.Snapshot, _ int) tea.Msg { return account.Event{Snapshots: all} }},
		{"answers", nil, func(_ *bench, all []account.Snapshot, n int) tea.Msg { return account.Event{Snapshots: turned(all, n)} }},
		{"reload", nil, func(d *bench, _ []account.Snapshot, n int) tea.Msg { return ConfigMsg{Config: relabelled(d.config, n)} }},
		{"others", nil, func(d *bench, _ []account.Snapshot, n int) tea.Msg { return ConfigMsg{Config: renamed(d.config, n)} }},
		{"sort", nil, func(d *bench, _ []account.Snapshot, n int) tea.Msg {
			d.press("s")
			return keyPress([]string{"n", "e", "d", "u"}[n%4])
		}},
		{"theme", nil, func(_ *bench, _ []account.Snapshot, n int) tea.Msg {
			return tea.BackgroundColorMsg{Color: color.Gray{Y: uint8(n % 2 * 255)}}
		}},
		{"private", nil, func(*bench, []account.Snapshot, int) tea.Msg { return keyPress("P") }},
	} {
		b.Run(change.name, func(b *testing.B) {
			forSizes(b, func(b *testing.B, d *bench, all []account.Snapshot) {
				runtime.LockOSThread()
				defer runtime.UnlockOSThread()
				var fastest []time.Duration
				var sum time.Duration
				n := 0
				for ; b.Loop(); n++ {
					if change.open != nil {
						d = change.open(d.config)
					}
					for i, took := range d.updates(change.next(d, all, n)) {
						sum += took
						if i == len(fastest) {
							fastest = append(fastest, took)
						}
						fastest[i] = min(fastest[i], took)
					}
				}
				b.ReportMetric(float64(slices.Max(fastest)), "longest-ns")
				b.ReportMetric(float64(sum)/float64(n), "ns/op")
			})
		})
	}
}

// updates takes in a message, and does all the portions of work that it leaves to do,
// with a frame after each. It returns how long each update took.
func (b *bench) updates(msg tea.Msg) (all []time.Duration) {
	update := func(msg tea.Msg) {
		began := spent()
		b.Update(msg)
		all = append(all, spent()-began)
		b.View()
	}
	for update(msg); b.roster.backlog.behind(); {
		update(b.portion())
	}
	return all
}

// unanswered is a dashboard of which no profile is known yet.
func unanswered(c *config.Config) *bench {
	d := newBench(Options{Config: c})
	d.send(tea.WindowSizeMsg{Width: 120, Height: 36})
	d.View()
	return d
}

// turned are the snapshots after another check, which each second time finds all
// services gone, and found them back in between.
func turned(all []account.Snapshot, n int) []account.Snapshot {
	out := slices.Clone(all)
	for i := range out {
		h := &out[i].Health
		h.CheckedAt = h.CheckedAt.Add(time.Duration(n+1) * time.Minute)
		if n%2 == 0 {
			h.State = account.Unreachable
		}
	}
	return out
}

// relabelled is a configuration in which each profile has another label.
func relabelled(c *config.Config, n int) *config.Config {
	out := *c
	out.Profiles = slices.Clone(c.Profiles)
	for i := range out.Profiles {
		out.Profiles[i].Label = string(rune('a' + n%26))
	}
	return &out
}

// renamed is a configuration in which each profile is another one.
func renamed(c *config.Config, n int) *config.Config {
	out := *c
	out.Profiles = slices.Clone(c.Profiles)
	for i := range out.Profiles {
		out.Profiles[i].Name = fmt.Sprintf("%c%d-%05d", 'a'+i%7, n, i)
	}
	return &out
}
