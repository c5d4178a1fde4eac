package insight_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
)

func subject() *insight.Subject {
	limit, left := int64(200), int64(20)
	return &insight.Subject{
		Name: "work", Label: "Day job", Tags: []string{"prod", "eu"},
		Service: "harbor", ServiceTitle: "Harbor", Host: "harbor.example.org:8443", Source: "env HARBOR_TOKEN",
		Now: noon(), Warning: 14 * 24 * time.Hour, Changed: true,
		Snapshot: &account.Snapshot{
			Health:  account.Health{State: account.Unreachable, CheckedAt: noon().Add(-time.Minute)},
			Verdict: account.Verdict{State: account.Expiring, Since: noon().Add(-9 * time.Hour)},
			Since:   noon().Add(-2 * time.Minute),
			Account: &account.Account{
				User: account.User{ID: "u1", FirstName: "Sam", LastName: "Roe", Username: "sam", Emails: []string{"sam@a.org", "roe@b.org"}},
				Organizations: []account.Organization{
					{ID: "o1", Name: "Acme", SubDomain: "acme"}, {ID: "o2", Name: "o2"},
				},
				Token: account.Token{
					Kind: "bot", Scopes: []string{"read", "write"},
					Expiry: account.Expiry{Kind: account.ExpiryDate, At: noon().Add(3 * 24 * time.Hour)},
				},
			},
			RateLimit: account.RateLimit{Limit: &limit, Remaining: &left},
			Changes:   []account.Change{{At: noon().Add(-time.Hour)}, {At: noon().Add(-time.Hour / 2)}},
		},
	}
}

// keys are those that queries ask, with what the subject says of each.
func keys(s *insight.Subject) string {
	said := ""
	for _, key := range strings.Fields("name label tag service host source state verdict severity urgency changed user email org scope kind odd") {
		if values := s.Field(key); len(values) > 0 {
			said += key + ": " + strings.Join(values, ", ") + "\n"
		}
	}
	for _, key := range strings.Fields("ends since checked changed left odd") {
		if n, ok := s.Measure(key); ok {
			said += fmt.Sprintf("%s = %v\n", key, n)
		}
	}
	return said
}

func TestSubject(t *testing.T) {
	t.Parallel()
	if got, want := keys(subject()), `name: work
label: Day job
tag: prod, eu
service: harbor, Harbor
host: harbor.example.org:8443
source: env HARBOR_TOKEN
state: unreachable
verdict: expiring
severity: fail
urgency: soon
changed: changed
user: Sam Roe, sam, u1
email: sam@a.org, roe@b.org
org: Acme, acme, o1, o2
scope: read, write
kind: bot
ends = 259200
since = 120
checked = 60
changed = 1800
left = 0.1
`; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestSubjectOfNothing has a profile of which nothing is known: it answers no
// comparison, as a token without an end does.
func TestSubjectOfNothing(t *testing.T) {
	t.Parallel()
	s := &insight.Subject{Name: "new", Now: noon(), Snapshot: &account.Snapshot{Health: account.Health{State: account.Checking}}}
	const want = "name: new\nstate: checking\nseverity: none\nurgency: waiting\n"
	if got := keys(s); got != want {
		t.Errorf("got\n%s", got)
	}
	s.Snapshot.Account = &account.Account{Token: account.Token{Expiry: account.Expiry{Kind: account.ExpiryNever}}}
	if got := keys(s); got != want {
		t.Errorf("that never ends:\n%s", got)
	}
}

// TestSubjectTurns has an urgency that is known until it turns.
func TestSubjectTurns(t *testing.T) {
	t.Parallel()
	s := subject()
	s.Urgency, s.Turns = insight.UrgencyFine, noon().Add(time.Second)
	for after, want := range map[time.Duration]insight.Urgency{0: insight.UrgencyFine, time.Second: insight.UrgencySoon} {
		s.Now = noon().Add(after)
		if got := s.Field("urgency"); len(got) != 1 || got[0] != string(want) {
			t.Errorf("after %v it is %q, want %s", after, got, want)
		}
	}
	s.Turns = time.Time{}
	if got := s.Field("urgency"); got[0] != string(insight.UrgencyFine) {
		t.Errorf("for ever it is %q", got)
	}
}
