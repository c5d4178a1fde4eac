package client

import (
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

// reply is what became of a request.
type reply struct {
	answer answer
	// latency is that of the last attempt.
	latency  time.Duration
	attempts int
}

// ask sends a GET with the credential, again where it fails for a passing
// reason. The answer is whole, of any status, unless a failure comes with it.
func (c *Client) ask(ctx context.Context, target, secret string, retries int) (got reply, failed *failure) {
	transport, err := c.network.transport(newSetup(c.profile))
	if err != nil {
		return got, c.failure(ctx, err)
	}
	for {
		a, latency, f := c.attempt(ctx, transport, target, secret)
		if f != nil && (f.held || f.aborted) {
			// What an earlier attempt found says more.
			if got.attempts == 0 {
				failed = f
			}
			return got, failed
		}
		got, failed = reply{a, latency, got.attempts + 1}, f
		if got.attempts > retries || !passing(a, f) || !pause(ctx, got.attempts) {
			return got, failed
		}
	}
}

// attempt sends the request once, when there is a place for it and the gate
// lets it through. The time limit and the latency begin then.
func (c *Client) attempt(
	ctx context.Context, transport http.RoundTripper, target, secret string,
) (answer, time.Duration, *failure) {
	leave, err := c.network.enter(ctx, c.address.origin)
	if err != nil {
		return answer{}, 0, c.failure(ctx, err)
	}
	defer leave()
	// Asked last of all: another profile may have been told to wait while
	// this one waited for its place.
	if until, held := c.held(c.address.origin, secret); held {
		return answer{}, 0, heldUntil(until)
	}
	start := time.Now()
	a, failed := c.send(ctx, transport, target, secret)
	return a, time.Since(start), failed
}

// send sends the request and reads the whole answer, within the time limit.
func (c *Client) send(parent context.Context, transport http.RoundTripper, target, secret string) (answer, *failure) {
	ctx, cancel := context.WithTimeout(parent, c.profile.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return answer{}, c.failure(parent, err)
	}
	req.Header.Set("User-Agent", c.network.userAgent)
	req.Header.Set("Accept", "application/json")
	c.provider.authorize(req.Header, c.profile.Username, secret)

	client := http.Client{Transport: transport, CheckRedirect: sameOriginOnly}
	resp, err := client.Do(req)
	if err != nil {
		return answer{}, c.failure(parent, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err == nil && len(body) > maxAnswer {
		err = errTooLarge
	}
	if err != nil {
		return answer{}, c.failure(parent, &readError{status: resp.StatusCode, err: err})
	}
	return answer{status: resp.StatusCode, header: resp.Header, body: body, at: wallTime()}, nil
}

// sameOriginOnly lets a request be sent on within its origin only: the
// credential travels in headers that net/http would take elsewhere.
func sameOriginOnly(req *http.Request, via []*http.Request) error {
	if originOf(req.URL) != originOf(via[0].URL) {
		to := url.URL{Scheme: req.URL.Scheme, Host: req.URL.Host, Path: req.URL.Path}
		return &redirectError{to: to.String()}
	}
	if len(via) > maxRedirects {
		return &redirectError{}
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
