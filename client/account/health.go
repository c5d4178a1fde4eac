package account

import (
	"strings"
	"time"
)

// State is the outcome of a check in one word.
type State string

// The states, roughly from good to bad. Those without a check come last.
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

// States returns every state in the order of the constants.
func States() []State {
	return []State{
		Healthy, Expiring, NoUser, RateLimited, Unavailable,
		InvalidToken, NetworkDenied, ScopeMissing, Forbidden, WrongAccount,
		NotFound, BadRequest, ServerError, BadResponse, Unreachable,
		CredentialMissing, Misconfigured, Disabled, Checking,
	}
}

// Severity says how urgent a state is.
type Severity string

// The severities. [SeverityNone] is that of states that say nothing about the
// credential.
const (
	SeverityOK   Severity = "ok"
	SeverityWarn Severity = "warn"
	SeverityFail Severity = "fail"
	SeverityNone Severity = "none"
)

// Severity is the severity of the state. An unknown state counts as a failure.
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

// Brief is the state in one word, or in two where one would say another thing: it
// stands before a time, where there is no room for [State.Word]. It is empty for
// [Healthy], of which nothing is to be told.
func (s State) Brief() string {
	switch s {
	case Healthy:
		return ""
	case Expiring:
		return "ends"
	case RateLimited:
		return "limit"
	case InvalidToken, NetworkDenied, ScopeMissing, WrongAccount, ServerError, BadResponse, CredentialMissing:
		word, _, _ := strings.Cut(string(s), "_")
		if s == BadResponse {
			word = "response"
		}
		return word
	}
	return s.Word()
}

// Answered reports whether the service accepted the credential and named its
// user.
func (s State) Answered() bool { return s == Healthy || s == Expiring }

// Accepted reports whether the service accepted the credential, including one
// that belongs to no user.
func (s State) Accepted() bool { return s.Answered() || s == NoUser }

// CodeOutOfTime is the code of a check that was not made, since whoever wanted it had no
// more time: it says nothing of the service.
const CodeOutOfTime = "timeout_command"

// Health is the outcome of the last check of a profile.
type Health struct {
	State State `json:"state"`
	// HTTPStatus is the status of the answer; zero where none came.
	HTTPStatus int `json:"http_status,omitempty"`
	// Code and Description are the service's own words for a refusal.
	Code        string `json:"code,omitempty"`
	Description string `json:"description,omitempty"`
	// Explanation is one sentence on what happened, Remedy one on what to do
	// about it. Both are empty for a healthy profile.
	Explanation string `json:"explanation,omitempty"`
	Remedy      string `json:"remedy,omitempty"`
	// Action is what rollcall can do of this remedy; empty where that is what the
	// state usually asks for. [Snapshot.Advice] has the one that counts.
	Action Action `json:"action,omitempty"`
	// Command is the command line that the remedy asks for; empty for none.
	Command string `json:"command,omitempty"`
	// EndClaimed is the end of a refused token as the refusal or the token itself
	// states it; zero where neither does.
	EndClaimed time.Time `json:"end_claimed,omitzero"`
	// SignIn is set where something between here and the service, such as a
	// captive portal, seems to have answered with a sign-in page.
	SignIn bool `json:"sign_in,omitempty"`
	// Wanted is the id of the user that the profile belongs to. It is set for
	// [WrongAccount] only.
	Wanted string `json:"wanted,omitempty"`
	// CheckedAt is when the check ended; zero where no request was sent.
	CheckedAt time.Time `json:"checked_at,omitzero"`
	// Latency is the time from the start of the last attempt to the end of its
	// answer.
	Latency time.Duration `json:"latency,omitempty"`
	// Attempts counts the requests that were sent, retries included.
	Attempts int `json:"attempts,omitempty"`
	// RetryAt is the end of the credential's cooldown: the service wants no
	// request before. It is zero where there is no cooldown.
	RetryAt time.Time `json:"retry_at,omitzero"`
	// LastOKAt is when the service last answered with the right user.
	LastOKAt time.Time `json:"last_ok_at,omitzero"`
}

// Diagnosis is what an answer or a failure means. Its fields are those of
// [Health]. The zero value, without a state, stands for no trouble.
type Diagnosis struct {
	State       State
	Code        string
	Description string
	Explanation string
	Remedy      string
	Action      Action
	Command     string
	EndClaimed  time.Time
	SignIn      bool
	// Limit is the number of requests per window that the body of the answer
	// named; zero where it named none.
	Limit int64
}

// Refuses reports whether the service judged the credential, and refused it.
func (d Diagnosis) Refuses() bool {
	return d.State.Judges() && d.State.Severity() == SeverityFail
}

// By is the diagnosis with the action that its remedy asks for, where that is not
// the one of its state.
func (d Diagnosis) By(a Action) Diagnosis {
	d.Action = a
	return d
}
