package demo

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"rollcall/client/demo/sample"
)

// pacer makes answers take as long as they would over a network.
type pacer struct {
	// usual is the time that each credential's answers take, give or take.
	usual map[string]time.Duration

	mu sync.Mutex
	// count is how often each credential asked for each path.
	count map[string]int
}

const (
	// strangersWait is how long the answer to an unknown credential takes.
	strangersWait = 25 * time.Millisecond
	// detailWait is the longest that anything but the identity takes.
	detailWait = 150 * time.Millisecond
)

func newPacer(services []sample.Service) *pacer {
	p := &pacer{usual: map[string]time.Duration{}, count: map[string]int{}}
	for _, s := range services {
		for _, one := range s.Profiles {
			p.usual[one.Token+one.Username] = one.Latency
			for _, spare := range one.Spares {
				p.usual[spare] = one.Latency
			}
		}
	}
	return p
}

// wrap delays what h answers in a service's place; a caller who leaves ends
// the wait.
func (p *pacer) wrap(h http.Handler, s sample.Service) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key, _, ok := r.BasicAuth()
		if !ok {
			key = s.TokenOf(r)
		}
		t := time.NewTimer(p.delay(key, r.URL.Path, strings.HasSuffix(r.URL.Path, s.Identity)))
		defer t.Stop()
		select {
		case <-t.C:
			h.ServeHTTP(w, r)
		case <-r.Context().Done():
			panic(http.ErrAbortHandler) // returning would answer 200
		}
	})
}

// delay varies around the usual time in a fixed pattern. What comes after the
// identity is never slow: one slow answer in a row shows enough.
func (p *pacer) delay(key, path string, identity bool) time.Duration {
	percent := [...]time.Duration{100, 118, 91, 131, 107, 86, 96}
	usual, known := p.usual[key]
	if !known {
		return strangersWait
	}
	if !identity {
		usual = min(usual, detailWait)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	n := p.count[key+path]
	p.count[key+path]++
	return usual * percent[n%len(percent)] / 100
}
