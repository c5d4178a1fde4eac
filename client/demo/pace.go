package demo

import (
	"net/http"
	"strings"
	"sync"
	"time"
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

func newPacer(samples []sample) *pacer {
	p := &pacer{usual: map[string]time.Duration{}, count: map[string]int{}}
	for _, s := range samples {
		p.usual[s.token+s.username] = s.latency
	}
	return p
}

// wrap delays what h answers; a caller who leaves ends the wait.
func (p *pacer) wrap(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t := time.NewTimer(p.delay(credential(r), r.URL.Path))
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
func (p *pacer) delay(key, path string) time.Duration {
	percent := [...]time.Duration{100, 118, 91, 131, 107, 86, 96}
	usual, known := p.usual[key]
	if !known {
		return strangersWait
	}
	if !strings.HasSuffix(path, "/user") && !strings.HasSuffix(path, "/users/current") {
		usual = min(usual, detailWait)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	n := p.count[key+path]
	p.count[key+path]++
	return usual * percent[n%len(percent)] / 100
}

// credential is the token or user name of a request, whoever it is for.
func credential(r *http.Request) string {
	if user, _, ok := r.BasicAuth(); ok {
		return user
	}
	for _, t := range []string{
		r.Header.Get("X-Auth-Token"),
		strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "),
		r.Header.Get("Macaroon"),
	} {
		if t != "" {
			return t
		}
	}
	return ""
}
