package client

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"rollcall/client/account"
)

// dayService is all services of a simulated day. The first label of a host
// says how it behaves.
type dayService struct {
	mu      sync.Mutex
	begun   time.Time
	sent    int
	limits  map[string]*dayLimit
	refused map[string]int
	// wait is until when a credential was told to wait.
	wait map[string]time.Time
	// early counts the requests before that time.
	early int
}

// dayLimit counts the requests in the present minute.
type dayLimit struct {
	minute int
	count  int
}

func (d *dayService) RoundTrip(r *http.Request) (*http.Response, error) {
	time.Sleep(50 * time.Millisecond)
	if r.Context().Err() != nil {
		return nil, r.Context().Err()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sent++
	kind, _, _ := strings.Cut(r.URL.Host, "-")
	bearer := r.URL.Host + r.Header.Get("X-Auth-Token") + r.Header.Get("Authorization")
	now := time.Now()
	if now.Before(d.wait[bearer]) {
		d.early++
	}
	day := now.Sub(d.begun)
	hour := int(day / time.Hour)
	switch kind {
	case "told":
		return d.limited(bearer, 5, true)
	case "untold":
		return d.limited(bearer, 3, false)
	case "overload":
		// The first five minutes of every third hour.
		if over := 5*time.Minute - day%(3*time.Hour); over > 0 && day > time.Hour {
			return d.refuse(bearer, over, ""), nil
		}
	case "down":
		switch hour {
		case 3, 9:
			return nil, io.ErrUnexpectedEOF
		case 15:
			d.told(bearer, 10*time.Minute)
			return respond(503, "", "Retry-After", "600"), nil
		}
	case "ends":
		end := d.begun.Add(18 * time.Hour)
		if !now.Before(end) {
			return respond(401, ""), nil
		}
		return respond(200, fmt.Sprintf(`{"id":"u1","name":"Sam Roe","ends":%q}`, end.Format(time.RFC3339))), nil
	}
	return respond(200, `{"id":"u1","name":"Sam Roe"}`), nil
}

// limited lets so many requests a minute through. A service that does not tell
// its limit says it in a refusal only, as Katapult does.
func (d *dayService) limited(bearer string, limit int, told bool) (*http.Response, error) {
	day := time.Since(d.begun)
	l := d.limits[bearer]
	if minute := int(day / time.Minute); l == nil || l.minute != minute {
		l = &dayLimit{minute: minute}
		d.limits[bearer] = l
	}
	reset := time.Minute - day%time.Minute
	if l.count++; l.count > limit {
		return d.refuse(bearer, reset, fmt.Sprintf(`{"error":{"code":"rate_limit_reached","detail":{"total_permitted":%d}}}`, limit)), nil
	}
	if !told {
		return respond(200, `{"user":{"id":"u1","first_name":"Sam"},"organizations":[],"api_token_id":null}`), nil
	}
	return respond(200, `{"id":"u1"}`, "X-RateLimit-Limit", fmt.Sprint(limit),
		"X-RateLimit-Remaining", fmt.Sprint(limit-l.count), "X-RateLimit-Reset", fmt.Sprint(int(reset.Seconds())+1)), nil
}

func (d *dayService) refuse(bearer string, wait time.Duration, body string) *http.Response {
	d.refused[bearer]++
	seconds := int(wait.Seconds()) + 1
	d.told(bearer, time.Duration(seconds)*time.Second)
	return respond(429, body, "Retry-After", fmt.Sprint(seconds))
}

// told notes a time to wait. It is told to the second.
func (d *dayService) told(bearer string, wait time.Duration) {
	d.wait[bearer] = time.Now().Add(wait)
}

// dayClients are 200 profiles: some have an interval of a minute, most one of
// ten to thirty.
func dayClients(n *Network) (clients []*Client) {
	add := func(count int, kind string, interval time.Duration, tokens int) {
		for i := range count {
			name := fmt.Sprintf("%s-%03d", kind, i)
			host := name
			secret := "s3cret/" + name
			if tokens > 0 {
				// So many profiles share a token, and its host.
				host = fmt.Sprintf("%s-%03d", kind, i/tokens)
				secret = "s3cret/" + host
			}
			change := func(p *Profile) {
				p.Name, p.Interval, p.Credential = name, interval, fixedCredential{secret: secret}
				p.ExpiryWarning = 12 * time.Hour
			}
			c := newPlainClient(n, "https://"+host+".example", change)
			if kind == "untold" {
				p := c.profile
				p.Provider = "katapult"
				c = New(p, n)
			}
			clients = append(clients, c)
		}
	}
	add(5, "steady", time.Minute, 0)
	add(10, "told", time.Minute, 2)
	add(12, "untold", time.Minute, 4)
	add(20, "overload", 10*time.Minute, 0)
	add(20, "down", 10*time.Minute, 0)
	add(20, "ends", 10*time.Minute, 0)
	add(53, "calm", 20*time.Minute, 0)
	add(60, "slow", 30*time.Minute, 0)
	return clients
}

// TestADay runs 200 profiles for a day. At an interval of a minute for all of
// them it would be 288,000 checks; with these it is about an eighth of that.
func TestADay(t *testing.T) {
	if raceDetector {
		t.Skip("a day under the race detector takes longer than it tells: shorter tests run the same beside each other")
	}
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := &dayService{
			begun:  time.Now(),
			limits: map[string]*dayLimit{}, refused: map[string]int{}, wait: map[string]time.Time{},
		}
		n := overRoundTrip(d.RoundTrip)
		p := NewPoller(dayClients(n), memory(t))
		ctx, stop := context.WithTimeout(t.Context(), 24*time.Hour)
		defer stop()
		p.Run(ctx, func(account.Event) {})

		limited, overload := 0, 0
		for bearer, refused := range d.refused {
			if strings.HasPrefix(bearer, "overload") {
				overload += refused
				continue
			}
			limited++
			if refused > 1 {
				t.Errorf("%.12s was refused %d times", bearer, refused)
			}
		}
		snapshots := p.Stored()
		checks := 0
		states := map[account.State]int{}
		for _, s := range snapshots {
			checks += len(s.History)
			states[s.Health.State]++
		}
		size := writeState(t, dir, snapshots)
		t.Logf("%d requests; %d credentials met their limit once, none again; %d refusals for overload, %d requests before a time to wait was over",
			d.sent, limited, overload, d.early)
		t.Logf("%d bytes of state for %d profiles with %d checks; %v", size, len(snapshots), checks, states)
		if d.early > 0 {
			t.Errorf("%d requests came before a time to wait was over", d.early)
		}
		if limited == 0 || overload < 40 || overload > 20*7 {
			t.Errorf("%d credentials met their limit, %d refusals for overload", limited, overload)
		}
		if states[account.InvalidToken] != 20 || states[account.Healthy] != 180 {
			t.Errorf("at the end they are %v", states)
		}
		if size > 4<<20 {
			t.Errorf("%d bytes of state", size)
		}
	})
}

// writeState is the size of the file that keeps the snapshots.
func writeState(t *testing.T, dir string, snapshots []account.Snapshot) int64 {
	t.Helper()
	s := open(t, dir)
	for _, snap := range snapshots {
		s.Save(snap)
	}
	closeStore(t, s)
	info, err := os.Stat(filepath.Join(dir, "rollcall.db"))
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}
