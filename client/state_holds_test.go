package client

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
	"rollcall/client/ratelimit"
)

func TestHoldsOfAnotherStoreAreObeyed(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		a, b := open(t, dir), open(t, dir)
		until := time.Now().Add(time.Hour)
		if _, held := b.held("https://a.example", "x"); held {
			t.Fatal("it is held from the beginning")
		}
		a.hold("https://a.example", "x", until)
		if got, held := b.held("https://a.example", "x"); !held || !got.Equal(until) {
			t.Errorf("held is %v, until %v", held, got)
		}
		for _, other := range []bearer{{"https://b.example", "x"}, {"https://a.example", "y"}, {"https://a.examplex", ""}} {
			if _, held := b.held(other.origin, other.credential); held {
				t.Errorf("%v is held, too", other)
			}
		}
		b.hold("https://a.example", "x", until.Add(-time.Minute))
		if got, _ := a.held("https://a.example", "x"); !got.Equal(until) {
			t.Errorf("an earlier time won: %v", got)
		}
		b.hold("https://a.example", "x", until.Add(time.Minute))
		if got, _ := a.held("https://a.example", "x"); !got.Equal(until.Add(time.Minute)) {
			t.Errorf("the later time lost: %v", got)
		}
		time.Sleep(time.Hour + time.Minute)
		if _, held := a.held("https://a.example", "x"); held {
			t.Error("it never ends")
		}
	})
}

func TestHoldStopsAnotherRun(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.set(429, "", "Retry-After", "300")
		first, second := open(t, dir), open(t, dir)
		NewPoller([]*Client{f.client("work")}, first).Once(t.Context())
		p := NewPoller([]*Client{f.client("work")}, second)
		r, stop := start(t, p)
		defer stop()
		pass(299 * time.Second)
		if n := len(f.asked("/me")); n != 1 {
			t.Errorf("the service was asked %d times", n)
		}
		if s := r.last("work"); s.Health.State != account.RateLimited || s.NextAt.IsZero() || !s.Health.CheckedAt.IsZero() {
			t.Errorf("it is %+v", s.Health)
		}
		f.set(200, `{"id":"u1"}`)
		pass(10 * time.Second)
		if s := r.last("work"); s.Health.State != account.Healthy {
			t.Errorf("afterwards it is %s", s.Health.State)
		}
	})
}

// The same password is another credential for another user.
func TestHoldIsForOneUser(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.answer = func(r *http.Request) *http.Response {
			if user, _, _ := r.BasicAuth(); user == "ann" {
				return respond(429, "", "Retry-After", "300", "X-RateLimit-Limit", "7")
			}
			return respond(200, `{"id":"u1"}`)
		}
		n := f.network()
		var clients []*Client
		for _, user := range []string{"ann", "ben"} {
			clients = append(clients, newPlainClient(n, "https://shared.example", func(p *Profile) { p.Name, p.Username = user, user }))
		}
		p := NewPoller(clients, memory(t))
		p.Once(t.Context(), "ann")
		all := p.Once(t.Context())
		if got := brief(all); got != "rate_limited healthy" || len(f.asked("/me")) != 2 {
			t.Errorf("they are %s after %d requests", got, len(f.asked("/me")))
		}
		if all[1].RateLimit.Limit != nil {
			t.Error("the limit of another user is shown")
		}
	})
}

// What is tried waits as the rest does, makes the rest wait, and leaves nothing
// else behind.
func TestTrial(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.set(429, "", "Retry-After", "300")
		store := open(t, dir)
		trial := func() account.Snapshot {
			return NewPoller([]*Client{f.client("work")}, store.Trial()).Once(t.Context())[0]
		}
		if s := trial(); s.Health.State != account.RateLimited {
			t.Fatalf("the first trial is %s", s.Health.State)
		}
		if s := trial(); s.Health.State != account.RateLimited || s.Health.RetryAt.IsZero() {
			t.Errorf("the second trial is %s until %v", s.Health.State, s.Health.RetryAt)
		}
		if n := len(f.asked("/me")); n != 1 {
			t.Errorf("the service was asked %d times", n)
		}
		if _, ok := kept(store, "work"); ok {
			t.Error("the trial was kept")
		}
	})
}

func TestHoldsFileForgetsWhatIsOver(t *testing.T) {
	dir := t.TempDir()
	read := func() (d holdsData) {
		data, err := os.ReadFile(filepath.Join(dir, "holds.json"))
		if err != nil || json.Unmarshal(data, &d) != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		return d
	}
	synctest.Test(t, func(t *testing.T) {
		s := open(t, dir)
		s.hold("https://a.example", "one", time.Now().Add(time.Minute))
		before := read()
		time.Sleep(time.Hour)
		other := open(t, dir)
		other.hold("https://a.example", "two", time.Now().Add(time.Minute))
		after := read()
		if len(before.Holds) != 1 || len(after.Holds) != 1 {
			t.Errorf("%d, then %d holds", len(before.Holds), len(after.Holds))
		}
		if string(before.Key) != string(after.Key) || len(after.Key) != 32 {
			t.Error("the key of the file was not kept")
		}
		if n := len(s.holds.unwritten); n != 0 {
			t.Errorf("%d secrets are kept for nothing", n)
		}
	})
}

func TestHoldsOutliveTheirFile(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	until := time.Now().Add(time.Hour)
	s.hold("https://a.example", "x", until)
	if err := os.Remove(filepath.Join(dir, "holds.json")); err != nil {
		t.Fatal(err)
	}
	open(t, dir).hold("https://a.example", "y", until)
	if _, held := s.held("https://a.example", "x"); !held {
		t.Error("this run forgot what it was told")
	}
	if _, held := s.held("https://a.example", "y"); !held {
		t.Error("the new key was not adopted")
	}
}

func TestManyHoldsAreWrittenTogether(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	until := time.Now().Add(time.Hour)
	var running sync.WaitGroup
	for i := range 500 {
		running.Go(func() { s.hold("https://a.example", fmt.Sprint(i), until) })
	}
	running.Wait()
	other := open(t, dir)
	for i := range 500 {
		if _, held := other.held("https://a.example", fmt.Sprint(i)); !held {
			t.Fatalf("hold %d was lost", i)
		}
	}
}

func TestHoldsInMemory(t *testing.T) {
	s := memory(t)
	s.hold("https://a.example", "x", time.Now().Add(time.Hour))
	if _, held := s.held("https://a.example", "x"); !held {
		t.Error("it is not held")
	}
	if strings.Contains(fmt.Sprintf("%+v", s.holds), "unwritten:map[{") {
		t.Error("the secret is kept")
	}
}

// A file that cannot be read or written for a while keeps no service from being
// asked, and what this rollcall was told itself is obeyed meanwhile.
func TestSlowDiskDelaysNoCheck(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		store := open(t, dir)
		store.holds.turn <- struct{}{} // as one does whom the disk does not answer
		p := NewPoller([]*Client{f.client("work"), f.client("other")}, store)
		begun := time.Now()
		f.set(429, "", "Retry-After", "300")
		if got := brief(p.Once(t.Context())); got != "rate_limited rate_limited" {
			t.Errorf("it is %s", got)
		}
		if took := time.Since(begun); took > 2*diskWait+200*time.Millisecond {
			t.Errorf("it took %v", took)
		}
		p.Once(t.Context())
		if n := len(f.asked("/me")); n != 2 {
			t.Errorf("asked %d times", n)
		}
		<-store.holds.turn
		closeStore(t, store)
		if _, held := open(t, dir).held("https://work.example:443", plainSecret); !held {
			t.Error("it was not written in the end")
		}
	})
}

// What seems to hold for longer than any time that is believed was written
// while the clock was wrong.
func TestHoldOfAWrongClock(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		a := open(t, dir)
		a.hold("https://a.example", "x", time.Now().AddDate(1, 0, 0))
		b := open(t, dir)
		for _, s := range []*Store{a, b} {
			if until, held := s.held("https://a.example", "x"); held {
				t.Errorf("it is held until %v", until)
			}
		}
		want := time.Now().Add(time.Minute)
		b.hold("https://a.example", "x", want)
		for _, s := range []*Store{a, b, open(t, dir)} {
			if until, _ := s.held("https://a.example", "x"); !until.Equal(want) {
				t.Errorf("then it is held until %v", until)
			}
		}
	})
}

// The longest wait holds although the clock is set back a little.
func TestLongestHold(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		a, b := open(t, dir), open(t, dir)
		a.hold("https://a.example", "x", time.Now().Add(ratelimit.MaxAhead+time.Minute))
		a.hold("https://a.example", "wrong", time.Now().Add(ratelimit.MaxAhead+24*time.Hour))
		for _, s := range []*Store{a, b} {
			if _, held := s.held("https://a.example", "x"); !held {
				t.Error("the longest wait does not hold")
			}
			if _, held := s.held("https://a.example", "wrong"); held {
				t.Error("what a wrong clock noted holds")
			}
		}
	})
}
