package faults_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/client/service/katapult/katapulttest"
	"rollcall/client/transport"
	"rollcall/config"
)

// simulated is a clock that shows the simulated time to those who live outside of it.
type simulated struct{ now atomic.Int64 }

// run goes on until ctx ends.
func (c *simulated) run(ctx context.Context) {
	for ctx.Err() == nil {
		c.now.Store(time.Now().UnixNano())
		select {
		case <-time.After(100 * time.Millisecond):
		case <-ctx.Done():
		}
	}
}

func (c *simulated) read() time.Time { return time.Unix(0, c.now.Load()) }

// crowd are the hosts.
type crowd struct {
	clock simulated
	hosts []*crowdHost
}

// crowdHost is one of them, and what came to it.
type crowdHost struct {
	*httptest.Server
	clock   *simulated
	behaves func(h *crowdHost, w http.ResponseWriter, r *http.Request)
	// state is what its profiles end in.
	state account.State

	mu            sync.Mutex
	now, most     int
	sent, early   int
	wait, told    map[string]time.Time
	minute, spent int64
}

// broken are the ways in which half of the hosts misbehave.
var broken = []crowdHost{
	{state: account.Unreachable, behaves: func(_ *crowdHost, w http.ResponseWriter, _ *http.Request) { hijack(w, reset) }},
	{state: account.Unreachable, behaves: func(_ *crowdHost, w http.ResponseWriter, _ *http.Request) {
		hijack(w, func(c *net.TCPConn) { _, _ = io.WriteString(c, cut) })
	}},
	{state: account.BadResponse, behaves: func(_ *crowdHost, w http.ResponseWriter, _ *http.Request) {
		hijack(w, func(c *net.TCPConn) { _, _ = io.WriteString(c, "SSH-2.0-OpenSSH_9.2\r\n") })
	}},
	{state: account.BadResponse, behaves: func(h *crowdHost, w http.ResponseWriter, _ *http.Request) {
		if h.seldom() {
			return
		}
		for range 5 << 6 {
			if _, err := w.Write(make([]byte, 1<<14)); err != nil {
				return
			}
		}
	}},
	{state: account.Unavailable, behaves: answering(503, "<html>")},
	{state: account.ServerError, behaves: answering(500, "")},
	{state: account.BadResponse, behaves: answering(200, "<html><title>Sign in</title></html>")},
	{state: account.Misconfigured, behaves: func(_ *crowdHost, w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://sso.example/login", http.StatusFound)
	}},
	{state: account.RateLimited, behaves: func(h *crowdHost, w http.ResponseWriter, r *http.Request) {
		h.refuse(w, r, 100*time.Second)
	}},
	{state: account.InvalidToken, behaves: answering(403, `{"error":{"code":"invalid_api_token"}}`)},
}

// seldom reports whether a request is none of the few that are worth the trouble.
func (h *crowdHost) seldom() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.sent%10 != 0
}

// answering answers the same all the time.
func answering(status int, body string) func(*crowdHost, http.ResponseWriter, *http.Request) {
	return func(_ *crowdHost, w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// hijack does something with the bare connection, and ends it.
func hijack(w http.ResponseWriter, do func(c *net.TCPConn)) {
	c, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	do(c.(*net.TCPConn))
	c.Close()
}

// limited is a host that lets forty requests of a token through in a minute, and says how
// many are left: fewer than its profiles would send, which share one.
func limited(h *crowdHost, w http.ResponseWriter, r *http.Request) {
	const most = 40
	now := h.clock.read()
	h.mu.Lock()
	if minute := now.Unix() / 60; minute != h.minute {
		h.minute, h.spent = minute, 0
	}
	h.spent++
	left := most - h.spent
	h.mu.Unlock()
	reset := 60 - now.Unix()%60
	if left < 0 {
		h.refuse(w, r, time.Duration(reset)*time.Second)
		return
	}
	w.Header().Set("X-RateLimit-Limit", fmt.Sprint(most))
	w.Header().Set("X-RateLimit-Remaining", fmt.Sprint(left))
	w.Header().Set("X-RateLimit-Reset", fmt.Sprint(reset))
	_, _ = io.WriteString(w, katapulttest.Good)
}

// refuse tells a credential to wait.
func (h *crowdHost) refuse(w http.ResponseWriter, r *http.Request, wait time.Duration) {
	h.mu.Lock()
	who, now := r.Header.Get("Authorization"), h.clock.read()
	h.wait[who], h.told[who] = now.Add(wait), now
	h.mu.Unlock()
	w.Header().Set("Retry-After", fmt.Sprint(int(wait/time.Second)+1))
	w.WriteHeader(http.StatusTooManyRequests)
	_, _ = io.WriteString(w, `{"error":{"code":"rate_limit_reached","detail":{"total_permitted":40}}}`)
}

// ServeHTTP counts a request, and does with it what the host does. A connection carries
// one request: one that waits for another would hold the simulated time up.
func (h *crowdHost) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	h.sent++
	h.now++
	h.most = max(h.most, h.now)
	// One that was under way when another was told to wait is not to blame.
	who, now := r.Header.Get("Authorization"), h.clock.read()
	if now.Before(h.wait[who]) && now.After(h.told[who].Add(time.Second)) {
		h.early++
	}
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.now--
	}()
	w.Header().Set("Connection", "close")
	h.behaves(h, w, r)
}

// newCrowd starts the hosts: the broken ones, one with a limit, and good ones.
func newCrowd() *crowd {
	c := &crowd{}
	for i := range loadHosts {
		h := &crowdHost{state: account.Healthy, behaves: answering(200, katapulttest.Good)}
		switch {
		case i < len(broken):
			h.state, h.behaves = broken[i].state, broken[i].behaves
		case i == len(broken):
			h.behaves = limited
		}
		h.clock, h.wait, h.told = &c.clock, map[string]time.Time{}, map[string]time.Time{}
		h.Server = httptest.NewUnstartedServer(h)
		h.Config.ErrorLog = log.New(io.Discard, "", 0)
		h.Start()
		c.hosts = append(c.hosts, h)
	}
	return c
}

// close ends the hosts.
func (c *crowd) close() {
	for _, h := range c.hosts {
		h.Close()
	}
}

// hanging is a credential that never comes.
type hanging struct{ credential }

func (hanging) Resolve(ctx context.Context) (string, error, error) {
	<-ctx.Done()
	return "", nil, ctx.Err()
}

// clients are the profiles, one host after the other, for the engine and for the screen.
// Of the last good host some have a credential that never comes.
func (c *crowd) clients(n *client.Network) (all []*client.Client, shown []config.Profile) {
	for i := range loadProfiles {
		h := c.hosts[i%loadHosts]
		p := client.Profile{
			Name: fmt.Sprintf("p%04d", i), Provider: "katapult", BaseURL: h.URL, Interval: time.Minute, Timeout: 10 * time.Second,
			Credential: credential(fmt.Sprintf("kt-%04d", i)),
		}
		if i%loadHosts == len(broken) {
			p.Credential = credential("kt-shared")
		}
		if i%loadHosts == loadHosts-1 && i < 200 {
			p.Credential = hanging{"a command"}
		}
		all = append(all, client.New(p, n))
		shown = append(shown, config.Profile{Name: p.Name, Provider: p.Provider, BaseURL: p.BaseURL})
	}
	return all, shown
}

// judge looks at what came to the hosts, and what became of their profiles.
func (c *crowd) judge(t *testing.T, all []account.Snapshot) {
	sent := 0
	for i, h := range c.hosts {
		h.mu.Lock()
		if sent += h.sent; h.most > transport.RequestsPerOrigin || h.early > 0 || h.sent == 0 {
			t.Errorf("host %d got %d requests, %d of them at a time, and %d before a time to wait was over", i, h.sent, h.most, h.early)
		}
		h.mu.Unlock()
	}
	wrong := map[string]int{}
	for i, s := range all {
		h := c.hosts[i%loadHosts]
		if _, hangs := strings.CutPrefix(s.Profile, "p"); hangs && i%loadHosts == loadHosts-1 && i < 200 {
			continue
		}
		if s.Health.State != h.state && !(i%loadHosts == len(broken) && s.Health.State == account.RateLimited) {
			wrong[fmt.Sprint(i%loadHosts, " ", s.Health.State)]++
		}
	}
	t.Logf("%d requests", sent)
	if len(wrong) > 0 {
		t.Errorf("profiles of hosts in another state than theirs: %v", wrong)
	}
}
