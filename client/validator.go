package client

import (
	"maps"
	"net/http"
	"sync"

	"rollcall/client/service"
	"rollcall/client/transport"
)

// validators have the answers of this run that services let be asked for again by what
// makes them what they are: an entity tag or a time of change.
type validators struct {
	mu sync.Mutex
	answers[validatedRequest]
}

// validatedRequest is what an answer is kept by: a credential may see what another
// one does not, a fingerprint is one at an origin, and who answers depends on the way there.
type validatedRequest struct {
	service, fingerprint, root, path string
	setup                            transport.Setup
}

// validated is what a request of the client is kept by.
func (c *Client) validated(b service.Bearer, r service.Request) validatedRequest {
	return validatedRequest{c.Service(), b.Fingerprint(), c.address.Root, r.Path, c.profile.setup()}
}

// condition adds the validators of the answer before to a request, which a service then
// answers with "not modified" where nothing is new. before is that answer; it has no
// status where there is none.
func (v *validators) condition(key validatedRequest, r service.Request) (conditioned service.Request, before service.Answer) {
	v.mu.Lock()
	before, ok := v.known[key]
	v.mu.Unlock()
	if !ok {
		return r, before
	}
	header := r.Header.Clone()
	if header == nil {
		header = http.Header{}
	}
	for from, to := range map[string]string{"Etag": "If-None-Match", "Last-Modified": "If-Modified-Since"} {
		if value := before.Header.Get(from); value != "" {
			header.Set(to, value)
		}
	}
	r.Header = header
	return r, before
}

// settle is the answer that counts: the one before where the service says that
// nothing has changed, else the new one, which is kept for the next time. Headers
// of an unchanged answer stay but for those that come anew (RFC 9111 section 3.2);
// the limits are those that came.
func (v *validators) settle(key validatedRequest, before, a service.Answer) service.Answer {
	v.mu.Lock()
	defer v.mu.Unlock()
	if before.Status != 0 && a.Status == http.StatusNotModified {
		header := before.Header.Clone()
		maps.Copy(header, a.Header)
		before.Header = header
		v.keep(key, before)
		a.Status, a.Body, a.Header, a.Unchanged = before.Status, before.Body, header, true
		return a
	}
	v.drop(key)
	named := a.Header.Get("Etag") != "" || a.Header.Get("Last-Modified") != ""
	if a.Status == http.StatusOK && named {
		v.keep(key, a)
	}
	return a
}
