package ui

import (
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/config"
)

// BenchmarkLongestUpdate is for how long the screen can take no key while everything
// changes at once: the longest of all updates that a message leads to, as longest-ns.
// What takes an operation is what all of them take together, frames left out.
func BenchmarkLongestUpdate(b *testing.B) {
	for _, change := range []struct {
		name string
		// open is the dashboard that it happens to, and next what happens the n-th time.
		open func(all *config.Config) *bench
		next func(d *bench, all []account.Snapshot, n int) tea.Msg
	}{
		{"first", func(c *config.Config) *bench { return unanswered(c) },
			func(_ *bench, all []account.Snapshot, _ int) tea.Msg { return account.Event{Snapshots: all} }},
		{"answers", nil, func(_ *bench, all []account.Snapshot, n int) tea.Msg { return account.Event{Snapshots: turned(all, n)} }},
		{"reload", nil, func(d *bench, _ []account.Snapshot, n int) tea.Msg { return ConfigMsg{Config: relabelled(d.config, n)} }},
		{"private", nil, func(*bench, []account.Snapshot, int) tea.Msg { return keyPress("P") }},
	} {
		b.Run(change.name, func(b *testing.B) {
			forSizes(b, func(b *testing.B, d *bench, all []account.Snapshot) {
				var longest []time.Duration
				var sum time.Duration
				for n := 0; b.Loop(); n++ {
					if change.open != nil {
						d = change.open(d.config)
					}
					most, together := d.longest(change.next(d, all, n))
					longest, sum = append(longest, most), sum+together
				}
				slices.Sort(longest)
				b.ReportMetric(float64(longest[len(longest)/2]), "longest-ns")
				b.ReportMetric(float64(sum)/float64(len(longest)), "ns/op")
			})
		})
	}
}

// longest takes in a message and all that it leads to but what waits for a time, and
// draws a frame after each. It returns how long the longest update took, and all
// together.
func (b *bench) longest(msg tea.Msg) (longest, together time.Duration) {
	for next := []tea.Msg{msg}; len(next) > 0; next = next[1:] {
		began := time.Now()
		_, cmd := b.Update(next[0])
		took := time.Since(began)
		longest, together = max(longest, took), together+took
		b.View()
		next = append(next, collectFor(cmd, 50*time.Millisecond)...)
	}
	return longest, together
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
