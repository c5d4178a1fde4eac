package gitea

import (
	"slices"
	"strings"
	"time"
)

// account is what Gitea knows of a token, or of a password, and its user.
type account struct {
	user *user
	// scopes are those of the token; nil for a password, which may do all.
	scopes []string
	// crowded is set where others always use up what the proxy lets through.
	crowded bool
}

// user is a person.
type user struct {
	id          int64
	login, name string
	// emails are the user's addresses, the primary one first.
	emails []string
	// source is where the user signs in, under the name there; zero for Gitea itself.
	source    int64
	loginName string
	teams     []team
	joined    team
	from      time.Time
	// prohibited, idle and fresh are users whom Gitea lets in no more, not yet, and not before
	// they have a new password.
	prohibited, idle, fresh bool
	admin                   bool
}

// team is one that the user is in, and what it may do.
type team struct {
	id           int64
	name         string
	organization organization
	// permission is owner or admin; any other counts for the code alone.
	permission string
}

type organization struct {
	id             int64
	name, fullName string
}

// in are the teams of the user at a moment.
func (u *user) in(now time.Time) []team {
	if u.from.IsZero() || now.Before(u.from) {
		return u.teams
	}
	return append(slices.Clone(u.teams), u.joined)
}

// lacks reports whether the token lacks any of some scopes: all of them are needed.
func (acc *account) lacks(scopes ...string) bool {
	if acc.scopes == nil {
		return false
	}
	return slices.ContainsFunc(scopes, func(s string) bool {
		write := "write:" + strings.TrimPrefix(s, "read:")
		return !slices.ContainsFunc(acc.scopes, func(own string) bool { return own == s || own == write || own == "all" })
	})
}
