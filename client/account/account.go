package account

import (
	"strings"
	"time"
)

// Account is what a service says about the bearer of a credential. It has the
// same shape for every service; whatever a service does not say stays empty.
// Its JSON form is part of the stored state.
type Account struct {
	User User `json:"user"`
	// Organizations is nil where they are unknown, and empty where the user has
	// none.
	Organizations  []Organization  `json:"organizations"`
	LinkedAccounts []LinkedAccount `json:"linked_accounts,omitempty"`
	Token          Token           `json:"token"`
	// Totals has the lists of which not all is here.
	Totals Totals `json:"totals,omitzero"`
}

// Totals are how many elements the service told of in each list of an account of which
// only the first are kept; zero for a list that is whole.
type Totals struct {
	Emails         int `json:"emails,omitempty"`
	Organizations  int `json:"organizations,omitempty"`
	LinkedAccounts int `json:"linked_accounts,omitempty"`
	// LinkedEmails and Entitlements are those of all linked accounts together.
	LinkedEmails int `json:"linked_emails,omitempty"`
	Entitlements int `json:"entitlements,omitempty"`
}

// TokenTotals are the [Totals] of the lists of a token.
type TokenTotals struct {
	Scopes   int `json:"scopes,omitempty"`
	Networks int `json:"networks,omitempty"`
	Caveats  int `json:"caveats,omitempty"`
	Facts    int `json:"facts,omitempty"`
}

// User is the person, bot or service that a credential belongs to.
type User struct {
	// ID is the service's own identifier. It is unique there and never changes.
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

// Name is what to call the user in a list: the full name, or else the user
// name, or else the id.
func (u User) Name() string {
	for _, s := range []string{u.FullName, strings.TrimSpace(u.FirstName + " " + u.LastName), u.Username} {
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
	return u.ID
}

// WholeName is the full name, or else the first and last name together. It is
// empty where the service gives neither.
func (u User) WholeName() string {
	if full := strings.TrimSpace(u.FullName); full != "" {
		return full
	}
	return strings.TrimSpace(u.FirstName + " " + u.LastName)
}

// Label is the name of the user followed by the id in brackets, or the id alone
// where there is no name.
func (u User) Label() string {
	if name := u.Name(); name != u.ID {
		return name + " (" + u.ID + ")"
	}
	return u.ID
}

// Organization is a group that the user belongs to, whatever the service calls
// it.
type Organization struct {
	ID        string `json:"id"`
	Name      string `json:"name,omitempty"`
	SubDomain string `json:"sub_domain,omitempty"`
	// Kind is the service's own word: "organization", "unit", "team", …
	Kind string `json:"kind,omitempty"`
	// Role is the service's own word for what the user may do there.
	Role string `json:"role,omitempty"`
	// Access says what keeps this token out although the user belongs there:
	// [AccessSSORequired] or [AccessPending]; empty where nothing does.
	Access string `json:"access,omitempty"`
	// URL is the organization's page at the service.
	URL string `json:"url,omitempty"`
}

// What keeps a token out of an organization of its user.
const (
	// AccessSSORequired: the organization wants a single sign-on for the token.
	AccessSSORequired = "sso_required"
	// AccessPending: the membership, or the token's approval, is not settled yet.
	AccessPending = "pending"
)

// Standing is what the user is there in words: the role, and what keeps the token
// out.
func (o Organization) Standing() string {
	words := strings.ReplaceAll(o.Access, "_", " ")
	if o.Role != "" && words != "" {
		return o.Role + ", " + words
	}
	return o.Role + words
}

// LinkedAccount is the user's account at an identity provider.
type LinkedAccount struct {
	// IDP is the service's name for the identity provider.
	IDP string `json:"idp"`
	// SubjectID is the identity provider's id of the user.
	SubjectID    string   `json:"subject_id"`
	FullName     string   `json:"full_name,omitempty"`
	Username     string   `json:"username,omitempty"`
	Emails       []string `json:"emails,omitempty"`
	Entitlements []string `json:"entitlements,omitempty"`
	// Custom is further data of the identity provider as JSON text of any type.
	Custom string `json:"custom,omitempty"`
}

// URL is the page of the account: some services know an account by its address.
// Empty for any other.
func (l LinkedAccount) URL() string {
	for _, scheme := range []string{"https://", "http://"} {
		if strings.HasPrefix(l.SubjectID, scheme) && len(l.SubjectID) > len(scheme) {
			return l.SubjectID
		}
	}
	return ""
}

// Token is what is known about the credential itself. It never holds the
// secret.
type Token struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
	// Kind is the service's own word for this sort of credential.
	Kind   string `json:"kind,omitempty"`
	Expiry Expiry `json:"expiry,omitzero"`
	// Scopes is nil where they are unknown, and empty where the token has none.
	Scopes []string `json:"scopes"`
	// Networks are the IP addresses and ranges that the token may be used from.
	// It is nil where they are unknown, and empty where any address will do.
	Networks []string `json:"networks"`
	// Caveats are the restrictions of the token.
	Caveats []Caveat `json:"caveats,omitempty"`
	// Facts are further things that are known about the token.
	Facts []Fact `json:"facts,omitempty"`
	// Totals has the lists of which not all is here.
	Totals TokenTotals `json:"totals,omitzero"`
}

// Fact is one thing that is known about a token, and where from.
type Fact struct {
	// Name is a short word for people: "issuer", "lifetime", "zone".
	Name  string `json:"name"`
	Value string `json:"value"`
	// Source is "token", "token record", "caveat", "service", "header" or
	// "JWT, not verified".
	Source string `json:"source,omitempty"`
}

// ExpiryKind says whether the end of a token is known. A token that never ends
// is not the same as one whose end is unknown.
type ExpiryKind string

// The kinds of expiry. The zero value means unknown as well.
const (
	ExpiryUnknown ExpiryKind = "unknown"
	ExpiryNever   ExpiryKind = "never"
	ExpiryDate    ExpiryKind = "date"
)

// Expiry is when a token ends.
type Expiry struct {
	Kind ExpiryKind `json:"kind,omitempty"`
	// At is set for [ExpiryDate] only.
	At time.Time `json:"at,omitzero"`
	// Source is where this is known from, as in [Fact].
	Source string `json:"source,omitempty"`
}

// KindOrUnknown is the kind, where the zero value becomes [ExpiryUnknown].
func (e Expiry) KindOrUnknown() ExpiryKind {
	if e.Kind == "" {
		return ExpiryUnknown
	}
	return e.Kind
}
