package demo

import (
	"cmp"
	"context"
	"errors"
	"hash/fnv"
	"math"
	"net/http"
	"slices"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
)

const (
	// remembered is how far the past goes back, and finely for how long every hour
	// was asked.
	remembered = 90 * day
	finely     = 2 * day
	// lastAsked is how long before the start the profiles were asked last.
	lastAsked = 2 * time.Minute
	// warned is how long before its end a token is told as expiring, as the
	// configuration has it.
	warned = 14 * day
)

// Remember gives a store the past of the sample profiles, as if it had seen them for
// 90 days: what an earlier run would have left, but for its checks. It fits to what
// the services answer at the start. endpoint is the address that is asked at a
// service.
func (s *Server) Remember(into *store.Store, endpoint func(provider, baseURL string) string) error {
	var changes []account.Past
	snoozes := map[[2]string]account.Snooze{}
	for _, p := range s.pasts(endpoint) {
		into.Save(p.last)
		changes = append(changes, account.Past{Profile: p.Name, Endpoint: p.at, Changes: p.changes})
		if p.last.Account != nil && p.Identity == "" {
			into.PinOnce(p.Name, p.at, p.last.Account.User.ID)
		}
		if p.snoozed != "" {
			snoozes[[2]string{p.Name, p.at}] = account.Snooze{Until: monday(s.start), Note: p.snoozed, Verdict: p.last.Verdict.State}
		}
	}
	into.Flush()
	return errors.Join(into.Adopt(changes...), into.AdoptSnoozes(snoozes))
}

// RememberChecks completes that past by its checks, of which there are many, until
// ctx ends. Those of tokens that end soonest come first, since these are looked at
// first.
func (s *Server) RememberChecks(ctx context.Context, into *store.Store, endpoint func(provider, baseURL string) string) error {
	all := s.pasts(endpoint)
	slices.SortStableFunc(all, func(a, b *past) int { return cmp.Compare(a.left(), b.left()) })
	for _, p := range all {
		if ctx.Err() != nil {
			return nil
		}
		if err := into.Adopt(account.Past{Profile: p.Name, Endpoint: p.at, Checks: p.checks}); err != nil {
			return err
		}
	}
	return nil
}

// pasts are those of all profiles that are asked, in the order of the configuration.
func (s *Server) pasts(endpoint func(provider, baseURL string) string) (all []*past) {
	told := stories(s.start)
	for _, e := range s.entries {
		if e.Disabled {
			continue
		}
		p := &past{
			entry: e, story: told[e.Name], start: s.start, seed: seedOf(e.Name),
			outage: s.outage(e.host.service.Provider), at: endpoint(e.host.service.Provider, e.baseURL()),
		}
		p.tell()
		all = append(all, p)
	}
	return all
}

// outage is a time for which a service was gone, counted back from the start.
type outage struct{ from, to time.Duration }

// outage is the long one that a service had, each at another time.
func (s *Server) outage(provider string) outage {
	all := []outage{{42 * day, 41 * day}, {24*day + 12*hour, 23 * day}, {67*day + 8*hour, 67 * day}, {55 * day, 54*day + 6*hour}, {31 * day, 30 * day}}
	var before []string
	for _, one := range s.services {
		if one.Provider == provider {
			break
		}
		if !slices.Contains(before, one.Provider) {
			before = append(before, one.Provider)
		}
	}
	return all[len(before)%len(all)]
}

// monday is when the week begins that the snoozes are until: two days ahead at
// least.
func monday(now time.Time) time.Time {
	y, m, d := now.Add(2 * day).Date()
	at := time.Date(y, m, d, 0, 0, 0, 0, now.Location())
	for at.Weekday() != time.Monday {
		at = at.AddDate(0, 0, 1)
	}
	return at
}

// seedOf is a number that is always the same for a name, so that no two profiles
// have quite the same past.
func seedOf(name string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return h.Sum32()
}

// past is the telling of what has become of a profile.
type past struct {
	entry
	story
	start time.Time
	seed  uint32
	// outage is the long one that the service had.
	outage outage
	// at is the address that is asked.
	at string
	// last is the snapshot as it is so far, checks and changes are what there was.
	last    account.Snapshot
	checks  []account.Check
	changes []account.Change
}

// left is how long the token holds from the start; longest where that is not known or
// over.
func (p *past) left() time.Duration {
	if p.Known == nil || !p.Known.Token.Expiry.At.After(p.start) {
		return math.MaxInt64
	}
	return p.Known.Token.Expiry.At.Sub(p.start)
}

// tell tells one check after the other.
func (p *past) tell() {
	p.last = account.Snapshot{Profile: p.Name, Endpoint: p.at}
	moments := p.moments()
	for i, at := range moments {
		p.check(i, at, i+1 == len(moments))
	}
}

// moments are when the profile was asked, the first change of everything included.
func (p *past) moments() []time.Time {
	offset := time.Duration(p.seed%600) * time.Second
	var all []time.Time
	for ago := remembered - day; ago > finely; ago -= 12 * hour {
		all = append(all, p.start.Add(offset-ago))
	}
	for ago := finely; ago > hour; ago -= hour {
		all = append(all, p.start.Add(offset-ago))
	}
	if p.since > 0 {
		all = append(all, p.start.Add(-p.since))
	}
	for _, e := range p.events {
		all = append(all, p.start.Add(-e.ago))
	}
	all = append(all, p.start.Add(-lastAsked-offset/60))
	slices.SortFunc(all, time.Time.Compare)
	for i := range all {
		all[i] = all[i].Truncate(time.Millisecond)
	}
	return slices.CompactFunc(all, time.Time.Equal)
}

// check is the check at a moment.
func (p *past) check(i int, at time.Time, final bool) {
	s, state, code := &p.last, p.stateAt(i, at, final), ""
	status := statusOf(state)
	if state == account.State(p.State) {
		code, status = p.Code, cmp.Or(p.Status, status)
	}
	latency := p.Latency * time.Duration(88+(p.seed^uint32(i)*2654435761)>>20%36) / 100
	p.checks = append(p.checks, account.Check{At: at, State: state, HTTPStatus: status, Latency: latency, Code: code})
	p.notice(state, at)
	if state != s.Health.State {
		s.Since = at
	}
	s.Health = account.Health{
		State: state, HTTPStatus: status, Code: code, CheckedAt: at, Latency: latency, Attempts: 1, LastOKAt: s.Health.LastOKAt,
	}
	switch {
	case state.Answered():
		s.Health.LastOKAt, s.Account, s.AccountAt = at, p.Known, at
	case state == account.WrongAccount:
		s.Health.Wanted, s.Account, s.AccountAt = p.Identity, p.Known, at
	}
	switch {
	case state.Judges():
		if s.Verdict.State != state {
			s.Verdict.Since = at
		}
		s.Verdict.State, s.Verdict.At, s.UnaskedSince = state, at, time.Time{}
	case !state.Inconclusive():
		s.UnaskedSince = time.Time{}
	case s.UnaskedSince.IsZero():
		s.UnaskedSince = at
	}
	s.History = p.checks[i:]
}

// notice notes what the check at a moment found to be another than before.
func (p *past) notice(state account.State, at time.Time) {
	if was := p.last.Verdict.State; state.Judges() && was != "" && was != state {
		p.changes = append(p.changes, account.Change{
			At: at, Kind: account.ChangeState, Was: account.Value{State: was}, Is: account.Value{State: state},
		})
	}
	for _, e := range p.events {
		if p.start.Add(-e.ago).Truncate(time.Millisecond).Equal(at) {
			e.change.At = at
			p.changes = append(p.changes, e.change)
		}
	}
}

// stateAt is the state that the check at a moment found.
func (p *past) stateAt(i int, at time.Time, final bool) account.State {
	state := account.State(p.State)
	switch {
	case p.ever:
		return state
	case p.since > 0 && at.Before(p.start.Add(-p.since).Truncate(time.Millisecond)):
		state = account.Healthy
	case state == account.Expiring && p.Known != nil && p.renewedBefore(at) && at.Before(p.Known.Token.Expiry.At.Add(-warned)):
		state = account.Healthy
	case state == account.Expiring && !p.renewedBefore(at):
		state = account.Healthy
	}
	if final || !state.Accepted() || p.start.Sub(at) < finely/4 {
		return state
	}
	return p.troubled(state, i, p.start.Sub(at))
}

// renewedBefore reports whether the token that is there was made before a moment.
func (p *past) renewedBefore(at time.Time) bool {
	return !slices.ContainsFunc(p.events, func(e event) bool {
		return e.change.Kind == account.ChangeToken && at.Before(p.start.Add(-e.ago))
	})
}

// troubled is the state of a check that an outage of the service, or of the way to
// it, may have kept from being made.
func (p *past) troubled(state account.State, i int, ago time.Duration) account.State {
	switch {
	case ago > p.outage.to && ago < p.outage.from:
		return account.Unavailable
	case (p.seed/3+uint32(i)*2654435761)>>16%71 == 0:
		return account.Unreachable
	}
	return state
}

// statusOf is the HTTP status that goes with a state, as far as one does.
func statusOf(state account.State) int {
	switch state {
	case account.Healthy, account.Expiring, account.WrongAccount, account.BadResponse:
		return http.StatusOK
	case account.NoUser, account.NotFound:
		return http.StatusNotFound
	case account.RateLimited:
		return http.StatusTooManyRequests
	case account.Unavailable:
		return http.StatusServiceUnavailable
	case account.ServerError:
		return http.StatusInternalServerError
	case account.Unreachable:
		return 0
	case account.BadRequest, account.CredentialMissing:
		return http.StatusBadRequest
	}
	return http.StatusForbidden
}
