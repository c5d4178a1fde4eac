package client

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
)

// fakeService answers plain requests in fake time and remembers them.
type fakeService struct {
	// answer is asked under the lock.
	answer func(r *http.Request) *http.Response
	delay  func(r *http.Request) time.Duration

	mu  sync.Mutex
	log []fakeRequest
}

type fakeRequest struct {
	at                time.Time
	host, path, token string
}

func newFakeService() *fakeService {
	return &fakeService{
		answer: func(r *http.Request) *http.Response {
			if strings.HasSuffix(r.URL.Path, "/groups") {
				return respond(200, "Group")
			}
			return respond(200, `{"id":"u1","name":"Sam Roe"}`)
		},
		delay: func(*http.Request) time.Duration { return 100 * time.Millisecond },
	}
}

func (f *fakeService) RoundTrip(r *http.Request) (*http.Response, error) {
	f.mu.Lock()
	f.log = append(f.log, fakeRequest{time.Now(), r.URL.Host, r.URL.Path, r.Header.Get("X-Auth-Token")})
	delay := f.delay(r)
	f.mu.Unlock()
	select {
	case <-time.After(delay):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.answer(r), nil
}

// set changes the answer to identity requests.
func (f *fakeService) set(status int, body string, header ...string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answer = func(r *http.Request) *http.Response {
		if strings.HasSuffix(r.URL.Path, "/groups") {
			return respond(200, "Group")
		}
		return respond(status, body, header...)
	}
}

// asked are the requests to a path so far.
func (f *fakeService) asked(path string) []fakeRequest {
	f.mu.Lock()
	defer f.mu.Unlock()
	var all []fakeRequest
	for _, r := range f.log {
		if strings.HasSuffix(r.path, path) {
			all = append(all, r)
		}
	}
	return all
}

// client is one of the service.
func (f *fakeService) client(name string, change ...func(*Profile)) *Client {
	change = append([]func(*Profile){func(p *Profile) { p.Name, p.Interval = name, time.Minute }}, change...)
	return newPlainClient(f.network(), "https://"+name+".example", change...)
}

func (f *fakeService) network() *Network { return overRoundTrip(f.RoundTrip) }

// memory is a store that keeps nothing.
func memory(t testing.TB) *store.Store {
	t.Helper()
	return open(t, "")
}

func open(t testing.TB, dir string) *store.Store {
	t.Helper()
	s, notice, err := store.Open(dir, "/home/sam/config.toml")
	if err != nil || notice != "" {
		t.Fatalf("the store says %q, %v", notice, err)
	}
	// A test may have closed it already, to see what that says.
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// kept is what a store has of a profile of a fake service, or of a sample.
func kept(s *store.Store, name string) (account.Snapshot, bool) {
	return s.Snapshot(name, "https://"+name+".example/api/me")
}

// recorder receives events.
type recorder struct {
	mu     sync.Mutex
	events []account.Event
}

func (r *recorder) send(e account.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events = append(r.events, e)
}

// count is how many events have come.
func (r *recorder) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.events)
}

// of are the snapshots of a profile, in the order in which they came.
func (r *recorder) of(profile string) []account.Snapshot {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []account.Snapshot
	for _, e := range r.events {
		for _, s := range e.Snapshots {
			if s.Profile == profile {
				all = append(all, s)
			}
		}
	}
	return all
}

// last is the latest snapshot of a profile.
func (r *recorder) last(profile string) account.Snapshot {
	all := r.of(profile)
	if len(all) == 0 {
		return account.Snapshot{}
	}
	return all[len(all)-1]
}

// start runs a poller in the bubble until stop is called.
func start(t *testing.T, p *Poller) (r *recorder, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r = &recorder{}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		p.Run(ctx, r.send)
	}()
	return r, func() {
		cancel()
		<-ended
	}
}

// pass lets fake time pass.
func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// brief tells the course of snapshots.
func brief(all []account.Snapshot) string {
	var words []string
	for _, s := range all {
		word := string(s.Health.State)
		if s.Busy {
			word += "+busy"
		}
		if s.Details.Busy {
			word += "+details"
		}
		if s.Restored {
			word += "+restored"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

func closeStore(t *testing.T, s *store.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
