package ui

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/privacy"
	"rollcall/client/text"
	"rollcall/config"
)

// row is one profile: what the configuration says and what is known of it.
// All of its texts are fit for a terminal, but for the name, which is the key.
type row struct {
	name string
	// index is the place in the configuration.
	index   int
	config  config.Profile
	service string
	snap    account.Snapshot
	// source is where the credential is.
	source string
	// own and real are what config and snap are made of: the same, or, in
	// private, what stands in their place.
	own     config.Profile
	real    account.Snapshot
	private bool
	// version counts the changes.
	version int
	// fields are what the filter looks through, in lower case; the name is
	// the first.
	fields []string
	// match is how well the row answers matchOf.
	match   int
	matchOf matchKey
	drawn   memo[rowKey, string]
	table   memo[tableKey, string]
	// logged is the latest check in the log, from loggedAt.
	logged   *entry
	loggedAt time.Time
	// unseen is set from a change until somebody has looked at the profile.
	unseen bool
	// active marks the profile that commands take without being told.
	active bool
	// person is the place among the people, from 1; zero for nobody.
	person int
}

// matchKey is all that a match depends on.
type matchKey struct {
	query   string
	version int
}

func (r *row) severity() account.Severity { return r.snap.Health.State.Severity() }

// user is what to call whom the profile belongs to; empty where unknown.
func (r *row) user() string {
	if r.snap.Account == nil {
		return ""
	}
	return r.snap.Account.User.Name()
}

func (r *row) collectFields() {
	r.fields = append(r.fields[:0], r.config.Name, r.config.Label, r.config.Provider, r.service,
		r.snap.Health.State.Word())
	r.fields = append(r.fields, r.config.Tags...)
	if a := r.snap.Account; a != nil {
		r.fields = append(r.fields, a.User.FullName, a.User.FirstName+" "+a.User.LastName, a.User.Username, a.User.ID)
		r.fields = append(r.fields, a.User.Emails...)
		for _, o := range a.Organizations {
			r.fields = append(r.fields, o.Name, o.SubDomain)
		}
		for _, l := range a.LinkedAccounts {
			r.fields = append(r.fields, l.IDP, l.FullName, l.Username)
			r.fields = append(r.fields, l.Emails...)
		}
	}
	for i, f := range r.fields {
		r.fields[i] = strings.ToLower(f)
	}
}

// roster is all profiles with their totals, which are kept with each change
// rather than counted.
type roster struct {
	rows   []*row
	byName map[string]*row
	counts map[account.Severity]int
	busy   int
	// next is the soonest planned check; zero where none is planned.
	next time.Time
	// nameWidth is that of the longest name, serviceWidth that of a service.
	nameWidth, serviceWidth int
	// begun is when this run began: what changed before is no news.
	begun time.Time
	log   activityLog
	// people are as of the accounts counted in peopleOf.
	people             []person
	accounts, peopleOf int
	// endings counts the changes of when tokens end.
	endings   int
	incidents []insight.Incident
	// active is the name of the active profile; empty for none.
	active   string
	troubles troubles
	// mask gives the stand-ins; nil where the real names are shown.
	mask *privacy.Mask
	// version counts the changes of any row.
	version int
	// changed are the rows that changed since takeChanged, tooMany is set where
	// they were more than it is worth to tell one by one.
	changed []*row
	tooMany bool
}

func newRoster(c *config.Config, now time.Time) *roster {
	t := &roster{begun: now, counts: make(map[account.Severity]int)}
	t.fill(c)
	for _, r := range t.rows {
		t.counts[r.severity()]++
	}
	return t
}

// fill makes a row for each profile of a configuration.
func (t *roster) fill(c *config.Config) {
	t.rows, t.byName, t.nameWidth, t.serviceWidth = nil, make(map[string]*row, len(c.Profiles)), 0, 0
	titles := make(map[string]string)
	for _, p := range client.Providers() {
		titles[p.Name] = p.Title
	}
	for i, p := range c.Profiles {
		r := &row{name: p.Name, index: i, own: printable(p)}
		r.service = titles[p.Provider]
		if r.service == "" {
			r.service = r.own.Provider
		}
		r.real = account.Snapshot{Profile: r.own.Name, Health: firstHealth(p)}
		t.show(r)
		t.nameWidth = max(t.nameWidth, ansi.StringWidth(r.config.Name))
		t.serviceWidth = max(t.serviceWidth, ansi.StringWidth(r.service))
		t.rows = append(t.rows, r)
		t.byName[r.name] = r
	}
}

// firstHealth is what can be said before the first event.
func firstHealth(p config.Profile) account.Health {
	switch {
	case p.Disabled:
		return account.Health{State: account.Disabled, Explanation: "The profile is switched off in the configuration."}
	case len(p.Problems) > 0:
		return account.Health{
			State:       account.Misconfigured,
			Explanation: text.Printable(p.Problems[0].Error()),
			Remedy:      text.Printable(p.Problems[0].Remedy),
		}
	default:
		return account.Health{State: account.Checking}
	}
}

// latest is the last snapshot as far as it holds: one from before the profile
// was switched off or on tells another state than it has.
func (r *row) latest() account.Snapshot {
	s := r.real
	if (s.Health.State == account.Disabled) != r.own.Disabled {
		s.Health, s.Busy, s.NextAt = firstHealth(r.own), false, time.Time{}
	}
	return s
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

// apply takes in a snapshot. It reports the row, nil where the profile is not
// one of ours, and what was known of it before.
func (t *roster) apply(s account.Snapshot) (r *row, old account.Snapshot) {
	r = t.byName[s.Profile]
	if r == nil {
		return nil, account.Snapshot{}
	}
	old = r.snap
	r.real = s.Printable()
	t.show(r)
	for _, c := range t.log.take(r, old) {
		r.unseen = r.unseen || c.At.After(t.begun)
	}
	t.recount(r, old)
	return r, old
}

// manyChanged is how many rows are told one by one to have changed.
const manyChanged = 64

// takeChanged is the rows that changed since it was called last, or that these
// can be any.
func (t *roster) takeChanged() (rows []*row, all bool) {
	rows, all = t.changed, t.tooMany
	t.changed, t.tooMany = t.changed[:0], false
	return rows, all
}

// recount keeps the totals where the snapshot of a row took the place of
// another.
func (t *roster) recount(r *row, was account.Snapshot) {
	is := r.snap
	if t.version++; len(t.changed) < manyChanged {
		t.changed = append(t.changed, r)
	} else {
		t.tooMany = true
	}
	if was.Busy {
		t.busy--
	}
	if is.Busy {
		t.busy++
	}
	t.counts[was.Health.State.Severity()]--
	t.counts[is.Health.State.Severity()]++
	t.plan(was.NextAt, is.NextAt)
	if !sameBearer(was.Account, is.Account) || (was.Health.State == account.WrongAccount) != (is.Health.State == account.WrongAccount) {
		t.accounts++
	}
	if ending(&was) != ending(&is) {
		t.endings++
	}
	t.troubles.note(was, is)
}

// plan keeps the soonest check: only one who loses that place makes us look at
// all of them.
func (t *roster) plan(was, is time.Time) {
	switch {
	case !is.IsZero() && (t.next.IsZero() || !is.After(t.next)):
		t.next = is
	case !was.IsZero() && was.Equal(t.next):
		t.next = time.Time{}
		for _, r := range t.rows {
			if n := r.snap.NextAt; !n.IsZero() && (t.next.IsZero() || n.Before(t.next)) {
				t.next = n
			}
		}
	}
}
