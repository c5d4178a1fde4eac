package ui

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/client/insight"
)

// switchable is a dashboard of two profiles, both healthy.
func switchable(t *testing.T) (*bench, *keeper) {
	b, k := kept(t, 100, 30)
	for _, name := range []string{"work", "lab"} {
		s := sampleSnapshots()[0]
		s.Profile = name
		b.send(account.Event{Snapshots: []account.Snapshot{s}})
	}
	b.pending = nil
	return b, k
}

func (b *bench) state() account.State { return b.selection.current().snap.Health.State }

// The screen follows the key that switches a profile off, and what was sent
// before it does not switch it on again.
func TestSwitchingOffShowsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, k := switchable(t)
		b.press("s", "n", "X")
		if b.state() != account.Disabled || b.roster.standings.counts[insight.UrgencyFine] != 1 || b.roster.standings.counts[insight.UrgencyOff] != 1 {
			t.Errorf("it is %s, counts %v", b.state(), b.roster.standings.counts)
		}
		save := b.pending
		late := sampleSnapshots()[0]
		late.Profile, late.Busy, late.NextAt = "work", true, noon.Add(1)
		b.send(account.Event{Snapshots: []account.Snapshot{late}}, ConfigMsg{Config: k.config(t)})
		if b.state() != account.Disabled || b.roster.busy != 0 || b.roster.next.Equal(noon.Add(1)) {
			t.Errorf("after a late answer it is %s, %d are checked", b.state(), b.roster.busy)
		}
		b.pending = save
		b.settleAll(t, k)
		b.wants(t, "switched off work; U undoes")
		if b.state() != account.Disabled || strings.Count(string(k.data), "disabled") != 1 {
			t.Errorf("it is %s:\n%s", b.state(), k.data)
		}
	})
}

// However fast the key is pressed, what is saved in the end is what is seen.
func TestSwitchingFast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for presses := 1; presses <= 4; presses++ {
			// The key comes before anything is saved; or after that, and before
			// the file is read again.
			for _, saved := range []bool{false, true} {
				b, k := switchable(t)
				var save []tea.Cmd
				for range presses {
					b.press("X")
					if saved {
						for _, m := range b.run(t) {
							b.send(m)
						}
					}
					save = append(save, b.pending...)
				}
				b.pending = save[:min(1, len(save))]
				b.settleAll(t, k)
				off := presses%2 == 1
				if (b.state() == account.Disabled) != off || strings.Contains(string(k.data), "disabled") != off || len(b.switching) > 0 {
					t.Errorf("%d presses, saved %t: it is %s, %d under way:\n%s", presses, saved, b.state(), len(b.switching), k.data)
				}
			}
		}
	})
}

// What could not be saved is shown as it was.
func TestSwitchingThatFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, k := switchable(t)
		k.fail = errors.New("the disk is full")
		b.press("X")
		for _, m := range b.run(t) {
			b.send(m)
		}
		b.wants(t, "That did not work", "the disk is full")
		if b.state() != account.Healthy || b.roster.standings.counts[insight.UrgencyFine] != 2 || len(b.switching) > 0 {
			t.Errorf("it is %s, counts %v", b.state(), b.roster.standings.counts)
		}
	})
}
