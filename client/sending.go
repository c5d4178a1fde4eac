package client

import (
	"context"
	"net/http"
	"time"

	"rollcall/client/service"
	"rollcall/client/transport"
)

// sender is what sends requests with a secret of the profile: it heeds the gate
// and tells the budgets.
func (c *Client) sender(secret string) transport.Sender {
	origin, credential := c.address.Origin, c.credential(secret)
	fingerprint := c.network.fingerprint(origin, credential)
	return transport.Sender{
		Pool: c.network.pool, Setup: c.profile.setup(),
		Origin: origin, Host: c.address.Host, Timeout: c.profile.Timeout,
		Authorize: func(h http.Header) { c.provider.Authorize(h, c.profile.Username, secret) },
		Before: func() (until time.Time, held bool) {
			if until, held = c.held(origin, credential); held {
				return until, true
			}
			c.sent.Add(1)
			c.network.budgets.Sent(fingerprint, transport.WallTime(), c.provider.Info().Window)
			return time.Time{}, false
		},
		After: func(a service.Answer, r service.Request) {
			c.holdAfter(a, secret)
			if !r.Bare {
				c.network.budgets.See(fingerprint, c.rates(a, secret), a.At)
			}
		},
	}
}

// Inspect walks the way to the service of the profile without showing it the
// credential.
func (c *Client) Inspect(ctx context.Context) transport.Inspection {
	if c.fixed.State != "" {
		return transport.Inspection{Host: c.address.Host, Stage: transport.StageProfile, Problem: c.fixed}
	}
	return c.sender("").Inspect(ctx, c.address.Root)
}
