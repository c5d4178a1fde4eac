package ui

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/config"
)

// TestSieve writes and changes filters at random, while answers come and are looked at, time
// passes, the order, the saved view and the configuration change, and names are covered:
// what is found is what a look through all rows finds.
func TestSieve(t *testing.T) {
	t.Parallel()
	narrowed, did := 0, map[string]int{}
	for seed := range uint64(8) {
		random := rand.New(rand.NewPCG(seed, 1))
		d, all := crowd(90)
		w := &walk{bench: d, random: random, all: all, whole: d.config.Profiles}
		d.press("/")
		for step := range 500 {
			s, before := d.selection, d.selection.sieve
			done := w.step()
			if did[done]++; !s.filter.editing {
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
					seed, step, s.filter.query(), done, len(s.found), called(s.best), len(found), called(best))
			}
		}
	}
	if narrowed < 50 {
		t.Errorf("only %d edits have narrowed a query that finds something", narrowed)
	}
	for _, what := range []string{"an event", "a look", "time", "order", "a view", "a reload", "privacy"} {
		if did[what] < 50 {
			t.Errorf("%s came only %d times", what, did[what])
		}
	}
}

// walk does something to a dashboard at random.
type walk struct {
	*bench
	random *rand.Rand
	// all is what is known of the profiles, whole are these as they were at first.
	all   []account.Snapshot
	whole []config.Profile
}

// pieces are what is written into a filter, edits how it is changed.
var (
	pieces = []string{
		"s", "a", "sam", "r", "wrk", "e", "!", "!off", "off", " ", "user:", "user:sam,", ",", "ada", "state:", "state:invalid ", "healthy",
		"ends<", "30d", "ends>1d", "!ends<2y", "since>1h", "changed", "tag:", "prod", "urgency:", "now", "soon", "org:acme", "kind:", `""`, `"`,
	}
	edits = []string{"backspace", "backspace", "backspace", "left", "right", "delete", "ctrl+w", "ctrl+u", "tab"}
)

// step does one thing, and says what.
func (w *walk) step() string {
	s := w.selection
	switch n := w.random.IntN(20); n {
	case 0:
		w.answer()
		return "an event"
	case 1:
		w.now = w.now.Add([]time.Duration{time.Second, time.Hour, 7 * 24 * time.Hour}[w.random.IntN(3)])
		w.send(clockTickedMsg{w.now, w.clock.generation})
		s.search()
		return "time"
	case 2:
		s.sortBy(sortingOfAny(w.random))
		return "order"
	case 3:
		w.look()
		return "a look"
	case 4:
		s.enter(w.scopeOfAny())
		s.search()
		return "a view"
	case 5:
		w.reload()
		return "a reload"
	case 6:
		// It keeps what is written, as a change of the configuration does.
		w.setPrivate(!w.private())
		s.search()
		return "privacy"
	case 7, 8, 9, 10:
		did := edits[w.random.IntN(len(edits))]
		w.press(did)
		return did
	}
	did := pieces[w.random.IntN(len(pieces))]
	for _, letter := range did {
		w.press(string(letter))
	}
	return did
}

// answer has news come of a profile.
func (w *walk) answer() {
	i := w.random.IntN(len(w.all))
	s := &w.all[i]
	s.Health.State = account.States()[w.random.IntN(len(account.States()))]
	s.Account = w.all[w.random.IntN(len(w.all))].Account
	s.Changes = []account.Change{{At: w.now.Add(time.Second), Kind: account.ChangeState, Is: account.Value{State: s.Health.State}}}
	w.send(account.Event{Snapshots: w.all[i : i+1]})
}

// look has somebody look at news, half the time while those without any are asked for.
func (w *walk) look() {
	s := w.selection
	if w.random.IntN(2) == 0 {
		s.filter.set("!changed")
		s.search()
	}
	if i := slices.IndexFunc(s.sorted, func(r *row) bool { return r.unseen }); i >= 0 {
		w.roster.see(s.sorted[i])
	}
	s.search()
}

// reload has the configuration name most of the profiles, in another order.
func (w *walk) reload() {
	c := *w.config
	c.Profiles = nil
	for _, i := range w.random.Perm(len(w.whole))[:len(w.whole)-w.random.IntN(20)] {
		c.Profiles = append(c.Profiles, w.whole[i])
	}
	w.send(ConfigMsg{Config: &c})
}

func (w *walk) scopeOfAny() *scope {
	query := []string{"", "!off", "changed", "fail", "sam healthy", "ends<30d"}[w.random.IntN(6)]
	if query == "" {
		return nil
	}
	return newScope(config.View{Name: "any", Query: query, Sort: []string{"", "name", "-due"}[w.random.IntN(3)]})
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
