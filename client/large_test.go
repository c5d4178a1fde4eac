package client

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync"
	"testing"
	"time"

	"rollcall/client/account"
)

// The answers of these tests tell of as many organizations as one can be long.
const (
	largeOrganizations = 380_000
	largeProfiles      = 150
	largeOrigins       = 5
)

// largePoller looks after profiles over several origins, all of which tell of as many
// organizations as an answer can hold.
func largePoller(t testing.TB) *Poller {
	body := `{"user":{"id":"user_1","first_name":"Sam"},"organizations":[` +
		strings.TrimSuffix(strings.Repeat(`{"id":"1"},`, largeOrganizations), ",") + `]}`
	var servers []*httptest.Server
	for range largeOrigins {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }))
		t.Cleanup(s.Close)
		servers = append(servers, s)
	}
	n := NewNetwork("rollcall/test", services)
	t.Cleanup(n.Close)
	var clients []*Client
	for i := range largeProfiles {
		clients = append(clients, New(Profile{
			Name: fmt.Sprint("p", i), Provider: "katapult", BaseURL: servers[i%largeOrigins].URL, Timeout: time.Minute,
			Credential: fixedCredential{secret: fmt.Sprint(plainSecret, i)},
		}, n))
	}
	return NewPoller(clients, memory(t))
}

// TestLargeAnswers has many profiles get the largest answers at once: all of them are
// told, with the true number, and of each no more is kept than a person could look at.
func TestLargeAnswers(t *testing.T) {
	if raceDetector {
		t.Skip("it reads 600 MiB")
	}
	for _, s := range largePoller(t).Once(t.Context()) {
		a := s.Account
		if s.Health.State != account.Healthy || a == nil || len(a.Organizations) != account.MaxListed || a.CountOrganizations() != largeOrganizations {
			t.Fatalf("%s is %s: %s", s.Profile, s.Health.State, s.Health.Explanation)
		}
		if got := s.Notes.String(); got != "The service told of 380000 organizations, of which the first 2000 are kept." {
			t.Errorf("%s: the notes are %q", s.Profile, got)
		}
	}
}

// BenchmarkLargeAnswers checks them over and over, and reports the largest heap
// meanwhile and what of it stays.
func BenchmarkLargeAnswers(b *testing.B) {
	p := largePoller(b)
	heap := func() float64 {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		metrics.Read(sample)
		return float64(sample[0].Value.Uint64()) / (1 << 20)
	}
	runtime.GC()
	before, most := heap(), 0.0
	done := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		for tick := time.NewTicker(2 * time.Millisecond); ; {
			select {
			case <-done:
				tick.Stop()
				return
			case <-tick.C:
				most = max(most, heap())
			}
		}
	})
	for b.Loop() {
		p.Once(b.Context())
	}
	close(done)
	watching.Wait()
	runtime.GC()
	b.ReportMetric(most-before, "MiB-peak")
	b.ReportMetric(heap()-before, "MiB-kept")
	runtime.KeepAlive(p)
}
