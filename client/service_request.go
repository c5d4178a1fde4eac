package client

import (
	"context"
	"net/http"
)

// request is what to send.
type request struct {
	// method is GET where it is empty. Every call of another method must be a
	// reading one, too: it may be sent more than once.
	method string
	// target is the whole address.
	target string
	// body is JSON to send along; nil for none.
	body []byte
	// bare requests do not show the credential in a header.
	bare bool
}

// asker sends a GET below the provider's prefix, with the profile's
// credential and within its limits, or what the changes make of it.
type asker func(ctx context.Context, path string, change ...func(*request)) (answer, error)

// openly leaves the credential out of the headers: it is for what a service
// tells to anybody, but not to one whose credential it would have to refuse.
func openly(r *request) { r.bare = true }

// about makes the request a question about what the body says, as JSON. It
// must be one that changes nothing.
func about(body []byte) func(*request) {
	return func(r *request) { r.method, r.body = http.MethodPost, body }
}

// Variable is one environment variable.
type Variable struct{ Name, Value string }

// grant is what a tool needs to act as a profile.
type grant struct {
	// base is the address of the service without the prefix of its API.
	base string
	// username is empty for a token.
	username, secret string
	// organization is the one to act for; empty where none is chosen.
	organization string
}
