package account

import (
	"strings"
	"time"
)

// State is the one outcome of a check.
type State string

// The states, in the order in which a person would want to be told.
const (
	Healthy           State = "healthy"
	Expiring          State = "expiring"
	NoUser            State = "no_user"
	RateLimited       State = "rate_limited"
	Unavailable       State = "unavailable"
	InvalidToken      State = "invalid_token"
	NetworkDenied     State = "network_denied"
	ScopeMissing      State = "scope_missing"
	Forbidden         State = "forbidden"
	WrongAccount      State = "wrong_account"
	NotFound          State = "not_found"
	BadRequest        State = "bad_request"
	ServerError       State = "server_error"
	BadResponse       State = "bad_response"
	Unreachable       State = "unreachable"
	CredentialMissing State = "credential_missing"
	Misconfigured     State = "misconfigured"
	Disabled          State = "disabled"
	Checking          State = "checking"
)

// States lists every state in that order.
func States() []State {
	return []State{
		Healthy, Expiring, NoUser, RateLimited, Unavailable,
		InvalidToken, NetworkDenied, ScopeMissing, Forbidden, WrongAccount,
		NotFound, BadRequest, ServerError, BadResponse, Unreachable,
		CredentialMissing, Misconfigured, Disabled, Checking,
	}
}

// Severity says how much a state matters.
type Severity string

// The severities.
const (
	SeverityOK   Severity = "ok"
	SeverityWarn Severity = "warn"
	SeverityFail Severity = "fail"
	SeverityNone Severity = "none"
)

// Severity of the state; an unknown state counts as a failure.
func (s State) Severity() Severity {
	switch s {
	case Healthy:
		return SeverityOK
	case Expiring, NoUser, RateLimited, Unavailable:
		return SeverityWarn
	case Disabled, Checking:
		return SeverityNone
	default:
		return SeverityFail
	}
}

// Word is the state as people read it: "invalid token".
func (s State) Word() string { return strings.ReplaceAll(string(s), "_", " ") }

// Answered reports whether the state means that the service accepted the
// credential and said who its user is.
func (s State) Answered() bool { return s == Healthy || s == Expiring }

// Accepted reports whether the state means that the service accepted the
// credential, be it one that belongs to no user.
func (s State) Accepted() bool { return s.Answered() || s == NoUser }

// Health is the outcome of the last check of a profile.
type Health struct {
	State State `json:"state"`
	// HTTPStatus is zero where no answer came.
	HTTPStatus int `json:"http_status,omitempty"`
	// Code and Description are the service's own.
	Code        string `json:"code,omitempty"`
	Description string `json:"description,omitempty"`
	// Explanation is one sentence on what the state means here, Remedy one
	// on what to do about it. Both are empty for a healthy profile.
	Explanation string `json:"explanation,omitempty"`
	Remedy      string `json:"remedy,omitempty"`
	// SignIn is set where something on the way seems to have answered in
	// place of the service, with a page for people to sign in.
	SignIn bool `json:"sign_in,omitempty"`
	// Wanted is the id of the user that the profile belongs to, where another
	// one answered.
	Wanted string `json:"wanted,omitempty"`
	// CheckedAt is when the check ended; zero where nothing was asked.
	CheckedAt time.Time `json:"checked_at,omitzero"`
	// Latency is from the start of the last attempt to its whole answer.
	Latency  time.Duration `json:"latency,omitempty"`
	Attempts int           `json:"attempts,omitempty"`
	// RetryAt is the time before which the service wants no request; zero
	// where it named none.
	RetryAt time.Time `json:"retry_at,omitzero"`
	// LastOKAt is when the service last answered as hoped.
	LastOKAt time.Time `json:"last_ok_at,omitzero"`
}

// Diagnosis is what an answer or a failure means.
type Diagnosis struct {
	State       State
	Code        string
	Description string
	Explanation string
	Remedy      string
	// SignIn is that of [Health].
	SignIn bool
	// Limit is the number of requests per window that the answer's body
	// named; zero where it named none.
	Limit int64
}
