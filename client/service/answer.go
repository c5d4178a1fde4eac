package service

import (
	"net/http"
	"time"

	"rollcall/client/ratelimit"
)

// Answer is one HTTP answer, read whole.
type Answer struct {
	// URL is the address that answered.
	URL    string
	Status int
	Header http.Header
	Body   []byte
	At     time.Time
	// Limits are the budgets of requests that Header describes. They are read
	// once, by whoever makes the answer.
	Limits []ratelimit.Bucket
	// Unchanged is set where the service said that nothing is new since the
	// answer before: Status and Body are then that one's, and so are the headers that
	// did not come anew.
	Unchanged bool
}

// Asked is who asks, and where.
type Asked struct {
	Address
	Bearer
}
