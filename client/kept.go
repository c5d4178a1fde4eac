package client

import (
	"sync"
	"time"

	"rollcall/client/service"
	"rollcall/client/transport"
)

// keptFor is how long an answer stands for a new one at most.
const keptFor = time.Hour

// keptAnswers have the answers of this run that are not asked for at every check.
type keptAnswers struct {
	mu sync.Mutex
	answers[keptRequest]
}

// keptRequest is what such an answer is kept by. It has no credential in it, and none was
// sent. Each profile has answers of its own: one may be why its checks do not end well.
type keptRequest struct {
	profile, service, root, path string
	setup                        transport.Setup
}

// keptBy is what a request of the client is kept by.
func (c *Client) keptBy(path string) keptRequest {
	return keptRequest{c.profile.Name, c.Service(), c.address.Root, path, c.profile.setup()}
}

// kept is the answer to a request; ok is false where it has to be sent.
func (c *Client) kept(r service.Request) (a service.Answer, ok bool) {
	if !r.Kept || !r.Bare {
		return a, false
	}
	k := &c.network.kept
	k.mu.Lock()
	defer k.mu.Unlock()
	a, ok = k.known[c.keptBy(r.Path)]
	return a, ok && transport.WallTime().Sub(a.At) < keptFor
}

// keep keeps the answers of a check that has ended well. After any other, those that it
// was made with are asked for anew: one of them may be why.
func (c *Client) keep(well bool, used []string, fresh map[string]service.Answer) {
	k := &c.network.kept
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, path := range used {
		if !well {
			k.drop(c.keptBy(path))
		}
	}
	for path, a := range fresh {
		if well {
			k.answers.keep(c.keptBy(path), a)
		}
	}
}
