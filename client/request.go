package client

import (
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"time"
)

const (
	// identityRetries and detailRetries are how often a request that failed
	// for a passing reason is sent again.
	identityRetries = 2
	detailRetries   = 1
	// firstPause is the shortest pause before the first of them; each pause
	// is up to twice as long, and the next starts where it can end.
	firstPause = 200 * time.Millisecond
	// maxAnswer is how many bytes of an answer are read, unpacked.
	maxAnswer = 4 << 20
	// maxRedirects is how often a request is sent on.
	maxRedirects = 5
)

// request is what to send.
type request struct {
	// method is GET where it is empty. Every call of another method must be a
	// reading one, too: it may be sent more than once.
	method string
	// target is the whole address.
	target string
	// body is JSON to send along; nil for none.
	body []byte
	// bare requests do not show the credential in a header.
	bare bool
	// forDetails is set where it is for more than the identity.
	forDetails bool
}

// reply is what became of a request. Where a failure comes with it, the answer
// is what came of it.
type reply struct {
	answer answer
	// sent is the request of the last attempt, which latency and its phases
	// are of, too.
	sent     *http.Request
	latency  time.Duration
	phases   Phases
	attempts int
}

// do sends a request, again where it fails for a passing reason. The answer is
// whole, of any status, unless a failure comes with it.
func (c *Client) do(ctx context.Context, r request, secret string, retries int) (got reply, failed *failure) {
	transport, err := c.network.transport(newSetup(c.profile))
	if err != nil {
		return got, c.failure(ctx, err)
	}
	for {
		next, f := c.attempt(ctx, transport, r, secret)
		if f != nil && (f.held || f.aborted) {
			// What an earlier attempt found says more.
			if got.attempts == 0 {
				failed = f
			}
			return got, failed
		}
		next.attempts = got.attempts + 1
		got, failed = next, f
		if got.attempts > retries || !passing(got.answer, f) || !pause(ctx, got.attempts) {
			return got, failed
		}
	}
}

// attempt sends the request once, when there is a place for it and the gate
// lets it through. The time limit and the latency begin then.
func (c *Client) attempt(ctx context.Context, transport http.RoundTripper, r request, secret string) (reply, *failure) {
	leave, err := c.network.enter(ctx, c.address.origin, r.forDetails)
	if err != nil {
		return reply{}, c.failure(ctx, err)
	}
	defer leave()
	// Asked last of all: another profile may have been told to wait while
	// this one waited for its place.
	credential := c.credential(secret)
	if until, held := c.held(c.address.origin, credential); held {
		return reply{}, heldUntil(until)
	}
	c.sent.Add(1)
	start, fingerprint := time.Now(), c.network.fingerprint(c.address.origin, credential)
	c.network.budgets.sent(fingerprint, wallTime(), c.provider.info().Window)
	got, failed := c.send(ctx, transport, r, secret)
	got.latency = time.Since(start)
	if failed != nil {
		return got, failed
	}
	// Before the place is left: whoever has it next may use the credential.
	c.holdAfter(got.answer, secret)
	if !r.bare {
		c.network.budgets.see(fingerprint, tightest(c.rates(got.answer, secret)), got.answer.at)
	}
	return got, nil
}

// send sends the request and reads the whole answer, within the time limit.
func (c *Client) send(parent context.Context, transport http.RoundTripper, r request, secret string) (got reply, _ *failure) {
	ctx, cancel := context.WithTimeout(parent, c.profile.Timeout)
	defer cancel()
	var t trace
	req, err := http.NewRequestWithContext(t.watch(ctx), r.method, r.target, bytes.NewReader(r.body))
	if err != nil {
		return got, c.failure(parent, err)
	}
	req.Header.Set("User-Agent", c.network.userAgent)
	req.Header.Set("Accept", "application/json")
	if r.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if !r.bare {
		c.provider.authorize(req.Header, c.profile.Username, secret)
	}
	got.sent = req
	got.answer, err = exchange(transport, req)
	phases, last, peer := t.finish()
	got.phases = phases
	if err != nil {
		return got, c.failure(parent, &phaseError{last, peer, err})
	}
	return got, nil
}

// exchange sends one request. Where an error comes, too, the answer is what
// came of it.
func exchange(transport http.RoundTripper, req *http.Request) (a answer, err error) {
	client := http.Client{Transport: transport, CheckRedirect: sameOriginOnly}
	resp, err := client.Do(req)
	if resp == nil {
		return a, err
	}
	defer resp.Body.Close()
	a.status, a.header = resp.StatusCode, resp.Header
	if err != nil {
		return a, err
	}
	a.body, err = io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err == nil && len(a.body) > maxAnswer {
		err = errTooLarge
	}
	if err != nil {
		return a, &readError{status: a.status, err: err}
	}
	a.at = wallTime()
	return a, nil
}

// sameOriginOnly lets a request be sent on within its origin only: the
// credential travels in headers that net/http would take elsewhere. Only a GET
// is sent on at all.
func sameOriginOnly(req *http.Request, via []*http.Request) error {
	if via[0].Method != http.MethodGet {
		return http.ErrUseLastResponse
	}
	if originOf(req.URL) != originOf(via[0].URL) {
		to := url.URL{Scheme: req.URL.Scheme, Host: req.URL.Host, Path: req.URL.Path}
		return &redirectError{to: to.String(), status: req.Response.StatusCode}
	}
	if len(via) > maxRedirects {
		return &redirectError{status: req.Response.StatusCode}
	}
	return nil
}

// passing reports whether what came of an attempt may well be over in a
// moment. A service that names a time to wait is not asked before.
func passing(a answer, failed *failure) bool {
	if failed != nil {
		return failed.transient
	}
	switch a.status {
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		until, named := retryAfter(a.header, a.at)
		return !named || !until.After(a.at)
	}
	return false
}

// pause waits before the next attempt; it reports false where ctx ends first.
func pause(ctx context.Context, attempts int) bool {
	least := firstPause << (attempts - 1)
	timer := time.NewTimer(least + rand.N(least))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
