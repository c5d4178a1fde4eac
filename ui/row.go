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
	// memory that lies apart costs most of that: the texts that queries look through,
	// how the profile stands among those that a person looks after at the time of the
	// screen, the line of it in the list, laid, the arrangement that the line is of,
	// and the incident that it is part of; negative for none.
	texts                query.Texts
	line, laid, incident int
	standing             insight.Standing
	// version counts the changes.
	version int
	// filled is the last of the configurations that the row was in, as the roster counts
	// them, and kept that by which the list has its order.
	filled, kept int
	name         string
	// index is that of the profile in the configuration.
	index int
	// service is what to call the service, about what it says of itself.
	service string
	about   *account.ServiceInfo
	// placed is where the row stood when the list was sorted.
	placed placed
	// source is where the credential is, host where the service is.
	source, host string
	// own and real are the configuration and the snapshot as they really are; nobody
	// changes what they point to. config and snap are the same ones, but others with
	// stand-ins in them while private is set.
	own, config *config.Profile
	real, snap  *account.Snapshot
	private     bool
	// past is what is kept of the profile, joined with the snapshot; nil where it
	// was not read.
	past *rowPast
	// waits is set while the row is to be shown anew, in its turn among others. arrived
	// is what is known of it by then; nil for nothing new. before is what was shown of
	// it before stand-ins were put on or taken off; nil at other times.
	waits           bool
	arrived, before *account.Snapshot
	// planned is when the next check is.
	planned nextCheck
	// logged is the entry of the latest check that the log has of the row; nil for none.
	logged *entry
	// lane is what the timeline shows of the past; nil where that was not read.
	lane *lanePast
	// readable is set where the past can be read.
	readable bool
	// warning is how long before its end the token is to be renewed.
	warning time.Duration
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

// subject is the row as a query asks about it at a moment.
func (r *row) subject(now time.Time) insight.Subject {
	return insight.Subject{
		Name: r.config.Name, Label: r.config.Label, Tags: r.config.Tags, Service: r.config.Provider, ServiceTitle: r.service,
		Host: r.host, Source: r.source, Snapshot: r.snap, Changed: r.unseen, Now: now, Warning: r.warning,
	}
}

// fold makes the texts of the row fit to be looked through.
func (r *row) fold() {
	is := r.subject(time.Time{})
	r.texts = query.Fields(&is)
}

// sortName is the name as rows are sorted by it.
func (r *row) sortName() string { return r.texts.Name() }

// firstHealth is what can be said before the first event.
func firstHealth(p *config.Profile) account.Health {
	unasked := p.Unasked()
	h := account.Health{
		State: account.Checking, Explanation: text.Printable(text.Closed(unasked.Why)),
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
func (r *row) latest() *account.Snapshot {
	if (r.real.Health.State == account.Disabled) == r.own.Disabled {
		return r.real
	}
	s := *r.real
	s.Health, s.Busy, s.NextAt = firstHealth(r.own), false, time.Time{}
	return &s
}

// show takes over what is known of the profile, with stand-ins where those are
// wanted. The name, the label and the tags are the person's own words.
func (r *row) show(c *cover) {
	r.snap, r.source, r.private = seen(c.snapshot(r.latest())), "", c.on()
	r.config = c.profile(r.own) // Once the cover has met what there is to hide.
	if from := r.own.Credential(); !from.IsZero() {
		r.source = c.text(text.Printable(from.Source()))
	}
	r.host = insight.Host(r.snap.Endpoint, r.config.BaseURL)
	if r.past != nil {
		r.remember(*r.past)
	}
	r.version++
}

// withhold shows nothing of the row until it has its stand-ins.
func (r *row) withhold(as *blank) {
	r.config, r.snap = &as.profile, as.snapshot(r.real.Health.State)
	r.source, r.host, r.private, r.texts = "", "", true, query.Texts{}
	r.version++
}

// blank is what is shown of rows that are withheld, which is the same of many.
type blank struct {
	profile   config.Profile
	snapshots map[account.State]*account.Snapshot
}

func newBlank() *blank {
	return &blank{config.Profile{Name: withheld}, make(map[account.State]*account.Snapshot)}
}

// snapshot is that of a row in a state.
func (b *blank) snapshot(s account.State) *account.Snapshot {
	if b.snapshots[s] == nil {
		b.snapshots[s] = &account.Snapshot{Profile: withheld, Health: account.Health{State: s}}
	}
	return b.snapshots[s]
}

// withheld stands where something is not to be seen yet.
const withheld = "…"

// counted is the snapshot that the sums are of.
func (r *row) counted() *account.Snapshot {
	if r.before != nil {
		return r.before
	}
	return r.snap
}

// remember takes over the past of the profile, which has the same stand-ins as
// the snapshot.
func (r *row) remember(p rowPast) {
	p.Past = p.With(*r.snap)
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

// printable is the profile with the texts that are shown made fit for it; the same one
// where they are.
func printable(p *config.Profile) *config.Profile {
	fit := true
	for _, s := range []string{p.Name, p.Provider, p.BaseURL, p.Username, p.Label, p.Identity} {
		fit = fit && text.Printable(s) == s
	}
	for _, t := range p.Tags {
		fit = fit && text.Printable(t) == t
	}
	if fit {
		return p
	}
	shown := *p
	for _, s := range []*string{&shown.Name, &shown.Provider, &shown.BaseURL, &shown.Username, &shown.Label, &shown.Identity} {
		*s = text.Printable(*s)
	}
	shown.Tags = make([]string, len(p.Tags))
	for i, t := range p.Tags {
		shown.Tags[i] = text.Printable(t)
	}
	return &shown
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

// newRow is a row of a profile of which nothing is known yet.
func newRow(p *config.Profile) *row {
	r := &row{name: p.Name, line: filteredOut, incident: -1}
	r.real = &account.Snapshot{Profile: text.Printable(p.Name), Health: firstHealth(p)}
	r.snap = r.real
	// Of whom nothing is known, time changes nothing.
	r.standing = insight.StandingOf(r.snap, time.Time{}, 0)
	return r
}

// adopt takes over what the configuration says now. What it says of a profile
// that is not asked is known at once; of others the next check tells.
func (r *row) adopt(own *config.Profile, index int, about *account.ServiceInfo) {
	was := r.own
	r.index, r.own, r.about, r.service = index, own, about, cmp.Or(about.Title, own.Provider)
	if was == nil {
		r.config = own
		return
	}
	if was.Provider != own.Provider || was.BaseURL != own.BaseURL {
		// What was read is kept under another address.
		r.past, r.lane = nil, nil
	}
	if was.Disabled != own.Disabled || len(was.Problems)+len(own.Problems) > 0 {
		before, is := firstHealth(was), firstHealth(own)
		if before.State == is.State && is.State != account.Misconfigured {
			return
		}
		s := *r.real
		s.Health, s.Busy, s.NextAt = is, false, time.Time{}
		r.real = &s
	}
}
