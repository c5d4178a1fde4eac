package ui

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client"
	"rollcall/config"
)

// row is one profile: what the configuration says and what is known of it.
// All of its texts are fit for a terminal, but for the name, which is the key.
type row struct {
	name    string
	config  config.Profile
	service string
	snap    client.Snapshot
	// version counts the changes.
	version int
	// fields are what the filter looks through, in lower case; the name is
	// the first.
	fields []string
	// match is how well the row answers matchOf.
	match   int
	matchOf matchKey
	drawn   memo[rowKey]
}

// matchKey is all that a match depends on.
type matchKey struct {
	query   string
	version int
}

func (r *row) severity() client.Severity { return r.snap.Health.State.Severity() }

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
	counts map[client.Severity]int
	busy   int
	// next is the soonest planned check; zero where none is planned.
	next time.Time
	// nameWidth is that of the longest name.
	nameWidth int
	// version counts the changes of any row.
	version int
}

func newRoster(c *config.Config) *roster {
	t := &roster{byName: make(map[string]*row), counts: make(map[client.Severity]int)}
	titles := make(map[string]string)
	for _, p := range client.Providers() {
		titles[p.Name] = p.Title
	}
	for _, p := range c.Profiles {
		r := &row{name: p.Name, config: printable(p)}
		r.service = titles[p.Provider]
		if r.service == "" {
			r.service = r.config.Provider
		}
		r.snap = client.Snapshot{Profile: r.config.Name, Health: firstHealth(p)}
		r.collectFields()
		t.counts[r.severity()]++
		t.nameWidth = max(t.nameWidth, ansi.StringWidth(r.config.Name))
		t.rows = append(t.rows, r)
		t.byName[r.name] = r
	}
	return t
}

// firstHealth is what can be said before the first event.
func firstHealth(p config.Profile) client.Health {
	switch {
	case len(p.Problems) > 0:
		return client.Health{
			State:       client.Misconfigured,
			Explanation: client.Printable(p.Problems[0].Error()),
			Remedy:      client.Printable(p.Problems[0].Remedy),
		}
	case p.Disabled:
		return client.Health{State: client.Disabled}
	default:
		return client.Health{State: client.Checking}
	}
}

// printable is the profile with the texts that are shown made fit for it.
func printable(p config.Profile) config.Profile {
	for _, s := range []*string{&p.Name, &p.Provider, &p.BaseURL, &p.Username, &p.Label, &p.Identity} {
		*s = client.Printable(*s)
	}
	tags := make([]string, len(p.Tags))
	for i, t := range p.Tags {
		tags[i] = client.Printable(t)
	}
	p.Tags = tags
	return p
}

// apply takes in a snapshot. It reports the row, nil where the profile is not
// one of ours, and whether its severity changed.
func (t *roster) apply(s client.Snapshot) (r *row, moved bool) {
	r = t.byName[s.Profile]
	if r == nil {
		return nil, false
	}
	old := r.snap
	r.snap = s.Printable()
	r.version++
	t.version++
	r.collectFields()
	if old.Busy {
		t.busy--
	}
	if s.Busy {
		t.busy++
	}
	was, is := old.Health.State.Severity(), r.severity()
	t.counts[was]--
	t.counts[is]++
	t.plan(old.NextAt, s.NextAt)
	return r, was != is
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
