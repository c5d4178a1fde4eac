package store

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
)

// TestEarlierChanges has each kind of change as an earlier rollcall wrote it, with
// the parts of its values and, before that, without.
func TestEarlierChanges(t *testing.T) {
	t.Parallel()
	end := time.Date(2026, 12, 1, 8, 30, 0, 0, time.UTC)
	name := func(s string) account.Value { return account.Value{Name: s} }
	for text, want := range map[string]account.Change{
		`{"kind":"state","was":"healthy","is":"invalid_token"}`:                               {Kind: account.ChangeState, Was: account.Value{State: account.Healthy}, Is: account.Value{State: account.InvalidToken}},
		`{"kind":"user","was":"u1","is":"Kim (Kai) Larsen (u2)"}`:                             {Kind: account.ChangeUser, Was: account.Value{ID: "u1"}, Is: account.Value{Name: "Kim (Kai) Larsen", ID: "u2"}},
		`{"kind":"user","what":"full name","was":"Sam (x)","is":"Sam Roe"}`:                   {Kind: account.ChangeUser, What: "full name", Was: name("Sam (x)"), Is: name("Sam Roe")},
		`{"kind":"organization","is":"Acme"}`:                                                 {Kind: account.ChangeOrganization, Is: name("Acme")},
		`{"kind":"role","what":"Acme","was":"member","is":"owner"}`:                           {Kind: account.ChangeRole, What: "Acme", Was: name("member"), Is: name("owner")},
		`{"kind":"linked account","was":"egi a b"}`:                                           {Kind: account.ChangeLinkedAccount, Was: account.Value{Name: "egi", ID: "a b"}},
		`{"kind":"linked account","is":"my school 7","is_parts":["my school","7"]}`:           {Kind: account.ChangeLinkedAccount, Is: account.Value{Name: "my school", ID: "7"}},
		`{"kind":"token","what":"expiry","was":"never","is":"2026-12-01T08:30:00Z"}`:          {Kind: account.ChangeToken, What: "expiry", Was: account.Value{Ends: account.ExpiryNever}, Is: account.Value{Ends: account.ExpiryDate, At: end}},
		`{"kind":"token","what":"networks","was":"any address","is":"10.0.0.0/8, 192.0.2.1"}`: {Kind: account.ChangeToken, What: "networks", Was: account.Value{Networks: []string{}}, Is: account.Value{Networks: []string{"10.0.0.0/8", "192.0.2.1"}}},
		`{"kind":"scope","was":"read"}`:                                                       {Kind: account.ChangeScope, Was: name("read")},
	} {
		var c legacyChange
		if err := json.Unmarshal([]byte(text), &c); err != nil || !reflect.DeepEqual(c.change(), want) {
			t.Errorf("%s is read as %+v, want %+v; %v", text, c.change(), want, err)
		}
	}
}

// TestEarlierChecks has more phases than there are.
func TestEarlierChecks(t *testing.T) {
	t.Parallel()
	c := (legacyCheck{At: 1, Phases: []int64{1, 2, 3, 4, 5, 6}}).check()
	if want := (account.Phases{FirstByte: 1000, TLS: 2000, Connect: 3000, DNS: 4000}); c.Phases != want || !c.At.Equal(time.UnixMilli(1)) {
		t.Errorf("it is %+v", c)
	}
}

// TestVerdictIsRecalled reads states that were kept before there were verdicts.
func TestVerdictIsRecalled(t *testing.T) {
	t.Parallel()
	begun := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	at := func(hour int) time.Time { return begun.Add(time.Duration(hour) * time.Hour) }
	for _, tt := range []struct{ states, want string }{
		{"healthy healthy", "healthy since 0, at 1"},
		{"forbidden healthy healthy unreachable unreachable", "healthy since 1, at 2, unasked since 3"},
		{"healthy not_found healthy unreachable", "healthy since 0, at 2, unasked since 3"},
		{"unreachable", "no verdict, unasked since 0"},
		{"", "no verdict"},
	} {
		s := account.Snapshot{Health: account.Health{State: account.Checking}}
		for i, state := range strings.Fields(tt.states) {
			if s.Health.State != account.State(state) {
				s.Since = at(i)
			}
			s.Health = account.Health{State: account.State(state), CheckedAt: at(i)}
			s.History = append(s.History, account.Check{At: at(i), State: s.Health.State})
		}
		recall(&s, s.History)
		if got := standing(s, begun); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.states, got, tt.want)
		}
	}
}

// standing tells a verdict, with times as hours.
func standing(s account.Snapshot, begun time.Time) string {
	words := "no verdict"
	if v := s.Verdict; v.State != "" {
		words = fmt.Sprintf("%s since %v, at %v", v.State, v.Since.Sub(begun).Hours(), v.At.Sub(begun).Hours())
	}
	if !s.UnaskedSince.IsZero() {
		words += fmt.Sprintf(", unasked since %v", s.UnaskedSince.Sub(begun).Hours())
	}
	return words
}
