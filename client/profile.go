package client

import (
	"context"
	"time"

	"rollcall/client/account"
	"rollcall/client/transport"
)

// Profile is what to ask, and how.
type Profile struct {
	// Name is unique among the profiles of a run.
	Name string
	// Provider is the name of the service.
	Provider string
	// BaseURL is the service's address; empty for its public one.
	BaseURL string
	// Parts are what the profile puts into the address of a service that leaves some
	// of it open; nil for most.
	Parts map[string]string
	// Username is set for HTTP Basic; the credential is then its password, unless
	// UserToken says that it is a token to which the user name belongs.
	Username   string
	UserToken  bool
	Credential Credential
	// Second is the second credential of a service that wants two; nil for others.
	Second Credential
	// Examiner looks at a secret that was refused; nil for nobody.
	Examiner Examiner
	// Identity is the user id that must answer; empty to pin the first.
	Identity string

	// Interval is the time between automatic checks; zero for none.
	Interval time.Duration
	// Timeout bounds one attempt; zero for DefaultTimeout.
	Timeout time.Duration
	// ExpiryWarning is how long before its end a token is expiring.
	ExpiryWarning time.Duration

	// CAFile holds further authorities in PEM; ClientCert and ClientKey are
	// a certificate to show.
	CAFile, ClientCert, ClientKey string
	// Proxy is the address of an HTTP or SOCKS5 proxy; empty for what the
	// environment says.
	Proxy              string
	InsecureSkipVerify bool

	// Unasked is why the profile is never asked: it is switched off, or something
	// is wrong with it. It has no state where the profile can be asked; all else
	// is then taken to be right.
	Unasked account.Diagnosis
}

// DefaultTimeout bounds an attempt of a profile that names no time.
const DefaultTimeout = 10 * time.Second

// Credential is where a secret comes from. It is resolved anew for every
// check, since it may have been renewed.
type Credential interface {
	// Resolve returns the secret, which a request can carry, and a warning where
	// something about its place should be corrected. A warning and an error that
	// have a method Remedy() string tell with it how to mend it; an error that has
	// a method Way() string names with it the [account.Action] of that. It may put a
	// question to a person only where the context [IsAttended].
	Resolve(ctx context.Context) (secret string, warning, err error)
	// Source tells without the secret where it comes from.
	Source() string
}

// Examiner knows what can be wrong with the text of a secret.
type Examiner interface {
	// Examine says what is wrong with a secret, behind a word for it, and what to do
	// about that, in the imperative; both are empty where nothing is.
	Examine(secret string, password bool) (cause, remedy string)
}

// setup is how to connect to the profile's service.
func (p Profile) setup() transport.Setup {
	return transport.Setup{
		CAFile: p.CAFile, ClientCert: p.ClientCert, ClientKey: p.ClientKey,
		Proxy: p.Proxy, Insecure: p.InsecureSkipVerify,
	}
}
