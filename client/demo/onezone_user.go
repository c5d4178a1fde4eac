package demo

import (
	"net/http"
	"slices"
	"time"
)

// onezoneAccount is a user of the zone, or a Oneprovider, with a token.
type onezoneAccount struct {
	user        *onezoneUser
	oneprovider string
	caveats     []string
	revoked     bool
	// tokenID is empty for one who signs in with a password.
	tokenID string
}

// subject is "usr-" or "prv-" and an id, as tokens have it.
func (a *onezoneAccount) subject() string {
	if a.user == nil {
		return "prv-" + a.oneprovider
	}
	return "usr-" + a.user.id
}

// onezoneUser is a user of the zone.
type onezoneUser struct {
	id, fullName string
	// username is empty for a user who has none.
	username, password string
	basicAuth, blocked bool
	emails             []string
	created            int64
	linked             []object
	groups             []group
	spaces             []space
	// legacy has the user told in the form of old zones only.
	legacy bool
	// fail is answered where the user is asked for.
	fail *onezoneError
	// later is what the user is from a moment on; nil for one who stays.
	later *onezoneUser
	from  time.Time
}

// at is the user as it is at a moment.
func (u *onezoneUser) at(now time.Time) *onezoneUser {
	if u != nil && u.later != nil && !now.Before(u.from) {
		return u.later
	}
	return u
}

// group is a group that a user belongs to.
type group struct {
	id, name, kind string
	// inherited is set where the user belongs to it through another group.
	inherited bool
}

// space is a space that a user belongs to.
type space struct{ id, name string }

// storage is the Oneprovider that supports all spaces.
const storage = "e5a2c4d81b7f4036"

// visitor is who makes a request; without a subject it is nobody.
type visitor struct {
	subject string
	// user is nil for a Oneprovider.
	user *onezoneUser
}

// memberOf are the visitor's groups: all of them, or the direct ones.
func (who visitor) memberOf(effective bool) []group {
	if who.user == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(who.user.groups), func(g group) bool { return g.inherited && !effective })
}

// spaces are those that the visitor belongs to.
func (who visitor) spaces() []space {
	if who.user == nil {
		return nil
	}
	return who.user.spaces
}

// onezoneEndpoint answers a request whose visitor is known.
type onezoneEndpoint func(r *http.Request, who visitor) (any, *onezoneError)
