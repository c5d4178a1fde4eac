package cmd

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
)

func TestChangesSince(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	change := func(ago time.Duration, is string) account.Change {
		return account.Change{At: now.Add(-ago), Kind: account.ChangeOrganization, Is: account.Value{Name: is}}
	}
	pasts := []account.Past{
		{Profile: "work", Changes: []account.Change{change(8*24*time.Hour, "Old"), change(time.Hour, "Acme")}},
		{Profile: "quiet"},
		{Profile: "home", Changes: []account.Change{change(7*24*time.Hour, "Edge"), change(time.Hour, "Otter"), change(time.Minute, "New")}},
	}
	got := changesSince(pasts, now.Add(-7*24*time.Hour))
	var order []string
	for _, c := range got {
		order = append(order, c.profile+" "+c.Is.Name)
	}
	if want := []string{"home Edge", "work Acme", "home Otter", "home New"}; !slices.Equal(order, want) {
		t.Errorf("got %q, want %q", order, want)
	}
	if got := changesSince(nil, now); got != nil {
		t.Errorf("changes from nowhere: %v", got)
	}
}

func TestWriteChanges(t *testing.T) {
	at := time.Date(2026, 11, 21, 12, 0, 30, 0, time.UTC)
	changes := []profileChange{
		{"work", account.ServiceInfo{}, account.Change{At: at, Kind: account.ChangeState, Was: account.Value{State: "healthy"}, Is: account.Value{State: "invalid_token"}}},
		{"datahub", account.ServiceInfo{}, account.Change{At: at, Kind: account.ChangeRole, What: "Ac\x1b[31mme", Was: account.Value{Name: "member"}, Is: account.Value{Name: "owner"}}},
		{"datahub", account.ServiceInfo{GroupsWord: "groups"}, account.Change{At: at, Kind: account.ChangeOrganization, Is: account.Value{Name: "Acme"}}},
	}
	var out bytes.Buffer
	if err := writeTable(&out, screen{}, changeColumns(), changeRows(changes, time.FixedZone("", 3600))); err != nil {
		t.Fatal(err)
	}
	want := "WHEN              PROFILE  CHANGE\n" +
		"2026-11-21 13:00  work     state: invalid token, was healthy\n" +
		"2026-11-21 13:00  datahub  role in Ac\ufffd[31mme: owner, was member\n" +
		"2026-11-21 13:00  datahub  group added: Acme\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
	out.Reset()
	if err := writeJSON(&out, newChangesJSON(changes)); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		`"at": "2026-11-21T12:00:30Z"`, `"profile": "work"`, `"kind": "state"`, `"was": "healthy"`,
		`"is": "invalid_token"`, `"what": "Ac\u001b[31mme"`,
	} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("no %s in\n%s", line, out.String())
		}
	}
}

func TestPeriod(t *testing.T) {
	var p period
	for text, want := range map[string]time.Duration{"7d": 7 * 24 * time.Hour, "2w": 14 * 24 * time.Hour, "12h": 12 * time.Hour, "0": 0} {
		if err := p.Set(text); err != nil || p.length != want || p.String() != text {
			t.Errorf("%q: %v %q, %v", text, p.length, p.String(), err)
		}
	}
	for _, text := range []string{"", "7", "-1d", "week"} {
		if err := p.Set(text); err == nil {
			t.Errorf("%q was taken for %v", text, p.length)
		}
	}
}
