package manage

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/config"
)

// takesBack takes back a change, and wants it to say something.
func (m *Manager) takesBack(t *testing.T, want string) {
	t.Helper()
	said, err := m.Undo(t.Context())
	if err != nil || said != want {
		t.Errorf("it said %q, %v\nwant    %q", said, err, want)
	}
}

// doesAgain does again what was taken back last, and wants it to say something.
func (m *Manager) doesAgain(t *testing.T, want string) {
	t.Helper()
	said, err := m.Redo(t.Context())
	if err != nil || said != want {
		t.Errorf("it said %q, %v\nwant    %q", said, err, want)
	}
}

// nothingLeft wants undo to say that nothing is left, and to do nothing, however often
// it is asked.
func (m *Manager) nothingLeft(t *testing.T, want NothingError) {
	t.Helper()
	before := m.text(t)
	for _, undo := range []func(context.Context) (string, error){m.Undo, m.UndoEarlier, m.Undo} {
		said, err := undo(t.Context())
		if got, ok := errors.AsType[*NothingError](err); !ok || *got != want || m.text(t) != before {
			t.Errorf("it said %q, %v\nwant    %+v", said, err, want)
		}
	}
}

// TestUndoIsOneJournal takes back what another run has done, the newest first, with
// the choices that went with a profile.
func TestUndoIsOneJournal(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	other := New(m.Options)
	if _, said, err := m.Use(t.Context(), "b"); err != nil || said == "" {
		t.Fatal(err)
	}
	said, err := m.Change(config.Edit{Kind: config.EditRemove, Profile: "b"})
	if err != nil || len(said) != 1 || said[0] != "removed b; a is the active profile now: it is the only one in "+m.Path {
		t.Errorf("%q, %v", said, err)
	}
	if next, err := other.Next(); err != nil || next.Done != "removed b" || !next.Last || next.At.IsZero() {
		t.Errorf("next is %+v, %v", next, err)
	}
	other.takesBack(t, "took back: removed b; b is the active profile now: it was chosen with 'rollcall use'")
	if next, err := m.Next(); err != nil || next.Done != "made b the active profile" || next.Last {
		t.Errorf("next is %+v, %v", next, err)
	}
	m.takesBack(t, "took back: made b the active profile; no profile is chosen as the active one again")
	other.nothingLeft(t, NothingError{Undone: "made b the active profile"})
	other.doesAgain(t, "did again: made b the active profile")
	m.doesAgain(t, "did again: removed b; a is the active profile now: it is the only one in "+m.Path)
	if said, err := m.Redo(t.Context()); err == nil || err.Error() != "nothing that was taken back is left to do again" {
		t.Errorf("it said %q, %v", said, err)
	}
}

// TestUndoOfAChoiceOfNobody does not choose a profile that is there no more.
func TestUndoOfAChoiceOfNobody(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	for _, name := range []string{"b", "a"} {
		if _, _, err := m.Use(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
	// Somebody else takes it out of the file.
	if err := os.WriteFile(m.Path, []byte("[profiles.a]\nprovider = 'katapult'\ntoken = 'kt-good'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	m.takesBack(t, "took back: made a the active profile; no profile is chosen as the active one again")
}

// TestUndoAfterWhatStays takes nothing earlier back without being told to, where the
// last thing that was done cannot be taken back.
func TestUndoAfterWhatStays(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	token := filepath.Join(filepath.Dir(m.Path), "token")
	// What was in the file cannot be kept beside it.
	if err := os.MkdirAll(filepath.Join(token+".previous", "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	for path, text := range map[string]string{
		token: "kt-old\n", m.Path: "[profiles.f]\nprovider = 'katapult'\ntoken = { file = 'token' }\n\n[profiles.g]\nprovider = 'katapult'\ntoken = { env = 'G' }\n",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := m.Use(t.Context(), "f"); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Rotate(t.Context(), m.draft(t, "f"), "kt-new", true); err != nil {
		t.Fatal(err)
	}
	if said, err := m.Undo(t.Context()); !errors.Is(err, ErrNotLast) {
		t.Errorf("it said %q, %v", said, err)
	}
	if said, err := m.UndoEarlier(t.Context()); err != nil || !strings.Contains(said, "no profile is chosen") {
		t.Errorf("it said %q, %v", said, err)
	}
	if err := m.lend(func(s *store.Store) error {
		data, err := os.ReadFile(s.Path())
		if strings.Contains(string(data), "kt-") {
			t.Error("a secret is in the state")
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// TestRemovalSaysWhoIsActive names the default, or nobody, and never the next one.
func TestRemovalSaysWhoIsActive(t *testing.T) {
	t.Parallel()
	const three = "[profiles.a]\nprovider = 'katapult'\n[profiles.b]\nprovider = 'katapult'\n[profiles.c]\nprovider = 'katapult'\n"
	for _, tt := range []struct{ file, use, remove, want string }{
		{three, "b", "b", "removed b; no profile is active now: choose one with 'rollcall use NAME'"},
		{"default_profile = 'c'\n" + three, "b", "b", "removed b; c is the active profile now: it is the default_profile of PATH"},
		{"default_profile = 'b'\n" + three, "", "b", "removed b; no profile is active now: choose one with 'rollcall use NAME'"},
		{three, "a", "b", "removed b"},
		{three, "", "a", "removed a"},
	} {
		m, _, _ := newTestManager(t)
		if err := os.WriteFile(m.Path, []byte(tt.file), 0o600); err != nil {
			t.Fatal(err)
		}
		if tt.use != "" {
			if _, _, err := m.Use(t.Context(), tt.use); err != nil {
				t.Fatal(err)
			}
		}
		said, err := m.Apply(t.Context(), config.Edit{Kind: config.EditRemove, Profile: tt.remove}, "")
		if got := strings.ReplaceAll(said, m.Path, "PATH"); err != nil || got != tt.want {
			t.Errorf("it said %q, %v\nwant    %q", got, err, tt.want)
		}
	}
}

// change saves an edit, which must work.
func (m *Manager) change(t *testing.T, edits ...config.Edit) {
	t.Helper()
	if _, err := m.ApplyAll(t.Context(), edits); err != nil {
		t.Fatal(err)
	}
}

// TestUndoStepByStep goes back through changes of every kind that one run has made,
// to the file and the decisions from before.
func TestUndoStepByStep(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	original := m.fill(t, 4)
	c, err := m.Load()
	if err != nil {
		t.Fatal(err)
	}
	m.change(t, edits(2, config.Edit{Kind: config.EditDisable})...)
	if _, _, err := m.Use(t.Context(), "p3"); err != nil {
		t.Fatal(err)
	}
	m.change(t, config.Edit{Kind: config.EditTag, Profile: "p4", Tags: []string{"new"}})
	if _, err := m.SnoozeAll(c.Profiles[:3], account.Snooze{Until: time.Now().Add(time.Hour), Note: "later"}); err != nil {
		t.Fatal(err)
	}
	m.change(t, config.Edit{Kind: config.EditRename, Profile: "p1", To: "q"}, config.Edit{Kind: config.EditRemove, Profile: "p3"})
	for _, want := range []string{
		"took back: removed p1 and p3; added q; p3 is the active profile now: it was chosen with 'rollcall use'",
		"took back: snoozed p1, p2 and p3",
		"took back: tagged p4 +new",
		"took back: made p3 the active profile; no profile is chosen as the active one again",
		"took back: switched off p1 and p2",
	} {
		m.takesBack(t, want)
	}
	if got := m.text(t); got != original {
		t.Errorf("the file is\n%s", got)
	}
	m.nothingLeft(t, NothingError{Undone: "switched off p1 and p2"})
	m.doesAgain(t, "did again: switched off p1 and p2")
	m.doesAgain(t, "did again: made p3 the active profile")
	m.doesAgain(t, "did again: tagged p4 +new")
	m.takesBack(t, "took back: tagged p4 +new")
	// With something new, what was taken back cannot be done again.
	m.change(t, config.Edit{Kind: config.EditDisable, Profile: "p4"})
	if said, err := m.Redo(t.Context()); err == nil {
		t.Errorf("it said %q", said)
	}
}

// TestUndoKnowsItsOwn tells what a run that goes on has done itself from what others
// have.
func TestUndoKnowsItsOwn(t *testing.T) {
	t.Parallel()
	a, _, _ := newTestManager(t)
	a.fill(t, 2)
	b := New(a.Options)
	for _, m := range []*Manager{a, b} {
		s, err := m.Open()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		m.Store = func() *store.Store { return s }
	}
	c, err := a.Load()
	if err != nil {
		t.Fatal(err)
	}
	next := func(m *Manager, done string, own bool, words string) {
		t.Helper()
		r, err := m.Next()
		if err != nil || r.Done != done || r.Own != own || r.Number == 0 || !strings.Contains(r.Question(r.At.Add(2*time.Minute)), words) {
			t.Errorf("%+v, %v: %s", r, err, r.Question(r.At.Add(2*time.Minute)))
		}
	}
	a.change(t, config.Edit{Kind: config.EditTag, Profile: "p1", Tags: []string{"x"}})
	if _, err := b.SnoozeAll(c.Profiles, account.Snooze{Until: time.Now().Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	next(b, "snoozed p1 and p2", true, "")
	next(a, "snoozed p1 and p2", false, "Another run of rollcall has done this: snoozed p1 and p2, 2m ago. Take it back?")
	b.takesBack(t, "took back: snoozed p1 and p2; p1 is no longer snoozed; p2 is no longer snoozed")
	next(a, "tagged p1 +x", true, "")
	next(b, "tagged p1 +x", false, "This is not the last that was done: tagged p1 +x")
	for m, own := range map[*Manager]bool{a: false, b: true} {
		if r, err := m.NextAgain(); err != nil || r.Own != own || !strings.HasSuffix(r.Question(r.At), "Do it again?") {
			t.Errorf("%+v, %v", r, err)
		}
	}
}

// TestRedoOfAnotherRun says why a change cannot be done again, and does none that was
// made on top of it.
func TestRedoOfAnotherRun(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	m.fill(t, 3)
	m.change(t, config.Edit{Kind: config.EditRemove, Profile: "p1"})
	if _, _, err := m.Use(t.Context(), "p3"); err != nil {
		t.Fatal(err)
	}
	m.change(t, config.Edit{Kind: config.EditRemove, Profile: "p2"})
	m.takesBack(t, "took back: removed p2")
	m.takesBack(t, "took back: made p3 the active profile; no profile is chosen as the active one again")
	m.takesBack(t, "took back: removed p1")
	New(m.Options).doesAgain(t, "did again: removed p1")
	New(m.Options).doesAgain(t, "did again: made p3 the active profile")
	want := NothingError{Again: true, Lost: "this cannot be done again any more: removed p2; the file has one backup, and that is of a later change"}
	for range 2 {
		said, err := New(m.Options).Redo(t.Context())
		if got, ok := errors.AsType[*NothingError](err); !ok || *got != want {
			t.Errorf("it said %q, %v", said, err)
		}
	}
}

// TestUndoOfAnotherRun says what has no backup any more, and goes on to what was
// before only when it is asked to once more.
func TestUndoOfAnotherRun(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	m.fill(t, 4)
	if _, _, err := m.Use(t.Context(), "p3"); err != nil {
		t.Fatal(err)
	}
	m.change(t, edits(2, config.Edit{Kind: config.EditRemove})...)
	m.change(t, config.Edit{Kind: config.EditRemove, Profile: "p4"})
	other := New(m.Options)
	other.takesBack(t, "took back: removed p4")
	other = New(m.Options)
	const lost = "this cannot be taken back any more: removed p1 and p2; the file has one backup, and that is of a later change"
	if next, err := other.Next(); err != nil || next.Lost != lost || next.Done != "made p3 the active profile" || next.Last {
		t.Errorf("%+v, %v", next, err)
	}
	before := other.text(t)
	if said, err := other.Undo(t.Context()); !errors.Is(err, ErrNotLast) ||
		err.Error() != lost+"\nAnother undo takes back what was done before: made p3 the active profile" || other.text(t) != before {
		t.Errorf("%q, %v", said, err)
	}
	other.takesBack(t, "took back: made p3 the active profile; no profile is chosen as the active one again")
	// Only what was lost is left.
	other.nothingLeft(t, NothingError{Lost: lost, Undone: "made p3 the active profile"})
}

// TestUndoKnowsItsBackup does not take the backup of a change that undo took back for
// that of an earlier one.
func TestUndoKnowsItsBackup(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	m.fill(t, 4)
	m.change(t, config.Edit{Kind: config.EditRemove, Profile: "p1"})
	m.change(t, config.Edit{Kind: config.EditRemove, Profile: "p2"})
	m.takesBack(t, "took back: removed p2")
	if _, _, err := m.Use(t.Context(), "p3"); err != nil {
		t.Fatal(err)
	}
	before := m.text(t)
	other := New(m.Options)
	other.takesBack(t, "took back: made p3 the active profile; no profile is chosen as the active one again")
	other.nothingLeft(t, NothingError{Undone: "made p3 the active profile",
		Lost: "this cannot be taken back any more: removed p1; the file has one backup, and that is of another change"})
	if after := m.text(t); after != before {
		t.Errorf("the file is\n%s", after)
	}
	// The run that has made the change remembers it.
	m.takesBack(t, "took back: removed p1")
}

// TestUndoOfSecrets exchanges the secrets of a step with the former ones, and says of
// an earlier one that it is not kept.
func TestUndoOfSecrets(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	token := filepath.Join(filepath.Dir(m.Path), "token")
	for path, text := range map[string]string{token: "kt-1\n", m.Path: "[profiles.f]\nprovider = 'katapult'\ntoken = { file = 'token' }\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, secret := range []string{"kt-2", "kt-3"} {
		if _, err := m.Rotate(t.Context(), m.draft(t, "f"), secret, false); err != nil {
			t.Fatal(err)
		}
	}
	m.takesBack(t, "took back: replaced the secret of f; its former secret is back")
	lost := func() {
		t.Helper()
		const lost = "this cannot be taken back any more: replaced the secret of f; "
		if _, err := m.Next(); err == nil || !strings.HasPrefix(err.Error(), "nothing is left to take back\nT"+lost[1:]) {
			t.Errorf("%v", err)
		}
		if data, err := os.ReadFile(token); string(data) != "kt-2\n" {
			t.Errorf("the secret is %q, %v", data, err)
		}
	}
	lost()
	// What undo has done is forgotten with the next change; what is lost is not.
	m.change(t, config.Edit{Kind: config.EditTag, Profile: "f", Tags: []string{"x"}})
	m.takesBack(t, "took back: tagged f +x")
	lost()
}

// TestUndoOfABulkRemoval brings profiles back with what went along with them.
func TestUndoOfABulkRemoval(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	original := m.fill(t, 12)
	c, err := m.Load()
	if err != nil {
		t.Fatal(err)
	}
	endpoint := m.Services.Endpoint("katapult", "", nil)
	if err := m.lend(func(s *store.Store) error {
		_, err := s.Choose("/work", "p2")
		return errors.Join(err, s.Repin("p1", endpoint, "user_1"))
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := m.SnoozeAll(c.Profiles[:10], account.Snooze{Until: time.Now().Add(time.Hour), Note: "later"}); err != nil {
		t.Fatal(err)
	}
	state := func() (all string) {
		if err := m.lend(func(s *store.Store) error {
			choices, err := s.Choices()
			pin, _ := s.Pin("p1", endpoint)
			all = choices.Folders["/work"] + " " + pin + " " + s.Snoozed("p10", endpoint).Note
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return all
	}
	m.change(t, edits(10, config.Edit{Kind: config.EditRemove})...)
	if got := state(); !strings.HasPrefix(got, " ") {
		t.Errorf("after the removal: %q", got)
	}
	New(m.Options).takesBack(t, "took back: removed p1, p2, p3, p4, p5, p6 and 4 more")
	if got := state(); got != "p2 user_1 later" || m.text(t) != original {
		t.Errorf("%q\n%s", got, m.text(t))
	}
}

// TestUndoOfNothing names what was done last where that left nothing to take back.
func TestUndoOfNothing(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	if _, _, err := m.Use(t.Context(), "b"); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		do   func()
		want string
	}{
		{func() { _, _, _ = m.Use(t.Context(), "b") }, "what was done last has changed nothing"},
		{func() { m.NoteLogout("a") }, "this cannot be taken back any more: removed the secret of a; it is not kept"},
	} {
		tt.do()
		if next, err := m.Next(); err != nil || next.Lost != tt.want || next.Done != "made b the active profile" {
			t.Errorf("%+v, %v", next, err)
		}
	}
}

// TestUndoOfViews names the saved views that a change was about.
func TestUndoOfViews(t *testing.T) {
	t.Parallel()
	m, _, _ := newTestManager(t)
	original := m.fill(t, 1)
	for _, tt := range []struct{ views, want string }{
		{"\n[views.a]\nquery = 'fail'\n\n[views.b]\nquery = 'ok'\n", "took back: kept the view a and b"},
		{"\n[views.c]\nquery = 'fail'\n\n[views.b]\nquery = 'fail'\n", "took back: renamed the view a to c; changed the view b"},
		{"\n[views.b]\nquery = 'fail'\n", "took back: removed the view c"},
	} {
		replace := func() {
			if _, err := m.Replace([]byte(m.text(t)), []byte(original+tt.views)); err != nil {
				t.Fatal(err)
			}
		}
		replace()
		m.takesBack(t, tt.want)
		replace()
	}
}
