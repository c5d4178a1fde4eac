package ui

import (
	"fmt"
	"testing"

	"rollcall/client/account"
)

// What the engine hands over is fit to be shown. To copy it for each event would take the
// longer the more organizations somebody has.
func TestWhatIsHandedOverIsNotCopied(t *testing.T) {
	b := newBench(Options{})
	for _, s := range sampleSnapshots() {
		b.send(account.Event{Snapshots: []account.Snapshot{s}})
		if r := b.roster.named(s.Profile); r.real.Account != s.Account || r.snap.Account != s.Account {
			t.Errorf("%s: its account was copied", s.Profile)
		}
	}
}

// BenchmarkOrganizations is a key among profiles of which each has as many organizations
// as are kept, and its screen; event is the answer of one of them.
func BenchmarkOrganizations(b *testing.B) {
	d, all := crowd(150)
	for i := range all {
		a := account.Account{User: account.User{ID: "u1", FullName: "Sam Roe"}}
		for n := range account.MaxListed {
			a.Organizations = append(a.Organizations, account.Organization{ID: fmt.Sprintf("org_%016d", n), Name: fmt.Sprint("Otters no. ", n), SubDomain: fmt.Sprint("otters-", n)})
		}
		a.Totals.Organizations = 400_000
		all[i].Account = &a
	}
	d.send(account.Event{Snapshots: all})
	d.pending = nil
	down, top := keyPress("down"), keyPress("home")
	b.Run("key", func(b *testing.B) {
		for b.Loop() {
			if d.selection.at == len(d.selection.lines)-1 {
				d.Update(top)
			}
			d.Update(down)
			d.View()
		}
	})
	b.Run("event", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			s := all[i%len(all)]
			same := *s.Account
			s.Account = &same
			d.Update(account.Event{Snapshots: []account.Snapshot{s}})
			d.View()
		}
	})
}
