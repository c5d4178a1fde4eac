package client

import (
	"context"
	"errors"
	"net/http"
	"time"

	"rollcall/client/account"
	"rollcall/client/ratelimit"
	"rollcall/client/service"
	"rollcall/client/transport"
)

// asking sends what a service asks for one check, and remembers what came of it.
type asking struct {
	client     *Client
	bearer     service.Bearer
	sender     transport.Sender
	forDetails bool

	// request is the last one, result and failed what became of it, and status is
	// the one that came over the wire. attempts are those of all requests.
	request  service.Request
	result   transport.Result
	failed   *transport.Failure
	status   int
	attempts int
	// held is for how long they were under way.
	held time.Duration
	// named is the address that the service has named for one of them, used are the paths
	// of those that were not sent since their answers are kept, and fresh is what is to be
	// kept where all ends well.
	named string
	used  []string
	fresh map[string]service.Answer
}

// errAskedEnough is what a request is told that completes a check in which there is
// no room for it.
var errAskedEnough = errors.New("this check has sent as many requests as it may")

// asking begins to ask as a bearer. Requests for details leave room for those for
// an identity.
func (c *Client) asking(b service.Bearer, forDetails bool) *asking {
	return &asking{client: c, bearer: b, sender: c.sender(b), forDetails: forDetails}
}

// ask is what the service of an identity asks with, one request after the other.
func (a *asking) ask(ctx context.Context, r service.Request) (service.Answer, error) {
	if r.Aside && a.attempts >= transport.MaxAttempts {
		return service.Answer{}, errAskedEnough
	}
	if got, ok := a.client.kept(r); ok {
		a.used = append(a.used, r.Path)
		return got, nil
	}
	if r.Named {
		if a.failed = a.name(r.Path); a.failed != nil {
			return service.Answer{}, a.failed
		}
	}
	key, before := a.client.validated(a.bearer, r), service.Answer{}
	if r.Conditional {
		r, before = a.client.network.validators.condition(key, r)
	}
	a.sender.Spent = a.attempts
	got, failed := a.sender.Do(ctx, r, a.forDetails)
	defer got.Release()
	a.attempts += got.Attempts
	a.held += got.Held
	status := got.Answer.Status
	if failed == nil && r.Conditional {
		got.Answer = a.client.network.validators.settle(key, before, got.Answer)
	}
	whole := got.Answer
	if r.Read != nil {
		got.Answer.Body = transport.Beginning(whole.Body)
	}
	if !r.Aside {
		a.request, a.result, a.failed, a.status = r, got, failed, status
	}
	if failed != nil {
		return service.Answer{}, failed
	}
	if r.Kept && whole.Status/100 == 2 {
		a.fresh = map[string]service.Answer{r.Path: whole}
	}
	if r.Read != nil {
		r.Read(whole)
	}
	return got.Answer, nil
}

// sender is what sends requests as a bearer: it heeds cooldowns and tells the
// budgets.
func (c *Client) sender(b service.Bearer) transport.Sender {
	var limits func(http.Header, time.Time) []ratelimit.Bucket
	if l, ok := c.service.(service.Limiter); ok {
		limits = l.Limits
	}
	return transport.Sender{
		Attempted: c.attempted(b),
		Pool:      c.network.pool, Setup: c.profile.setup(),
		Root: c.address.Root, Origin: c.address.Origin, Host: c.address.Host, Public: c.address.Public, Timeout: c.profile.Timeout,
		Prepare: func(h http.Header) { c.service.Prepare(h, b) },
		Limits:  limits,
		Before:  func(r service.Request) (time.Time, bool) { return c.mayAsk(b, r, nil) },
		After: func(a service.Answer, r service.Request) {
			// At once, as far as the body need not be understood for that.
			state := account.State("")
			if a.Status == http.StatusTooManyRequests {
				state = account.RateLimited
			}
			c.coolDown(state, a, r, b)
			if !r.Bare {
				c.network.budgets.Observe(c.limited(b), c.rates(a, b), a.At)
			}
		},
	}
}

// mayAsk counts a request that is about to be sent, unless a cooldown that is not ignored
// holds it up, whose end it tells.
func (c *Client) mayAsk(b service.Bearer, r service.Request, ignored map[string]bool) (until time.Time, cooling bool) {
	for _, key := range c.cooldownKeys(b, r.Bucket) {
		if until, cooling = c.cooldown(c.address.Origin, key); cooling && !ignored[key] {
			return until, true
		}
	}
	c.sent.Add(1)
	c.network.budgets.CountRequest(c.limited(b), transport.WallTime(), c.service.Info().Window)
	return time.Time{}, false
}

// limited stands for what the service counts the requests of a bearer by: the
// credential or, where that is known, its user.
func (c *Client) limited(b service.Bearer) string {
	if user := c.limitedUser(); user != "" {
		return c.network.fingerprint(c.address.Origin, user)
	}
	return b.Fingerprint()
}

// limitedUser is the user whose tokens share a limit; empty where the service
// counts by token, and until the user is known.
func (c *Client) limitedUser() string {
	if id := c.user.Load(); id != nil && c.service.Info().LimitPerUser {
		return "user " + *id
	}
	return ""
}

// cooldownKeys are what a cooldown can be for that holds a request up: the
// credential, its user where they share a limit, and each with the bucket of the
// request.
func (c *Client) cooldownKeys(b service.Bearer, bucket string) []string {
	keys := []string{credential(b.Username(), b.Secret(), b.Second())}
	if user := c.limitedUser(); user != "" {
		keys = append(keys, user)
	}
	if bucket != "" {
		for _, key := range keys {
			keys = append(keys, inBucket(key, bucket))
		}
	}
	return keys
}

// inBucket is the key of a cooldown for one bucket only.
func inBucket(key, bucket string) string { return key + "\x00" + bucket }

// coolDown keeps the credential from being used for as long as an answer wants,
// and tells until when that is so for requests like this one; zero where the answer
// names no time for them. Another bucket that is spent holds up its own requests
// only, and so does the one of the request where no Retry-After speaks of all.
func (c *Client) coolDown(state account.State, a service.Answer, r service.Request, b service.Bearer) time.Time {
	keys := c.cooldownKeys(b, "")
	own := a.Limits
	if r.Bucket != "" {
		own = nil
		for _, rate := range a.Limits {
			switch {
			case rate.Name == "" || rate.Name == r.Bucket:
				own = append(own, rate)
			case rate.Spent() && rate.ResetAt.After(a.At):
				for _, key := range keys {
					c.startCooldown(c.address.Origin, inBucket(key, rate.Name), ratelimit.Capped(rate.ResetAt, a.At))
				}
			}
		}
	}
	until := ratelimit.WaitUntil(state, a.Status, a.Header, a.At, own, c.service.Info().Window)
	if until.IsZero() {
		return until
	}
	_, all := ratelimit.RetryAfter(a.Header, a.At)
	for _, key := range keys {
		if r.Bucket != "" && !all {
			key = inBucket(key, r.Bucket)
		}
		c.startCooldown(c.address.Origin, key, until)
	}
	return until
}

// Inspect walks the way to the service of the profile without showing it the
// credential.
func (c *Client) Inspect(ctx context.Context) transport.Inspection {
	if c.fixed.State != "" {
		return transport.Inspection{Host: c.address.Host, Stage: transport.StageProfile, Problem: c.fixed}
	}
	return c.sender(service.Bearer{}).Inspect(ctx, c.address.Root)
}
