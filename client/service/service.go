package service

import (
	"context"
	"net/http"

	"rollcall/client/account"
)

// Service knows one service: how to show it a credential and how to read
// what it answers. A service is a folder with one implementation.
type Service interface {
	Info() account.Service
	// Authorize puts the credential into the headers of a request; username
	// is empty for a token.
	Authorize(h http.Header, username, secret string)
	// Read tells what an answer to the identity request means. The account
	// is nil unless it is known who the user is; with scope_missing that is
	// what the token tells by itself, and details are asked for, too. It never
	// fails: an answer that makes no sense is bad_response.
	Read(a Answer, q Asked) (*account.Account, account.Diagnosis)
	// Details asks for what the identity answer leaves out. It returns what
	// it could get, and a sentence on what it could not.
	Details(ctx context.Context, ask Ask, acc account.Account, secret string) Details
	// Variables are the environment in which the service's own tools act as a
	// profile. read are the names of all that these tools read, always the
	// same; those of them that are not set are to be unset.
	Variables(g Grant) (set []Variable, read []string)
	// TokenPage is where a person makes a new token at the service with a
	// base address; empty where that is not known.
	TokenPage(base string) string
}
