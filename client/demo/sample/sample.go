package sample

import (
	"net/http"
	"time"

	"rollcall/client/account"
	"rollcall/client/demo/fault"
)

// Service is a demo service with its sample profiles.
type Service struct {
	// Provider is its name in a configuration. About says in a few words what
	// it is.
	Provider, About string
	// Description is what the configuration says of the service itself, a line a key;
	// empty for one that rollcall has code for.
	Description string
	// Identity is the path of who-am-I, Header the start of the header that a
	// token goes into, such as "Authorization: Bearer ".
	Identity, Header string
	// Handler answers its requests, to every credential of its profiles.
	Handler http.Handler
	// TokenOf is the token of a request, or empty.
	TokenOf func(*http.Request) string
	// Detours are its other addresses, each with something in between.
	Detours []Detour
	// Profiles are in the order of the configuration.
	Profiles []Profile
}

// Detour is an address at which something stands between a service and those
// who ask it.
type Detour struct {
	Fault fault.Kind
	// About says in a few words what is there.
	About string
}

// Profile is a profile of the demo's configuration.
type Profile struct {
	// Section is the heading that it comes under.
	Section string
	Name    string
	// About says in a few words what the account shows.
	About, Label string
	Tags         []string
	Identity     string
	Disabled     bool
	// Fault is what stands before the service. Path is added to the address: that
	// which the service lies below, or one that is wrong.
	Fault fault.Kind
	Path  string
	// The credential: a token, or a name and a password.
	Token, Username, Password string
	// Spares are the tokens that the service gives out when somebody makes a new
	// one for the account, in their order. They are good from the start.
	Spares []string
	// Known is what an earlier answer told of the account; nil where it told
	// nothing.
	Known *account.Account
	// State is the health that a first check finds, in rollcall's words, and
	// Code the service's own word for it. Status is the HTTP status of that answer
	// where it is another than usual.
	State, Code string
	Status      int
	// Latency is how long its answers take, give or take.
	Latency time.Duration
}

// EveryDay is the section of the profiles that are looked at most. All
// services share it, and it is the first.
const EveryDay = "Every day"

// What happens while somebody looks, counted from the start.
const (
	// ChangesAfter is how long it is until some accounts change.
	ChangesAfter = 3 * time.Minute
	// EndsAfter is how long it is until a token ends.
	EndsAfter = 4 * time.Minute
)

// EndsToday is how long it is until the token ends that is to be renewed first.
const EndsToday = time.Hour + 53*time.Minute + 30*time.Second

// Spares is how many new tokens a service gives out for an account.
const Spares = 9

// Renewal is how long a new token holds.
const Renewal = 180 * 24 * time.Hour

// Days is the moment so many days from now, and some hours, so that the last
// day is a whole one for a while.
func Days(now time.Time, n int) time.Time {
	return now.Add(time.Duration(n)*24*time.Hour + 6*time.Hour)
}
