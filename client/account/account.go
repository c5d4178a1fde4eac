package account

import (
	"cmp"
	"strings"
	"time"
)

// Account is who a service says the bearer of a credential is. It has the
// same shape for every service; what a service does not tell stays empty.
//
// The JSON form is the one of the state file.
type Account struct {
	User User `json:"user"`
	// Organizations is nil where the service has not told.
	Organizations  []Organization  `json:"organizations"`
	LinkedAccounts []LinkedAccount `json:"linked_accounts,omitempty"`
	Token          Token           `json:"token"`
}

// User is the person, bot or service that a credential belongs to.
type User struct {
	// ID is the service's own, unique and lasting identifier.
	ID        string   `json:"id"`
	FullName  string   `json:"full_name,omitempty"`
	FirstName string   `json:"first_name,omitempty"`
	LastName  string   `json:"last_name,omitempty"`
	Username  string   `json:"username,omitempty"`
	Emails    []string `json:"emails,omitempty"`
	AvatarURL string   `json:"avatar_url,omitempty"`
	// URL is the user's page at the service.
	URL       string    `json:"url,omitempty"`
	CreatedAt time.Time `json:"created_at,omitzero"`
	// BasicAuthEnabled says whether the user may sign in with a password;
	// nil where the service does not say.
	BasicAuthEnabled *bool `json:"basic_auth_enabled,omitempty"`
}

// Name is what to call the user in a list: the full name, else the user name,
// else the id.
func (u User) Name() string {
	for _, s := range []string{u.FullName, strings.TrimSpace(u.FirstName + " " + u.LastName), u.Username} {
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
	return u.ID
}

// WholeName is the full name, or the first and the last one; empty where the
// service tells neither.
func (u User) WholeName() string {
	return cmp.Or(strings.TrimSpace(u.FullName), strings.TrimSpace(u.FirstName+" "+u.LastName))
}

// Label names the user with the id.
func (u User) Label() string {
	if name := u.Name(); name != u.ID {
		return name + " (" + u.ID + ")"
	}
	return u.ID
}

// Organization is a body that the user belongs to: Katapult's organizations,
// Onezone's effective groups.
type Organization struct {
	ID        string `json:"id"`
	Name      string `json:"name,omitempty"`
	SubDomain string `json:"sub_domain,omitempty"`
	// Kind is the service's own word: "organization", "unit", "team", …
	Kind string `json:"kind,omitempty"`
	Role string `json:"role,omitempty"`
	URL  string `json:"url,omitempty"`
}

// LinkedAccount is the user's identity at another identity provider.
type LinkedAccount struct {
	IDP          string   `json:"idp"`
	SubjectID    string   `json:"subject_id"`
	FullName     string   `json:"full_name,omitempty"`
	Username     string   `json:"username,omitempty"`
	Emails       []string `json:"emails,omitempty"`
	Entitlements []string `json:"entitlements,omitempty"`
	// Custom is further data of the identity provider as JSON text, of any
	// type; empty where there is none.
	Custom string `json:"custom,omitempty"`
}

// Token is what is known about the credential itself. It never holds the
// secret.
type Token struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
	// Kind says what sort of credential it is, in the service's words.
	Kind   string `json:"kind,omitempty"`
	Expiry Expiry `json:"expiry,omitzero"`
	// Scopes is nil where they are unknown.
	Scopes []string `json:"scopes"`
	// Networks are the addresses that the token may be used from; nil where
	// unknown, empty where any address will do.
	Networks []string `json:"networks"`
	// Caveats are the restrictions of the token.
	Caveats []Caveat `json:"caveats,omitempty"`
	// Facts are further things that are known about the token.
	Facts []Fact `json:"facts,omitempty"`
}

// Fact is one thing known about a token, and who says so.
type Fact struct {
	// Name is a short word for people: "issuer", "lifetime", "zone".
	Name  string `json:"name"`
	Value string `json:"value"`
	// Source is "token", "token record", "caveat", "service", "header" or
	// "JWT, not verified".
	Source string `json:"source,omitempty"`
}

// ExpiryKind tells a token that never ends from one whose end is not known.
type ExpiryKind string

// The kinds of expiry. The zero value of [Expiry] is unknown.
const (
	ExpiryUnknown ExpiryKind = "unknown"
	ExpiryNever   ExpiryKind = "never"
	ExpiryDate    ExpiryKind = "date"
)

// Expiry is when a token ends.
type Expiry struct {
	Kind ExpiryKind `json:"kind,omitempty"`
	// At is set for ExpiryDate only.
	At time.Time `json:"at,omitzero"`
	// Source says who said so, as that of a Fact does.
	Source string `json:"source,omitempty"`
}

// KindOrUnknown is the kind, with the zero value told as unknown.
func (e Expiry) KindOrUnknown() ExpiryKind {
	if e.Kind == "" {
		return ExpiryUnknown
	}
	return e.Kind
}
