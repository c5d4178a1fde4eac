package ui

import (
	"testing"

	"rollcall/client/account"
)

// What the engine hands over is fit to be shown. To copy it for each event would take the
// longer the more organizations somebody has.
func TestWhatIsHandedOverIsNotCopied(t *testing.T) {
	b := newBench(Options{})
	for _, s := range sampleSnapshots() {
		b.send(account.Event{Snapshots: []account.Snapshot{s}})
		if r := b.roster.byName[s.Profile]; r.real.Account != s.Account || r.snap.Account != s.Account {
			t.Errorf("%s: its account was copied", s.Profile)
		}
	}
}
