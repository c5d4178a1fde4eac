package store

import (
	"time"

	"rollcall/client/account"
)

// KeptHistory is how long checks and changes are kept: every check at first, then
// those that tell of a change of state and one an hour.
const KeptHistory = 90 * 24 * time.Hour

// everyCheck is how long every check is kept.
const everyCheck = 48 * time.Hour

const putCheck = `INSERT OR REPLACE INTO checks (profile, at, state, http_status, latency, code, dns, connect, tls, first_byte, remaining)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

func (s *session) putCheck(profile int64, c account.Check) error {
	p := c.Phases
	return s.exec(putCheck, profile, c.At.UnixMilli(), string(c.State), countIn(c.HTTPStatus), spanIn(c.Latency), textIn(c.Code),
		spanIn(p.DNS), spanIn(p.Connect), spanIn(p.TLS), spanIn(p.FirstByte), numberIn(c.Remaining))
}

// checks reads the checks of the profiles in a scope that meet a condition on
// them, c, in the order in which they ended.
func (s *session) checks(in scope, condition string, args []any, each func(profile int64, c account.Check)) error {
	var id int64
	var c account.Check
	p := &c.Phases
	return s.all(`SELECT c.profile, c.at, c.state, c.http_status, c.latency, c.code, c.dns, c.connect, c.tls, c.first_byte, c.remaining
FROM profiles p JOIN checks c ON c.profile = p.id WHERE `+in.where+" AND "+condition+" ORDER BY c.at", append(in.args[:len(in.args):len(in.args)], args...), []column{
		count(&id), timeOut{&c.At}, text(&c.State), count(&c.HTTPStatus), spanOut{&c.Latency}, text(&c.Code),
		spanOut{&p.DNS}, spanOut{&p.Connect}, spanOut{&p.TLS}, spanOut{&p.FirstByte}, numberOut{&c.Remaining},
	}, func() { each(id, c) })
}

// maxThinning is how far one thinning goes beyond the one before. Where a wrong
// clock says that years have passed, little is lost until it is set right.
const maxThinning = 24 * time.Hour

// thin forgets the checks and changes that need not be kept any longer. thinned
// is the time that it was told when it was last called for the profile; zero for
// never. It returns the time to tell it the next time.
func (s *session) thin(profile int64, thinned, now time.Time) (time.Time, error) {
	if thinned.IsZero() || thinned.After(now) {
		// What is older than the present clock knows is left for the next ones.
		return now, nil
	}
	if now.Sub(thinned) < time.Hour {
		return thinned, nil
	}
	from, to := thinned, now
	if to.Sub(from) > maxThinning {
		to = from.Add(maxThinning)
	}
	old := to.Add(-KeptHistory).UnixMilli()
	for _, table := range []string{"checks", "changes"} {
		if err := s.exec("DELETE FROM "+table+" WHERE profile = ? AND at < ?", profile, old); err != nil {
			return thinned, err
		}
	}
	hour := time.Hour.Milliseconds()
	return to, s.exec(`DELETE FROM checks WHERE profile = ? AND at IN (
  SELECT at FROM (
    SELECT at, state, lag(state) OVER earlier AS state_before, at / ? AS hour, lag(at / ?) OVER earlier AS hour_before
    FROM checks WHERE profile = ? AND at >= ? AND at < ?
    WINDOW earlier AS (ORDER BY at))
  WHERE state = state_before AND hour = hour_before)`,
		profile, hour, hour, profile, from.Add(-everyCheck-2*time.Hour).UnixMilli(), to.Add(-everyCheck).UnixMilli())
}

// began is when the state of the latest checks began, which another rollcall may
// have seen otherwise: where it had another state after since, the state began
// later.
func (s *session) began(profile int64, state account.State, since time.Time) (time.Time, error) {
	var later time.Time
	_, err := s.one(`SELECT min(at) FROM checks WHERE profile = ?1 AND at >
  (SELECT max(at) FROM checks WHERE profile = ?1 AND at > ?2 AND state <> ?3)`,
		[]any{profile, since.UnixMilli(), string(state)}, timeOut{&later})
	if later.IsZero() {
		later = since
	}
	return later, err
}

// lastConclusive is the last check of a profile that could be made; none where
// the latest hundreds could not.
func (s *session) lastConclusive(profile int64) (found []account.Check, err error) {
	var c account.Check
	err = s.all("SELECT at, state FROM checks WHERE profile = ? AND at <= ? ORDER BY at DESC LIMIT 500",
		[]any{profile, time.Now().UnixMilli()}, []column{timeOut{&c.At}, text(&c.State)}, func() {
			if found == nil && !c.State.Inconclusive() {
				found = []account.Check{c}
			}
		})
	return found, err
}
