package ui

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"rollcall/client/account"
)

// TestSieve writes and changes filters at random, while answers come, time passes and the
// order changes: what is found is what a look through all rows finds.
func TestSieve(t *testing.T) {
	t.Parallel()
	pieces := []string{
		"s", "a", "sam", "r", "wrk", "e", "!", "!off", "off", " ", "user:", "user:sam,", ",", "ada", "state:", "state:invalid ", "healthy",
		"ends<", "30d", "ends>1d", "!ends<2y", "since>1h", "changed", "tag:", "prod", "urgency:", "now", "soon", "org:acme", "kind:", `""`, `"`,
	}
	edits := []string{"backspace", "backspace", "backspace", "left", "right", "delete", "ctrl+w", "ctrl+u", "tab"}
	narrowed := 0
	for seed := range uint64(8) {
		random := rand.New(rand.NewPCG(seed, 1))
		d, all := crowd(90)
		d.press("/")
		for step := range 500 {
			s, did, before := d.selection, "", d.selection.sieve
			switch random.IntN(12) {
			case 0:
				did = "an event"
				i := random.IntN(len(all))
				all[i].Health.State = account.States()[random.IntN(len(account.States()))]
				all[i].Account = all[random.IntN(len(all))].Account
				d.send(account.Event{Snapshots: all[i : i+1]})
			case 1:
				did = "time"
				d.now = d.now.Add([]time.Duration{time.Second, time.Hour, 7 * 24 * time.Hour}[random.IntN(3)])
				d.send(clockTickedMsg{d.now, d.clock.generation})
				s.search()
			case 2:
				did = "order"
				s.sortBy(sortingOfAny(random))
			case 3, 4, 5:
				did = edits[random.IntN(len(edits))]
				d.press(did)
			default:
				did = pieces[random.IntN(len(pieces))]
				for _, letter := range did {
					d.press(string(letter))
				}
			}
			if !s.filter.editing {
				d.press("/")
			}
			if s.filter.asked.Empty() {
				continue
			}
			if s.sieve.basis == before.basis && len(s.found) > 0 && len(before.among(s.scoped, s.filter.asked)) < len(s.scoped) {
				narrowed++
			}
			whole := *s
			whole.sieve = sieve{basis: s.sieve.basis}
			whole.limit()
			found, best := whole.answers()
			if !slices.Equal(found, s.found) || best != s.best {
				t.Fatalf("seed %d, step %d, %q (%s): %d are found, best %v; among all %d, best %v",
					seed, step, s.filter.query(), did, len(s.found), called(s.best), len(found), called(best))
			}
		}
	}
	if narrowed < 50 {
		t.Errorf("only %d edits have narrowed a query that finds something", narrowed)
	}
}

func sortingOfAny(random *rand.Rand) sorting {
	kinds := sortings()
	return sorting{kinds[random.IntN(len(kinds))].by, random.IntN(2) == 0}
}

func called(r *row) string {
	if r == nil {
		return "nobody"
	}
	return r.name
}
