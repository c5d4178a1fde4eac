package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
)

// rotations are those of a store in a few words.
func rotations(t *testing.T, s *store.Store) string {
	t.Helper()
	all, err := s.Rotations()
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, r := range all {
		words = append(words, r.Profile+":"+string(r.Step))
	}
	return strings.Join(words, " ")
}

// A rotation is where it was left when the store is opened anew, and belongs to its
// configuration.
func TestRotationsAreTakenUp(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, begun := opened(t, dir), now()
	if err := s.BeginRotations([]string{"work", "lab", "egi"}, begun); err != nil {
		t.Fatal(err)
	}
	written := begun.Add(time.Minute)
	for _, r := range []account.Rotation{
		{Profile: "lab", Step: account.RotationOld, Written: written}, {Profile: "egi", Step: account.RotationSkipped},
		{Profile: "never begun", Step: account.RotationDone},
	} {
		if err := s.StepRotation(r); err != nil {
			t.Fatal(err)
		}
	}
	closed(t, s)
	s = opened(t, dir)
	if got := rotations(t, s); got != "work:page lab:old egi:skipped" {
		t.Errorf("got %s", got)
	}
	if all, _ := s.Rotations(); !all[1].Written.Equal(written) || !all[0].Begun.Equal(begun) || !all[0].Written.IsZero() {
		t.Errorf("%+v", all)
	}
	if got := rotations(t, openedFor(t, dir, "/other.toml")); got != "" {
		t.Errorf("another configuration has %s", got)
	}
	// What is over goes when another begins.
	if err := s.BeginRotations([]string{"ci", "work"}, now()); err != nil {
		t.Fatal(err)
	}
	if got := rotations(t, s); got != "lab:old ci:page work:page" {
		t.Errorf("begun anew: %s", got)
	}
	if err := s.Rename("lab", "laboratory", endpoint); err != nil {
		t.Fatal(err)
	}
	if err := s.Rename("ci", "", endpoint); err != nil {
		t.Fatal(err)
	}
	if got := rotations(t, s); got != "laboratory:old work:page" {
		t.Errorf("renamed: %s", got)
	}
	if err := s.EndRotations("work", "gone"); err != nil || rotations(t, s) != "laboratory:old" {
		t.Errorf("one called off: %s, %v", rotations(t, s), err)
	}
	if err := s.EndRotations(); err != nil || rotations(t, s) != "" {
		t.Errorf("called off: %s, %v", rotations(t, s), err)
	}
}

// Of several rollcalls one asks about a kept secret in an hour.
func TestFormers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	a, b, begun := opened(t, dir), opened(t, dir), now()
	f := store.Former{Profile: "work", Source: "file", Place: "/secrets/work.previous", Kept: begun, Watched: true}
	if err := a.KeepFormer(f); err != nil {
		t.Fatal(err)
	}
	got, err := b.Formers()
	if err != nil || !slices.Equal(got, []store.Former{f}) {
		t.Fatalf("%+v, %v", got, err)
	}
	hour := begun.Add(time.Hour)
	claim := func(s *store.Store, f store.Former, since, at time.Time) bool {
		t.Helper()
		mine, err := s.ClaimFormer(f, since, at)
		if err != nil {
			t.Fatal(err)
		}
		return mine
	}
	if !claim(a, f, begun, hour) || claim(b, f, begun, hour) {
		t.Error("both ask, or nobody does")
	}
	if other := (store.Former{Source: f.Source, Place: f.Place, Kept: begun.Add(time.Second)}); claim(b, other, hour, hour) {
		t.Error("one that is another by now is asked about")
	}
	if !claim(b, f, hour, hour.Add(time.Hour)) {
		t.Error("an hour later nobody asks")
	}
	// A forgotten profile leaves the place known.
	if err := a.Rename("work", "", endpoint); err != nil {
		t.Fatal(err)
	}
	if got, err := a.Formers(); err != nil || len(got) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	if err := b.DropFormer(f); err != nil {
		t.Fatal(err)
	}
	if got, err := a.Formers(); err != nil || len(got) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

// Rotations and the places of kept secrets are saved from a database that lost its
// answers.
func TestRotationsAreRescued(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := opened(t, dir)
	decideAll(t, s, "work", "u1")
	if err := s.BeginRotations([]string{"work"}, now()); err != nil {
		t.Fatal(err)
	}
	if err := s.KeepFormer(store.Former{Profile: "work", Source: "file", Place: "/x.previous", Kept: now()}); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	data := read(t, database(dir))
	lost := int(ask(t, dir, "SELECT rootpage FROM sqlite_schema WHERE name = 'snapshots'"))
	copy(data[(lost-1)*page:lost*page], strings.Repeat("lost", page/4))
	write(t, database(dir), data)

	s, _, err := store.Open(dir, config)
	if err != nil {
		t.Fatal(err)
	}
	s.Snapshots()
	if kept, err := s.Formers(); rotations(t, s) != "work:page" || len(kept) != 1 || err != nil {
		t.Errorf("left are %s and %+v, %v", rotations(t, s), kept, err)
	}
	if told := strings.Join(s.Notices(), " "); !strings.Contains(told, "saved from it") {
		t.Errorf("told is %q", told)
	}
	closed(t, s)
}
