package transport

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/ratelimit"
	"rollcall/client/service"
)

const (
	// identityRetries and detailRetries are how often a request that failed
	// for a passing reason is sent again.
	identityRetries = 2
	detailRetries   = 1
	// firstPause is the shortest pause before the first of them; each pause
	// is up to twice as long, and the next starts where it can end.
	firstPause = 200 * time.Millisecond
	// shortBody is how many bytes of a body that nobody needs are read.
	shortBody = 4 << 10
)

// Reply is what became of a request. Where a failure comes with it, the answer
// is what came of it.
type Reply struct {
	Answer service.Answer
	// Sent is the request of the last attempt, which latency and its phases
	// are of, too.
	Sent     *http.Request
	Latency  time.Duration
	Phases   account.Phases
	Attempts int
}

// Sender sends the requests of one profile with one credential.
type Sender struct {
	Pool  *Pool
	Setup Setup
	// Origin is where all requests go, host how people call it.
	Origin, Host string
	// Timeout bounds one attempt.
	Timeout time.Duration
	// Authorize puts the credential into the headers of a request.
	Authorize func(http.Header)
	// Before is asked last of all before a request is sent. Where it says held,
	// none is: the credential must not be used before until.
	Before func() (until time.Time, held bool)
	// After is told of each whole answer before another request may take the
	// place of the one that it answers.
	After func(a service.Answer, r service.Request)
}

// Do sends a request, again where it fails for a passing reason. The answer is
// whole, of any status, unless a failure comes with it. Requests for details
// leave room for those for an identity.
func (s Sender) Do(ctx context.Context, r service.Request, forDetails bool) (got Reply, failed *Failure) {
	transport, err := s.Pool.transport(s.Setup.dated())
	if err != nil {
		return got, s.failure(ctx, err)
	}
	retries := identityRetries
	if forDetails {
		retries = detailRetries
	}
	for {
		next, f := s.attempt(ctx, transport, r, forDetails)
		if f != nil && (f.Held || f.Aborted) {
			// What an earlier attempt found says more.
			if got.Attempts == 0 {
				failed = f
			}
			return got, failed
		}
		next.Attempts = got.Attempts + 1
		got, failed = next, f
		if got.Attempts > retries || !passing(got.Answer, f) || !pause(ctx, got.Attempts) {
			return got, failed
		}
	}
}

// attempt sends the request once, when its turn at the origin has come and
// before lets it through. The time limit and the latency begin then.
func (s Sender) attempt(ctx context.Context, transport http.RoundTripper, r service.Request, forDetails bool) (Reply, *Failure) {
	leave, err := s.Pool.enter(ctx, s.Origin, forDetails)
	if err != nil {
		return Reply{}, s.failure(ctx, err)
	}
	defer leave()
	// Asked last of all: another profile may have been told to wait while
	// this one waited for its turn.
	if until, held := s.Before(); held {
		return Reply{}, heldUntil(until)
	}
	start := time.Now()
	got, failed := s.send(ctx, transport, r)
	got.Latency = time.Since(start)
	if failed == nil {
		s.After(got.Answer, r)
	}
	return got, failed
}

// send sends the request and reads the whole answer, within the time limit.
func (s Sender) send(parent context.Context, transport http.RoundTripper, r service.Request) (got Reply, _ *Failure) {
	ctx, cancel := context.WithTimeout(parent, s.Timeout)
	defer cancel()
	var t trace
	req, err := http.NewRequestWithContext(t.watch(ctx), r.Method, r.Target, bytes.NewReader(r.Body))
	if err != nil {
		return got, s.failure(parent, err)
	}
	req.Header.Set("User-Agent", s.Pool.userAgent)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Accept-Encoding", "gzip")
	if r.Body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if !r.Bare {
		s.Authorize(req.Header)
	}
	got.Sent = req
	got.Answer, err = exchange(transport, req)
	phases, last, peer := t.finish()
	got.Phases = phases
	if err != nil {
		return got, s.failure(parent, &phaseError{last, peer, err})
	}
	return got, nil
}

// exchange sends one request, and once more to each place that an answer wants
// it sent on to. Where an error comes, too, the answer is what came of it.
func exchange(transport http.RoundTripper, req *http.Request) (a service.Answer, err error) {
	for asked := 1; ; asked++ {
		resp, err := transport.RoundTrip(req)
		if err != nil {
			return service.Answer{}, err
		}
		a.Status, a.Header = resp.StatusCode, resp.Header
		next, err := onward(req, resp, asked)
		if next == nil && err == nil {
			a.Body, err = readBody(resp)
			a.At = WallTime()
			a.Limits = ratelimit.Parse(a.Header, a.At)
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
	case service.OriginOf(u) != service.OriginOf(req.URL):
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
func passing(a service.Answer, failed *Failure) bool {
	if failed != nil {
		return failed.transient
	}
	switch a.Status {
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		until, named := ratelimit.RetryAfter(a.Header, a.At)
		return !named || !until.After(a.At)
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

// failure tells what an error of a request means. ctx is the caller's: where
// it ended, the error says nothing about the service.
func (s Sender) failure(ctx context.Context, err error) *Failure {
	if ctx.Err() != nil {
		f := &Failure{Aborted: true, Diagnosis: account.Diagnosis{State: account.Unreachable, Code: "cancelled",
			Explanation: "The check was ended before an answer came.", Remedy: "Refresh to check again."}}
		return f
	}
	if e, ok := err.(*url.Error); ok {
		// Its own text repeats the address with the query.
		err = e.Err
	}
	t := trouble{host: s.Host, limit: s.Timeout, err: err, now: WallTime()}
	f := t.diagnose()
	if e, ok := errors.AsType[*readError](err); ok && f.State == account.BadResponse {
		f.Status = e.status
	}
	if e, ok := errors.AsType[*redirectError](err); ok {
		f.Status = e.status
	}
	return f
}
