package client

import (
	"context"
	"time"

	"rollcall/client/service"
)

// impatientKey is the key of whether a person wants no wait to be heeded, in a context.
type impatientKey struct{}

// Impatient gives a context for a check that a person wants although the service wants no
// request yet. The wait is over with it, for all who use the credential: what the service
// says next counts.
func Impatient(ctx context.Context) context.Context {
	return context.WithValue(ctx, impatientKey{}, true)
}

func isImpatient(ctx context.Context) bool {
	impatient, _ := ctx.Value(impatientKey{}).(bool)
	return impatient
}

// impatient is what is called before each request of such a check: a cooldown from before
// the check ends, one that an answer to the check itself has started does not.
func (c *Client) impatient(
	b service.Bearer, before func(service.Request) (time.Time, bool),
) func(service.Request) (until time.Time, cooling bool) {
	lifted := map[string]bool{}
	return func(r service.Request) (time.Time, bool) {
		for _, key := range c.cooldownKeys(b, r.Bucket) {
			if _, cooling := c.cooldown(c.address.Origin, key); cooling && !lifted[key] {
				c.endCooldown(c.address.Origin, key)
			}
			lifted[key] = true
		}
		return before(r)
	}
}
