package client

import (
	"context"
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
}

// asking begins to ask as a bearer. Requests for details leave room for those for
// an identity.
func (c *Client) asking(b service.Bearer, forDetails bool) *asking {
	return &asking{client: c, bearer: b, sender: c.sender(b), forDetails: forDetails}
}

// ask is what the service of an identity asks with, one request after the other.
func (a *asking) ask(ctx context.Context, r service.Request) (service.Answer, error) {
	key := validatedRequest{a.bearer.Fingerprint(), r.Path}
	if r.Conditional {
		r = a.client.validators.condition(key, r)
	}
	got, failed := a.sender.Do(ctx, r, a.forDetails)
	a.attempts += got.Attempts
	a.status = got.Answer.Status
	if failed == nil && r.Conditional {
		got.Answer = a.client.validators.settle(key, got.Answer)
	}
	a.request, a.result, a.failed = r, got, failed
	if failed != nil {
		return service.Answer{}, failed
	}
	return got.Answer, nil
}

// sender is what sends requests as a bearer: it heeds cooldowns and tells the
// budgets.
func (c *Client) sender(b service.Bearer) transport.Sender {
	origin, shown := c.address.Origin, credential(b.Username(), b.Secret())
	return transport.Sender{
		Pool: c.network.pool, Setup: c.profile.setup(),
		Root: c.address.Root, Origin: origin, Host: c.address.Host, Timeout: c.profile.Timeout,
		Prepare: func(h http.Header) { c.service.Prepare(h, b) },
		Before: func(r service.Request) (until time.Time, held bool) {
			if until, held = c.held(origin, shown); held {
				return until, true
			}
			c.sent.Add(1)
			c.network.budgets.CountRequest(c.limited(b), transport.WallTime(), c.service.Info().Window)
			return time.Time{}, false
		},
		After: func(a service.Answer, r service.Request) {
			// At once, as far as the body need not be understood for that.
			state := account.State("")
			if a.Status == http.StatusTooManyRequests {
				state = account.RateLimited
			}
			rates := c.rates(a, b)
			c.cooldown(state, a, r, rates, b)
			if !r.Bare {
				c.network.budgets.Observe(c.limited(b), ratelimit.Tightest(rates), a.At)
			}
		},
	}
}

// limited stands for what the service counts the requests of a bearer by.
func (c *Client) limited(b service.Bearer) string { return b.Fingerprint() }

// cooldown keeps the credential from being used for as long as an answer wants,
// and tells until when; zero where it names no time.
func (c *Client) cooldown(
	state account.State, a service.Answer, r service.Request, rates []ratelimit.Bucket, b service.Bearer,
) time.Time {
	until := ratelimit.WaitUntil(state, a.Status, a.Header, a.At, rates, c.service.Info().Window)
	if !until.IsZero() {
		c.hold(c.address.Origin, credential(b.Username(), b.Secret()), until)
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
