package ui

import (
	"cmp"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/config/query"
)

// row is one profile: what the configuration says and what is known of it.
// All of its texts are fit for a terminal, but for the name, which is the key.
type row struct {
	// What is read of all rows whenever the list is arranged stands together, since
	// memory that lies apart costs most of that: how well the row answered the last
	// query, how the profile stands among those that a person looks after at the time
	// of the screen, the line of it in the list, laid, the arrangement that the line
	// is of, and the incident that it is part of; negative for none.
	matched              memo[matchKey, quality]
	line, laid, incident int
	standing             insight.Standing
	// version counts the changes.
	version int
	name    string
	// index is that of the profile in the configuration.
	index  int
	config config.Profile
	// service is what to call the service, about what it says of itself.
	service string
	about   account.ServiceInfo
	snap    account.Snapshot
	// placed is the row as it was when the list was sorted.
	placed placed
	// source is where the credential is.
	source string
	// own and real are the configuration and the snapshot as they really are.
	// config and snap are the same, but have stand-ins in them while private is
	// set.
	own     config.Profile
	real    account.Snapshot
	private bool
	// past is what is kept of the profile, joined with the snapshot; nil where it
	// was not read.
	past *rowPast
	// lane is what the timeline shows of the past; nil where that was not read.
	lane *lanePast
	// readable is set where the past can be read.
	readable bool
	// subject is the row as a query asks about it, indexed the same with its texts
	// folded; the name is the first of these.
	subject insight.Subject
	indexed query.Indexed
	// found is the last state that said something of the profile; empty for none.
	// A check that could not be made leaves it as it is. concluded is set once a check
	// of this run could be made.
	found     account.State
	concluded bool
	// unseen is set from a change until somebody has looked at the profile.
	unseen bool
	// marked is set where the person has marked the row; spanned is how many of its
	// lines are in the range that is being marked.
	marked  bool
	spanned int
	// active marks the profile that commands take without being told.
	active bool
	// person is the number of the person among the people, from 1; zero for
	// nobody. facts counts the changes of what the people are compared by.
	person, facts int
}

// matchKey is all that the quality of a match depends on. What is compared with
// the time is at most a minute old.
type matchKey struct {
	query   string
	version int
	minute  int64
}

// answers says how well the row answers a filter. It is remembered, since one
// event changes few rows.
func (r *row) answers(f *filter, now time.Time) quality {
	return r.matched.get(matchKey{f.told, r.version, now.Unix() / 60}, func() quality {
		r.subject.Now, r.subject.Changed = now, r.unseen
		return f.quality(r.indexed)
	})
}

func (r *row) severity() account.Severity { return r.snap.Health.State.Severity() }

// user is what to call whom the profile belongs to; empty where unknown.
func (r *row) user() string {
	if r.snap.Account == nil {
		return ""
	}
	return r.snap.Account.User.Name()
}

// email is the first address of the user; empty where none is known.
func (r *row) email() string {
	if a := r.snap.Account; a != nil && len(a.User.Emails) > 0 {
		return a.User.Emails[0]
	}
	return ""
}

// token is the name of the token, else its id.
func (r *row) token() string {
	if a := r.snap.Account; a != nil {
		return cmp.Or(a.Token.Name, a.Token.ID)
	}
	return ""
}

// tags are those of the profile as they are written.
func (r *row) tags() string {
	tags := ""
	for _, t := range r.config.Tags {
		tags += " #" + t
	}
	return strings.TrimSpace(tags)
}

// fold makes the row fit to be asked by queries; warning is how long before its end a token is
// to be renewed.
func (r *row) fold(warning time.Duration) {
	r.subject = insight.Subject{
		Name: r.config.Name, Label: r.config.Label, Tags: r.config.Tags, Service: r.config.Provider, ServiceTitle: r.service,
		Host: insight.Host(r.snap.Endpoint, r.config.BaseURL), Source: r.source, Snapshot: r.snap, Warning: warning,
	}
	r.indexed = query.Index(&r.subject)
}

// sortName is the name as rows are sorted by it.
func (r *row) sortName() string { return r.indexed.Texts()[0] }

// firstHealth is what can be said before the first event.
func firstHealth(p config.Profile) account.Health {
	unasked := p.Unasked()
	h := account.Health{
		State: account.Checking, Explanation: text.Printable(unasked.Why),
		Remedy: text.Printable(unasked.Remedy), Command: text.Printable(unasked.Command),
	}
	if unasked.Command != "" {
		h.Action = account.ActionCopy
	}
	switch {
	case p.Disabled:
		h.State = account.Disabled
	case unasked.Why != "":
		h.State = account.Misconfigured
	}
	return h
}

// latest is the last snapshot. A snapshot from before the profile was switched
// off or on tells a state that the profile no longer has, which is corrected.
func (r *row) latest() account.Snapshot {
	s := r.real
	if (s.Health.State == account.Disabled) != r.own.Disabled {
		s.Health, s.Busy, s.NextAt = firstHealth(r.own), false, time.Time{}
	}
	return s
}

// show takes over what is known of the profile, with stand-ins where those are
// wanted. The name, the label and the tags are the person's own words.
func (r *row) show(c *cover) {
	r.snap, r.source, r.private = c.snapshot(r.latest()), "", c.on()
	r.config = c.profile(r.own) // Once the cover has met what there is to hide.
	if from := r.own.Credential(); !from.IsZero() {
		r.source = c.text(text.Printable(from.Source()))
	}
	if r.private {
		// The pinned user and the one who signs in may be no one else's.
		known := account.Snapshot{Account: &account.Account{User: account.User{ID: r.own.Identity, Username: r.own.Username}}}
		u := c.snapshot(known).Account.User
		r.config.Identity, r.config.Username = u.ID, u.Username
		r.config.BaseURL = c.text(r.own.BaseURL)
	}
	if r.past != nil {
		r.remember(*r.past)
	}
	r.version++
}

// remember takes over the past of the profile, which has the same stand-ins as
// the snapshot.
func (r *row) remember(p rowPast) {
	p.Past = p.With(r.snap)
	p.Checks = latest(p.Checks, maxPastChecks)
	r.past = &p
	r.version++
}

// forget drops the past of the profile.
func (r *row) forget() {
	r.past = nil
	r.version++
}

// checks are all that are known now, oldest first: those of the snapshot until
// the past was read. One from an earlier run may have none, but tells of the last
// check in its health.
func (r *row) checks() []account.Check {
	switch h := r.snap.Health; {
	case r.past != nil:
		return r.past.Checks
	case len(r.snap.History) == 0 && r.awaitsPast():
		return []account.Check{{At: h.CheckedAt, State: h.State, HTTPStatus: h.HTTPStatus, Latency: h.Latency, Code: h.Code}}
	}
	return r.snap.History
}

// awaitsPast reports whether there is more to be known of the profile than was
// read yet. What shows it keeps its lines free until then, so that nothing moves.
func (r *row) awaitsPast() bool {
	return r.readable && r.past == nil && !r.snap.Health.CheckedAt.IsZero()
}

// spells are what the checks that are known found, in the order of their times.
func (r *row) spells(now time.Time) []account.Spell {
	if r.lane == nil {
		return account.Spells(r.checks(), now)
	}
	return account.SpellsWith(r.lane.spells, r.snap.History, now)
}

// changes are all that are known now, as in checks.
func (r *row) changes() []account.Change {
	if r.past == nil {
		return r.snap.Changes
	}
	return r.past.Changes
}

// printable is the profile with the texts that are shown made fit for it.
func printable(p config.Profile) config.Profile {
	for _, s := range []*string{&p.Name, &p.Provider, &p.BaseURL, &p.Username, &p.Label, &p.Identity} {
		*s = text.Printable(*s)
	}
	tags := make([]string, len(p.Tags))
	for i, t := range p.Tags {
		tags[i] = text.Printable(t)
	}
	p.Tags = tags
	return p
}

// changedAt is when something changed last; zero where that is not known.
func (r *row) changedAt() time.Time {
	if n := len(r.snap.Changes); n > 0 {
		return r.snap.Changes[n-1].At
	}
	return time.Time{}
}

// asked reports whether the service is asked about the profile at all.
func (r *row) asked() bool {
	return r.snap.Health.State != account.Disabled && r.snap.Health.State != account.Misconfigured
}

// adopt takes over what the configuration says now. What it says of a profile
// that is not asked is known at once; of others the next check tells.
func (r *row) adopt(now *row) {
	was, is := firstHealth(r.own), firstHealth(now.own)
	if r.own.Provider != now.own.Provider || r.own.BaseURL != now.own.BaseURL {
		// What was read is kept under another address.
		r.past, r.lane = nil, nil
	}
	r.index, r.own, r.service, r.about = now.index, now.own, now.service, now.about
	if was.State != is.State || is.State == account.Misconfigured {
		r.real.Health, r.real.Busy, r.real.NextAt = is, false, time.Time{}
	}
}
