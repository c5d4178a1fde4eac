package demo

import (
	"net/http"
	"slices"
	"time"
)

// katapultAccount is what Katapult knows of a token and its owner.
type katapultAccount struct {
	// user is nil for a token that belongs to an organization.
	user *katapultUser
	orgs []katapultOrg
	// record is the token's own; without an id it is not told, as with OAuth.
	record katapultToken
	// crowded means that others always use up the token's budget.
	crowded bool
	// flat has errors sent as the published description has them, without
	// the object around them.
	flat bool
	// fail is answered to every request, once the token has been accepted.
	fail *katapultError
	// cut is set where something on the way drops the end of each answer.
	cut bool
	// joined is an organization that the user belongs to from a moment on.
	joined katapultOrg
	from   time.Time
}

// at is the account as it is at a moment.
func (acc *katapultAccount) at(now time.Time) *katapultAccount {
	if acc == nil || acc.from.IsZero() || now.Before(acc.from) {
		return acc
	}
	later := *acc
	later.orgs = append(slices.Clone(acc.orgs), acc.joined)
	return &later
}

// needs refuses a token that has none of the scopes. One without any scope is
// not restricted.
func (acc *katapultAccount) needs(scopes ...string) *katapultError {
	has := acc.record.Scopes
	if len(has) == 0 || slices.ContainsFunc(scopes, func(s string) bool { return slices.Contains(has, s) }) {
		return nil
	}
	return errScope(scopes...)
}

// katapultEndpoint answers a request whose token was accepted.
type katapultEndpoint func(r *http.Request, acc *katapultAccount) (any, *katapultError)

// katapultUser is a person.
type katapultUser struct {
	ID        string `json:"id"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	AvatarURL string `json:"avatar_url"`
}

// katapultOrg is an organization.
type katapultOrg struct {
	ID, Name, SubDomain string
	created             int64
	suspended           bool
	// tokens is how many others the organization has.
	tokens int
}

// katapultToken is the record of a token.
type katapultToken struct {
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
func (o katapultOrg) json() object {
	return object{
		"id": o.ID, "name": o.Name, "sub_domain": o.SubDomain,
		"infrastructure_domain": o.SubDomain + ".infra.example.com",
		"created_at":            o.created, "activated_at": o.created + 3600,
		"suspended": o.suspended, "managed": false,
	}
}

// until is the token with an end.
func (t katapultToken) until(end time.Time) katapultToken {
	at := end.Unix()
	t.ExpiresAt = &at
	return t
}

// from is the token for some networks only.
func (t katapultToken) from(networks ...string) katapultToken {
	t.Networks = networks
	return t
}
