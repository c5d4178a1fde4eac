package gitlab

import (
	"slices"
	"time"
)

// account is what GitLab knows of a token and its user.
type account struct {
	user *user
	// id and name are the token's, scopes what it is good for, end the day at whose
	// beginning it ends; zero for never.
	id     int64
	name   string
	scopes []string
	end    time.Time
	// old is set where the server that keeps the token tells it nothing of itself, as
	// those before 15.5 do.
	old bool
	// revoked is set where somebody has withdrawn the token.
	revoked bool
	// limit is how many requests a minute the user has; zero for the usual number.
	// crowded means that others always use them up.
	limit   int
	crowded bool
}

// user is a person, or the bot that a project's token acts as.
type user struct {
	id             int64
	username, name string
	emails         []string
	identities     []identity
	groups         []group
	bot, blocked   bool
	joined         group
	from           time.Time
}

// identity is the user's account at a provider of identities.
type identity struct{ provider, uid string }

// group is one, and what the user may do in it.
type group struct {
	id, parent int64
	name, path string
	level      int
}

// belongs are the groups of the user at a moment.
func (u *user) belongs(now time.Time) []group {
	if u.from.IsZero() || now.Before(u.from) {
		return u.groups
	}
	return append(slices.Clone(u.groups), u.joined)
}

// may reports whether the token has one of some scopes.
func (acc *account) may(scopes ...string) bool {
	return slices.ContainsFunc(scopes, func(s string) bool { return slices.Contains(acc.scopes, s) })
}

// usualLimit is how many requests a minute a user has.
const usualLimit = 120

// budget is how many requests a minute the user of the token has.
func (acc *account) budget() int {
	if acc.limit > 0 {
		return acc.limit
	}
	return usualLimit
}
