package client

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
)

// ending is a service whose tokens end at a time that its answers tell, and
// are refused from then on.
func ending(f *fakeService, end time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answer = func(r *http.Request) *http.Response {
		switch {
		case strings.HasSuffix(r.URL.Path, "/groups"):
			return respond(404, "")
		case !time.Now().Before(end):
			return respond(401, "")
		}
		return respond(200, fmt.Sprintf(`{"id":"u1","ends":%q}`, end.Format(time.RFC3339Nano)))
	}
}

func TestExpiryIsLive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		end := time.Now().Add(90 * time.Minute)
		ending(f, end)
		const warning = time.Hour
		c := f.client("work", func(p *Profile) { p.Interval, p.ExpiryWarning = 24*time.Hour, warning })
		p := NewPoller([]*Client{c}, memory(t))
		r, stop := start(t, p)
		defer stop()

		pass(30*time.Minute - time.Millisecond)
		if s := r.last("work"); s.Health.State != account.Healthy {
			t.Fatalf("just before the warning it is %s", s.Health.State)
		}
		if s := r.last("work"); !s.NextAt.Equal(end.Add(time.Second)) {
			t.Errorf("the next check is due at %v", s.NextAt)
		}
		pass(time.Millisecond)
		s := r.last("work")
		if s.Health.State != account.Expiring || !s.Since.Equal(end.Add(-warning)) || !strings.Contains(s.Advice(time.Now()).Explanation, "in 1h,") {
			t.Errorf("at the warning it is %s since %v: %s", s.Health.State, s.Since, s.Advice(time.Now()).Explanation)
		}
		if n := len(f.asked("/me")); n != 1 {
			t.Errorf("asked %d times to notice", n)
		}
		pass(time.Hour)
		if s := r.last("work"); s.Health.State != account.Expiring || !strings.Contains(s.Advice(time.Now()).Explanation, "not been asked since") {
			t.Errorf("at the end it is %s: %s", s.Health.State, s.Advice(time.Now()).Explanation)
		}
		pass(time.Second + 200*time.Millisecond)
		s = r.last("work")
		if s.Health.State != account.InvalidToken || len(f.asked("/me")) != 2 {
			t.Errorf("a second later it is %s, asked %d times", s.Health.State, len(f.asked("/me")))
		}
		var states []string
		for _, c := range s.Changes {
			states = append(states, string(c.Was.State+">"+c.Is.State))
		}
		if got := strings.Join(states, " "); got != "healthy>expiring expiring>invalid_token" {
			t.Errorf("the journal says %s", got)
		}
		pass(23 * time.Hour)
		if n := len(f.asked("/me")); n != 2 {
			t.Errorf("asked %d times in the day after", n)
		}
	})
}

// TestChangesAreAsExactAsTheStore has a token whose end is told in nanoseconds:
// the change must be the same one when it comes back from the store.
func TestChangesAreAsExactAsTheStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, now := newFakeService(), time.Now()
		ending(f, now.Add(3*time.Hour+123456))
		p := NewPoller([]*Client{f.client("work", func(p *Profile) { p.Interval, p.ExpiryWarning = 24*time.Hour, time.Hour })}, memory(t))
		r, stop := start(t, p)
		defer stop()
		pass(time.Second)
		ending(f, now.Add(2*time.Hour+654321))
		p.Refresh()
		pass(time.Hour + time.Second)
		changes := r.last("work").Changes
		if len(changes) != 2 || changes[0].Kind != account.ChangeToken || changes[1].Kind != account.ChangeState {
			t.Fatalf("the changes are %v", changes)
		}
		for _, c := range changes {
			for _, at := range []time.Time{c.At, c.Was.At, c.Is.At} {
				if !at.Equal(at.Truncate(time.Millisecond)) {
					t.Errorf("%s: %v", c, at)
				}
			}
		}
	})
}

// TestExpiryIsCheckedOnce has a service that takes a token after its end.
func TestExpiryIsCheckedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		end := time.Now().Add(10 * time.Minute)
		f.set(200, fmt.Sprintf(`{"id":"u1","ends":%q}`, end.Format(time.RFC3339)))
		clients := []*Client{
			f.client("work", func(p *Profile) { p.Interval = 24 * time.Hour }),
			f.client("byhand", func(p *Profile) { p.Interval = 0 }),
		}
		r, stop := start(t, NewPoller(clients, memory(t)))
		defer stop()
		pass(time.Hour)
		if n := len(f.asked("/me")); n != 3 {
			t.Errorf("asked %d times, want twice and once", n)
		}
		if s := r.last("work"); s.Health.State != account.Expiring || !strings.Contains(s.Advice(time.Now()).Explanation, "still accepts it") {
			t.Errorf("it is %s: %s", s.Health.State, s.Advice(time.Now()).Explanation)
		}
		if s := r.last("byhand"); s.Health.State != account.Expiring || !strings.Contains(s.Advice(time.Now()).Explanation, "not been asked since") {
			t.Errorf("where nothing is automatic it is %s: %s", s.Health.State, s.Advice(time.Now()).Explanation)
		}
	})
}

func TestExpiryCheckObeysAHold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		end := time.Now().Add(time.Minute)
		f.set(200, fmt.Sprintf(`{"id":"u1","ends":%q}`, end.Format(time.RFC3339)), "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "600")
		c := f.client("work", func(p *Profile) { p.Interval = time.Hour })
		_, stop := start(t, NewPoller([]*Client{c}, memory(t)))
		defer stop()
		pass(10 * time.Minute)
		if n := len(f.asked("/me")); n != 1 {
			t.Errorf("asked %d times", n)
		}
	})
}

func TestKnownExpiryIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, dir := newFakeService(), t.TempDir()
		end := time.Now().Add(48 * time.Hour)
		f.set(200, fmt.Sprintf(`{"id":"u1","ends":%q}`, end.Format(time.RFC3339)))
		near := func(p *Profile) { p.ExpiryWarning = 24 * time.Hour }
		store := open(t, dir)
		p := NewPoller([]*Client{f.client("work", near)}, store)
		p.Once(t.Context())
		// Neither the answer nor the details tell it any more.
		f.set(200, `{"id":"u1"}`)
		if s := p.Once(t.Context())[0]; !s.Account.Token.Expiry.At.Equal(end) {
			t.Errorf("the expiry is %+v", s.Account.Token.Expiry)
		}
		closeStore(t, store)
		time.Sleep(30 * time.Hour)
		p = NewPoller([]*Client{f.client("work", near)}, open(t, dir))
		s := p.Stored()[0]
		if s.Health.State != account.Expiring || !s.Since.Equal(end.Add(-24*time.Hour)) {
			t.Errorf("a later run shows %s since %v", s.Health.State, s.Since)
		}
		if s := p.Once(t.Context())[0]; s.Health.State != account.Expiring || !s.Since.Equal(end.Add(-24*time.Hour)) {
			t.Errorf("and then %s since %v", s.Health.State, s.Since)
		}
		time.Sleep(24 * time.Hour)
		if s := p.Stored()[0]; !strings.Contains(s.Advice(time.Now()).Explanation, "not been asked since") {
			t.Errorf("after its end: %s", s.Advice(time.Now()).Explanation)
		}
	})
}

func TestSinceHistoryAndChangesOutliveARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, dir := newFakeService(), t.TempDir()
		f.set(200, `{"id":"u1","name":"Sam Roe"}`)
		begun := time.Now()
		run := func(d time.Duration) account.Snapshot {
			store := open(t, dir)
			defer closeStore(t, store)
			r, stop := start(t, NewPoller([]*Client{f.client("work")}, store))
			pass(d)
			stop()
			s := r.last("work")
			s.History = store.Past(s.Profile, s.Endpoint).Checks
			return s
		}
		first := run(150 * time.Second)
		if first.Since.Sub(begun) > time.Second || len(first.Changes) != 0 {
			t.Errorf("since %v, changes %v", first.Since.Sub(begun), first.Changes)
		}
		second := run(150 * time.Second)
		if !second.Since.Equal(first.Since) || len(second.History) != len(first.History)+3 {
			t.Errorf("after a restart since %v, %d checks", second.Since, len(second.History))
		}
		f.set(500, "")
		third := run(150 * time.Second)
		if third.Health.State != account.ServerError || third.Since.Sub(begun) < 300*time.Second || account.ConsecutiveFailures(third.History) != 3 {
			t.Errorf("it fails since %v, %d checks", third.Since.Sub(begun), account.ConsecutiveFailures(third.History))
		}
		f.set(200, `{"id":"u1","name":"Sam Poe"}`)
		fourth := run(150 * time.Second)
		var told []string
		for _, c := range fourth.Changes {
			told = append(told, c.String())
		}
		want := "full name: Sam Poe, was Sam Roe"
		if got := strings.Join(told, "; "); got != want {
			t.Errorf("the journal says %s", got)
		}
		if share, checks := account.Availability(fourth.History); checks != len(fourth.History) || share > 0.8 || share < 0.7 {
			t.Errorf("available for %v of %d checks", share, checks)
		}
	})
}

// roster tells organizations, or as many as it can.
type roster struct {
	plainService
	organizations []account.Organization
	notes         account.Notes
	token         *account.Token
}

func (r *roster) Details(context.Context, service.Ask, service.Asked, account.Account) service.Details {
	return service.Details{Organizations: r.organizations, Token: r.token, Notes: r.notes}
}

func TestChangesOfDetails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, service := newFakeService(), &roster{organizations: []account.Organization{{ID: "o1", Name: "Acme"}}}
		c := f.client("work")
		c.service = service
		p := NewPoller([]*Client{c}, memory(t))
		changes := func() int { return len(p.Once(t.Context())[0].Changes) }
		if n := changes(); n != 0 {
			t.Errorf("the first details are %d changes", n)
		}
		service.organizations = append(service.organizations, account.Organization{ID: "o2", Name: "Bora"})
		if n := changes(); n != 1 {
			t.Errorf("one more organization is %d changes", n)
		}
		service.organizations, service.notes = nil, account.Notes{{Kind: account.NoteUnread, What: "groups", Cause: "they could not be had"}}
		if n := changes(); n != 1 {
			t.Errorf("what could not be had counts as changed: %d", n)
		}
		service.organizations, service.notes = []account.Organization{{ID: "o2", Name: "Bora"}}, nil
		s := p.Once(t.Context())[0]
		if len(s.Changes) != 2 || s.Changes[1].Was.Name != "Acme" || !s.Changes[1].Is.IsZero() {
			t.Errorf("the changes are %v", s.Changes)
		}
		f.set(403, "")
		if got := p.Once(t.Context())[0].Changes; len(got) != 3 || got[2].Kind != account.ChangeState {
			t.Errorf("a failure changed %v", got)
		}
	})
}

// TestChangesOfOneCheckStayTogether has one check notice more changes than a
// snapshot carries else.
func TestChangesOfOneCheckStayTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, service := newFakeService(), &roster{}
		join := func(n int) {
			for range n {
				name := fmt.Sprint("o", len(service.organizations))
				service.organizations = append(service.organizations, account.Organization{ID: name, Name: name})
			}
		}
		c := f.client("work")
		c.service = service
		p := NewPoller([]*Client{c}, memory(t))
		changes := func() []account.Change { return p.Once(t.Context())[0].Changes }
		join(1)
		changes()
		for _, step := range []struct{ joined, want int }{{3, 3}, {account.MaxChanges + 5, account.MaxChanges + 5}, {1, account.MaxChanges}, {1, account.MaxChanges}, {2 * maxNoticed, maxNoticed}} {
			join(step.joined)
			got := changes()
			if last := service.organizations[len(service.organizations)-1].Name; len(got) != step.want || got[len(got)-1].Is.Name != last {
				t.Errorf("after %d joined, %d changes, want %d, the last of them %s", step.joined, len(got), step.want, last)
			}
		}
	})
}

// What a person takes back counts at the next check, though nothing on a disk tells of it.
func TestTakenBackPinIsObeyed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, store := newFakeService(), memory(t)
		c := f.client("work")
		p := NewPoller([]*Client{c}, store)
		p.Once(t.Context())
		f.set(200, `{"id":"u2"}`)
		store.Repin("work", c.Endpoint(), "u2")
		if got := brief(p.Once(t.Context())); got != "healthy" {
			t.Fatalf("after a new pin it is %s", got)
		}
		steps, err := store.Steps()
		if err != nil || len(steps) != 1 {
			t.Fatalf("%d steps, %v", len(steps), err)
		}
		if _, err := store.TakeBack(steps[0]); err != nil {
			t.Fatal(err)
		}
		if got := brief(p.Once(t.Context())); got != "wrong_account" {
			t.Errorf("after it was taken back it is %s", got)
		}
	})
}

func TestRepinIsObeyed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, store := newFakeService(), memory(t)
		c := f.client("work")
		p := NewPoller([]*Client{c}, store)
		p.Once(t.Context())
		f.set(200, `{"id":"u2"}`)
		if s := p.Once(t.Context())[0]; s.Health.State != account.WrongAccount {
			t.Fatalf("it is %s", s.Health.State)
		}
		store.Repin("work", c.Endpoint(), "u2")
		s := p.Once(t.Context())[0]
		if s.Health.State != account.Healthy || s.Account.User.ID != "u2" {
			t.Errorf("after a new pin it is %s", s.Health.State)
		}
		if !slices.ContainsFunc(s.Changes, func(c account.Change) bool { return c.Kind == account.ChangeUser }) {
			t.Errorf("the changes are %v", s.Changes)
		}
	})
}
