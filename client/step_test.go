package client

import (
	"fmt"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
)

// steps are those of a store, each by the kind of its first part.
func steps(t *testing.T, s *store.Store) (kinds []string, all []store.Step) {
	t.Helper()
	all, err := s.Steps()
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range all {
		kind := string(step.Parts[0].Kind)
		if step.Undone {
			kind += " undone"
		}
		kinds = append(kinds, kind)
	}
	return kinds, all
}

func wantSteps(t *testing.T, s *store.Store, want ...string) []store.Step {
	t.Helper()
	got, all := steps(t, s)
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the steps are %q, want %q", got, want)
	}
	return all
}

// TestStepsOfDecisions takes back each kind of decision, and brings it back.
func TestStepsOfDecisions(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	defer closeStore(t, s)
	const at = "https://a.example"
	snooze := account.Snooze{Until: time.Date(2026, 12, 24, 0, 0, 0, 0, time.UTC), Note: "later", Verdict: account.Expiring}
	choose := func(folder, profile string) {
		t.Helper()
		if _, err := s.Choose(folder, profile); err != nil {
			t.Fatal(err)
		}
	}
	is := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s is %q, want %q", what, got, want)
		}
	}
	state := func() string {
		c, err := s.Choices()
		if err != nil {
			t.Fatal(err)
		}
		pin, _ := s.Pin("a", at)
		z := s.Snoozed("a", at)
		return fmt.Sprintf("%s %s %s %s", c.Active, c.Folders["/x"], pin, z.Note+string(z.Verdict))
	}
	choose("", "a")
	choose("", "b")
	choose("/x", "a")
	for _, err := range []error{s.Repin("a", at, "user_1"), s.Snooze("a", at, snooze)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	is("all", state(), "b a user_1 laterexpiring")
	for _, want := range []string{"b a user_1 ", "b a  ", "b   ", "a   ", "   "} {
		_, all := steps(t, s)
		var next store.Step
		for _, step := range all {
			if !step.Undone {
				next = step
				break
			}
		}
		if _, err := s.TakeBack(next); err != nil {
			t.Fatal(err)
		}
		is("what is left", state(), want)
	}
	all := wantSteps(t, s, "choice undone", "choice undone", "choice undone", "pin undone", "snooze undone")
	if _, err := s.TakeBack(all[0]); err != nil {
		t.Fatal(err)
	}
	is("what came back", state(), "a   ")
	// Whoever decides something new has left what was undone behind.
	choose("", "c")
	wantSteps(t, s, "choice", "choice")
	// What changes nothing is known to have been the last.
	choose("", "c")
	wantSteps(t, s, "other", "choice", "choice")
}

// TestStepsFollowNames goes along with names, and forgets what is old or of another
// configuration.
func TestStepsFollowNames(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir)
	note := func(parts ...store.Part) {
		t.Helper()
		if _, err := s.Note(parts...); err != nil {
			t.Fatal(err)
		}
	}
	file := store.Part{Kind: store.PartFile, Was: "x", Became: "x", What: store.WhatOff}
	note(store.Part{Kind: store.PartSecret, Profile: "b"})
	note(store.Part{Kind: store.PartSecret, Profile: "a"})
	tagged := store.Part{Kind: store.PartFile, Was: "y", Became: "y", What: store.WhatTags, Tags: "+new\n-old"}
	note(file, store.Part{Kind: store.PartFile, Became: "a"}, tagged)
	if _, err := s.Choose("", "a"); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{s.Rename("a", "z", "https://a.example"), s.RenameChoices("a", "z")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	all := wantSteps(t, s, "choice", "file", "secret", "secret")
	if all[0].Parts[0].Became != "z" || all[2].Parts[0].Profile != "z" || all[3].Parts[0].Profile != "b" ||
		all[1].Parts[0] != file || all[1].Parts[1].Became != "a" || all[1].Parts[0].Turned().What != store.WhatOn ||
		all[1].Parts[2] != tagged || tagged.Turned().Tags != "-new\n+old" {
		t.Errorf("the new name is not known: %+v", all)
	}
	if gone, err := s.ForgetChoices("z"); err != nil || len(gone) != 1 || gone[0].Was != "z" || gone[0].Folder != "" {
		t.Errorf("forgotten: %+v, %v", gone, err)
	}
	for i := range 30 {
		if _, err := s.Choose(fmt.Sprint("/", i), "z"); err != nil {
			t.Fatal(err)
		}
	}
	if _, all := steps(t, s); len(all) != 20 || all[0].Parts[0].Folder != "/29" {
		t.Errorf("%d steps are kept", len(all))
	}
	closeStore(t, s)
	other, _, err := store.Open(dir, "/home/sam/other.toml")
	if err != nil {
		t.Fatal(err)
	}
	wantSteps(t, other)
	closeStore(t, other)
}

// TestStepsOfSecrets does not take the secret that undo has put aside for that of an
// earlier step, once the step of the undo is forgotten.
func TestStepsOfSecrets(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	defer closeStore(t, s)
	for range 2 {
		if _, err := s.Note(store.Part{Kind: store.PartSecret, Profile: "a"}); err != nil {
			t.Fatal(err)
		}
	}
	all := wantSteps(t, s, "secret", "secret")
	if _, err := s.TakeBack(all[0]); err != nil {
		t.Fatal(err)
	}
	wantSteps(t, s, "secret undone", "secret")
	if _, err := s.Choose("", "b"); err != nil {
		t.Fatal(err)
	}
	wantSteps(t, s, "choice", "other")
}
