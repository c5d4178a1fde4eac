package insight

import (
	"net/url"
	"slices"
	"time"

	"rollcall/client/account"
)

// Words are what the words of a query can mean besides texts to look for: the
// names of states, severities and urgencies.
func Words() (states, severities, urgencies []string) {
	for _, s := range account.States() {
		states = append(states, string(s))
	}
	for _, s := range []account.Severity{account.SeverityOK, account.SeverityWarn, account.SeverityFail, account.SeverityNone} {
		severities = append(severities, string(s))
	}
	for _, u := range Urgencies() {
		urgencies = append(urgencies, string(u))
	}
	return states, severities, urgencies
}

// Host is the host of the first of some addresses that has one; empty where none
// has.
func Host(addresses ...string) string {
	for _, address := range addresses {
		if u, err := url.Parse(address); err == nil && u.Host != "" {
			return u.Host
		}
	}
	return ""
}

// Subject is a profile as a query asks about it: what the person says of it, and
// what is known of it at a moment.
type Subject struct {
	// Name, Label and Tags are the person's own.
	Name, Label string
	Tags        []string
	// Service is the name of the service, ServiceTitle what people call it, and
	// Host where it is asked.
	Service, ServiceTitle, Host string
	// Source says where the credential is.
	Source string
	// Snapshot is what is known of it.
	Snapshot *account.Snapshot
	// Changed is set where something changed that the person has not looked at.
	Changed bool
	Now     time.Time
	// Warning is how long before its end a token is to be renewed.
	Warning time.Duration
	// Urgency is that until Turns, zero for ever; empty where it has to be found out.
	Urgency Urgency
	Turns   time.Time
	// room is for the values of a field, so that no row needs new ones for each letter of a
	// query.
	room [4]string
}

// Field is what a query can ask by a key. What is not known, and an unknown key,
// has no values. They hold until another field is asked.
func (s *Subject) Field(key string) []string {
	state := s.Snapshot.Health.State
	switch key {
	case "name":
		return s.present(s.Name)
	case "label":
		return s.present(s.Label)
	case "tag":
		return s.Tags
	case "service":
		return s.present(s.Service, s.ServiceTitle)
	case "host":
		return s.present(s.Host)
	case "source":
		return s.present(s.Source)
	case "state":
		return s.present(string(state))
	case "verdict":
		return s.present(string(s.Snapshot.Verdict.State))
	case "severity":
		return s.present(string(state.Severity()))
	case "urgency":
		return s.present(string(s.urgency()))
	case "changed":
		if s.Changed {
			return s.present(key)
		}
		return nil
	}
	return s.accountField(key)
}

// urgency is the urgency of now.
func (s *Subject) urgency() Urgency {
	if s.Urgency != "" && (s.Turns.IsZero() || s.Now.Before(s.Turns)) {
		return s.Urgency
	}
	return UrgencyOf(s.Snapshot, s.Now, s.Warning)
}

// accountField is a field of the account.
func (s *Subject) accountField(key string) []string {
	token, _ := s.Snapshot.Token()
	switch key {
	case "scope":
		return s.present(token.Scopes...)
	case "kind":
		return s.present(token.Kind)
	}
	a := s.Snapshot.Account
	if a == nil {
		return nil
	}
	switch key {
	case "user":
		return s.present(a.User.FullName, a.User.WholeName(), a.User.Username, a.User.ID)
	case "email":
		return s.present(a.User.Emails...)
	case "org":
		values := s.room[:0]
		for _, o := range a.Organizations {
			values = with(values, o.Name, o.SubDomain, o.ID)
		}
		return values
	}
	return nil
}

// present are the values that are not empty, without those that repeat the one
// before.
func (s *Subject) present(values ...string) []string { return with(s.room[:0], values...) }

// with is some values with those of others that are present.
func with(some []string, others ...string) []string {
	for _, v := range others {
		if n := len(some); v != "" && (n == 0 || some[n-1] != v) {
			some = append(some, v)
		}
	}
	return some
}

// Measure is what a query can compare: a span of time in seconds, or a share from
// 0 to 1. It is not ok where that is not known.
func (s *Subject) Measure(key string) (amount float64, ok bool) {
	seconds := func(d time.Duration, of time.Time) (float64, bool) { return d.Seconds(), !of.IsZero() }
	snap := s.Snapshot
	switch key {
	case "ends":
		ends := Ends(snap)
		return seconds(ends.Sub(s.Now), ends)
	case "since":
		return seconds(s.Now.Sub(snap.Since), snap.Since)
	case "checked":
		at := snap.Health.CheckedAt
		return seconds(s.Now.Sub(at), at)
	case "changed":
		at := LastChange(snap)
		return seconds(s.Now.Sub(at), at)
	case "left":
		share := snap.RateLimit.RemainingShare()
		return share, share <= 1
	}
	return 0, false
}

// LastChange is when the latest change was; zero where none is remembered.
func LastChange(s *account.Snapshot) time.Time {
	if len(s.Changes) == 0 {
		return time.Time{}
	}
	return slices.MaxFunc(s.Changes, func(a, b account.Change) int { return a.At.Compare(b.At) }).At
}
