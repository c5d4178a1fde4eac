package account

import (
	"cmp"
	"time"
)

// Snapshot is all that is known about one profile at a moment: the outcome of
// the last check and the last good answer. A snapshot is a value. Whoever holds
// one may keep it, since nobody changes what it points to.
type Snapshot struct {
	// Profile is the profile's name.
	Profile string `json:"profile"`
	// Service is the name of the profile's service; empty where there is no
	// service of that name.
	Service string `json:"-"`
	// Origin is the scheme, host and port that are asked; empty where they are
	// unknown.
	Origin string `json:"-"`
	// Endpoint is the URL of the identity request; empty where it is unknown.
	Endpoint string `json:"endpoint,omitempty"`
	// Named is the address that is asked for the user where the service itself names it,
	// which may lie at another origin; empty where that is Endpoint. [Snapshot.Address] is
	// the one of both to show.
	Named  string `json:"-"`
	Health Health `json:"health"`
	// Account is the account of the last good answer; nil where there was none
	// yet. In the state [WrongAccount] it is the one that answered.
	Account *Account `json:"account,omitempty"`
	// Stated is what a token says of itself that the service judged without naming a
	// user; nil where it says nothing, and where there is an Account.
	Stated *Token `json:"stated,omitempty"`
	// AccountAt is when the service last confirmed Account.
	AccountAt time.Time `json:"account_at,omitzero"`
	// Details is the outcome of the further requests.
	Details DetailsStatus `json:"details,omitzero"`
	// RateLimit is the budget that is nearest to its end.
	RateLimit RateLimit `json:"rate_limit,omitzero"`
	// OtherLimits are the other budgets that the service told of lately, the
	// next nearest to its end first. [Snapshot.RateLimits] has them all.
	OtherLimits []RateLimit `json:"other_rate_limits,omitempty"`
	// Since is when the profile came into its present state: the end of the
	// first of the latest checks in a row that found it. Zero means unknown.
	Since time.Time `json:"since,omitzero"`
	// Verdict is what the service last said of the credential.
	Verdict Verdict `json:"verdict,omitzero"`
	// UnaskedSince is when the checks began that could not be made; zero where
	// the last one could.
	UnaskedSince time.Time `json:"unasked_since,omitzero"`
	// Snooze is the person's wish not to be told of the profile.
	Snooze Snooze `json:"-"`
	// History holds the latest checks, oldest first, [MaxHistory] at most; the
	// profile's [Past] has more of them.
	History []Check `json:"-"`
	// Changes holds the latest changes of the account, its token and its
	// state, oldest first, mostly [MaxChanges] at most; the [Past] has more of
	// them.
	Changes []Change `json:"-"`
	// Notes say what works but should be corrected, such as a credential file that
	// others can read, and what the identity answer told too much of.
	Notes Notes `json:"notes,omitempty"`

	// Restored is set while the snapshot comes from an earlier run and no check
	// of this run has confirmed it.
	Restored bool `json:"-"`
	// Busy is set while a check is under way.
	Busy bool `json:"-"`
	// NextAt is when the next check is due; zero where none is planned.
	NextAt time.Time `json:"-"`
	// Longer is how long it is from one check to the next where the profiles of the
	// origin are too many for the interval, at as many requests at a time as are
	// polite; zero where the interval is kept.
	Longer time.Duration `json:"-"`
}

// The limits of the lists of a snapshot, of which there are as many as profiles:
// it carries what says how the profile is doing, and no more.
const (
	// MaxHistory is how many checks a snapshot carries: enough for the pace of
	// spending, and for those that keep what went over the wire.
	MaxHistory = 12
	// MaxChanges is how many changes a snapshot carries, or as many as the last
	// check has noticed, where these are more.
	MaxChanges = 20
)

// Check is one check in the history of a profile. Fields without a comment are
// those of [Health].
type Check struct {
	// At is when the check ended.
	At         time.Time
	State      State
	HTTPStatus int
	Latency    time.Duration
	// Code is the service's own word for a refusal.
	Code string
	// Phases are the parts of Latency.
	Phases Phases
	// Remaining is the number of requests that were left in the tightest budget;
	// nil where unknown.
	Remaining *int64
	// Exchange is the request and its answer. Only the latest checks of this run
	// have one, and it is never stored.
	Exchange *Exchange
}

// Phases are the parts of the time that a request took. A phase that did not
// happen is zero: a connection that is used again is not made anew.
type Phases struct {
	DNS     time.Duration
	Connect time.Duration
	TLS     time.Duration
	// FirstByte is the time from the end of the request to the first byte of the
	// answer.
	FirstByte time.Duration
}

// Exchange is one request and its answer in a form that can be shown: without
// any secret, and with no more of the body than fits a screen.
type Exchange struct {
	Method, URL string
	// Request and Response are the headers that matter, as "Name: value".
	Request, Response []string
	// Body holds the lines at the beginning of the answer's body. Clipped is set
	// where there was more.
	Body    []string
	Clipped bool
}

// DetailsStatus is the outcome of the requests for details, which are all those
// beyond the identity request.
type DetailsStatus struct {
	// Busy is set while the requests are under way.
	Busy bool `json:"-"`
	// CheckedAt is when the details were last read; zero where that never
	// happened, or where the service needs no further request.
	CheckedAt time.Time `json:"checked_at,omitzero"`
	// Notes say why some or all details are missing.
	Notes Notes `json:"notes,omitempty"`
}

// NotesAbout are all notes that concern a part of the account.
func (s Snapshot) NotesAbout(part Part) Notes {
	return append(s.Notes.About(part), s.Details.Notes.About(part)...)
}

// Address is where the user is asked for, as far as that is known.
func (s Snapshot) Address() string { return cmp.Or(s.Named, s.Endpoint) }

// Stale reports whether the account comes from an earlier run, or was not
// confirmed by the last check. It is false where there is no account, and for a
// profile that is switched off: nobody waits for a newer one.
func (s *Snapshot) Stale() bool {
	return s.Account != nil && s.Health.State != Disabled &&
		(s.Restored || s.Health.CheckedAt.IsZero() || s.AccountAt.Before(s.Health.CheckedAt))
}
