package client

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
	"rollcall/client/ratelimit"
	"rollcall/client/redact"
	"rollcall/client/service"
	"rollcall/client/service/gitea"
	"rollcall/client/service/github"
	"rollcall/client/service/gitlab"
	"rollcall/client/service/katapult"
	"rollcall/client/service/oidc"
	"rollcall/client/service/onezone"
)

// plainService is a service as simple as can be.
type plainService struct{}

func (plainService) Info() account.ServiceInfo {
	return account.ServiceInfo{Name: "plain", Title: "Plain", Prefix: "/api", Path: "/me", Basic: true, Window: 30 * time.Second}
}

func (s plainService) Address(base string, _ map[string]string) (service.Address, error) {
	return service.NewAddress(base, s.Info())
}

func (plainService) Prepare(h http.Header, b service.Bearer) {
	if b.Basic() {
		h.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(b.Username()+":"+b.Secret())))
		return
	}
	h.Set("X-Auth-Token", b.Secret())
}

func (plainService) Identify(ctx context.Context, ask service.Ask, q service.Asked) (*account.Account, account.Diagnosis) {
	return service.IdentifyBy(ctx, ask, q, service.Request{Path: "/me"}, readPlain)
}

func readPlain(a service.Answer, q service.Asked) (*account.Account, account.Diagnosis) {
	if a.Status != http.StatusOK {
		d := service.DiagnoseStatus(a, q)
		d.Description = string(a.Body)
		return nil, d
	}
	var user struct {
		ID, Name string
		Ends     time.Time
	}
	if err := json.Unmarshal(a.Body, &user); err != nil {
		return nil, service.Diagnosed(account.BadResponse, "The answer is not JSON.", "Check base_url.")
	}
	if user.ID == "panic" {
		panic("the secret may be in here")
	}
	acc := &account.Account{User: account.User{ID: user.ID, FullName: user.Name}}
	if !user.Ends.IsZero() {
		acc.Token.Expiry = account.Expiry{Kind: account.ExpiryDate, At: user.Ends}
	}
	return acc, service.Diagnosed(account.Healthy, "", "")
}

func (plainService) Details(ctx context.Context, ask service.Ask, q service.Asked, acc account.Account) service.Details {
	a, err := ask(ctx, service.Request{Path: "/groups?of=" + acc.User.ID})
	if err != nil {
		return service.Details{Notes: account.Notes{service.Unread(account.PartOrganizations, "groups", err)}}
	}
	if a.Status != http.StatusOK {
		return service.Details{Notes: account.Notes{service.Unread(account.PartOrganizations, "groups", fmt.Errorf("Status %d.", a.Status))}}
	}
	return service.Details{
		Organizations: []account.Organization{{ID: "g1", Name: string(a.Body)}},
		Token:         &account.Token{Name: "for " + q.Secret()},
	}
}

func (plainService) Variables(g service.Grant) ([]service.Variable, []string) {
	return []service.Variable{{Name: "PLAIN_TOKEN", Value: g.Secret}}, []string{"PLAIN_TOKEN"}
}

func (plainService) TokenPage(base string) string { return base + "/tokens" }

// fixedCredential is a credential that is always the same.
type fixedCredential struct {
	secret       string
	warning, err error
}

func (f fixedCredential) Resolve(context.Context) (string, error, error) {
	return f.secret, f.warning, f.err
}
func (f fixedCredential) Source() string { return "env PLAIN_TOKEN" }

const plainSecret = "s3cret/t0ken+value"

// newPlainClient is a client of a plainService at base.
func newPlainClient(n *Network, base string, change ...func(*Profile)) *Client {
	p := Profile{Name: "work", Provider: "onezone", BaseURL: base, Credential: fixedCredential{secret: plainSecret}}
	for _, f := range change {
		f(&p)
	}
	c := New(p, n)
	if c.fixed.State == "" {
		c.service = plainService{}
		c.address, _ = service.NewAddress(base, c.service.Info())
	}
	return c
}

// testNetwork is a network for servers on loopback.
func testNetwork(t *testing.T) *Network {
	n := NewNetwork("rollcall/test", services)
	t.Cleanup(n.Close)
	return n
}

// serve runs a server on loopback for the time of a test.
func serve(t *testing.T, h http.HandlerFunc) *httptest.Server {
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// roundTrip answers requests without a network, for tests in a bubble of
// fake time.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// respond is a whole answer.
func respond(status int, body string, header ...string) *http.Response {
	return &http.Response{
		StatusCode: status, Header: headers(header...), Body: io.NopCloser(strings.NewReader(body)),
	}
}

// overRoundTrip is a network that knows no servers but f.
func overRoundTrip(f roundTrip) *Network {
	n := NewNetwork("rollcall/test", services)
	n.pool.Base = f
	return n
}

func TestCheckAnswered(t *testing.T) {
	var got *http.Request
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r
		w.Header().Set("X-RateLimit-Limit", "100")
		w.Header().Set("X-RateLimit-Remaining", "99")
		io.WriteString(w, `{"id":"u1","name":"Sam Roe"}`)
	})
	c := newPlainClient(testNetwork(t), s.URL+"/zone/", func(p *Profile) {
		p.Credential = fixedCredential{secret: plainSecret, warning: remediedError{}}
	})
	out := c.check(t.Context(), checkOptions{})

	if got.Method != "GET" || got.URL.Path != "/zone/api/me" || s.URL+got.URL.Path != c.Endpoint() {
		t.Errorf("%s %s was asked, not %s", got.Method, got.URL, c.Endpoint())
	}
	for name, want := range map[string]string{
		"User-Agent": "rollcall/test", "Accept": "application/json", "X-Auth-Token": plainSecret, "Cookie": "", "Referer": "",
	} {
		if v := got.Header.Get(name); v != want {
			t.Errorf("%s is %q, want %q", name, v, want)
		}
	}
	snap, h := out.snapshot, out.snapshot.Health
	if h.State != account.Healthy || h.HTTPStatus != 200 || h.Attempts != 1 || h.Latency <= 0 || h.Explanation != "" {
		t.Errorf("health is %+v", h)
	}
	if snap.Profile != "work" || snap.Account == nil || snap.Account.User.ID != "u1" || snap.Stale() {
		t.Errorf("snapshot is %+v", snap)
	}
	for _, at := range []time.Time{h.CheckedAt, h.LastOKAt, snap.AccountAt} {
		if !at.Equal(out.at) || time.Since(at) > time.Minute {
			t.Errorf("the times differ: %v and %v", at, out.at)
		}
	}
	if limitWords(snap.RateLimit) != "- 100 99 - X-Ratelimit-Remaining" {
		t.Errorf("rate limit is %+v", snap.RateLimit)
	}
	if got := snap.Notes.String(); got != "PLAIN_TOKEN is not set; set it: export PLAIN_TOKEN=…" || snap.Notes[0].Kind != account.NoteCredential {
		t.Errorf("notes are %q", got)
	}
	if out.bearer.Fingerprint() == "" || out.skipped || out.coolingDown || out.aborted {
		t.Errorf("outcome is %+v", out)
	}
}

func TestCheckAsksNothing(t *testing.T) {
	n := overRoundTrip(func(r *http.Request) (*http.Response, error) {
		t.Errorf("%s was asked", r.URL)
		return nil, io.EOF
	})
	tests := []struct {
		name   string
		change func(*Profile)
		state  account.State
		text   string
	}{
		{"switched off", func(p *Profile) { p.Unasked = account.Diagnosis{State: account.Disabled, Explanation: "Off."} }, account.Disabled, "Off."},
		{"wrong", func(p *Profile) { p.Unasked, p.BaseURL = service.Misconfigured("It is wrong.", "chmod"), "" }, account.Misconfigured, "It is wrong."},
		{"no such service", func(p *Profile) { p.Provider = "nope" }, account.Misconfigured, "no service"},
		{"no address", func(p *Profile) { p.BaseURL = "" }, account.Misconfigured, "no address"},
		{"an address in the clear", func(p *Profile) { p.BaseURL = "http://host.example" }, account.Misconfigured, "no address"},
		{"credential missing", func(p *Profile) { p.Credential = fixedCredential{err: remediedError{}} }, account.CredentialMissing, "PLAIN_TOKEN is not set"},
		{"credential empty", func(p *Profile) { p.Credential = fixedCredential{} }, account.CredentialMissing, "cannot be sent"},
		{"line break in the credential", func(p *Profile) { p.Credential = fixedCredential{secret: "hush\nhush"} }, account.CredentialMissing, "cannot be sent"},
		{"control character in the credential", func(p *Profile) { p.Credential = fixedCredential{secret: "hush\u0090"} }, account.CredentialMissing, "cannot be sent"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out := newPlainClient(n, "https://host.example", tt.change).check(t.Context(), checkOptions{})
			h := out.snapshot.Health
			if h.State != tt.state || !strings.Contains(h.Explanation, tt.text) {
				t.Errorf("%s: %s", h.State, h.Explanation)
			}
			if h.Remedy == "" && tt.state != account.Disabled {
				t.Error("there is no remedy")
			}
			if !h.CheckedAt.IsZero() || h.Attempts != 0 || out.at.IsZero() {
				t.Errorf("checked at %v, %d attempts, ended at %v", h.CheckedAt, h.Attempts, out.at)
			}
			if strings.Contains(fmt.Sprintf("%+v", out), "hush") {
				t.Error("the secret shows")
			}
		})
	}
}

// remediedError is a credential's error that knows what to do.
type remediedError struct{}

func (remediedError) Error() string  { return "PLAIN_TOKEN is not set" }
func (remediedError) Remedy() string { return "set it: export PLAIN_TOKEN=…" }

func TestCheckHasTheCredentialsRemedy(t *testing.T) {
	c := newPlainClient(overRoundTrip(nil), "https://host.example", func(p *Profile) {
		p.Credential = fixedCredential{err: fmt.Errorf("wrapped: %w", remediedError{})}
	})
	if h := c.Check(t.Context()).Health; h.Remedy != "Set it: export PLAIN_TOKEN=…" {
		t.Errorf("remedy is %q", h.Remedy)
	}
}

func TestCheckTriesAgain(t *testing.T) {
	const good = `{"id":"u1"}`
	type step struct {
		answer *http.Response
		err    error
	}
	tests := []struct {
		name     string
		steps    []step // the last one repeats
		state    account.State
		attempts int
		retry    time.Duration // zero for none
	}{
		{"good at once", []step{{respond(200, good), nil}}, account.Healthy, 1, 0},
		{"busy twice", []step{{respond(503, ""), nil}, {respond(502, ""), nil}, {respond(200, good), nil}}, account.Healthy, 3, 0},
		{"broken twice", []step{{nil, io.EOF}, {nil, io.ErrUnexpectedEOF}, {respond(200, good), nil}}, account.Healthy, 3, 0},
		{"busy for long", []step{{respond(504, ""), nil}, {respond(504, ""), nil}, {respond(504, ""), nil}}, account.Unavailable, 3, 0},
		{"broken for long", []step{{nil, io.EOF}}, account.Unreachable, 3, 0},
		{"busy with a time", []step{{respond(503, "", "Retry-After", "20"), nil}}, account.Unavailable, 1, 20 * time.Second},
		{"limited", []step{{respond(429, ""), nil}}, account.RateLimited, 1, 30 * time.Second},
		{"limited with a time", []step{{respond(429, "", "Retry-After", "5"), nil}}, account.RateLimited, 1, 5 * time.Second},
		{"refused credential", []step{{respond(401, ""), nil}}, account.InvalidToken, 1, 0},
		{"server error", []step{{respond(500, ""), nil}}, account.ServerError, 1, 0},
		{"edge error", []step{{respond(522, ""), nil}}, account.Unavailable, 1, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				asked := 0
				var times []time.Time
				n := overRoundTrip(func(*http.Request) (*http.Response, error) {
					s := tt.steps[min(asked, len(tt.steps)-1)]
					asked++
					times = append(times, time.Now())
					time.Sleep(10 * time.Millisecond)
					return s.answer, s.err
				})
				start := time.Now()
				h := newPlainClient(n, "https://host.example").Check(t.Context()).Health
				if h.State != tt.state || h.Attempts != tt.attempts || asked != tt.attempts {
					t.Fatalf("%s after %d attempts (%d said): %s", h.State, asked, h.Attempts, h.Explanation)
				}
				if h.Latency != 10*time.Millisecond {
					t.Errorf("latency is %v", h.Latency)
				}
				for i, least := range []time.Duration{200 * time.Millisecond, 400 * time.Millisecond} {
					if i+1 < len(times) {
						if d := times[i+1].Sub(times[i]) - h.Latency; d < least || d > 2*least {
							t.Errorf("pause %d is %v", i, d)
						}
					}
				}
				if got := h.RetryAt; got.IsZero() != (tt.retry == 0) || tt.retry != 0 && got.Sub(start) != tt.retry+10*time.Millisecond {
					t.Errorf("retry at %v, want %v later", got, tt.retry)
				}
			})
		})
	}
}

func TestCheckTimesOutOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		n := overRoundTrip(func(r *http.Request) (*http.Response, error) {
			asked++
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		start := time.Now()
		c := newPlainClient(n, "https://host.example", func(p *Profile) { p.Timeout = 3 * time.Second })
		h := c.Check(t.Context()).Health
		if h.State != account.Unreachable || h.Code != "timeout" || asked != 1 || time.Since(start) != 3*time.Second {
			t.Errorf("%s (%s) after %d attempts in %v", h.State, h.Code, asked, time.Since(start))
		}
		if !strings.Contains(h.Explanation, "host.example") || !strings.Contains(h.Explanation, "3s") {
			t.Errorf("the facts are missing: %s", h.Explanation)
		}
	})
}

func TestCheckAborted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := overRoundTrip(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		out := newPlainClient(n, "https://host.example").check(ctx, checkOptions{})
		if !out.aborted || out.snapshot.Health.Code != "cancelled" {
			t.Errorf("outcome is %+v", out)
		}
	})
}

func TestPlacesPerOrigin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		busy, most := 0, 0
		var mu sync.Mutex
		count := func(by int) {
			mu.Lock()
			defer mu.Unlock()
			busy += by
			most = max(most, busy)
		}
		n := overRoundTrip(func(*http.Request) (*http.Response, error) {
			count(1)
			defer count(-1)
			time.Sleep(8 * time.Second)
			return respond(200, `{"id":"u1"}`), nil
		})
		start := time.Now()
		done := make(chan account.State)
		for i := range 18 {
			// One origin, written in different ways.
			base := []string{"https://host.example", "https://HOST.example:443/zone"}[i%2]
			go func() { done <- newPlainClient(n, base).Check(t.Context()).Health.State }()
		}
		for range 18 {
			if state := <-done; state != account.Healthy {
				t.Errorf("%s: the wait for a place counted against the time limit", state)
			}
		}
		if most != mostAtATime || time.Since(start) != 24*time.Second {
			t.Errorf("%d at a time, %v in all", most, time.Since(start))
		}
	})
}

// However many details are asked for at an origin, whoever wants to know an
// identity there waits for none of them.
func TestDetailsLeaveAPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.delay = func(r *http.Request) time.Duration {
			if strings.HasSuffix(r.URL.Path, "/groups") {
				return 9 * time.Second
			}
			return 100 * time.Millisecond
		}
		n := f.network()
		var clients []*Client
		for i := range 20 {
			clients = append(clients, newPlainClient(n, "https://shared.example", func(p *Profile) { p.Name = fmt.Sprint(i) }))
		}
		_, stop := start(t, NewPoller(clients, memory(t)))
		defer stop()
		pass(15 * time.Second)
		if asked := len(f.asked("/groups")); asked != 2*mostDetails {
			t.Errorf("%d requests for details", asked)
		}
		begun := time.Now()
		newPlainClient(n, "https://shared.example").Check(t.Context())
		if took := time.Since(begun); took != 100*time.Millisecond {
			t.Errorf("the identity came after %v", took)
		}
	})
}

func TestGate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		n := overRoundTrip(func(*http.Request) (*http.Response, error) {
			asked++
			return respond(429, "", "Retry-After", "60"), nil
		})
		holds := map[string]time.Time{}
		held := func(origin, secret string) (time.Time, bool) {
			until := holds[origin+" "+secret]
			return until, time.Now().Before(until)
		}
		hold := func(origin, secret string, until time.Time) { holds[origin+" "+secret] = until }
		check := func() outcome {
			c := newPlainClient(n, "https://host.example/zone")
			c.withCooldowns(held, hold, nil)
			return c.check(t.Context(), checkOptions{})
		}
		first := check()
		until := holds["https://host.example:443 "+plainSecret]
		if first.coolingDown || !until.Equal(first.snapshot.Health.RetryAt) || time.Until(until) != time.Minute {
			t.Fatalf("held until %v: %+v", until, first)
		}
		second := check()
		h := second.snapshot.Health
		if !second.coolingDown || h.State != account.RateLimited || asked != 1 || !h.RetryAt.Equal(until) || !h.CheckedAt.IsZero() {
			t.Errorf("%d requests: %+v", asked, second)
		}
		if !strings.Contains(h.Explanation, "Nothing was asked") {
			t.Errorf("explanation is %q", h.Explanation)
		}
		c := newPlainClient(n, "https://host.example")
		c.withCooldowns(held, hold, nil)
		if d := c.details(t.Context(), account.Account{}, c.bearer(plainSecret, "")); asked != 1 || !strings.Contains(d.Notes.String(), "Nothing was asked") {
			t.Errorf("details asked: %+v", d)
		}
		time.Sleep(time.Minute)
		if third := check(); third.coolingDown || asked != 2 {
			t.Errorf("still held: %+v", third)
		}
	})
}

func TestGateIsAskedAfterTheWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		n := overRoundTrip(func(*http.Request) (*http.Response, error) {
			asked++
			return respond(503, ""), nil
		})
		c := newPlainClient(n, "https://host.example")
		c.withCooldowns(func(string, string) (time.Time, bool) { return time.Now().Add(time.Minute), asked > 0 }, nil, nil)
		out := c.check(t.Context(), checkOptions{})
		if asked != 1 || out.coolingDown || out.snapshot.Health.State != account.Unavailable || out.snapshot.Health.Attempts != 1 {
			t.Errorf("%d requests: %+v", asked, out)
		}
	})
}

func TestFingerprint(t *testing.T) {
	n := overRoundTrip(func(*http.Request) (*http.Response, error) { return respond(401, ""), nil })
	fingerprint := func(n *Network, base, secret string) string {
		c := newPlainClient(n, base, func(p *Profile) { p.Credential = fixedCredential{secret: secret} })
		return c.check(t.Context(), checkOptions{}).bearer.Fingerprint()
	}
	first := fingerprint(n, "https://a.example", "one-secret")
	if fingerprint(n, "https://a.example:443/zone", "one-secret") != first {
		t.Error("the same credential has two fingerprints")
	}
	for _, other := range []string{
		fingerprint(n, "https://a.example", "two-secret"),
		fingerprint(n, "https://b.example", "one-secret"),
		fingerprint(overRoundTrip(n.pool.Base.(roundTrip)), "https://a.example", "one-secret"),
	} {
		if other == first {
			t.Error("different credentials have the same fingerprint")
		}
	}
	asked := ""
	out := newPlainClient(overRoundTrip(nil), "https://a.example").check(t.Context(), checkOptions{
		skip: func(fingerprint string) bool { asked = fingerprint; return true },
	})
	if !out.skipped || asked != out.bearer.Fingerprint() || asked == "" || out.snapshot.Health.State != "" {
		t.Errorf("not skipped: %+v", out)
	}
}

func TestCheckNeverShowsTheSecret(t *testing.T) {
	basic := base64.StdEncoding.EncodeToString([]byte("sam:" + plainSecret))
	for name, body := range map[string]string{
		"plain": plainSecret, "basic": basic, "escaped": "s3cret%2Ft0ken%2Bvalue", "cut": plainSecret[:9] + "… and more",
	} {
		for _, status := range []int{200, 400} {
			n := overRoundTrip(func(*http.Request) (*http.Response, error) {
				text := "you sent " + body
				if status == 200 {
					quoted, _ := json.Marshal(text)
					text = fmt.Sprintf(`{"id":%s,"name":%[1]s}`, quoted)
				}
				return respond(status, text, "X-RateLimit-Limit", "5", "X-RateLimit-Name", plainSecret), nil
			})
			c := newPlainClient(n, "https://host.example", func(p *Profile) { p.Username = "sam" })
			s := c.Check(t.Context())
			stored, _ := json.Marshal(s)
			if text := string(stored); strings.Contains(text, body) || strings.Contains(text, plainSecret) ||
				!strings.Contains(text, redact.Mark) {
				t.Errorf("%s, %d: %s", name, status, text)
			}
		}
	}
}

func TestCheckSurvivesItsProvider(t *testing.T) {
	n := overRoundTrip(func(*http.Request) (*http.Response, error) { return respond(200, `{"id":"panic"}`), nil })
	s := newPlainClient(n, "https://host.example").Check(t.Context())
	if s.Health.State != account.BadResponse || s.Account != nil || strings.Contains(s.Health.Explanation, "secret") {
		t.Errorf("snapshot is %+v", s)
	}
}

func TestCheckAppliesIdentityAndExpiry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		end := time.Now().Add(9*24*time.Hour + time.Minute)
		body, _ := json.Marshal(map[string]any{"id": "u2", "ends": end})
		n := overRoundTrip(func(*http.Request) (*http.Response, error) { return respond(200, string(body)), nil })
		check := func(identity string, warning time.Duration) account.Snapshot {
			return newPlainClient(n, "https://host.example", func(p *Profile) {
				p.Identity, p.ExpiryWarning = identity, warning
			}).Check(t.Context())
		}
		if s := check("u2", 24*time.Hour); s.Health.State != account.Healthy {
			t.Errorf("health is %+v", s.Health)
		}
		if s := check("", 14*24*time.Hour); s.Health.State != account.Expiring || !strings.Contains(s.Advice(time.Now()).Explanation, "9d,") || s.Health.LastOKAt.IsZero() {
			t.Errorf("health is %+v", s.Health)
		}
		s := check("u1", 14*24*time.Hour)
		if s.Health.State != account.WrongAccount || !s.Health.LastOKAt.IsZero() || s.Account.User.ID != "u2" || s.Stale() {
			t.Errorf("snapshot is %+v", s)
		}
	})
}

func TestBudgetOfARefusal(t *testing.T) {
	c := newPlainClient(overRoundTrip(nil), "https://host.example")
	known := ratelimit.NearestFirst(ratelimit.Parse(headers("X-RateLimit-Permitted", "100", "X-RateLimit-Remaining", "0"), epoch))
	tests := []struct {
		name  string
		rates []account.RateLimit
		d     account.Diagnosis
		want  string
	}{
		{"from the headers", known, account.Diagnosis{State: account.RateLimited}, "- 100 0 30 X-Ratelimit-Remaining"},
		{"from the answer", nil, account.Diagnosis{State: account.RateLimited, Limit: 60}, "- 60 - 30 answer"},
		{"unknown", nil, account.Diagnosis{State: account.RateLimited}, "- - - - "},
		{"no refusal", known, account.Diagnosis{State: account.Healthy}, "- 100 0 - X-Ratelimit-Remaining"},
	}
	for _, tt := range tests {
		var s account.Snapshot
		s.SetRateLimits(c.completed(tt.rates, tt.d, epoch))
		if got := limitWords(s.RateLimit); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestDetails(t *testing.T) {
	t.Parallel()
	var got []string
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.URL.String()+" "+r.Header.Get("X-Auth-Token"))
		if len(got) == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		io.WriteString(w, "group of "+r.Header.Get("X-Auth-Token"))
	})
	c := newPlainClient(testNetwork(t), s.URL+"/zone")
	d := c.details(t.Context(), account.Account{User: account.User{ID: "u1"}}, c.bearer(plainSecret, ""))
	want := "/zone/api/groups?of=u1 " + plainSecret
	if len(got) != 2 || got[1] != want {
		t.Errorf("asked for %q", got)
	}
	if d.Notes != nil || len(d.Organizations) != 1 || d.Organizations[0].Name != "group of "+redact.Mark || d.Token.Name != "for "+redact.Mark {
		t.Errorf("details are %+v", d)
	}
}

func TestDetailsFail(t *testing.T) {
	t.Parallel()
	n := overRoundTrip(func(*http.Request) (*http.Response, error) { return nil, errors.New("broken by " + plainSecret) })
	c := newPlainClient(n, "https://host.example")
	if d := c.details(t.Context(), account.Account{}, c.bearer(plainSecret, "")); strings.Contains(d.Notes.String(), plainSecret) || !strings.Contains(d.Notes.String(), redact.Mark) {
		t.Errorf("notes are %q", d.Notes)
	}
}

func TestMerge(t *testing.T) {
	acc := account.Account{
		User:          account.User{ID: "u1", Emails: []string{"a@example"}},
		Organizations: []account.Organization{{ID: "o1"}},
		Token:         account.Token{ID: "t1"},
	}
	got := merge(acc, service.Details{Organizations: []account.Organization{{ID: "g1"}}, Token: &account.Token{ID: "t1", Scopes: []string{"read"}}})
	if got.User.ID != "u1" || got.Organizations[0].ID != "g1" || got.Token.Scopes[0] != "read" {
		t.Errorf("merged into %+v", got)
	}
	kept := merge(acc, service.Details{Notes: account.Notes{{Kind: account.NoteUnread}}})
	if kept.Organizations[0].ID != "o1" || kept.Token.ID != "t1" {
		t.Errorf("merged into %+v", kept)
	}
	if empty := merge(acc, service.Details{Organizations: []account.Organization{}}); len(empty.Organizations) != 0 {
		t.Error("organizations that ended were kept")
	}
}

var epoch = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func headers(pairs ...string) http.Header {
	h := http.Header{}
	for i := 0; i < len(pairs); i += 2 {
		h.Add(pairs[i], pairs[i+1])
	}
	return h
}

// limitWords writes a budget as NAME LIMIT REMAINING SECONDS SOURCE, with - for
// what is unknown.
func limitWords(r account.RateLimit) string {
	number := func(n *int64) string {
		if n == nil {
			return "-"
		}
		return fmt.Sprint(*n)
	}
	reset := "-"
	if !r.ResetAt.IsZero() {
		reset = fmt.Sprint(r.ResetAt.Sub(epoch).Seconds())
	}
	return strings.Join([]string{cmp.Or(r.Name, "-"), number(r.Limit), number(r.Remaining), reset, r.Source}, " ")
}

// The requests that may be under way at an origin, and how many of them for
// details.
const mostAtATime, mostDetails = 6, 5

// services are those of the tests: the real ones.
var services = service.Catalog{katapult.Service{}, onezone.Service{}, github.Service{}, gitlab.Service{}, gitea.Service{}, oidc.Service{}}
