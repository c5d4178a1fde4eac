package service

import (
	"net/http"
	"time"

	"rollcall/client/account"
	"rollcall/client/ratelimit"
)

// Handover is a service whose own tools can act as a profile.
type Handover interface {
	// Variables are the environment in which they do. read are the names of all
	// that these tools read, always the same; those of them that are not set are
	// to be unset.
	Variables(g Grant) (set []Variable, read []string)
}

// Withholder is a service of whose tools some cannot be told where an
// installation is. They would show its secret to another one.
type Withholder interface {
	// Withheld are the variables that are left out for that reason. They are among
	// those that the tools read, and are not set.
	Withheld(g Grant) []Withheld
}

// Withheld is the variable by which a tool would get a secret, and the address that
// a file of its own tells it; empty where none does.
type Withheld struct{ Variable, Tool, Told string }

// Stater is a service whose tokens say something of themselves, which nobody has to
// be asked for.
type Stater interface {
	// Stated is what a token says of itself; nil where it says nothing.
	Stated(secret string) *account.Token
}

// TokenPager is a service with a page where a person makes a new token.
type TokenPager interface {
	// TokenPage is the page of an installation with a base address; empty where
	// that is not known.
	TokenPage(base string) string
}

// Limiter is a service that tells budgets of requests in headers of its own.
type Limiter interface {
	// Limits are the budgets that headers tell of, the usual ones included.
	Limits(h http.Header, now time.Time) []ratelimit.Bucket
}

// Variable is one environment variable.
type Variable struct{ Name, Value string }

// Grant is what a tool needs to act as a profile.
type Grant struct {
	// Base is the address of the service without the prefix of its API.
	Base string
	// Username is empty for a token alone, Second where there is no second secret.
	Username, Secret, Second string
	// Organization is the one to act for; empty where none is chosen.
	Organization string
	// Told are the addresses that tools have from files of their own, by the variable
	// in which they take the secret.
	Told map[string]string
}
