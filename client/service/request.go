package service

import (
	"context"
	"net/http"
)

// Request is what to send.
type Request struct {
	// Method is GET where it is empty. Every call of another method must be a
	// reading one, too: it may be sent more than once.
	Method string
	// Target is the whole address.
	Target string
	// Body is JSON to send along; nil for none.
	Body []byte
	// Bare requests do not show the credential in a header.
	Bare bool
}

// Ask sends a GET below the service's prefix, with the profile's
// credential and within its limits, or what the changes make of it.
type Ask func(ctx context.Context, path string, change ...func(*Request)) (Answer, error)

// Openly leaves the credential out of the headers: it is for what a service
// tells to anybody, but not to one whose credential it would have to refuse.
func Openly(r *Request) { r.Bare = true }

// About makes the request a question about what the body says, as JSON. It
// must be one that changes nothing.
func About(body []byte) func(*Request) {
	return func(r *Request) { r.Method, r.Body = http.MethodPost, body }
}

// Variable is one environment variable.
type Variable struct{ Name, Value string }

// Grant is what a tool needs to act as a profile.
type Grant struct {
	// Base is the address of the service without the prefix of its API.
	Base string
	// Username is empty for a token.
	Username, Secret string
	// Organization is the one to act for; empty where none is chosen.
	Organization string
}
