package store

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/ratelimit"
)

func TestCooldownsOfAnotherStoreAreObeyed(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		a, b := opened(t, dir), opened(t, dir)
		until := time.Now().Add(time.Hour)
		if _, held := b.Cooldown("https://a.example", "x"); held {
			t.Fatal("it is held from the beginning")
		}
		a.StartCooldown("https://a.example", "x", until)
		if got, held := b.Cooldown("https://a.example", "x"); !held || !got.Equal(until) {
			t.Errorf("held is %v, until %v", held, got)
		}
		for _, other := range []credentialUse{{"https://b.example", "x"}, {"https://a.example", "y"}, {"https://a.examplex", ""}} {
			if _, held := b.Cooldown(other.origin, other.credential); held {
				t.Errorf("%v is held, too", other)
			}
		}
		b.StartCooldown("https://a.example", "x", until.Add(-time.Minute))
		if got, _ := a.Cooldown("https://a.example", "x"); !got.Equal(until) {
			t.Errorf("an earlier time won: %v", got)
		}
		b.StartCooldown("https://a.example", "x", until.Add(time.Minute))
		if got, _ := a.Cooldown("https://a.example", "x"); !got.Equal(until.Add(time.Minute)) {
			t.Errorf("the later time lost: %v", got)
		}
		time.Sleep(time.Hour + time.Minute)
		if _, held := a.Cooldown("https://a.example", "x"); held {
			t.Error("it never ends")
		}
	})
}

func TestCooldownsFileForgetsWhatIsOver(t *testing.T) {
	dir := t.TempDir()
	read := func() (d cooldownsData) {
		data, err := os.ReadFile(filepath.Join(dir, "holds.json"))
		if err != nil || json.Unmarshal(data, &d) != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		return d
	}
	synctest.Test(t, func(t *testing.T) {
		s := opened(t, dir)
		s.StartCooldown("https://a.example", "one", time.Now().Add(time.Minute))
		before := read()
		time.Sleep(time.Hour)
		other := opened(t, dir)
		other.StartCooldown("https://a.example", "two", time.Now().Add(time.Minute))
		after := read()
		if len(before.Holds) != 1 || len(after.Holds) != 1 {
			t.Errorf("%d, then %d holds", len(before.Holds), len(after.Holds))
		}
		if string(before.Key) != string(after.Key) || len(after.Key) != 32 {
			t.Error("the key of the file was not kept")
		}
		if n := len(s.cooldowns.unwritten); n != 0 {
			t.Errorf("%d secrets are kept for nothing", n)
		}
	})
}

func TestCooldownsOutliveTheirFile(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	until := time.Now().Add(time.Hour)
	s.StartCooldown("https://a.example", "x", until)
	if err := os.Remove(filepath.Join(dir, "holds.json")); err != nil {
		t.Fatal(err)
	}
	opened(t, dir).StartCooldown("https://a.example", "y", until)
	if _, held := s.Cooldown("https://a.example", "x"); !held {
		t.Error("this run forgot what it was told")
	}
	if _, held := s.Cooldown("https://a.example", "y"); !held {
		t.Error("the new key was not adopted")
	}
}

func TestManyCooldownsAreWrittenTogether(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	until := time.Now().Add(time.Hour)
	var running sync.WaitGroup
	for i := range 500 {
		running.Go(func() { s.StartCooldown("https://a.example", fmt.Sprint(i), until) })
	}
	running.Wait()
	other := opened(t, dir)
	for i := range 500 {
		if _, held := other.Cooldown("https://a.example", fmt.Sprint(i)); !held {
			t.Fatalf("hold %d was lost", i)
		}
	}
}

func TestCooldownsInMemory(t *testing.T) {
	s := opened(t, "")
	s.StartCooldown("https://a.example", "x", time.Now().Add(time.Hour))
	if _, held := s.Cooldown("https://a.example", "x"); !held {
		t.Error("it is not held")
	}
	if strings.Contains(fmt.Sprintf("%+v", s.cooldowns), "unwritten:map[{") {
		t.Error("the secret is kept")
	}
}

// What seems to hold for longer than any time that is believed was written
// while the clock was wrong.
func TestCooldownOfAWrongClock(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		a := opened(t, dir)
		a.StartCooldown("https://a.example", "x", time.Now().AddDate(1, 0, 0))
		b := opened(t, dir)
		for _, s := range []*Store{a, b} {
			if until, held := s.Cooldown("https://a.example", "x"); held {
				t.Errorf("it is held until %v", until)
			}
		}
		want := time.Now().Add(time.Minute)
		b.StartCooldown("https://a.example", "x", want)
		for _, s := range []*Store{a, b, opened(t, dir)} {
			if until, _ := s.Cooldown("https://a.example", "x"); !until.Equal(want) {
				t.Errorf("then it is held until %v", until)
			}
		}
	})
}

// The longest wait holds although the clock is set back a little.
func TestLongestCooldown(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		a, b := opened(t, dir), opened(t, dir)
		a.StartCooldown("https://a.example", "x", time.Now().Add(ratelimit.MaxWait+time.Minute))
		a.StartCooldown("https://a.example", "wrong", time.Now().Add(ratelimit.MaxWait+24*time.Hour))
		for _, s := range []*Store{a, b} {
			if _, held := s.Cooldown("https://a.example", "x"); !held {
				t.Error("the longest wait does not hold")
			}
			if _, held := s.Cooldown("https://a.example", "wrong"); held {
				t.Error("what a wrong clock noted holds")
			}
		}
	})
}

// A file that cannot be read or written for a while keeps no service from being
// asked, and what this rollcall was told itself is obeyed meanwhile.
func TestSlowDiskDelaysNoCheck(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		store := opened(t, dir)
		store.cooldowns.sem <- struct{}{} // as one does whom the disk does not answer
		begun := time.Now()
		const origin = "https://work.example:443"
		if _, held := store.Cooldown(origin, "hush"); held {
			t.Error("it is held before anybody said so")
		}
		store.StartCooldown(origin, "hush", begun.Add(5*time.Minute))
		if took := time.Since(begun); took > 2*diskWait+200*time.Millisecond {
			t.Errorf("it took %v", took)
		}
		if _, held := store.Cooldown(origin, "hush"); !held {
			t.Error("it is not held")
		}
		<-store.cooldowns.sem
		closed(t, store)
		if _, held := opened(t, dir).Cooldown(origin, "hush"); !held {
			t.Error("it was not written in the end")
		}
	})
}
