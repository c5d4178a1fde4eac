package account

import "time"

// Snapshot is all that is known about one profile at a moment: the outcome of
// the last check and the last good answer. A snapshot is a value: whoever
// holds one may keep it, and nobody changes what it points to.
type Snapshot struct {
	// Profile is the profile's name.
	Profile string `json:"profile"`
	// Service is the name of the service that is asked; empty where there is
	// none of that name.
	Service string `json:"-"`
	// Endpoint is the address that is asked; empty where it is not known.
	Endpoint string `json:"endpoint,omitempty"`
	Health   Health `json:"health"`
	// Account is nil until an answer was ever had. Under wrong_account it is
	// the one that answered.
	Account *Account `json:"account,omitempty"`
	// AccountAt is when Account was confirmed by the service.
	AccountAt time.Time `json:"account_at,omitzero"`
	// Details tells how the further requests went.
	Details DetailsStatus `json:"details,omitzero"`
	// RateLimit is the budget nearest to its end.
	RateLimit RateLimit `json:"rate_limit,omitzero"`
	// OtherLimits are the other budgets that the service told of lately, the
	// next nearest to its end first. RateLimits has them all.
	OtherLimits []RateLimit `json:"other_rate_limits,omitempty"`
	// Since is when the first check in a row ended that found the present
	// state; zero where that is not known.
	Since time.Time `json:"since,omitzero"`
	// History holds the latest checks, oldest first, HistorySize at most.
	History []Check `json:"-"`
	// Changes holds the latest changes of the account, its token and its
	// state, oldest first, ChangesSize at most.
	Changes []Change `json:"changes,omitempty"`
	// Warnings are things that work but should be mended, such as a
	// credential file that others can read.
	Warnings []string `json:"warnings,omitempty"`

	// Restored is set while the snapshot comes from an earlier run and no
	// check of this run has confirmed it.
	Restored bool `json:"-"`
	// Busy is set while a check is under way.
	Busy bool `json:"-"`
	// NextAt is when the next check is due; zero where none is planned.
	NextAt time.Time `json:"-"`
}

// HistorySize is how many checks a snapshot remembers.
const HistorySize = 200

// ChangesSize is how many changes a snapshot remembers.
const ChangesSize = 100

// Check is one past check.
type Check struct {
	At         time.Time
	State      State
	HTTPStatus int
	Latency    time.Duration
	// Code is the service's own word for a refusal.
	Code string
	// Phases are the parts of Latency.
	Phases Phases
	// Remaining is what was left of the tightest budget; nil where unknown.
	Remaining *int64
	// Exchange is what went over the wire, for the checks of this run that
	// are recent enough; nil otherwise. It is never stored.
	Exchange *Exchange
}

// Phases are the parts of a request's time. A part that did not happen, such
// as the connecting of a connection that was there already, is zero.
type Phases struct {
	DNS     time.Duration
	Connect time.Duration
	TLS     time.Duration
	// FirstByte is from the sent request to the first byte of the answer.
	FirstByte time.Duration
}

// Exchange is one request and its answer as a person may see them: without
// the credential, and with no more of the body than fits a screen.
type Exchange struct {
	Method, URL string
	// Request and Response are the headers that matter, "Name: value".
	Request, Response []string
	// Body is the beginning of the answer in lines; Clipped says that there
	// was more.
	Body    []string
	Clipped bool
}

// DetailsStatus tells how the requests beyond the identity went.
type DetailsStatus struct {
	// Busy is set while they are under way.
	Busy bool `json:"-"`
	// CheckedAt is when they were last had; zero where never, or where the
	// service needs none.
	CheckedAt time.Time `json:"checked_at,omitzero"`
	// Problem says why they, or some of them, could not be had.
	Problem string `json:"problem,omitempty"`
}

// Stale reports whether the account shown was not confirmed by the last check,
// which may have asked nothing, or comes from an earlier run.
func (s Snapshot) Stale() bool {
	return s.Account != nil &&
		(s.Restored || s.Health.CheckedAt.IsZero() || s.AccountAt.Before(s.Health.CheckedAt))
}
