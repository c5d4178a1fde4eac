package client

import (
	"context"
	"net/http"
	"time"

	"rollcall/client/ratelimit"
	"rollcall/client/service"
)

// sender is what sends requests with a secret of the profile: it heeds the gate
// and tells the budgets.
func (c *Client) sender(secret string) sender {
	origin, credential := c.address.Origin, c.credential(secret)
	fingerprint := c.network.fingerprint(origin, credential)
	return sender{
		pool: c.network.pool, setup: c.profile.setup(),
		origin: origin, host: c.address.Host, timeout: c.profile.Timeout,
		authorize: func(h http.Header) { c.provider.Authorize(h, c.profile.Username, secret) },
		before: func() (until time.Time, held bool) {
			if until, held = c.held(origin, credential); held {
				return until, true
			}
			c.sent.Add(1)
			c.network.budgets.Sent(fingerprint, wallTime(), c.provider.Info().Window)
			return time.Time{}, false
		},
		after: func(a service.Answer, r service.Request) {
			c.holdAfter(a, secret)
			if !r.Bare {
				c.network.budgets.See(fingerprint, ratelimit.Tightest(c.rates(a, secret)), a.At)
			}
		},
	}
}

// Inspect walks the way to the service of the profile without showing it the
// credential.
func (c *Client) Inspect(ctx context.Context) Inspection {
	if c.fixed.State != "" {
		return Inspection{Host: c.address.Host, Stage: StageProfile, Problem: c.fixed}
	}
	return c.sender("").inspect(ctx, c.address.Root)
}
