package github

import (
	"slices"
	"time"
)

// account is what GitHub knows of a token and its owner.
type account struct {
	// user is nil for the installation of an app.
	user *user
	// scopes are those of a classic token; nil where the token has permissions
	// instead, which are then named.
	scopes, permissions []string
	// end is when the token ends; zero for never. elsewhere has it told in another
	// zone than UTC.
	end       time.Time
	elsewhere bool
	// limit is how many requests an hour the user has; zero for the usual number.
	limit int
	// graphql is how much of the other API's budget the user has used up.
	graphql int
	// burst is set where the user asks too much at once all the time.
	burst bool
	// revoked tokens are no longer known.
	revoked bool
}

// user is a person with what belongs to them.
type user struct {
	id          int64
	login, name string
	// public is the address that everybody sees, emails are all of them, the primary
	// one first.
	public    string
	emails    []email
	socials   []social
	members   []membership
	suspended bool
	// joined is an organization that the user belongs to from a moment on.
	joined membership
	from   time.Time
}

// email is an address of a user.
type email struct {
	address  string
	verified bool
}

// social is an account elsewhere that a user names.
type social struct{ provider, url string }

// membership is that of a user in an organization.
type membership struct {
	id          int64
	login, role string
	pending     bool
	// signOn is set where the organization wants single sign-on for the token: lists
	// leave it out.
	signOn bool
}

// memberships are those of the user at a moment.
func (u *user) memberships(now time.Time) []membership {
	if u.from.IsZero() || now.Before(u.from) {
		return u.members
	}
	return append(slices.Clone(u.members), u.joined)
}

// may reports whether a token has one of some scopes, or the permission.
func (acc *account) may(permission string, scopes ...string) bool {
	if acc.scopes == nil {
		return slices.Contains(acc.permissions, permission)
	}
	return slices.ContainsFunc(scopes, func(s string) bool { return slices.Contains(acc.scopes, s) })
}

// budget is how many requests an hour the user of the token has.
func (acc *account) budget() int {
	if acc.limit > 0 {
		return acc.limit
	}
	return usualLimit
}

// usualLimit is how many requests an hour a user has.
const usualLimit = 5000
