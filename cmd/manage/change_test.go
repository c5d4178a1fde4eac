package manage

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/config"
)

// fill makes a file of many profiles, p1 and so on, and gives its text.
func (m *Manager) fill(t *testing.T, n int) string {
	t.Helper()
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "# about p%d\n[profiles.p%d]\nprovider = 'katapult'\ntoken = { env = 'P' }\ntags = ['old'] # of p%d\n\n", i+1, i+1, i+1)
	}
	if err := os.WriteFile(m.Path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func (m *Manager) text(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(m.Path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// edits are one edit for each of the profiles from p1 on.
func edits(n int, one config.Edit) (all []config.Edit) {
	for i := range n {
		one.Profile = fmt.Sprintf("p%d", i+1)
		all = append(all, one)
	}
	return all
}

// TestApplyAllIsOneStep saves many changes at once, says so in one sentence, and takes
// them back together.
func TestApplyAllIsOneStep(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		edit config.Edit
		n    int
		want string
	}{
		{config.Edit{Kind: config.EditDisable}, 3, "switched off 3 profiles: p1, p2 and p3"},
		{config.Edit{Kind: config.EditDisable}, 1, "switched off p1"},
		{config.Edit{Kind: config.EditRemove}, 10, "removed 10 profiles: p1, p2, p3, p4, p5, p6 and 4 more"},
		{config.Edit{Kind: config.EditTag, Tags: []string{"prod"}, Untag: []string{"old"}}, 2, "tagged 2 profiles +prod -old: p1 and p2"},
		{config.Edit{Kind: config.EditEnable}, 2, "nothing to change: it is so already"},
	} {
		m, _, _ := newTestManager(t)
		original := m.fill(t, 12)
		said, err := m.ApplyAll(t.Context(), edits(tt.n, tt.edit))
		if err != nil || said != tt.want {
			t.Errorf("it said %q, %v\nwant    %q", said, err, tt.want)
		}
		if tt.edit.Kind == config.EditEnable {
			continue
		}
		if m.text(t) == original {
			t.Errorf("%s: the file is as it was", tt.want)
		}
		if said, err := New(m.Options).Undo(t.Context()); err != nil || m.text(t) != original {
			t.Errorf("taken back: %q, %v\n%s", said, err, m.text(t))
		}
	}
}

// TestApplyAllOrNone saves nothing where one change cannot be made.
func TestApplyAllOrNone(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	original := m.fill(t, 3)
	said, err := m.ApplyAll(t.Context(), edits(5, config.Edit{Kind: config.EditDisable}))
	if refused, ok := errors.AsType[*config.RefusedError](err); !ok || len(refused.Refused) != 2 || said != "" || m.text(t) != original {
		t.Errorf("%q, %v\n%s", said, err, m.text(t))
	}
	said, err = m.ApplyAll(t.Context(), append(edits(1, config.Edit{Kind: config.EditDisable}), edits(2, config.Edit{Kind: config.EditEnable})...))
	if want := "switched off p1; switched on p1; nothing was to change in 1 more"; err != nil || said != want && said != "nothing to change: it is so already" {
		t.Errorf("%q, %v, want %q", said, err, want)
	}
}

// TestSnoozeAllIsOneStep snoozes many profiles, and takes that back for all of them
// together; who was snoozed before is so again.
func TestSnoozeAllIsOneStep(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	m.fill(t, 10)
	c, err := m.Load()
	if err != nil {
		t.Fatal(err)
	}
	snoozed := func() (notes string) {
		if err := m.lend(func(s *store.Store) error {
			for _, p := range c.Profiles {
				notes += s.Snoozed(p.Name, m.Services.Endpoint(p.Provider, p.BaseURL, p.Parts)).Note + ","
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return notes
	}
	until := time.Now().Add(time.Hour).Truncate(time.Millisecond)
	if _, err := m.Snooze(c.Profiles[3], account.Snooze{Until: until, Note: "first"}); err != nil {
		t.Fatal(err)
	}
	kept, err := m.SnoozeAll(c.Profiles, account.Snooze{Until: until, Note: "all"})
	if err != nil || len(kept) != 10 || snoozed() != strings.Repeat("all,", 10) {
		t.Errorf("%v, %q", err, snoozed())
	}
	if _, err := m.Undo(t.Context()); err != nil || snoozed() != ",,,first,,,,,,," {
		t.Errorf("%v, %q", err, snoozed())
	}
	if _, err := m.SnoozeAll(nil, account.Snooze{Until: until}); err != nil {
		t.Error(err)
	}
}
