package client

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
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
	// shortBody is how many bytes of a body that nobody needs are read.
	shortBody = 4 << 10
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
	req.Header.Set("Accept-Encoding", "gzip")
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

// exchange sends one request, and once more to each place that an answer wants
// it sent on to. Where an error comes, too, the answer is what came of it.
func exchange(transport http.RoundTripper, req *http.Request) (a answer, err error) {
	for asked := 1; ; asked++ {
		resp, err := transport.RoundTrip(req)
		if err != nil {
			return answer{}, err
		}
		a.status, a.header = resp.StatusCode, resp.Header
		next, err := onward(req, resp, asked)
		if next == nil && err == nil {
			a.body, err = readBody(resp)
			a.at = wallTime()
		} else {
			// Read, the connection can be used again.
			_, _ = io.CopyN(io.Discard, resp.Body, shortBody)
		}
		resp.Body.Close()
		if next == nil || err != nil {
			return a, err
		}
		req = next
	}
}

// onward is the request to send next where the answer wants that. It must be
// within the origin: the credential travels in headers. Only a GET is sent on
// at all.
func onward(req *http.Request, resp *http.Response, asked int) (*http.Request, error) {
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil
	}
	location := resp.Header.Get("Location")
	if req.Method != http.MethodGet || location == "" {
		return nil, nil
	}
	u, err := req.URL.Parse(location)
	switch {
	case err != nil:
		return nil, &redirectError{unreadable: true, status: resp.StatusCode}
	case originOf(u) != originOf(req.URL):
		return nil, &redirectError{to: withoutQuery(u), status: resp.StatusCode}
	case asked > maxRedirects:
		return nil, &redirectError{status: resp.StatusCode}
	}
	next := req.Clone(req.Context())
	next.URL, next.Host = u, u.Host
	return next, nil
}

// readBody reads the body of an answer. It is unpacked here, not by net/http,
// where packing that is broken looks like a connection that broke.
func readBody(resp *http.Response) (body []byte, err error) {
	if resp.StatusCode == http.StatusSwitchingProtocols {
		// What follows is the bare connection. Nothing ends the reading of it,
		// not even the time limit.
		return nil, &readError{resp.StatusCode, errSwitched}
	}
	body, err = readMost(resp.Body)
	if err == nil && len(body) > 0 && strings.EqualFold(resp.Header.Get("Content-Encoding"), "gzip") {
		body, err = unpack(body)
	}
	if err != nil {
		return body, &readError{resp.StatusCode, err}
	}
	return body, nil
}

func unpack(packed []byte) (body []byte, err error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err == nil {
		body, err = readMost(r)
	}
	if err != nil && !errors.Is(err, errTooLarge) {
		err = errPacking
	}
	return body, err
}

func readMost(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxAnswer+1))
	if err == nil && len(body) > maxAnswer {
		err = errTooLarge
	}
	return body, err
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
