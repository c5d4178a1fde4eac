package ui

import (
	"strconv"
	"testing"

	"rollcall/client/account"
)

// BenchmarkQuietTick is a second that passes while nothing in sight is told in seconds,
// and its screen.
func BenchmarkQuietTick(b *testing.B) {
	forSizes(b, func(b *testing.B, d *bench, all []account.Snapshot) {
		for b.Loop() {
			d.Update(clockTickedMsg{d.now, d.clock.generation})
			d.View()
		}
	})
}

// BenchmarkEventOutOfSight is the answer of a profile whose line is not seen, as good as
// the one before, and its screen. What that draws anew is reported.
func BenchmarkEventOutOfSight(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			d, all := crowd(n)
			d.View()
			e := account.Event{Snapshots: []account.Snapshot{outOfSight(b, d, all)}}
			drawn := d.dashboard.list.memo.made + d.drawn.screen.made
			b.ReportAllocs()
			for b.Loop() {
				d.Update(e)
				d.View()
			}
			b.ReportMetric(float64(d.dashboard.list.memo.made+d.drawn.screen.made-drawn)/float64(b.N), "drawn/op")
		})
	}
}

// outOfSight is the snapshot of a profile that is well and whose line is not seen.
func outOfSight(tb testing.TB, d *bench, all []account.Snapshot) account.Snapshot {
	tb.Helper()
	seen := map[string]bool{}
	for _, r := range d.rowsInSight() {
		seen[r.name] = true
	}
	for _, s := range all {
		if !seen[s.Profile] && s.Health.State == account.Healthy {
			return s
		}
	}
	tb.Fatal("all profiles are seen")
	return account.Snapshot{}
}

// An answer as good as the one before, of a profile that is not seen, draws nothing.
func TestEventOutOfSightDrawsNothing(t *testing.T) {
	d, all := crowd(100)
	d.View()
	s := outOfSight(t, d, all)
	d.send(account.Event{Snapshots: []account.Snapshot{s}})
	d.View()
	drawn := [...]int{d.dashboard.list.memo.made, d.drawn.header.made, d.drawn.screen.made}
	s.Health.Latency *= 2
	d.send(account.Event{Snapshots: []account.Snapshot{s}})
	d.View()
	if now := [...]int{d.dashboard.list.memo.made, d.drawn.header.made, d.drawn.screen.made}; now != drawn {
		t.Errorf("list, header and screen were drawn %v times, and %v after it", drawn, now)
	}
	seen := *d.rowsInSight()[0].snap
	seen.Health.State = account.InvalidToken
	d.send(account.Event{Snapshots: []account.Snapshot{seen}})
	d.View()
	if d.dashboard.list.memo.made == drawn[0] || d.drawn.screen.made == drawn[2] {
		t.Error("an answer of one that is seen is not drawn")
	}
}
