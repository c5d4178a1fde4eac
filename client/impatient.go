package client

import (
	"context"
	"time"

	"rollcall/client/service"
	"rollcall/client/transport"
)

// impatientKey is the key of whether a person wants no wait to be heeded, in a context.
type impatientKey struct{}

// Impatient gives a context for a check that a person wants although the service wants no
// request yet. The wait is over with the first answer, for all who use the credential: what
// the service says then counts. Where nobody answers, it goes on.
func Impatient(ctx context.Context) context.Context {
	return context.WithValue(ctx, impatientKey{}, true)
}

func isImpatient(ctx context.Context) bool {
	impatient, _ := ctx.Value(impatientKey{}).(bool)
	return impatient
}

// impatient has a sender ignore the cooldowns from before the check, and end them when the
// service has answered. One that an answer to the check itself has started is heeded.
func (c *Client) impatient(s *transport.Sender, b service.Bearer) {
	seen, ignored := map[string]bool{}, map[string]bool{}
	after := s.After
	s.Before = func(r service.Request) (time.Time, bool) {
		for _, key := range c.cooldownKeys(b, r.Bucket) {
			if _, cooling := c.cooldown(c.address.Origin, key); cooling && !seen[key] {
				ignored[key] = true
			}
			seen[key] = true
		}
		return c.mayAsk(b, r, ignored)
	}
	s.After = func(a service.Answer, r service.Request) {
		for _, key := range c.cooldownKeys(b, r.Bucket) {
			if ignored[key] {
				c.endCooldown(c.address.Origin, key)
				delete(ignored, key)
			}
		}
		after(a, r)
	}
}
