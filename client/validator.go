package client

import (
	"maps"
	"net/http"
	"sync"

	"rollcall/client/service"
)

// maxValidated is how many bytes of an answer are kept to stand for a later one. A
// larger one is asked for anew.
const maxValidated = 256 << 10

// validators have the answers of this run that a service lets be asked for again
// by what makes them what they are: an entity tag or a time of change.
type validators struct {
	mu    sync.Mutex
	known map[validatedRequest]service.Answer
}

// validatedRequest is what an answer is kept by: a credential may see what another
// one does not.
type validatedRequest struct{ fingerprint, path string }

// condition adds the validators of the answer before to a request, which a
// service then answers with "not modified" where nothing is new.
func (v *validators) condition(key validatedRequest, r service.Request) service.Request {
	v.mu.Lock()
	before, ok := v.known[key]
	v.mu.Unlock()
	if !ok {
		return r
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
	return r
}

// settle is the answer that counts: the one before where the service says that
// nothing has changed, else the new one, which is kept for the next time. Headers
// of an unchanged answer stay but for those that come anew (RFC 9111 section 3.2);
// the limits are those that came.
func (v *validators) settle(key validatedRequest, a service.Answer) service.Answer {
	v.mu.Lock()
	defer v.mu.Unlock()
	if before, ok := v.known[key]; ok && a.Status == http.StatusNotModified {
		header := before.Header.Clone()
		maps.Copy(header, a.Header)
		before.Header = header
		v.known[key] = before
		a.Status, a.Body, a.Header, a.Unchanged = before.Status, before.Body, header, true
		return a
	}
	delete(v.known, key)
	named := a.Header.Get("Etag") != "" || a.Header.Get("Last-Modified") != ""
	if a.Status == http.StatusOK && named && len(a.Body) <= maxValidated {
		if v.known == nil {
			v.known = map[validatedRequest]service.Answer{}
		}
		v.known[key] = a
	}
	return a
}
