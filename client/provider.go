package client

import (
	"context"
	"net/http"
	"time"
)

// Provider describes a service that rollcall can ask.
type Provider struct {
	// Name is the key used in the configuration: "katapult".
	Name string
	// Title is the name for people: "Katapult".
	Title string
	// DefaultURL is the public address; empty where every user has their own.
	DefaultURL string
	// Prefix is the part of the path that all requests share. It is added to
	// a base URL that does not end with it already.
	Prefix string
	// Path is the path of the identity request below Prefix.
	Path string
	// Basic says whether the service takes a user name and a password.
	Basic bool
	// Window is the service's rate-limit window, used as the time to wait
	// where a refusal names none; zero for a minute.
	Window time.Duration
}

// provider knows one service: how to show it a credential and how to read
// what it answers. A service is one file with one implementation.
type provider interface {
	info() Provider
	// authorize puts the credential into the headers of a request; username
	// is empty for a token.
	authorize(h http.Header, username, secret string)
	// read tells what an answer to the identity request means. The account
	// is nil unless it is known who the user is; with scope_missing that is
	// what the token tells by itself, and details are asked for, too. It never
	// fails: an answer that makes no sense is bad_response.
	read(a answer, q question) (*Account, Diagnosis)
	// details asks for what the identity answer leaves out. It returns what
	// it could get, and a sentence on what it could not.
	details(ctx context.Context, ask asker, acc Account, secret string) details
	// variables are the environment in which the service's own tools act as a
	// profile. read are the names of all that these tools read, always the
	// same; those of them that are not set are to be unset.
	variables(g grant) (set []Variable, read []string)
	// tokenPage is where a person makes a new token at the service with a
	// base address; empty where that is not known.
	tokenPage(base string) string
}

// details is what further requests add to an account.
type details struct {
	// organizations replaces those of the account unless it is nil.
	organizations []Organization
	// token replaces the account's unless it is nil.
	token *Token
	// rate is a budget that a record of the token names; nil for none.
	rate *RateLimit
	// problem says in a sentence why some of it is missing; empty otherwise.
	problem string
}

// answer is one HTTP answer, read whole.
type answer struct {
	status int
	header http.Header
	body   []byte
	at     time.Time
}

// question is what was asked, for answers whose meaning depends on it.
type question struct {
	// endpoint is the address asked, host its host.
	endpoint, host string
	// source is where the credential comes from: "env KATAPULT_API_KEY".
	source string
	// secret is there for what a token tells by itself. No text holds it.
	secret string
	// basic is set where a user name and password were sent.
	basic bool
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

// providers lists the services by name.
func providers() []provider { return []provider{katapult{}, onezone{}} }

// Providers describes the services that rollcall knows.
func Providers() []Provider {
	var all []Provider
	for _, p := range providers() {
		all = append(all, p.info())
	}
	return all
}

// ProviderNames are the names of the services.
func ProviderNames() []string {
	var names []string
	for _, p := range providers() {
		names = append(names, p.info().Name)
	}
	return names
}

// ProviderNamed describes the service of a name.
func ProviderNamed(name string) (Provider, bool) {
	p, ok := lookupProvider(name)
	if !ok {
		return Provider{}, false
	}
	return p.info(), true
}

func lookupProvider(name string) (provider, bool) {
	for _, p := range providers() {
		if p.info().Name == name {
			return p, true
		}
	}
	return nil, false
}
