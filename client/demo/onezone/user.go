package onezone

import (
	"net/http"
	"slices"
	"time"

	"rollcall/client/demo/web"
)

// account is a user of the zone, or a Oneprovider, with a token.
type account struct {
	user        *user
	oneprovider string
	caveats     []string
	revoked     bool
	// tokenID is empty for one who signs in with a password.
	tokenID string
	// spare is set where nobody has made the token yet.
	spare bool
}

// subject is "usr-" or "prv-" and an id, as tokens have it.
func (a *account) subject() string {
	if a.user == nil {
		return "prv-" + a.oneprovider
	}
	return "usr-" + a.user.id
}

// user is a user of the zone.
type user struct {
	id, fullName string
	// username is empty for a user who has none.
	username, password string
	basicAuth, blocked bool
	emails             []string
	created            int64
	linked             []web.Object
	groups             []group
	spaces             []space
	// legacy has the user told in the form of old zones only.
	legacy bool
	// fail is answered where the user is asked for.
	fail *refusal
	// later is what the user is from a moment on; nil for one who stays.
	later *user
	from  time.Time
}

// at is the user as it is at a moment.
func (u *user) at(now time.Time) *user {
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
	user *user
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

// endpoint answers a request whose visitor is known.
type endpoint func(r *http.Request, who visitor) (any, *refusal)
