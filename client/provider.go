package client

import (
	"context"
	"net/http"

	"rollcall/client/account"
)

// provider knows one service: how to show it a credential and how to read
// what it answers. A service is one file with one implementation.
type provider interface {
	info() account.Service
	// authorize puts the credential into the headers of a request; username
	// is empty for a token.
	authorize(h http.Header, username, secret string)
	// read tells what an answer to the identity request means. The account
	// is nil unless it is known who the user is; with scope_missing that is
	// what the token tells by itself, and details are asked for, too. It never
	// fails: an answer that makes no sense is bad_response.
	read(a answer, q question) (*account.Account, account.Diagnosis)
	// details asks for what the identity answer leaves out. It returns what
	// it could get, and a sentence on what it could not.
	details(ctx context.Context, ask asker, acc account.Account, secret string) details
	// variables are the environment in which the service's own tools act as a
	// profile. read are the names of all that these tools read, always the
	// same; those of them that are not set are to be unset.
	variables(g grant) (set []Variable, read []string)
	// tokenPage is where a person makes a new token at the service with a
	// base address; empty where that is not known.
	tokenPage(base string) string
}
