package client

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync/atomic"
	"time"

	"rollcall/client/account"
	"rollcall/client/ratelimit"
	"rollcall/client/redact"
	"rollcall/client/service"
	"rollcall/client/text"
	"rollcall/client/transport"
)

// Client checks one profile. Checks may run side by side.
type Client struct {
	profile Profile
	service service.Service
	network *Network
	address service.Address
	// fixed is the outcome of every check of a profile that cannot be asked;
	// its state is empty for one that can.
	fixed account.Diagnosis

	// place tells to which address of another origin the profile is pinned.
	place func(profile, endpoint string) (address string, known bool)

	cooldown      func(origin, credential string) (until time.Time, cooling bool)
	startCooldown func(origin, credential string, until time.Time)
	endCooldown   func(origin, credential string)
	// user is the id of the last one who answered; nil before that.
	user atomic.Pointer[string]
	// sent counts the requests.
	sent atomic.Int64
}

// New makes the client of a profile. It never fails: every check of a profile
// that cannot be asked says why.
func New(p Profile, n *Network) *Client {
	c := &Client{profile: p, network: n, fixed: p.Unasked}
	if c.profile.Timeout <= 0 {
		c.profile.Timeout = DefaultTimeout
	}
	c.withCooldowns(nil, nil, nil)
	c.withPlace(func(string, string) (string, bool) { return "", false })
	known := false
	if c.service, known = n.services.Named(p.Provider); known {
		var err error
		c.address, err = c.service.Address(p.BaseURL, p.Parts)
		known = err == nil
	}
	if c.fixed.State == "" && !known {
		c.fixed = service.Misconfigured("The profile names no service, or no address, that could be asked.", reportFault).By(account.ActionCopy)
	}
	return c
}

// reportFault is the remedy for what cannot happen.
const reportFault = "Please report this as a fault of rollcall."

// same reports whether another client would ask the same in the same way.
func (c *Client) same(other *Client) bool {
	return c.network == other.network && c.service == other.service && reflect.DeepEqual(c.profile, other.profile)
}

// Profile is the profile that the client checks.
func (c *Client) Profile() Profile { return c.profile }

// Service is the name of the service that is asked; empty where there is none of
// that name.
func (c *Client) Service() string {
	if c.service == nil {
		return ""
	}
	return c.service.Info().Name
}

// Endpoint is the address of the identity request; empty where it is not
// known.
func (c *Client) Endpoint() string { return c.address.Endpoint }

// withCooldowns sets who keeps the cooldowns, before the first check. get tells
// whether a credential must not be used at an origin now, and until when; it is
// asked before every request. start is told when a service names such a time, end when a
// person wants no wait to be heeded. All get the credential itself, which they must not
// keep.
func (c *Client) withCooldowns(
	get func(origin, credential string) (until time.Time, cooling bool),
	start func(origin, credential string, until time.Time),
	end func(origin, credential string),
) {
	if get == nil {
		get = func(string, string) (time.Time, bool) { return time.Time{}, false }
	}
	if start == nil {
		start = func(string, string, time.Time) {}
	}
	if end == nil {
		end = func(string, string) {}
	}
	c.cooldown, c.startCooldown, c.endCooldown = get, start, end
}

// bearer makes the credential of one check out of a secret, or of two.
func (c *Client) bearer(secret, second string) service.Bearer {
	b := service.NewBearer(c.profile.Username, secret, c.profile.Credential.Source(),
		c.network.fingerprint(c.address.Origin, credential(c.profile.Username, secret, second)))
	if c.profile.UserToken {
		b = b.ByToken()
	}
	if second != "" {
		b = b.WithSecond(second)
	}
	return b
}

// credential is a secret with what else it takes to be let in: two users may have
// the same password.
func credential(username, secret, second string) string {
	if second != "" {
		// No secret has a control character in it.
		secret += "\x01" + second
	}
	if username == "" {
		return secret
	}
	return username + ":" + secret
}

// Check asks the service who the bearer is.
func (c *Client) Check(ctx context.Context) account.Snapshot {
	out := c.check(ctx, checkOptions{})
	c.logCheck(out.snapshot.Health, out)
	return out.snapshot
}

// checkOptions are the wishes of the one who calls check.
type checkOptions struct {
	// skip is asked once the credential is known, with its fingerprint; where
	// it says true, nothing is asked. Nil never skips.
	skip func(fingerprint string) bool
	// silent is set where nobody wants to see what goes over the wire.
	silent bool
}

// outcome is what one check found, and what the poller must know beside it.
type outcome struct {
	// snapshot knows this check only: its account is nil, and its LastOKAt
	// zero, where the service did not answer as hoped. Its state has the
	// profile's own identity applied, and the expiry as far as the identity
	// request told it.
	snapshot account.Snapshot
	// at is when the check ended; unlike snapshot.Health.CheckedAt it is set
	// where no request was sent, too.
	at time.Time
	// took is how long the check took, the wait for a place at the origin included.
	took time.Duration
	// bearer is who asked last; the zero value where there was no secret.
	bearer service.Bearer
	// held is for how long its requests were under way.
	held time.Duration
	// phases are the parts of the latency, exchange is what went over the
	// wire; nil where nothing did.
	phases   account.Phases
	exchange *account.Exchange
	// skipped is set where checkOptions.skip said so: the snapshot then has
	// no state, and what was known before still holds.
	skipped bool
	// coolingDown is set where a cooldown kept the first request back: the
	// snapshot says rate_limited, and until when.
	coolingDown bool
	// aborted is set where ctx ended before the check did: the snapshot says
	// nothing about the service.
	aborted bool
}

// check asks the service who the bearer is. All that comes of it is fit to be shown, so
// that whoever shows it need not look at each text again.
func (c *Client) check(ctx context.Context, o checkOptions) outcome {
	begun := time.Now()
	out := c.tried(ctx, o)
	out.snapshot, out.took = out.snapshot.Harmless(), time.Since(begun)
	return out
}

// tried is the outcome of asking. Where the service calls the credential invalid, it may
// have been renewed meanwhile: it is resolved once more, and a new one has its try in the
// same check.
func (c *Client) tried(ctx context.Context, o checkOptions) outcome {
	if c.fixed.State != "" {
		return c.begin(service.Bearer{}, nil).end(c.fixed)
	}
	bearer, notes, d := c.resolve(ctx)
	out := c.begin(bearer, notes)
	if d.State != "" {
		out.aborted = ctx.Err() != nil
		return out.end(d)
	}
	if o.skip != nil && o.skip(bearer.Fingerprint()) {
		out.skipped = true
		return out.end(account.Diagnosis{})
	}
	out = c.ask(ctx, out, o)
	spent := out.snapshot.Health.Attempts
	if out.snapshot.Health.State != account.InvalidToken || spent >= transport.MaxAttempts {
		return out
	}
	// Whoever was asked for it once is not asked again.
	renewed, notes, d := c.resolve(unattended(ctx))
	if d.State != "" || renewed.Fingerprint() == bearer.Fingerprint() {
		return out
	}
	again := c.begin(renewed, notes)
	again.snapshot.Health.Attempts = spent
	again = c.ask(ctx, again, o)
	c.network.budgets.Forget(bearer.Fingerprint())
	if again.coolingDown || again.aborted {
		// The new one was not sent: the next check does that.
		return out
	}
	return again
}

// begin is the outcome of a check with a bearer before anything was sent.
func (c *Client) begin(b service.Bearer, notes account.Notes) outcome {
	return outcome{
		snapshot: account.Snapshot{Profile: c.profile.Name, Service: c.Service(), Origin: c.address.Origin, Endpoint: c.Endpoint(), Notes: notes},
		bearer:   b,
	}
}

// ask has the service ask who the bearer is. The attempts that out has already
// count.
func (c *Client) ask(ctx context.Context, out outcome, o checkOptions) outcome {
	b := out.bearer
	asking := c.asking(b, false)
	asking.attempts = out.snapshot.Health.Attempts
	if isImpatient(ctx) {
		c.impatient(&asking.sender, b)
	}
	acc, stated, d := c.identify(ctx, asking, b)
	got, failed := asking.result, asking.failed
	out.snapshot.Health.Latency, out.snapshot.Health.Attempts = got.Latency, asking.attempts
	out.phases, out.held = got.Phases, asking.held
	if got.Sent != nil && !o.silent {
		out.exchange = transport.NewExchange(got.Sent, got.Answer.Header, got.Answer.Body, b.Redact)
	}
	if failed != nil {
		out.coolingDown, out.aborted = failed.CoolingDown, failed.Aborted
		out.snapshot.Health.HTTPStatus = failed.Status
		out.snapshot.Health.RetryAt = failed.RetryAt
		out = out.end(failed.Diagnosis)
	} else {
		out = c.conclude(out, asking, acc, d)
		out.snapshot.Stated = stated
	}
	c.keep(out.snapshot.Health.State.Answered(), asking.used, asking.fresh)
	out.snapshot.Named = asking.named
	out.snapshot = redact.Snapshot(out.snapshot, b.Redact, b.RedactOwn).Bounded()
	return out
}

// end closes a check with a diagnosis.
func (o outcome) end(d account.Diagnosis) outcome {
	o.at = transport.WallTime()
	h := &o.snapshot.Health
	h.State, h.Code, h.Description = d.State, d.Code, d.Description
	h.Explanation, h.Remedy, h.SignIn = d.Explanation, d.Remedy, d.SignIn
	h.Action, h.Command, h.EndClaimed = d.Action, d.Command, d.EndClaimed
	if h.Attempts > 0 {
		h.CheckedAt = o.at
	}
	return o
}

// conclude is the outcome of an answer, with the account and the diagnosis that
// the service made of it.
func (c *Client) conclude(out outcome, asked *asking, acc *account.Account, d account.Diagnosis) outcome {
	a, b := asked.result.Answer, out.bearer
	out = out.end(c.examined(d, b))
	s := &out.snapshot
	s.Health.HTTPStatus = asked.status

	rates := c.completed(c.rates(a, b), d, a.At)
	s.SetRateLimits(rates)
	c.network.budgets.Observe(c.limited(b), rates, a.At)
	if until := c.coolDown(d.State, a, asked.request, b); !until.IsZero() {
		s.Health.RetryAt = until
	}
	if acc != nil {
		s.Account, s.AccountAt = acc, out.at
		if acc.User.ID != "" {
			id := acc.User.ID // A pointer into the account would keep all of it.
			c.user.Store(&id)
		}
	}
	if s.Health.State.Answered() {
		s.Health.LastOKAt = out.at
		if acc != nil {
			s.Health = overlayExpiry(s.Health, acc.Token, c.profile.ExpiryWarning, out.at)
		}
	}
	checkIdentity(s, c.profile.Identity)
	return out
}

// rates are the budgets that an answer's headers tell of, with the nearest to
// its end first, without the secret, which they could repeat.
func (c *Client) rates(a service.Answer, b service.Bearer) []account.RateLimit {
	all := ratelimit.NearestFirst(a.Limits)
	for i, r := range all {
		all[i] = r.MapText(func(s string) string { return text.Harmless(text.BoundName(b.Redact(s))) })
	}
	return all
}

// identify has the service ask. stated is what the token of a judgement without a
// user says of itself. A service that fails on an answer must not take the other
// profiles down with it.
func (c *Client) identify(
	ctx context.Context, asked *asking, b service.Bearer,
) (acc *account.Account, stated *account.Token, d account.Diagnosis) {
	defer func() {
		if recover() != nil {
			acc, stated, d = nil, nil, account.Diagnosis{
				State:       account.BadResponse,
				Explanation: "rollcall could not make sense of the answer.",
				Remedy:      reportFault,
				Action:      account.ActionCopy,
			}
		}
	}()
	q := service.Asked{Address: c.address, Bearer: b}
	acc, d = c.service.Identify(ctx, asked.ask, q)
	a := asked.result.Answer
	if acc != nil && len(acc.User.ID) > text.MaxUserID {
		return nil, nil, service.BadResponse(a, q, fmt.Sprintf("The answer names the user by an id of %d bytes.", len(acc.User.ID)))
	}
	if claims, ok := service.ParseJWT(b.Secret()); ok && d.Refuses() && d.EndClaimed.IsZero() {
		d.EndClaimed = claims.Ends()
	}
	if acc == nil && d.State.Judges() && !b.Basic() {
		stated = c.stated(b.Secret())
	}
	return acc, stated, d
}

// stated is what a token says of itself; nil where it says nothing.
func (c *Client) stated(secret string) (t *account.Token) {
	if s, ok := c.service.(service.Stater); ok {
		t = s.Stated(secret)
	}
	if claims, ok := service.ParseJWT(secret); ok {
		var known account.Token
		if t != nil {
			known = *t
		}
		known = claims.Stated(known)
		t = &known
	}
	return t
}

// completed are the budgets that the headers told, of which the one nearest to its
// end is completed from a refusal. A refusal without a time to reset is taken
// to last the service's window at most.
func (c *Client) completed(rates []account.RateLimit, d account.Diagnosis, now time.Time) []account.RateLimit {
	var r account.RateLimit
	if len(rates) > 0 {
		r, rates = rates[0], rates[1:]
	}
	if r.Limit == nil && d.Limit > 0 {
		r.Limit = &d.Limit
		if r.Source == "" {
			r.Source = "answer"
		}
	}
	window := c.service.Info().Window
	if d.State == account.RateLimited && r.ResetAt.IsZero() && r.Limit != nil && window > 0 {
		r.ResetAt = now.Add(window)
	}
	if r == (account.RateLimit{}) {
		return nil
	}
	return slices.Concat([]account.RateLimit{r}, rates)
}
