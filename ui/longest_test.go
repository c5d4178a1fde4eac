package ui

import (
	"fmt"
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
		{"reload", nil, func(d *bench, _ []account.Snapshot, n int) tea.Msg { return reloading(d, relabelled(d.config, n)) }},
		{"others", nil, func(d *bench, _ []account.Snapshot, n int) tea.Msg { return reloading(d, renamed(d.config, n)) }},
		{"sort", nil, func(d *bench, _ []account.Snapshot, n int) tea.Msg {
			d.press("s")
			return keyPress([]string{"n", "e", "d", "u"}[n%4])
		}},
		{"private", nil, func(*bench, []account.Snapshot, int) tea.Msg { return keyPress("P") }},
		{"strangers", strange, func(*bench, []account.Snapshot, int) tea.Msg { return keyPress("P") }},
		{"masked", masked, func(_ *bench, all []account.Snapshot, n int) tea.Msg {
			return account.Event{Snapshots: strangers(turned(all, n))}
		}},
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
						b.StopTimer()
						d = change.open(d.config)
						b.StartTimer()
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

// reloading is a configuration as the watch of the file sends it.
func reloading(d *bench, c *config.Config) tea.Msg { return NewConfigMsg(d.config, c, sampleServices) }

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

// strange is a dashboard of profiles of which no two belong to the same person.
func strange(c *config.Config) *bench {
	d := unanswered(c)
	var all []account.Snapshot
	for i, s := range sampleSnapshots() {
		for at := i; at < len(c.Profiles); at += len(sampleSnapshots()) {
			s.Profile = c.Profiles[at].Name
			all = append(all, s)
		}
	}
	d.send(account.Event{Snapshots: strangers(all)})
	d.View()
	d.pending = nil
	return d
}

// masked is a dashboard of strangers with stand-ins.
func masked(c *config.Config) *bench {
	d := strange(c)
	d.press("P")
	d.pending = nil
	return d
}

// strangers are snapshots with a user and an organization of their own each.
func strangers(all []account.Snapshot) []account.Snapshot {
	out := slices.Clone(all)
	for i := range out {
		u := account.User{
			ID: fmt.Sprintf("user_%05d", i), Username: fmt.Sprintf("stranger%05d", i), FullName: fmt.Sprintf("Quill%05d Zofia%05d", i, i),
			Emails: []string{fmt.Sprintf("stranger%05d@example.org", i)},
		}
		org := account.Organization{ID: fmt.Sprintf("org_%05d", i), Name: fmt.Sprintf("Otter Labs %05d", i), SubDomain: fmt.Sprintf("otter-%05d", i)}
		a := account.Account{}
		if was := out[i].Account; was != nil {
			a = *was
		}
		a.User, a.Organizations = u, []account.Organization{org}
		out[i].Account = &a
	}
	return out
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
