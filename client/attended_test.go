package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
)

// watchful notes whether somebody waited for each resolution, and has a secret only
// where that was so.
type watchful struct {
	mu   sync.Mutex
	seen []string
	slow time.Duration
}

func (w *watchful) Resolve(ctx context.Context) (string, error, error) {
	time.Sleep(w.slow)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen = append(w.seen, fmt.Sprint(IsAttended(ctx)))
	if IsAttended(ctx) {
		return "good", nil, nil
	}
	return "", nil, errors.New("nobody is there")
}
func (*watchful) Source() string { return "command ask" }

// take gives what was noted since the last time.
func (w *watchful) take() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	defer func() { w.seen = nil }()
	return strings.Join(w.seen, " ")
}

// Nothing is asked of a person but in the check that they wait for, however the
// poller was begun.
func TestOnlyAttendedChecksAsk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		credential, other := &watchful{}, &watchful{}
		with := func(c Credential) func(*Profile) { return func(p *Profile) { p.Credential = c } }
		p := NewPoller([]*Client{f.client("work", with(credential)), f.client("other", with(other))}, memory(t))
		r, stop := start(t, p)
		defer stop()
		for _, step := range []struct {
			what string
			do   func()
			want string
		}{
			{"the start", func() {}, "false"},
			{"a refresh of all", func() { p.Refresh() }, "false"},
			{"a refresh of one", func() { p.Refresh("work") }, "false"},
			{"a check that a person waits for", func() { p.Attend("work") }, "true"},
			{"the interval", func() { pass(time.Minute) }, "false"},
			// The first wish may be served by a check of its own before the second one comes.
			{"both wishes at once", func() { p.Refresh(); p.Attend("work") }, "true, false true"},
			{"both wishes the other way round", func() { p.Attend("work"); p.Refresh() }, "true, true false"},
		} {
			step.do()
			pass(10 * time.Second)
			got, state := credential.take(), account.CredentialMissing
			if !slices.Contains(strings.Split(step.want, ", "), got) {
				t.Errorf("%s: attended %s, want %s", step.what, got, step.want)
			}
			if strings.HasSuffix(got, "true") {
				state = account.Healthy
			}
			if last := r.last("work"); last.Health.State != state {
				t.Errorf("%s: attended %s, it is %+v", step.what, got, last.Health)
			}
		}
		if got := other.take(); strings.Contains(got, "true") {
			t.Errorf("another profile was asked for, too: %s", got)
		}
	})
}

// A wish that comes while another check is under way is served by the next one.
func TestAttendDuringCheck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		credential := &watchful{slow: time.Second}
		p := NewPoller([]*Client{f.client("work", func(p *Profile) { p.Credential = credential })}, memory(t))
		_, stop := start(t, p)
		defer stop()
		pass(500 * time.Millisecond)
		p.Attend("work")
		pass(10 * time.Second)
		if got := credential.take(); got != "false true" {
			t.Errorf("attended %s", got)
		}
	})
}

// Who checks once is there; a secret that was asked for and refused is not asked
// for again.
func TestOnceAsksOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.answer = func(*http.Request) *http.Response { return respond(401, "") }
		credential := &watchful{}
		p := NewPoller([]*Client{f.client("work", func(p *Profile) { p.Credential = credential })}, memory(t))
		if s := p.Once(Attended(t.Context()))[0]; s.Health.State != account.InvalidToken {
			t.Errorf("%+v", s.Health)
		}
		if got := credential.take(); got != "true false" {
			t.Errorf("attended %s", got)
		}
		p.Once(t.Context())
		if got := credential.take(); got != "false" {
			t.Errorf("attended %s", got)
		}
	})
}
