package transport

import (
	"net/http"
	"time"

	"rollcall/client/redact"
)

// Attempt is one request that was sent, as somebody who keeps a log of them is told.
type Attempt struct {
	// Method and URL are those of the request. The URL has no user name, query and
	// fragment, which can be secret; its path can still repeat what a service sent.
	Method, URL string
	// Number counts the attempts of a check from 1.
	Number int
	// Status is the HTTP status of the answer; zero where none came.
	Status int
	// Took is how long it took, without the wait for a place at the origin.
	Took time.Duration
	// Failed says why there is no whole answer; nil where there is one.
	Failed *Failure
}

// tell tells whoever wants to know that a request was sent; nil for one that was not.
func (s Sender) tell(sent *http.Request, number, status int, took time.Duration, failed *Failure) {
	if s.Attempted == nil || sent == nil {
		return
	}
	if failed != nil && status == 0 {
		status = failed.Status
	}
	s.Attempted(Attempt{sent.Method, redact.Address(sent.URL), number, status, took, failed})
}
