package katapult

import (
	"net/http"
	"slices"
	"time"

	"rollcall/client/demo/web"
)

// account is what Katapult knows of a token and its owner.
type account struct {
	// user is nil for a token that belongs to an organization.
	user *user
	orgs []organization
	// record is the token's own; without an id it is not told, as with OAuth.
	record token
	// crowded means that others always use up the token's budget.
	crowded bool
	// fail is answered to every request, once the token has been accepted.
	fail *refusal
	// cut is set where something on the way drops the end of each answer.
	cut bool
	// owner is whose account it should be, where it is another's.
	owner *user
	// spare is set where nobody has made the token yet.
	spare bool
	// joined is an organization that the user belongs to from a moment on.
	joined organization
	from   time.Time
}

// at is the account as it is at a moment.
func (acc *account) at(now time.Time) *account {
	if acc == nil || acc.from.IsZero() || now.Before(acc.from) {
		return acc
	}
	later := *acc
	later.orgs = append(slices.Clone(acc.orgs), acc.joined)
	return &later
}

// needs refuses a token that has none of the scopes. One without any scope is
// not restricted.
func (acc *account) needs(scopes ...string) *refusal {
	has := acc.record.Scopes
	if len(has) == 0 || slices.ContainsFunc(scopes, func(s string) bool { return slices.Contains(has, s) }) {
		return nil
	}
	return errScope(scopes...)
}

// endpoint answers a request whose token was accepted.
type endpoint func(r *http.Request, acc *account) (any, *refusal)

// user is a person.
type user struct {
	ID        string `json:"id"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	AvatarURL string `json:"avatar_url"`
}

// organization is an organization.
type organization struct {
	ID, Name, SubDomain string
	created             int64
	suspended           bool
	// tokens is how many others the organization has.
	tokens int
}

// token is the record of a token.
type token struct {
	ID             string   `json:"id"`
	Name           string   `json:"name"`
	OrganizationID string   `json:"organization_id"`
	Networks       []string `json:"authorized_ip_addresses"`
	ExpiresAt      *int64   `json:"expires_at"`
	RateLimit      int      `json:"rate_limit"`
	Scopes         []string `json:"scopes"`
	// Secret is only ever told when a token is made.
	Secret *string `json:"secret"`
}

// json is the organization as lists show it.
func (o organization) json() web.Object {
	return web.Object{
		"id": o.ID, "name": o.Name, "sub_domain": o.SubDomain,
		"infrastructure_domain": o.SubDomain + ".infra.example.com",
		"created_at":            o.created, "activated_at": o.created + 3600,
		"suspended": o.suspended, "managed": false,
	}
}

// until is the token with an end.
func (t token) until(end time.Time) token {
	at := end.Unix()
	t.ExpiresAt = &at
	return t
}

// from is the token for some networks only.
func (t token) from(networks ...string) token {
	t.Networks = networks
	return t
}
