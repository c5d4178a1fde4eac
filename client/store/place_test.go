package store_test

import (
	"os"
	"testing"

	"rollcall/client/store"
)

// The first place stays until a person says otherwise; it goes with the profile's name, and is
// forgotten with it.
func TestPlaces(t *testing.T) {
	t.Parallel()
	const endpoint = "https://id.example/.well-known/openid-configuration"
	dir := t.TempDir()
	s := opened(t, dir)
	is := func(name, want string) {
		t.Helper()
		if got, ok := s.Place(name, endpoint); got != want || ok != (want != "") {
			t.Errorf("%s is asked at %q, want %q", name, got, want)
		}
	}
	is("work", "")
	s.PlaceOnce("work", endpoint, "https://a.example/me")
	s.PlaceOnce("work", endpoint, "https://b.example/me")
	is("work", "https://a.example/me")
	if got, _ := s.Trial().Place("work", endpoint); got != "https://a.example/me" {
		t.Errorf("a trial knows %q", got)
	}
	if got, ok := s.Newcomer().Place("work", endpoint); ok {
		t.Errorf("a newcomer knows %q", got)
	}
	closed(t, s)
	s = opened(t, dir)
	s.PlaceOnce("work", endpoint, "https://b.example/me")
	s.Flush()
	is("work", "https://a.example/me")
	if err := s.Rename("work", "office", endpoint); err != nil {
		t.Fatal(err)
	}
	is("work", "")
	is("office", "https://a.example/me")
	if err := s.RepinAt("office", endpoint, "u1", "https://b.example/me"); err != nil {
		t.Fatal(err)
	}
	is("office", "https://b.example/me")
	steps, err := s.Steps()
	if err != nil || len(steps) != 1 || !steps[0].Has(store.PartPin) || !steps[0].Has(store.PartPlace) {
		t.Fatalf("steps %+v, %v", steps, err)
	}
	if _, err := s.TakeBack(steps[0]); err != nil {
		t.Fatal(err)
	}
	is("office", "https://a.example/me")
	if id, ok := s.Pin("office", endpoint); ok {
		t.Errorf("it is still pinned to %s", id)
	}
	if err := s.Rename("office", "", endpoint); err != nil {
		t.Fatal(err)
	}
	is("office", "")
}

// Places are saved from a damaged file, like all decisions.
func TestPlacesAreRescued(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := opened(t, dir)
	s.PlaceOnce("work", "https://id.example", "https://a.example/me")
	closed(t, s)
	data := read(t, database(dir))
	at := (int(ask(t, dir, "SELECT rootpage FROM sqlite_schema WHERE name = 'checks'")) - 1) * 1024
	for i := range 1024 {
		data[at+i] = 0xff
	}
	if err := os.WriteFile(database(dir), data, 0o600); err != nil {
		t.Fatal(err)
	}
	hurt, notice, err := store.Open(dir, config)
	if err != nil {
		t.Fatal(err)
	}
	defer hurt.Close()
	hurt.Save(sample("work", now()))
	hurt.Flush()
	if got, _ := hurt.Place("work", "https://id.example"); got != "https://a.example/me" {
		t.Errorf("asked at %q: %s %v", got, notice, hurt.Notices())
	}
	if len(aside(dir)) != 1 {
		t.Error("the damage was not found")
	}
}
