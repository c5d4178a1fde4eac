package transport

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/ratelimit"
	"rollcall/client/redact"
	"rollcall/client/service"
)

const (
	// MaxAttempts is how many requests for an identity are sent at most, where
	// failures are transient; detailAttempts is how many for details.
	MaxAttempts    = 3
	detailAttempts = 2
	// firstBackoff is the shortest backoff before the first retry. Each backoff
	// is up to twice as long at random, and the next one starts from there.
	firstBackoff = 200 * time.Millisecond
	// shortBody is how many bytes of an unneeded body are read, so that its
	// connection can be used again.
	shortBody = 4 << 10
)

// Result is what came of a request. Where there is a [Failure] as well, the
// answer is as much of it as arrived.
type Result struct {
	Answer service.Answer
	// Sent is the request of the last attempt; nil where none was sent. Latency
	// and Phases are those of that attempt.
	Sent    *http.Request
	Latency time.Duration
	Phases  account.Phases
	// Attempts counts the requests that were sent, retries included, and Held is for
	// how long all of them together had a place at the origin.
	Attempts int
	Held     time.Duration
	// share is what the body has of the memory for large answers, and waited for how long
	// it waited for that.
	share  *share
	waited time.Duration
}

// Release makes room for other answers, once this one was read and nobody needs its
// body any more. It may be called more than once.
func (r Result) Release() { r.share.release() }

// Sender sends the requests of one profile with one credential. All its fields
// must be set, except Setup, Limits and Attempted.
type Sender struct {
	Pool  *Pool
	Setup Setup
	// Root is what the paths of requests are added to.
	Root string
	// Origin is the scheme, host and port of all requests. Host is the name of
	// the service in sentences.
	Origin, Host string
	// Public is set where that is the public address of the service, and the profile
	// names none.
	Public bool
	// Elsewhere is the one address of another origin that may be asked; empty for none.
	Elsewhere string
	// Timeout bounds each attempt.
	Timeout time.Duration
	// Spent is how many of the attempts at an identity were made before.
	Spent int
	// Prepare adds the credential to the headers of a request.
	Prepare func(http.Header)
	// Limits reads the budgets of an answer where the service tells them in headers of
	// its own; nil for the usual ones.
	Limits func(h http.Header, now time.Time) []ratelimit.Bucket
	// Before is called right before each attempt. Where it returns true, the
	// credential is in a cooldown until then, and nothing is sent.
	Before func(r service.Request) (until time.Time, coolingDown bool)
	// After is called with each whole answer, before its place at the origin is
	// free for another request.
	After func(a service.Answer, r service.Request)
	// Attempted is called after each request that was sent; nil for nobody.
	Attempted func(Attempt)
}

// Do sends a request, and sends it again after a transient failure. Unless
// there is a failure, the result has a whole answer of any status. A request
// for details is retried less often, and waits where it would take the last
// place at the origin from a request for an identity.
func (s Sender) Do(ctx context.Context, r service.Request, forDetails bool) (got Result, failed *Failure) {
	s = s.at(r)
	transport, way, err := s.Pool.transport(s.Setup.withFileTimes(ctx))
	if err != nil {
		return got, s.failure(ctx, err)
	}
	most := MaxAttempts - s.Spent
	if forDetails {
		most = detailAttempts
	}
	for {
		next, f := s.attempt(ctx, transport, way.turnstile(s.Origin), r, forDetails)
		s.tell(next.Sent, s.Spent+got.Attempts+1, next.Answer.Status, next.Latency, f)
		if f != nil && (f.CoolingDown || f.Aborted) {
			// The result of an earlier attempt says more than this failure.
			if got.Attempts == 0 {
				failed = f
			}
			return got, failed
		}
		next.Attempts, next.Held = got.Attempts+1, got.Held+next.Latency
		got, failed = next, f
		if got.Attempts >= most || !transient(got.Answer, f) {
			return s.toRead(ctx, got, failed)
		}
		// Whoever waits keeps no room from others.
		got.Answer.Body = Beginning(got.Answer.Body)
		got.Release()
		if !backOff(ctx, got.Attempts) {
			return got, failed
		}
	}
}

// toRead is the result once it may be read.
func (s Sender) toRead(ctx context.Context, got Result, failed *Failure) (Result, *Failure) {
	if failed != nil {
		return got, failed
	}
	if err := got.share.toRead(ctx); err != nil {
		got.Answer.Body = Beginning(got.Answer.Body)
		got.Release()
		return got, s.failure(ctx, err)
	}
	return got, nil
}

// at is the sender for a request: that for the address elsewhere counts in the limits
// there, and sentences name the host there.
func (s Sender) at(r service.Request) Sender {
	if u, err := url.Parse(r.Path); err == nil && r.Path != "" && r.Path == s.Elsewhere {
		s.Origin, s.Host = service.OriginOf(u), u.Host
	}
	return s
}

// attempt sends the request once, when there is a place at the origin and no
// cooldown. The time limit and the latency count from then.
func (s Sender) attempt(
	ctx context.Context, transport http.RoundTripper, before *turnstile, r service.Request, forDetails bool,
) (Result, *Failure) {
	release, err := s.Pool.acquire(ctx, s.Origin, forDetails)
	if err != nil {
		return Result{}, s.failure(ctx, err)
	}
	defer release()
	connected := before.enter(ctx)
	defer connected(nil)
	// Before comes last of all: while this request waited for its place, the
	// answer to another profile can have started a cooldown.
	if until, cooling := s.Before(r); cooling {
		return Result{}, coolingDown(until)
	}
	start, room, whole := time.Now(), s.Pool.room(s.Origin), false
	passage := s.Pool.shared.passage()
	defer func() {
		// After a panic nobody has the result, and nobody else could give this back.
		if !whole {
			room.release()
			passage.end(true)
		}
	}()
	got, failed := s.send(ctx, transport, r, room, func(conn net.Conn) {
		connected(conn)
		passage.over(conn)
	})
	passage.end(failed != nil && !failed.Aborted)
	got.Latency = time.Since(start) - got.waited
	if failed == nil {
		s.After(got.Answer, r)
	}
	whole = true
	return got, failed
}

// send sends the request and reads the whole answer within the time limit, a large one
// into the room for it. connected is called with the connection.
func (s Sender) send(
	parent context.Context, transport http.RoundTripper, r service.Request, room *share, connected func(net.Conn),
) (got Result, _ *Failure) {
	ctx := newTimeLimit(parent, s.Timeout)
	defer ctx.end()
	target, err := s.target(r)
	if err != nil {
		return got, s.failure(parent, err)
	}
	t := trace{connected: connected}
	req, err := http.NewRequestWithContext(ctx, r.Method, target, bytes.NewReader(r.Body))
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
		s.Prepare(req.Header)
	}
	for name, values := range r.Header {
		req.Header[http.CanonicalHeaderKey(name)] = values
	}
	got.Sent, got.share = req, room
	got.Answer, err = exchange(transport, req, &t, got.share.holding(parent, ctx))
	got.waited = ctx.waited
	if s.Limits != nil && err == nil {
		got.Answer.Limits = s.Limits(got.Answer.Header, got.Answer.At)
	}
	phases, last, peer := t.finish()
	got.Phases = phases
	if err != nil {
		got.Answer.Body = Beginning(got.Answer.Body)
		got.Release()
		return got, s.failure(parent, &phaseError{last, peer, ctx.over(err)})
	}
	return got, nil
}

// target is the whole address of a request. One that the service itself gave must
// be of the origin, or the one elsewhere: the credential goes nowhere else.
func (s Sender) target(r service.Request) (string, error) {
	if strings.HasPrefix(r.Path, "/") {
		return s.Root + r.Path, nil
	}
	u, err := url.Parse(r.Path)
	switch {
	case err != nil:
		return "", &redirectError{unreadable: true}
	case service.OriginOf(u) != s.Origin:
		return "", &redirectError{to: redact.Address(u)}
	}
	return u.String(), nil
}

// exchange sends one request and follows the redirects within its origin. Where
// there is an error as well, the answer is as much of it as arrived. The trace notes how
// long it takes, and hold waits for room for a large body.
func exchange(transport http.RoundTripper, req *http.Request, t *trace, hold *holder) (a service.Answer, err error) {
	for asked := 1; ; asked++ {
		resp, err := sendOnce(transport, req, t)
		if err != nil {
			return service.Answer{}, err
		}
		a.URL, a.Status, a.Header = req.URL.String(), resp.StatusCode, resp.Header
		next, err := redirected(req, resp, asked)
		if next == nil && err == nil {
			a.Body, err = readBody(resp, hold)
			a.At = WallTime()
			a.Limits = ratelimit.Parse(a.Header, a.At)
		} else {
			// The connection can be used again once the body was read.
			_, _ = io.CopyN(io.Discard, resp.Body, shortBody)
		}
		resp.Body.Close()
		if next == nil || err != nil {
			return a, err
		}
		req = next
	}
}

// redirected returns the request that follows the redirect of an answer, or nil
// where the answer is none. Since the request carries the credential, leaving
// the origin is an error. Only a GET is redirected; the answer to another
// method counts as it is.
func redirected(req *http.Request, resp *http.Response, asked int) (*http.Request, error) {
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
		return nil, &redirectError{to: redact.Address(u), status: resp.StatusCode}
	case asked > maxRedirects:
		return nil, &redirectError{status: resp.StatusCode}
	}
	next := req.Clone(req.Context())
	next.URL, next.Host = u, u.Host
	return next, nil
}

// readBody reads the body of an answer. It decompresses the body itself because
// in net/http broken compression looks like a broken connection.
func readBody(resp *http.Response, hold *holder) (body []byte, err error) {
	if resp.StatusCode == http.StatusSwitchingProtocols {
		// The body would be the bare connection, and not even the time limit
		// would end the reading of it.
		return nil, &readError{resp.StatusCode, errSwitched}
	}
	hold.packed = len(codings(resp.Header)) > 0
	body, err = hold.readMost(resp.Body, resp.ContentLength)
	hold.packed = false
	if err == nil {
		body, err = plainBody(body, resp.Header, hold)
	}
	if err != nil {
		return body, &readError{resp.StatusCode, err}
	}
	hold.share.keep(len(body))
	return body, nil
}

// transient reports whether another attempt within seconds may succeed. It may
// not where the service names a cooldown.
func transient(a service.Answer, failed *Failure) bool {
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

// backOff waits before the next attempt. It returns false where ctx ends first.
func backOff(ctx context.Context, attempts int) bool {
	least := firstBackoff << (attempts - 1)
	timer := time.NewTimer(least + rand.N(least))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// failure says what the error of a request means. ctx is the caller's. Where it
// has ended, the error says nothing about the service.
func (s Sender) failure(ctx context.Context, err error) *Failure {
	if ctx.Err() != nil {
		f := &Failure{Aborted: true, Diagnosis: account.Diagnosis{State: account.Unreachable, Code: "cancelled",
			Explanation: "The check was ended before an answer came.", Remedy: "Check it again."}}
		return f
	}
	if e, ok := err.(*url.Error); ok {
		// The text of this error repeats the URL with its query.
		err = e.Err
	}
	t := trouble{host: s.Host, public: s.Public, limit: s.Timeout, err: err, now: WallTime()}
	f := t.diagnose()
	if e, ok := errors.AsType[*readError](err); ok && f.State == account.BadResponse {
		f.Status = e.status
	}
	if e, ok := errors.AsType[*redirectError](err); ok {
		f.Status = e.status
	}
	return f
}
