package account_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/account/accounttest"
)

// letters are the states of checks, one letter each.
func letters(checks []account.Check) (all string) {
	for _, c := range checks {
		all += string(c.State[0])
	}
	return all
}

func TestPastWithChecks(t *testing.T) {
	const h, i, u = account.Healthy, account.InvalidToken, account.Unreachable
	past := after(h, h, i, h)
	for _, tt := range []struct {
		name   string
		latest []account.Check
		want   string
	}{
		{"nothing later", nil, "hhih"},
		{"the same", past[2:], "hhih"},
		{"details told more of the last one", []account.Check{past[2], {At: past[3].At, State: account.Expiring}}, "hhie"},
		{"later ones", []account.Check{past[3], {At: past[3].At.Add(time.Minute), State: u}}, "hhihu"},
		{"later ones with a gap", []account.Check{{At: past[3].At.Add(time.Hour), State: u}}, "hhihu"},
		{"all of it and more", append([]account.Check{{At: midday.Add(-time.Minute), State: u}}, past...), "uhhih"},
	} {
		if got := letters(account.Past{Checks: past}.With(account.Snapshot{History: tt.latest}).Checks); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	if got := (account.Past{}).With(account.Snapshot{History: past}).Checks; letters(got) != "hhih" {
		t.Errorf("with nothing before: %s", letters(got))
	}
}

// TestPastKeepsNoExchange has what went over the wire with the snapshot alone.
func TestPastKeepsNoExchange(t *testing.T) {
	s := account.Snapshot{History: after(account.Healthy)}
	s.History[0].Exchange = &account.Exchange{Method: "GET"}
	if got := (account.Past{}).With(s); got.Checks[0].Exchange != nil || s.History[0].Exchange == nil {
		t.Errorf("the past has %v, the snapshot %v", got.Checks[0].Exchange, s.History[0].Exchange)
	}
}

func TestPastWithChanges(t *testing.T) {
	change := func(minute int, is string) account.Change {
		return account.Change{At: midday.Add(time.Duration(minute) * time.Minute), Kind: account.ChangeScope, Is: account.Value{Name: is}}
	}
	past := []account.Change{change(0, "a"), change(1, "b"), change(1, "c"), change(2, "d")}
	for _, tt := range []struct {
		name   string
		latest []account.Change
		want   string
	}{
		{"nothing later", nil, "a b c d"},
		{"the same", past[1:], "a b c d"},
		{"some of one time", past[2:], "a b c d"},
		{"later ones", []account.Change{past[2], past[3], change(3, "e")}, "a b c d e"},
		{"later ones with a gap", []account.Change{change(3, "e"), change(4, "f")}, "a b c d e f"},
	} {
		var got []string
		for _, c := range (account.Past{Changes: past}).With(account.Snapshot{Changes: tt.latest}).Changes {
			got = append(got, c.Is.Name)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestPrintablePastMissesNothing(t *testing.T) {
	var p account.Past
	accounttest.Fill(reflect.ValueOf(&p).Elem(), "Past")
	before := accounttest.Texts(reflect.ValueOf(p))
	for i, text := range accounttest.Texts(reflect.ValueOf(p.Harmless())) {
		if want := strings.ReplaceAll(before[i], "\x1b", "\ufffd"); text != want {
			t.Errorf("%q was left as %q", want, text)
		}
	}
	for i, text := range accounttest.Texts(reflect.ValueOf(p)) {
		if text != before[i] {
			t.Errorf("the past itself was changed: %q", text)
		}
	}
}
