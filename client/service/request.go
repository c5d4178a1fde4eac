package service

import (
	"context"
	"net/http"
)

// Request is one reading request to the service of a profile.
type Request struct {
	// Path is below the root of the API, or a whole address of the same origin,
	// such as a link to a next page. An address of another origin is refused, and
	// nothing is sent there, unless the request is Named.
	Path string
	// Named is set where Path is the whole address at which the service, by its own
	// description of itself, tells who the user is. It may lie at another origin, as long as
	// the profile is not pinned to another one than that.
	Named bool
	// Method is GET where it is empty. A call of another method must be a reading
	// one, too: it may be sent more than once.
	Method string
	// Header has what the request says beside what the service prepares; nil for
	// nothing.
	Header http.Header
	// Body is JSON to send along; nil for none.
	Body []byte
	// Bare requests do not show the credential: they are for what a service tells
	// to anybody, but not to one whose credential it would have to refuse.
	Bare bool
	// Kept has a good answer of this run stand for a new one, as long as the checks end
	// well: it is for what hardly ever changes. Only Bare requests are kept.
	Kept bool
	// Bucket is the limit of requests that this one counts in, by its name in the
	// headers; empty where the service has only one. Another bucket that is spent
	// does not hold the request up.
	Bucket string
	// Conditional has the service asked for news only, by the validators of the
	// answer before: an unchanged answer may cost no budget.
	Conditional bool
	// Read, where it is set, reads the answer while the whole of its body is held: few
	// large ones are in memory at a time. Of such a one, the answer that comes back has
	// the beginning only. It asks nothing itself. Use [Reading].
	Read func(Answer)
	// Aside requests complete what an answer has told, and are no part of the
	// verdict: that one does not come changes nothing.
	Aside bool
}

// Ask sends a request with the credential of the profile and within its limits. An
// error means that there is no whole answer; [Unanswered] tells what it means.
type Ask func(ctx context.Context, r Request) (Answer, error)

// Reading asks, and has the answer read while it is held. The error is that of the one or
// the other.
func Reading(ctx context.Context, ask Ask, r Request, read func(Answer) error) (err error) {
	done := false
	r.Read = func(a Answer) { done, err = true, read(a) }
	a, failed := ask(ctx, r)
	if failed != nil {
		return failed
	}
	if !done {
		return read(a)
	}
	return err
}

// About is a question about what the body says, as JSON. The service must change
// nothing for it.
func About(path string, body []byte) Request {
	return Request{Path: path, Method: http.MethodPost, Body: body}
}
